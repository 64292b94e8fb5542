//! What follows the models takes time in proportion to the text, whatever names are in it.

use std::time::{Duration, Instant};

use super::names::Name;
use super::request::EntityType;
use super::{aliases, nominals};
use crate::article::{Document, Field, ReadOptions, Source, read};

/// The longer text has so many times the names of the shorter one,
const TIMES: usize = 8;
/// and may take so many times its time: far more than noise makes of [`TIMES`], less than its square.
const MOST: u32 = 40;

/// Every word with a capital as a name.
fn names(document: &Document, entity_type: EntityType) -> Vec<Name> {
    let content = document.source.field(Field::Content);
    let mut names = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let (from, text) = (sentence.span.start(), document.text(sentence.span));
        let mut start = None;
        for (at, word) in text.split_inclusive([' ', '.']).scan(from, |end, word| {
            *end += word.len();
            Some((*end - word.len(), word))
        }) {
            let bare = word.trim_end_matches([' ', '.']);
            let capital = bare.starts_with(char::is_uppercase) && bare != "The";
            if capital && start.is_none() {
                start = Some(at);
            }
            let ends = !capital || word.ends_with('.');
            if let Some(first) = start.take_if(|_| ends) {
                let end = if capital { at + bare.len() } else { at - 1 };
                assert!(content.is_char_boundary(end));
                names.extend(
                    document
                        .source
                        .span(Field::Content, first..end)
                        .map(|span| Name {
                            span,
                            sentence: index,
                            entity_type,
                            is_group: false,
                            confidence: 1.0,
                        }),
                );
            }
        }
    }
    names
}

fn check(
    entity_type: EntityType,
    sentence: impl Fn(usize) -> String,
    work: impl Fn(&Document, &[Name]),
) {
    let time = |count: usize| -> Duration {
        let text: String = (0..count).map(&sentence).collect();
        let document = read(Source::new("", text), &ReadOptions::default());
        let names = names(&document, entity_type);
        assert!(names.len() >= count);
        let once = |_| {
            let started = Instant::now();
            work(&document, &names);
            started.elapsed()
        };
        (0..5).map(once).min().unwrap_or_default()
    };
    let (short, long) = (time(4000), time(4000 * TIMES));
    assert!(long < short * MOST, "{short:?}, then {long:?}");
}

#[test]
fn a_family_of_thousands_is_told_apart_in_time() {
    let sentence = |index| format!("The boss Anna{index} B{} Smith left. ", index % 7);
    check(EntityType::Person, sentence, |document, names| {
        aliases::cluster(document, names);
    });
}

#[test]
fn a_country_described_thousands_of_times_is_found_in_time() {
    let sentence = |index| {
        let country = ["Peru", "Chile", "Kenya", "Ghana"][index % 4];
        format!("The vote in {country} the country and the central Asian nation ended. ")
    };
    check(EntityType::Geopolitical, sentence, |document, names| {
        nominals::find(document, names);
    });
}
