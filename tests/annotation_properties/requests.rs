//! Requests of every kind, and what it takes to make them good.

use newsprism::server::pb::summary_options::Budget;
use newsprism::server::pb::{self, AnalyzeArticleRequest};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const ENGLISH: &str = "The mayor of Springfield opened a new library on Monday. Residents praised the building, but \
    critics said that its cost was a scandal. ";
/// Texts made of what breaks offsets, names, quotes and pronouns, and of anything else.
pub fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        3 => "[A-Z][a-z]{1,8} ",
        3 => "[a-z]{1,9} ",
        3 => select(vec![
            "\r\n", "\n\n", "\u{2029}", "\u{A0}", "\u{200B}", "\u{FEFF}", "\0", "\u{301}", "e\u{301}", "👩‍👩‍👧", "😀", "🇰🇿", "שלום ", "“", "”", "‘", "’",
            "\"", "'s ", ". ", "? ", ", ", ": ", "— ", "Mr. ", "U.S. ", "he said. ", "she told us ", "according to ", "her ",
            "said the mayor", "READ MORE: ", "By Jane Roe\n", "İ", "ß", "\u{FDFA}", "中", "##", "[SEP]",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|character| character.to_string()),
    ];
    vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

fn numbers() -> impl Strategy<Value = i32> {
    prop_oneof![4 => 0..6i32, 1 => any::<i32>(), 1 => select(vec![-1, i32::MIN, i32::MAX])]
}

fn ratios() -> impl Strategy<Value = f32> {
    prop_oneof![0.0f32..=1.0, any::<f32>()]
}

fn spans() -> impl Strategy<Value = pb::TextSpan> {
    let ends = prop_oneof![(0..80i32, 0..80i32), (any::<i32>(), any::<i32>())];
    (0..4i32, ends).prop_map(|(field, (start_offset, end_offset))| pb::TextSpan {
        field,
        start_offset,
        end_offset,
        text: String::new(),
    })
}

prop_compose! {
    fn articles()(title in texts(), text in texts(), english in 0..4u8, content_type in 0..2i32) -> pb::Article {
        let content = if english > 0 { format!("{text}{ENGLISH}{text}") } else { text };
        pb::Article { title, content, content_type, ..Default::default() }
    }
}

prop_compose! {
    fn features()(
        summary in option::of((0..5u8, numbers(), ratios(), numbers(), "[a-z😀 ]{0,20}", any::<bool>())),
        entities in option::of((vec(numbers(), 0..3), numbers(), 0..3i32, vec(("[A-Z][a-z]{0,9}|", vec(spans(), 0..3)), 0..4))),
        stance in option::of((vec(("[A-Za-z😀' ]{0,20}", 0..4i32), 0..4), option::of(ratios()))),
        segments: bool,
    ) -> pb::AnalysisFeatures {
        pb::AnalysisFeatures {
            summary: summary.map(|(kind, count, ratio, order, focus, quotes_excluded)| pb::SummaryOptions {
                budget: match kind {
                    0 => Some(Budget::MaxSentences(count)),
                    1 => Some(Budget::MaxCharacters(count)),
                    2 => Some(Budget::MaxRatio(ratio)),
                    _ => None,
                },
                order: order.min(3),
                focus,
                quotes_excluded,
            }),
            entities: entities.map(|(types, max_entities, order, targets)| pb::EntityOptions {
                types,
                max_entities,
                order,
                targets: targets.into_iter().map(|(name, spans)| pb::EntityTarget { name, spans, ..Default::default() }).collect(),
            }),
            stance: stance.map(|(targets, min_confidence)| pb::StanceOptions {
                targets: targets.into_iter().map(|(text, kind)| pb::StanceTarget { text, kind, ..Default::default() }).collect(),
                min_confidence,
            }),
            segments: segments.then(Default::default),
        }
    }
}

prop_compose! {
    pub fn requests()(
        article in articles(),
        features in features(),
        offset_encoding in 0..5i32,
        evidence_level in 0..5i32,
        boilerplate_included: bool,
    ) -> AnalyzeArticleRequest {
        AnalyzeArticleRequest {
            article: Some(article),
            options: Some(pb::AnalysisOptions { offset_encoding, evidence_level, boilerplate_included, ..Default::default() }),
            features: Some(features),
        }
    }
}

/// The same request with all its options in their ranges, of a text that begins in English.
pub fn mended(mut request: AnalyzeArticleRequest) -> AnalyzeArticleRequest {
    let within = |number: i32, end: i32| number.rem_euclid(end);
    let article = request.article.get_or_insert_default();
    article.content.insert_str(0, &ENGLISH.repeat(3));
    let options = request.options.get_or_insert_default();
    options.offset_encoding = within(options.offset_encoding, 4);
    options.evidence_level = within(options.evidence_level, 4);
    let features = request.features.get_or_insert_default();
    features.segments = Some(Default::default());
    if let Some(summary) = &mut features.summary {
        summary.order = within(summary.order, 3);
        summary.budget = summary.budget.map(|budget| match budget {
            Budget::MaxSentences(count) => Budget::MaxSentences(1 + within(count, 9)),
            Budget::MaxCharacters(count) => Budget::MaxCharacters(1 + within(count, 999)),
            Budget::MaxRatio(ratio) if ratio > 0.0 && ratio <= 1.0 => budget,
            Budget::MaxRatio(_) => Budget::MaxRatio(0.5),
        });
    }
    if let Some(entities) = &mut features.entities {
        entities.max_entities = within(entities.max_entities, 9);
        for number in &mut entities.types {
            *number = 1 + within(*number, 7);
        }
        for target in &mut entities.targets {
            target.name.insert(0, 'S');
            for span in &mut target.spans {
                // Within the English, where all units are alike.
                span.field = 1;
                span.start_offset = within(span.start_offset, 40);
                span.end_offset = 41 + within(span.end_offset, 40);
            }
        }
    }
    if let Some(stance) = &mut features.stance {
        stance.targets.push(pb::StanceTarget::default());
        for target in &mut stance.targets {
            target.text.insert(0, 'A');
            target.kind = within(target.kind, 3);
        }
        let confidence = stance
            .min_confidence
            .filter(|confidence| (0.0..=1.0).contains(confidence));
        stance.min_confidence = confidence;
    }
    request
}
