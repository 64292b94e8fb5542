//! Quotes in headings that the body gives again, there with their speaker.

use std::collections::HashMap;

use super::Stretch;
use crate::analysis::result::Speaker;
use crate::article::{Document, Span};

/// An echo is at least so long, in words and in letters.
const LEAST_WORDS: usize = 2;
const LEAST_LETTERS: usize = 7;

/// The quotes of headings whose words one known speaker says in the body, as that speaker's.
pub(super) fn find(document: &Document, stretches: &[Stretch]) -> Vec<Stretch> {
    let headings: Vec<Span> = document
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.role.is_heading())
        .map(|paragraph| paragraph.span)
        .collect();
    let quotes: Vec<Span> = headings
        .iter()
        .flat_map(|heading| quoted_in(document, *heading))
        .collect();
    if quotes.is_empty() {
        return Vec::new();
    }
    let in_heading = |span: Span| headings.iter().any(|heading| heading.contains(span));
    let said: Vec<(String, &Speaker)> = stretches
        .iter()
        .filter(|stretch| !in_heading(stretch.span))
        .filter_map(|stretch| {
            let speaker = stretch.speaker.as_ref()?;
            speaker.entity_id.as_ref()?;
            Some((words_of(document.text(stretch.span)), speaker))
        })
        .collect();
    quotes
        .into_iter()
        .filter_map(|span| {
            let words = words_of(document.text(span));
            if words.split_whitespace().count() < LEAST_WORDS || words.len() < LEAST_LETTERS {
                return None;
            }
            let sayers = said.iter().filter(|(said, _)| said.contains(&words));
            let mut speakers: HashMap<&str, &Speaker> = HashMap::new();
            for (_, speaker) in sayers {
                speakers
                    .entry(speaker.entity_id.as_deref()?)
                    .or_insert(speaker);
            }
            let mut speakers = speakers.into_values();
            let speaker = speakers.next()?.clone();
            speakers.next().is_none().then_some(Stretch {
                span,
                speaker: Some(speaker),
            })
        })
        .collect()
}

fn quoted_in(document: &Document, heading: Span) -> impl Iterator<Item = Span> {
    let from = document
        .quoted
        .partition_point(|part| (part.field(), part.end()) <= (heading.field(), heading.start()));
    let parts = document.quoted.iter().skip(from).copied();
    parts.take_while(move |part| heading.contains(*part))
}

/// A text's words in lower case, each between two spaces, without punctuation.
fn words_of(text: &str) -> String {
    let mut words = String::from(" ");
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–')) {
        let letters = word.chars().filter(|c| c.is_alphanumeric());
        let before = words.len();
        words.extend(letters.flat_map(char::to_lowercase));
        if words.len() > before {
            words.push(' ');
        }
    }
    words
}
