//! Which passages bear on a text that names no entity: those that share its words, the rare ones above all.

use std::collections::HashSet;
use std::ops::Range;

use super::rarity;
use super::terms::Terms;
use crate::article::{Document, Field, Span};

/// A passage bears on a text when it has this share of the weight of the text's content words, each weighed by its
/// rarity. Chosen on headlines and bodies of FNC-1's training part.
const COVERED: f32 = 0.27;

/// A text's distinct content stems, each with its rarity.
struct Wording(Vec<(String, f32)>);

impl Wording {
    fn new(terms: &Terms, text: &str) -> Option<Self> {
        let mut stems: Vec<String> = terms.of(text);
        stems.sort();
        stems.dedup();
        let weigh = |stem: String| {
            let rarity = rarity::of(&stem);
            (stem, rarity)
        };
        (!stems.is_empty()).then(|| Wording(stems.into_iter().map(weigh).collect()))
    }

    /// The share of its weight that these stems cover; 0 where they have but one of several in common.
    fn covered(&self, stems: &HashSet<&str>) -> f32 {
        let shared = self.0.iter().filter(|(s, _)| stems.contains(s.as_str()));
        // A name alone is not the claim made about it.
        if shared.clone().count() < self.0.len().min(2) {
            return 0.0;
        }
        self.share(stems)
    }

    fn share(&self, stems: &HashSet<&str>) -> f32 {
        let shared = self.0.iter().filter(|(s, _)| stems.contains(s.as_str()));
        let total: f32 = self.0.iter().map(|(_, rarity)| rarity).sum();
        shared.map(|(_, rarity)| rarity).sum::<f32>() / total.max(f32::MIN_POSITIVE)
    }

    fn touches(&self, sentence: &[String]) -> bool {
        self.0.iter().any(|(stem, _)| sentence.contains(stem))
    }
}

/// The sentences that bear on a text under any of its wordings, each with the share of it that they and the sentences
/// around them cover.
///
/// `sentence_terms` holds each sentence's content stems; `around` gives the sentences that are read together with one.
pub fn bearing_on<'a>(
    document: &Document,
    sentence_terms: &[Vec<String>],
    wordings: impl Iterator<Item = &'a str>,
    around: impl Fn(usize) -> Range<usize>,
) -> Vec<(usize, f32)> {
    let wordings = wordings_of(wordings);
    (0..document.sentences.len())
        .filter_map(|at| {
            let own = sentence_terms.get(at)?;
            if !wordings.iter().any(|wording| wording.touches(own)) {
                return None;
            }
            let covered = covered(sentence_terms.get(around(at))?, &wordings);
            (covered >= COVERED).then_some((at, covered))
        })
        .collect()
}

/// The run of whole paragraphs of the content, of at most `longest` bytes where there are several, that covers most of a text
/// under any of its wordings, the first among equals: its sentences.
pub fn nearest_run<'a>(
    document: &Document,
    sentence_terms: &[Vec<String>],
    wordings: impl Iterator<Item = &'a str>,
    longest: usize,
) -> Option<Range<usize>> {
    let wordings = wordings_of(wordings);
    let paragraphs = document.paragraphs.iter();
    let mut runs: Vec<(Range<usize>, Span)> = Vec::new();
    for paragraph in paragraphs.filter(|p| p.analyzed && p.span.field() == Field::Content) {
        match runs.last_mut() {
            Some((sentences, span))
                if sentences.end == paragraph.sentences.start
                    && span.cover(paragraph.span).len() <= longest =>
            {
                sentences.end = paragraph.sentences.end;
                *span = span.cover(paragraph.span);
            }
            _ => runs.push((paragraph.sentences.clone(), paragraph.span)),
        }
    }
    let covered = |(sentences, _): (Range<usize>, Span)| {
        let covered = covered(sentence_terms.get(sentences.clone())?, &wordings);
        (covered >= COVERED).then_some((sentences, covered))
    };
    let best = runs.into_iter().filter_map(covered);
    let better = |best: (Range<usize>, f32), next: (Range<usize>, f32)| {
        if next.1 > best.1 { next } else { best }
    };
    best.reduce(better).map(|(sentences, _)| sentences)
}

/// The largest share of a text, under any of its wordings, that each sentence covers.
pub fn shares<'a>(
    sentence_terms: &[Vec<String>],
    wordings: impl Iterator<Item = &'a str>,
) -> Vec<f32> {
    let wordings = wordings_of(wordings);
    let share = |sentence: &Vec<String>| {
        let stems = sentence.iter().map(String::as_str).collect();
        let shares = wordings.iter().map(|wording| wording.share(&stems));
        shares.fold(0.0, f32::max)
    };
    sentence_terms.iter().map(share).collect()
}

fn wordings_of<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Wording> {
    let terms = Terms::default();
    texts
        .filter_map(|text| Wording::new(&terms, text))
        .collect()
}

/// The largest share of a wording that these sentences cover.
fn covered(sentences: &[Vec<String>], wordings: &[Wording]) -> f32 {
    let stems: HashSet<&str> = sentences.iter().flatten().map(String::as_str).collect();
    let shares = wordings.iter().map(|wording| wording.covered(&stems));
    shares.fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str, passage: &str) -> f32 {
        let terms = Terms::default();
        let stems = terms.of(passage);
        let stems = stems.iter().map(String::as_str).collect();
        Wording::new(&terms, text).unwrap().covered(&stems)
    }

    #[test]
    fn rare_words_bear_and_common_ones_do_not() {
        let claim = "Kazakhstan cancels this year's Victory Day parade";
        let apart = [
            ("The parade in Kazakhstan was called off.", true),
            ("It was a good year, and a day to remember.", false),
            ("Kazakhstan sells oil.", false),
        ];
        for (passage, bears) in apart {
            assert_eq!(covered(claim, passage) >= COVERED, bears, "{passage}");
        }
        assert_eq!(covered("the parade", "Parades are loud."), 1.0);
    }

    #[test]
    fn a_text_without_content_words_has_no_wording() {
        assert!(Wording::new(&Terms::default(), "what is this?").is_none());
    }
}
