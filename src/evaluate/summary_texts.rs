//! The articles that salience is learnt from and the summariser's constants are chosen by: CNN's, with their highlights.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::rouge::{self, Lines, Rouge};
use crate::analysis::result::Summary;
use crate::analysis::summary::sentences::Seen;
use crate::analysis::summary::{choice, salience, worth};
use crate::analysis::terms;
use crate::article::{Document, Span};

/// Each sentence is tried beside every two of so many others.
const BESIDE: usize = 8;

/// An article with a reference summary.
#[derive(Debug, PartialEq)]
pub struct Text {
    /// Its content; no title.
    pub article: String,
    /// A sentence a line.
    pub reference: String,
}

/// The first 1,000 validation articles of CNN/DailyMail, all CNN's.
///
/// # Errors
/// Where the data can't be read.
pub fn learnable_texts(data: &Path) -> Result<Vec<Text>> {
    #[derive(Deserialize)]
    struct Row {
        article: String,
        highlights: String,
    }
    let path = data.join("summ_cnndm_subset/validation1000.csv");
    let mut reader =
        csv::Reader::from_path(&path).with_context(|| format!("reading {}", path.display()))?;
    reader
        .deserialize()
        .map(|row| {
            let row: Row = row.with_context(|| format!("in {}", path.display()))?;
            Ok(Text {
                article: row.article,
                reference: row.highlights,
            })
        })
        .collect()
}

impl Text {
    /// The ROUGE of a summary of sentences.
    pub fn score(&self, document: &Document, summary: impl IntoIterator<Item = Span>) -> Rouge {
        rouge::score(&Lines::new(&self.reference), &lines(document, summary))
    }

    /// How good a summary each sentence makes with two others: the sum of ROUGE-1's and ROUGE-2's F1, its mean over pairs of the
    /// sentences that are worth most without the head, pairs of better ones counting more.
    pub fn values(&self, document: &Document, seen: &[Seen<'_>]) -> Vec<f64> {
        let reference = Lines::new(&self.reference);
        let span = |own: &Seen<'_>| document.sentences.get(own.sentence).map(|s| s.span);
        let pairs = pairs(seen);
        let value = |own: &Seen<'_>| {
            let (mut sum, mut weights) = (0.0, 0.0);
            for (a, b, weight) in &pairs {
                if own.sentence != a.sentence && own.sentence != b.sentence {
                    let summary = [*a, *b, own].into_iter().filter_map(span);
                    sum += weight * rouge::one_and_two(&reference, &lines(document, summary));
                    weights += weight;
                }
            }
            (weights > 0.0).then(|| sum / weights)
        };
        let values: Vec<Option<f64>> = seen.iter().map(value).collect();
        let known: Vec<f64> = values.iter().copied().flatten().collect();
        let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
        values.into_iter().map(|v| v.unwrap_or(mean)).collect()
    }
}

/// Pairs of the best sentences, none of two that say the same, each with its weight.
fn pairs<'a, 'v>(seen: &'a [Seen<'v>]) -> Vec<(&'a Seen<'v>, &'a Seen<'v>, f64)> {
    let worth = |own: &Seen<'_>| worth::worth(own, salience::UNKNOWN, None);
    let mut best: Vec<&Seen<'_>> = seen.iter().collect();
    best.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    best.truncate(BESIDE);
    let ranked = || (0u32..).zip(best.iter().copied());
    ranked()
        .flat_map(|(i, a)| {
            let others = ranked().take_while(move |(j, _)| *j < i);
            others.map(move |(j, b)| (a, b, 1.0 / f64::from(1 + i + j)))
        })
        .filter(|(a, b, _)| terms::cosine(a.vector, b.vector) < choice::SAME)
        .collect()
}

/// The sentences of a summary.
pub fn spans(summary: &Summary) -> Vec<Span> {
    summary.sentences.iter().map(|s| s.span).collect()
}

/// A sentence a line, whatever line breaks it holds itself.
pub(super) fn lines(document: &Document, sentences: impl IntoIterator<Item = Span>) -> Lines {
    let sentences: Vec<String> = sentences
        .into_iter()
        .map(|span| {
            let words: Vec<&str> = document.text(span).split_whitespace().collect();
            words.join(" ")
        })
        .collect();
    Lines::new(&sentences.join("\n"))
}
