//! The words of a sentence: word bounds by Unicode Standard Annex #29, without punctuation and white space.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The byte ranges of a text's words, in order.
pub(super) fn split(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.unicode_word_indices()
        .map(|(start, word)| start..start + word.len())
}
