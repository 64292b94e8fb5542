//! ROUGE-1, ROUGE-2 and ROUGE-Lsum (Lin 2004), to the digit as Google's `rouge-score` computes them with its stemmer.

use std::collections::{BTreeSet, HashMap};
use std::ops::AddAssign;

use super::porter;

/// Words of at most so many characters aren't stemmed.
const LONGEST_UNSTEMMED: usize = 3;

/// A summary as ROUGE sees it: lines, a sentence each, of stems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines(Vec<Vec<String>>);

impl Lines {
    /// Cuts a summary with a sentence a line into stems.
    pub fn new(summary: &str) -> Self {
        Lines(summary.lines().map(stems).collect())
    }

    fn stems(&self) -> Vec<&str> {
        self.0.iter().flatten().map(String::as_str).collect()
    }
}

/// F1 of each kind, 0..=1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rouge {
    /// Of single words.
    pub one: f64,
    /// Of pairs of words.
    pub two: f64,
    /// Of the union of each reference sentence's longest common subsequences with the summary's sentences.
    pub lsum: f64,
}

impl AddAssign for Rouge {
    fn add_assign(&mut self, other: Self) {
        self.one += other.one;
        self.two += other.two;
        self.lsum += other.lsum;
    }
}

/// Scores a summary against a reference.
pub fn score(reference: &Lines, summary: &Lines) -> Rouge {
    Rouge {
        one: ngrams_f1(reference, summary, 1),
        two: ngrams_f1(reference, summary, 2),
        lsum: lsum_f1(reference, summary),
    }
}

/// The sum of the first two kinds alone.
pub(super) fn one_and_two(reference: &Lines, summary: &Lines) -> f64 {
    ngrams_f1(reference, summary, 1) + ngrams_f1(reference, summary, 2)
}

/// The stems of a line: runs of ASCII letters and digits, in lower case.
fn stems(line: &str) -> Vec<String> {
    line.to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            if word.len() > LONGEST_UNSTEMMED {
                porter::stem(word).into_owned()
            } else {
                word.to_owned()
            }
        })
        .collect()
}

fn f1(hits: usize, reference: usize, summary: usize) -> f64 {
    2.0 * hits as f64 / (reference + summary).max(1) as f64
}

fn ngrams_f1(reference: &Lines, summary: &Lines, length: usize) -> f64 {
    let (reference, summary) = (reference.stems(), summary.stems());
    let mut left = counts(reference.windows(length));
    let hits = summary
        .windows(length)
        .filter(|ngram| take(&mut left, ngram))
        .count();
    f1(
        hits,
        reference.windows(length).len(),
        summary.windows(length).len(),
    )
}

fn lsum_f1(reference: &Lines, summary: &Lines) -> f64 {
    // A word counts once for each time it stands in both.
    let mut left_in_reference = counts(reference.stems());
    let mut left_in_summary = counts(summary.stems());
    let mut hits = 0;
    for sentence in &reference.0 {
        let common: BTreeSet<usize> = summary
            .0
            .iter()
            .flat_map(|other| longest_common_subsequence(sentence, other))
            .collect();
        for stem in common.into_iter().filter_map(|at| sentence.get(at)) {
            let stem = stem.as_str();
            if left_in_reference.get(stem).is_some_and(|&n| n > 0)
                && take(&mut left_in_summary, &stem)
            {
                take(&mut left_in_reference, &stem);
                hits += 1;
            }
        }
    }
    f1(hits, reference.stems().len(), summary.stems().len())
}

fn counts<T: std::hash::Hash + Eq>(items: impl IntoIterator<Item = T>) -> HashMap<T, usize> {
    let mut counts = HashMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

/// Takes one of an item, if any is left.
fn take<T: std::hash::Hash + Eq>(left: &mut HashMap<T, usize>, item: &T) -> bool {
    match left.get_mut(item) {
        Some(n) if *n > 0 => {
            *n -= 1;
            true
        }
        _ => false,
    }
}

/// Where in `reference` its longest common subsequence with `other` stands; of several, the one `rouge-score` reads out.
fn longest_common_subsequence(reference: &[String], other: &[String]) -> Vec<usize> {
    let width = other.len() + 1;
    // `lengths[i * width + j]`: of the first i words of one and the first j of the other.
    let mut lengths = vec![0usize; width];
    let length = |lengths: &[usize], i: usize, j: usize| {
        lengths.get(i * width + j).copied().unwrap_or_default()
    };
    for (i, own) in reference.iter().enumerate() {
        lengths.push(0);
        for (j, word) in other.iter().enumerate() {
            lengths.push(if own == word {
                length(&lengths, i, j) + 1
            } else {
                length(&lengths, i, j + 1).max(length(&lengths, i + 1, j))
            });
        }
    }
    let (mut i, mut j) = (reference.len(), other.len());
    let mut common = Vec::new();
    while i > 0 && j > 0 {
        if reference.get(i - 1) == other.get(j - 1) {
            i -= 1;
            j -= 1;
            common.push(i);
        } else if length(&lengths, i, j - 1) > length(&lengths, i - 1, j) {
            j -= 1;
        } else {
            i -= 1;
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Pair {
        reference: String,
        summary: String,
        rouge1: f64,
        rouge2: f64,
        #[serde(rename = "rougeLsum")]
        rouge_lsum: f64,
    }

    #[test]
    fn scores_as_rouge_score_does() {
        let pairs: Vec<Pair> =
            serde_json::from_str(include_str!("../../tests/data/rouge.json")).unwrap();
        assert_eq!(pairs.len(), 20);
        for pair in pairs {
            let found = score(&Lines::new(&pair.reference), &Lines::new(&pair.summary));
            for (found, expected) in [
                (found.one, pair.rouge1),
                (found.two, pair.rouge2),
                (found.lsum, pair.rouge_lsum),
            ] {
                assert!(
                    (found - expected).abs() < 1e-6,
                    "{found} for {expected}: {}",
                    pair.summary
                );
            }
        }
    }

    #[test]
    fn nothing_scores_nothing() {
        let empty = Lines::new("");
        let some = Lines::new("The talks failed.");
        assert_eq!(score(&empty, &some), Rouge::default());
        assert_eq!(score(&some, &empty), Rouge::default());
        assert_eq!(score(&empty, &empty), Rouge::default());
    }
}
