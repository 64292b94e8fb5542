//! Quotes in headings that the body gives again, there with their speaker.

use super::Stretch;
use crate::analysis::result::Speaker;
use crate::article::{Document, Span};

/// An echo is at least so long, in words and in letters.
const LEAST_WORDS: usize = 2;
const LEAST_LETTERS: usize = 7;

/// What known speakers say outside headings.
pub(super) struct Sayings<'a> {
    said: Vec<(String, &'a Speaker)>,
}

impl<'a> Sayings<'a> {
    /// Reads the stretches of known speakers outside `headings`.
    pub fn of(document: &Document, headings: &[Span], stretches: &'a [Stretch]) -> Self {
        let in_heading = |span: Span| {
            let place = (span.field(), span.start());
            let after = headings.partition_point(|h| (h.field(), h.start()) <= place);
            let above = after.checked_sub(1).and_then(|at| headings.get(at));
            above.is_some_and(|heading| heading.contains(span))
        };
        let said = stretches
            .iter()
            .filter(|stretch| !in_heading(stretch.span))
            .filter_map(|stretch| {
                let speaker = stretch.speaker.as_ref()?;
                speaker.entity_id.as_ref()?;
                Some((words_of(document.text(stretch.span)), speaker))
            })
            .collect();
        Sayings { said }
    }

    /// The only one who says a quote's words.
    pub fn sayer(&self, document: &Document, quote: Span) -> Option<&'a Speaker> {
        let words = words_of(document.text(quote));
        if words.split_whitespace().count() < LEAST_WORDS || words.len() < LEAST_LETTERS {
            return None;
        }
        let mut sayers = self.said.iter().filter(|(said, _)| said.contains(&words));
        let (_, first) = sayers.next()?;
        sayers
            .all(|(_, other)| other.is_same(first))
            .then_some(*first)
    }
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
