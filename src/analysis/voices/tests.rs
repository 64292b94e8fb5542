//! Whole small articles, with the names that a reader would tag given.

use super::*;
use crate::analysis::result::{
    Mention, MentionKind, Sentiment, SentimentLabel, SentimentProbabilities,
};
use crate::article::{ReadOptions, Source, read};

const UNFELT: Sentiment = Sentiment {
    label: SentimentLabel::Neutral,
    score: 0.0,
    probabilities: SentimentProbabilities {
        positive: 0.0,
        neutral: 1.0,
        negative: 0.0,
    },
};

/// The document with entities of these names and aliases, wherever they stand.
fn article(text: &str, names: &[(&str, EntityType)]) -> (Document, Vec<Entity>) {
    let document = read(
        Source::new("", text),
        &ReadOptions {
            boilerplate_included: true,
        },
    );
    let entities = names
        .iter()
        .enumerate()
        .map(|(index, (aliases, entity_type))| {
            let mut entity = Entity::unmentioned(String::new(), *entity_type);
            entity.id = format!("e{}", index + 1);
            for (at, sentence) in document.sentences.iter().enumerate() {
                let mut taken: Vec<Span> = Vec::new();
                for alias in aliases.split('|') {
                    let found = document.text(sentence.span).match_indices(alias);
                    for (start, _) in found {
                        let span = document
                            .source
                            .span_within(sentence.span, start..start + alias.len())
                            .unwrap();
                        if !taken.iter().any(|t| t.overlaps(span)) {
                            taken.push(span);
                        }
                    }
                }
                taken.sort();
                entity
                    .mentions
                    .extend(taken.into_iter().map(|span| Mention {
                        span,
                        kind: MentionKind::Proper,
                        sentence: at,
                        quoted: document.is_quoted(span),
                        attributed: false,
                        speaker: None,
                        sentiment: UNFELT,
                        confidence: 1.0,
                    }));
            }
            entity.name = aliases.split('|').next().unwrap().to_owned();
            entity
        })
        .collect();
    (document, entities)
}

/// Who speaks where these words stand: an entity's name, "name" in quotes where it is none, "?" or "article".
fn who(text: &str, names: &[(&str, EntityType)], words: &str) -> String {
    let (document, entities) = article(text, names);
    let start = text.find(words).unwrap();
    let span = document
        .source
        .span(crate::article::Field::Content, start..start + words.len())
        .unwrap();
    let mut voices = Voices::of(&document, &entities);
    voices.settle(&document, &entities);
    match voices.at(&document, span) {
        Voice::Article => "article".to_owned(),
        Voice::Other(None) => "?".to_owned(),
        Voice::Other(Some(speaker)) if speaker.entity_id.is_some() => speaker.name,
        Voice::Other(Some(speaker)) => format!("“{}”", speaker.name),
    }
}

use EntityType::{Geopolitical, Organization, Person};

const PIER: &str = "Pier to reopen in May\n\n\
    The pier at Selin will reopen in May, Mayor Ada Lund announced on Monday.\n\n\
    “We have waited long enough,” she said. “The town needs its pier.”\n\n\
    Radek Osman, who leads the opposition, called the plan “a disgrace” and said the mayor had wasted money.\n\n\
    “Nobody asked the fishermen,” he said.\n\n\
    The mayor denied that the harbour had been forgotten. A spokeswoman for Northern Rail said trains would stop at the pier.\n\n\
    Police said that the road was closed.\n\n\
    The building is old.";
const PIER_NAMES: [(&str, EntityType); 3] = [
    ("Ada Lund|Lund", Person),
    ("Radek Osman|Osman", Person),
    ("Northern Rail", Organization),
];

#[test]
fn every_voice_in_an_article_is_told_apart() {
    for (words, speaker) in [
        ("will reopen in May", "Ada Lund"),
        ("waited long enough", "Ada Lund"),
        ("needs its pier", "Ada Lund"),
        ("a disgrace", "Radek Osman"),
        ("wasted money", "Radek Osman"),
        ("asked the fishermen", "Radek Osman"),
        ("had been forgotten", "Ada Lund"),
        ("trains would stop", "Northern Rail"),
        ("road was closed", "“Police”"),
        ("The building is old", "article"),
        ("who leads the opposition", "article"),
    ] {
        assert_eq!(who(PIER, &PIER_NAMES, words), speaker, "{words}");
    }
}

#[test]
fn a_wrong_speaker_is_worse_than_none() {
    let names = [
        ("Ada Lund|Lund", Person),
        ("Greta Holm|Holm", Person),
        ("Veltria", Geopolitical),
    ];
    let text = "Ada Lund met Greta Holm in Veltria.\n\nFares will rise.\n\nTrains are late.\n\nBuses are late.\n\nRoads are closed.\n\nHe said the talks had failed.";
    assert_eq!(who(text, &names, "talks had failed"), "?");
    assert_eq!(
        who(
            "“Nothing will be left of it,” it said on the wall.",
            &names,
            "Nothing will"
        ),
        "?"
    );
    let text = "Veltria: ferry sinks in a storm\n\nThe ferry to Veltria sank.";
    assert_eq!(who(text, &names, "ferry sinks"), "article");
}

#[test]
fn countries_and_their_officials_speak() {
    let names = [
        ("Veltria|Veltrian", Geopolitical),
        ("Ada Lund|Lund", Person),
    ];
    for (text, words, speaker) in [
        (
            "Veltria said it would not attend.",
            "would not attend",
            "Veltria",
        ),
        (
            "Veltrian officials said they would not attend.",
            "would not attend",
            "Veltria",
        ),
        (
            "A spokesman for Veltria said nobody would attend.",
            "nobody would",
            "Veltria",
        ),
        (
            "Ada Lund's lawyer said she would not attend.",
            "would not attend",
            "Ada Lund",
        ),
        (
            "Ada Lund was criticised for wasting money on “toys”.",
            "toys",
            "?",
        ),
        (
            "Ada Lund refused to open the bridge.",
            "open the bridge",
            "article",
        ),
        ("I said nothing of the bridge.", "the bridge", "article"),
        ("LUND: We never agreed to that.", "never agreed", "“LUND”"),
    ] {
        assert_eq!(who(text, &names, words), speaker, "{text}");
    }
}

mod continued;
mod described;
mod headings;
mod interviews;
mod pronouns;
mod representatives;
