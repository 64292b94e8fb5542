use html5gum::{Token, Tokenizer};
use proptest::prelude::*;

use super::*;
use crate::analysis::request::{EntityType, TargetKind};
use crate::analysis::result::{
    Entity, Evidence, LanguageFound, Mention, MentionKind, Sentiment, SentimentLabel,
    SentimentProbabilities, Speaker, Stance, StanceResult, Summary, SummarySentence,
};
use crate::analysis::voices::{Stretch, Voices};
use crate::article::{Document, Field, ReadOptions, Source, Span, read};

/// An analysis that found nothing.
fn bare(document: Document) -> Analysis {
    Analysis {
        document,
        language: LanguageFound {
            code: "en",
            confidence: 1.0,
        },
        summary: None,
        entities: Vec::new(),
        document_sentiment: None,
        stances: Vec::new(),
        voices: Voices::default(),
        chains: Vec::new(),
        warnings: Vec::new(),
        tokens: 0,
    }
}

const NEUTRAL: Sentiment = Sentiment {
    label: SentimentLabel::Neutral,
    score: 0.0,
    probabilities: SentimentProbabilities {
        positive: 0.0,
        neutral: 1.0,
        negative: 0.0,
    },
};

/// An analysis that found something in each of the spans, whatever they are.
fn full(document: Document, spans: &[Span]) -> Analysis {
    let speaker = |span: Span| Speaker {
        entity_id: span.len().is_multiple_of(2).then(|| "e1".to_owned()),
        name: document.text(span).to_owned(),
        span,
        paraphrased: false,
    };
    let mention = |span: Span| Mention {
        span,
        kind: MentionKind::Nominal,
        sentence: 0,
        quoted: false,
        attributed: false,
        speaker: Some(speaker(span)),
        sentiment: NEUTRAL,
        confidence: 1.0,
    };
    let evidence = |span: Span| Evidence {
        span,
        paragraph: 0,
        weight: 1.0,
        score: 0.5,
        speaker: None,
    };
    let mut analysis = bare(document.clone());
    let (some, others) = spans.split_at(spans.len() / 2);
    for (number, spans) in (1..).zip(some.chunks(3)) {
        let mut entity = Entity::unmentioned("A & <b>".to_owned(), EntityType::Person);
        entity.id = format!("e{number}");
        entity.mentions = spans.iter().map(|span| mention(*span)).collect();
        analysis.entities.push(entity);
    }
    analysis.voices =
        Voices::from_iter(others.iter().map(|span| Stretch::of(*span, speaker(*span))));
    analysis.summary = Some(Summary {
        text: String::new(),
        sentences: spans
            .iter()
            .map(|span| SummarySentence {
                span: *span,
                rank: 1,
                score: 1.0,
                entity_ids: Vec::new(),
            })
            .collect(),
        compression_ratio: 1.0,
    });
    analysis.stances = vec![StanceResult {
        target_id: String::new(),
        target: "\"><script>".to_owned(),
        kind: TargetKind::Entity,
        entity_id: None,
        stance: Stance::Favor,
        abstention: None,
        score: 0.5,
        probabilities: None,
        holders: Vec::new(),
        evidence: others.iter().map(|span| evidence(*span)).collect(),
    }];
    analysis
}

/// What an HTML parser finds on a page.
#[derive(Default)]
struct Seen {
    /// The text of each element with the class `text`.
    texts: Vec<String>,
    /// Every `id`.
    ids: Vec<String>,
    /// Where links go.
    links: Vec<String>,
    /// The names of all elements.
    elements: Vec<String>,
}

fn parse(page: &str) -> Seen {
    let mut seen = Seen::default();
    let mut inside: Option<Vec<u8>> = None;
    for token in Tokenizer::new(page) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let attribute = |name: &[u8]| {
                    let value = tag.attributes.get(name)?;
                    Some(String::from_utf8(value.value.to_vec()).unwrap())
                };
                seen.elements
                    .push(String::from_utf8(tag.name.to_vec()).unwrap());
                seen.ids.extend(attribute(b"id"));
                if *tag.name == b"a"[..] {
                    seen.links.extend(attribute(b"href"));
                }
                if attribute(b"class").as_deref() == Some("text") {
                    seen.texts.push(String::new());
                    inside = Some(tag.name.to_vec());
                }
            }
            Token::EndTag(tag) if inside.as_deref() == Some(&tag.name[..]) => inside = None,
            Token::String(text) if inside.is_some() => {
                let text = std::str::from_utf8(&text).unwrap();
                seen.texts.last_mut().unwrap().push_str(text);
            }
            _ => {}
        }
    }
    seen
}

fn paragraphs(document: &Document) -> Vec<String> {
    let paragraphs = document.paragraphs.iter();
    paragraphs
        .map(|p| printable(document.text(p.span).to_owned()))
        .collect()
}

/// Texts with what is special to HTML, to this page, and to neither.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => "[A-Za-z]{1,9}",
        3 => Just(" ".to_owned()),
        2 => proptest::sample::select(vec![
            "<", ">", "&", "\"", "'", "&amp;", "&#0;", "</p>", "<script>alert(1)</script>", "<!--", "-->", "]]>", "{{", "}}", "{%", "\n", "\n\n",
            "\r\n", "\0", "\u{b}", "\u{7f}", "\u{202e}", "\u{feff}", "é", "e\u{301}", "👩‍👩‍👧", "“", "”", "`", "=",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|character| character.to_string()),
    ];
    proptest::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_text_of_the_page_is_the_text_of_the_article(
        title in texts(),
        content in texts(),
        places in proptest::collection::vec((any::<bool>(), any::<usize>(), any::<usize>()), 0..40),
    ) {
        let source = Source::new(title, content);
        let document = read(source.clone(), &ReadOptions::default());
        let spans: Vec<Span> = places.iter().filter_map(|(in_title, start, end)| {
            let field = if *in_title { Field::Title } else { Field::Content };
            let text = source.field(field);
            let place = |at: usize| text.floor_char_boundary(at % (text.len() + 1));
            let (start, end) = (place(*start), place(*end));
            source.span(field, start.min(end)..start.max(end))
        }).collect();

        let plain = parse(&render(&bare(document.clone()), "a <file>").unwrap());
        let marked = parse(&render(&full(document.clone(), &spans), "a <file>").unwrap());
        prop_assert_eq!(&plain.texts, &paragraphs(&document));
        prop_assert_eq!(&marked.texts, &paragraphs(&document));
        for seen in [&plain, &marked] {
            let scripts = seen.elements.iter().filter(|name| *name == "script").count();
            prop_assert_eq!(scripts, 1);
            let mut ids = seen.ids.clone();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), seen.ids.len(), "an id twice");
        }
    }
}

#[test]
fn every_link_has_its_place() {
    let content = "“One,” said Jane Roe.\n\n“Two,” she said of Bob Poe and the <b>bank</b>.";
    let source = Source::new("A title", content);
    let document = read(source.clone(), &ReadOptions::default());
    let spans: Vec<Span> = ["One", "Jane Roe", "Two", "she", "Bob Poe", "the <b>bank"]
        .iter()
        .map(|words| {
            let at = content.find(words).unwrap();
            source.span(Field::Content, at..at + words.len()).unwrap()
        })
        .collect();
    let seen = parse(&render(&full(document, &spans), "file").unwrap());
    assert!(seen.links.len() > 10, "{:?}", seen.links);
    for link in &seen.links {
        let place = link.strip_prefix('#').unwrap().to_owned();
        assert!(seen.ids.contains(&place), "{place} among {:?}", seen.ids);
    }
}

#[test]
fn the_policy_names_what_the_page_holds() {
    let page = render(
        &bare(read(Source::new("", "Hello."), &ReadOptions::default())),
        "file",
    )
    .unwrap();
    assert!(page.contains(&format!("<style>{}</style>", policy::STYLE)));
    assert!(page.contains(&format!("<script>{}</script>", policy::SCRIPT)));
    for text in [policy::STYLE, policy::SCRIPT] {
        assert!(
            !text.contains("</") && !text.contains(|c: char| c.is_ascii_control() && c != '\n')
        );
    }
}
