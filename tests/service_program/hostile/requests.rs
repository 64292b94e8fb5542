//! Requests that are well-formed and ask for what nobody should: numbers, ids, targets and spans out of every range.

use newsprism::server::pb::summary_options::Budget;
use newsprism::server::pb::{self, AnalysisFeatures, AnalyzeArticleRequest};

use super::texts::ENGLISH;

/// What is asked for, before it goes wrong: everything.
#[derive(Clone, Default)]
pub struct Parts {
    pub article: pb::Article,
    pub options: pb::AnalysisOptions,
    pub summary: pb::SummaryOptions,
    pub entities: pb::EntityOptions,
    pub stance: pb::StanceOptions,
}

impl Parts {
    /// Of a good request.
    pub fn good() -> Self {
        Parts {
            article: pb::Article {
                content: ENGLISH.to_owned(),
                title: "A new library".to_owned(),
                ..Default::default()
            },
            stance: pb::StanceOptions {
                targets: vec![target("the new library")],
                ..Default::default()
            },
            ..Parts::default()
        }
    }

    /// The request for all of it.
    pub fn request(self) -> AnalyzeArticleRequest {
        AnalyzeArticleRequest {
            article: Some(self.article),
            options: Some(self.options),
            features: Some(AnalysisFeatures {
                summary: Some(self.summary),
                entities: Some(self.entities),
                stance: Some(self.stance),
                segments: Some(Default::default()),
            }),
        }
    }
}

fn target(text: &str) -> pb::StanceTarget {
    pb::StanceTarget {
        text: text.to_owned(),
        ..Default::default()
    }
}

fn named(name: &str) -> pb::EntityTarget {
    pb::EntityTarget {
        name: name.to_owned(),
        ..Default::default()
    }
}

fn span(start_offset: i32, end_offset: i32) -> pb::TextSpan {
    pb::TextSpan {
        start_offset,
        end_offset,
        ..Default::default()
    }
}

/// A name and the parts of a request.
pub fn requests() -> Vec<(String, Parts)> {
    let mut cases = Vec::new();
    enums(&mut cases);
    numbers(&mut cases);
    strings(&mut cases);
    lists(&mut cases);
    spans(&mut cases);
    cases
}

type Cases = Vec<(String, Parts)>;

fn add(cases: &mut Cases, name: impl Into<String>, change: impl FnOnce(&mut Parts)) {
    let mut parts = Parts::good();
    change(&mut parts);
    cases.push((name.into(), parts));
}

fn enums(cases: &mut Cases) {
    let with_span = |field| pb::EntityTarget {
        spans: vec![pb::TextSpan {
            field,
            ..span(4, 9)
        }],
        ..Default::default()
    };
    for number in [-1, 99, i32::MIN, i32::MAX] {
        add(cases, format!("content type {number}"), |p| {
            p.article.content_type = number
        });
        add(cases, format!("offset encoding {number}"), |p| {
            p.options.offset_encoding = number
        });
        add(cases, format!("evidence level {number}"), |p| {
            p.options.evidence_level = number
        });
        add(cases, format!("summary order {number}"), |p| {
            p.summary.order = number
        });
        add(cases, format!("entity order {number}"), |p| {
            p.entities.order = number
        });
        add(cases, format!("entity type {number}"), |p| {
            p.entities.types = vec![number; 3]
        });
        add(cases, format!("target kind {number}"), |p| {
            p.stance.targets[0].kind = number
        });
        add(cases, format!("source field {number}"), |p| {
            p.entities.targets = vec![with_span(number)]
        });
    }
}

fn numbers(cases: &mut Cases) {
    for number in [i32::MIN, -1, 0, i32::MAX] {
        add(cases, format!("{number} sentences"), |p| {
            p.summary.budget = Some(Budget::MaxSentences(number))
        });
        add(cases, format!("{number} characters"), |p| {
            p.summary.budget = Some(Budget::MaxCharacters(number))
        });
        add(cases, format!("{number} entities"), |p| {
            p.entities.max_entities = number
        });
    }
    for number in [
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        -0.0,
        f32::MIN_POSITIVE / 2.0,
        1.0e38,
    ] {
        add(cases, format!("a ratio of {number}"), |p| {
            p.summary.budget = Some(Budget::MaxRatio(number))
        });
        add(cases, format!("a confidence of {number}"), |p| {
            p.stance.min_confidence = Some(number)
        });
    }
}

fn strings(cases: &mut Cases) {
    let strange = [
        ("empty", String::new()),
        ("nul", "\0".to_owned()),
        ("blank", " \u{a0}\t\r\n".to_owned()),
        ("a mark", "\u{301}".to_owned()),
        ("an override", "\u{202e}yrarbil eht".to_owned()),
        ("emoji", "👩‍👩‍👧‍👦".repeat(20)),
        ("a long word", "x".repeat(512)),
        ("too long", "x".repeat(100_000)),
        ("punctuation", "().*[]?{}|^$\\".to_owned()),
        ("pieces", "[SEP] ##ing [CLS]".to_owned()),
        ("grown by normalising", "\u{fdfa}".repeat(100)),
        ("lines", "the\r\nnew\n\nlibrary\r".to_owned()),
        ("a header", "a\r\nx-request-id: b".to_owned()),
    ];
    for (name, text) in strange {
        add(cases, format!("a target of {name}"), |p| {
            p.stance.targets = vec![target(&text)]
        });
        add(cases, format!("an alias of {name}"), |p| {
            p.stance.targets[0].aliases = vec![text.clone()]
        });
        add(cases, format!("an entity of {name}"), |p| {
            p.entities.targets = vec![named(&text)]
        });
        add(cases, format!("ids of {name}"), |p| {
            p.article.article_id = text.clone();
            p.stance.targets[0].target_id = text.clone();
        });
        add(cases, format!("a focus of {name}"), |p| {
            p.summary.focus = text.clone()
        });
        add(cases, format!("a title of {name}"), |p| {
            p.article.title = text.clone()
        });
        add(cases, format!("a language of {name}"), |p| {
            p.article.language_code = text.clone()
        });
        add(cases, format!("a pipeline of {name}"), |p| {
            p.options.pipeline_version = text.clone()
        });
    }
}

fn lists(cases: &mut Cases) {
    for count in [0, 33, 10_000] {
        add(cases, format!("{count} targets"), |p| {
            p.stance.targets = vec![target("library"); count]
        });
        add(cases, format!("{count} entities asked for"), |p| {
            p.entities.targets = vec![named("Springfield"); count]
        });
        add(cases, format!("{count} aliases"), |p| {
            p.stance.targets[0].aliases = vec!["it".to_owned(); count];
        });
        add(cases, format!("{count} types"), |p| {
            p.entities.types = vec![1; count]
        });
    }
    add(cases, "100,000 unknown types", |p| {
        p.entities.types = vec![99; 100_000]
    });
    add(cases, "32 targets that are the whole article", |p| {
        p.stance.targets = (0..32)
            .map(|index| target(&format!("{index} {}", ENGLISH.replace('\n', " "))))
            .collect();
    });
    add(cases, "targets with one id", |p| {
        p.stance.targets = vec![
            pb::StanceTarget {
                target_id: "t".to_owned(),
                ..target("library")
            };
            2
        ];
    });
}

fn spans(cases: &mut Cases) {
    let end = i32::try_from(ENGLISH.len()).unwrap();
    let pairs = [
        ("reversed", 9, 4),
        ("empty", 4, 4),
        ("negative", -5, 4),
        ("past the end", 0, end + 1),
        ("all", 0, end),
        ("the least and the greatest", i32::MIN, i32::MAX),
        ("the greatest", i32::MAX, i32::MAX),
    ];
    for (name, from, to) in pairs {
        add(cases, format!("a span that is {name}"), |p| {
            p.entities.targets = vec![pb::EntityTarget {
                spans: vec![span(from, to)],
                ..named("it")
            }];
        });
    }
    for (encoding, unit) in [(1, "byte"), (2, "utf-16 unit"), (3, "code point")] {
        for offset in 0..6 {
            add(
                cases,
                format!("a span from {unit} {offset} of an emoji with a mark"),
                |p| {
                    p.article.content = format!("😀\u{301}e\u{301} {ENGLISH}");
                    p.options.offset_encoding = encoding;
                    p.entities.targets = vec![pb::EntityTarget {
                        spans: vec![span(offset, offset + 1)],
                        ..named("")
                    }];
                },
            );
        }
    }
    add(cases, "a text that is not the span's", |p| {
        let wrong = pb::TextSpan {
            text: "\0".repeat(4096),
            ..span(4, 9)
        };
        p.entities.targets = vec![pb::EntityTarget {
            spans: vec![wrong],
            ..named("")
        }];
    });
    add(cases, "100,000 spans", |p| {
        p.entities.targets = vec![pb::EntityTarget {
            spans: vec![span(4, 9); 100_000],
            ..named("")
        }];
    });
    add(
        cases,
        "1,024 spans in each of 32 targets, none of them good",
        |p| {
            p.entities.targets = vec![
                pb::EntityTarget {
                    spans: vec![span(-1, i32::MAX); 1024],
                    ..named("")
                };
                32
            ];
        },
    );
    add(cases, "spans over each other", |p| {
        let spans = (0..200).map(|start| span(start % 50, 56)).collect();
        p.entities.targets = vec![pb::EntityTarget { spans, ..named("") }; 20];
    });
    add(cases, "a span of a title that is not there", |p| {
        p.article.title.clear();
        let title = pb::TextSpan {
            field: 2,
            ..span(0, 1)
        };
        p.entities.targets = vec![pb::EntityTarget {
            spans: vec![title],
            ..named("")
        }];
    });
}
