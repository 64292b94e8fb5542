//! Stretches of an article, in bytes, and the words that lie in them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::article::{Document, Span};

/// A span's bytes in its field.
pub fn bytes(span: Span) -> Range<usize> {
    span.start()..span.end()
}

/// Whether two stretches share a byte.
pub fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The document's words, by index, that lie in one of the stretches.
pub fn words_in(document: &Document, stretches: &[Range<usize>]) -> BTreeSet<usize> {
    let words = document.words.iter().enumerate();
    words
        .filter(|(_, word)| {
            stretches
                .iter()
                .any(|stretch| overlap(stretch, &bytes(**word)))
        })
        .map(|(index, _)| index)
        .collect()
}
