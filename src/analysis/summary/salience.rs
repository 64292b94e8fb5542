//! How salient each sentence is by the head that learnt it from summaries.

use std::collections::{HashMap, HashSet};

use super::sentences::{self, Seen, Standing};
use crate::analysis::passages::SentenceReading;
use crate::analysis::terms::{self, Vector};
use crate::analysis::{AnalyzeError, Interrupt};
use crate::article::Document;
use crate::model::salience::FEATURES;
use crate::model::{Models, SentenceState};

/// So many sentences are judged in one call.
const BATCH: usize = 64;

/// The salience of a sentence of which nothing is known.
pub const UNKNOWN: f32 = 0.5;

/// The salience of each of a document's sentences beside its others, 0..=1; [`UNKNOWN`] where a sentence may not stand in a
/// summary, or the reader's states of it are not kept. `vectors` holds every sentence's.
pub fn of(
    document: &Document,
    readings: &[SentenceReading],
    vectors: &[Vector<'_>],
    models: &dyn Models,
    interrupt: &dyn Interrupt,
) -> Result<Vec<f32>, AnalyzeError> {
    let seen = sentences::seen(document, vectors, false);
    let mut scores = Vec::with_capacity(seen.len());
    let mut states = states(document, readings, &seen);
    loop {
        let (known, batch): (Vec<usize>, Vec<SentenceState>) = states.by_ref().take(BATCH).unzip();
        if batch.is_empty() {
            break;
        }
        interrupt.check()?;
        scores.extend(known.into_iter().zip(models.salience(&batch)?));
    }
    Ok(relative(&scores, document.sentences.len()))
}

/// From the head's scores of some of so many sentences.
pub fn relative(scores: &[(usize, f32)], sentences: usize) -> Vec<f32> {
    let mean = scores.iter().map(|(_, score)| score).sum::<f32>() / scores.len().max(1) as f32;
    let mut salience = vec![UNKNOWN; sentences];
    for (sentence, score) in scores {
        if let Some(own) = salience.get_mut(*sentence) {
            *own = 1.0 / (1.0 + (mean - score).exp());
        }
    }
    salience
}

/// What the head reads of each sentence, with the sentence's index in the document; but of those whose states are not kept.
pub fn states<'a>(
    document: &Document,
    readings: &'a [SentenceReading],
    seen: &'a [Seen<'_>],
) -> impl Iterator<Item = (usize, SentenceState)> + use<'a> {
    let features = features(document, readings, seen);
    seen.iter().zip(features).filter_map(|(own, features)| {
        let state = readings.get(own.sentence)?.state()?;
        Some((own.sentence, SentenceState { state, features }))
    })
}

/// What can be seen of each sentence, for the head.
fn features(
    document: &Document,
    readings: &[SentenceReading],
    seen: &[Seen<'_>],
) -> Vec<[f32; FEATURES]> {
    let names: Vec<HashSet<String>> = seen
        .iter()
        .map(|own| names(document, readings, own.sentence))
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in names.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or(1) as f32;
    let first = seen.first();
    let number = seen.len().max(1) as f32;
    (0..seen.len())
        .zip(seen)
        .zip(&names)
        .map(|((at, own), names)| {
            let place = own.position as f32;
            let before = at.checked_sub(1).and_then(|at| seen.get(at));
            let likeness = |other: Option<&Seen<'_>>| {
                other.map_or(0.0, |other| terms::cosine(own.vector, other.vector))
            };
            let sentence = document.sentences.get(own.sentence);
            let paragraph = sentence.and_then(|s| document.paragraphs.get(s.paragraph));
            let opens = paragraph.is_some_and(|p| p.sentences.start == own.sentence);
            let shares = names
                .iter()
                .map(|name| counts.get(name.as_str()).map_or(0.0, |n| *n as f32 / most));
            let text = sentence.map_or("", |s| document.text(s.span));
            [
                (-place / 3.0).exp(),
                (-place / 12.0).exp(),
                place / number,
                f32::from(own.position == 0),
                own.centrality,
                f32::from(own.figure),
                own.quoted,
                own.words.min(60) as f32 / 30.0,
                f32::from(own.standing == Standing::Dangling),
                f32::from(own.standing == Standing::Short),
                (1.0 + number).ln() / 3.0,
                f32::from(opens),
                paragraph.map_or(0.0, |p| p.sentences.len().min(10) as f32 / 5.0),
                likeness(first),
                likeness(before),
                (1.0 + names.len() as f32).ln(),
                shares.fold(0.0, f32::max),
                f32::from(text.contains('?')),
            ]
        })
        .collect()
}

/// The distinct names in a sentence, in lower case.
fn names(document: &Document, readings: &[SentenceReading], sentence: usize) -> HashSet<String> {
    let span = document.sentences.get(sentence).map(|s| s.span);
    let reading = readings.get(sentence).zip(span);
    reading.map_or_else(HashSet::new, |(reading, span)| {
        let names = reading.names(document, span).into_iter();
        names
            .map(|name| document.text(name.span).to_lowercase())
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sentence_terms;
    use crate::article::{ReadOptions, Source, read};

    const ARTICLE: &str = "The council voted to close the bridge on Monday.\n\nDid it know of the cracks? “We had no idea that \
        the bridge was cracked,” said the mayor.\n\nHe left. Repairs will take 12 months.";

    fn seen_in<T>(tell: impl FnOnce(&Document, &[Seen<'_>]) -> T) -> T {
        let document = read(Source::new("", ARTICLE), &ReadOptions::default());
        let stems = sentence_terms(&document);
        let vectors = terms::vectors(&stems);
        tell(&document, &sentences::seen(&document, &vectors, false))
    }

    #[test]
    fn salience_is_beside_the_articles_other_sentences() {
        let salience = relative(&[(0, 7.0), (2, 5.0), (3, 6.0)], 5);
        assert_eq!(salience.len(), 5);
        assert_eq!([salience[1], salience[3], salience[4]], [UNKNOWN; 3]);
        assert!(salience[0] > 0.7 && salience[2] < 0.3, "{salience:?}");
        assert_eq!(relative(&[], 2), [UNKNOWN; 2]);
    }

    #[test]
    fn features_tell_what_can_be_seen() {
        let features = seen_in(|document, seen| features(document, &[], seen));
        assert_eq!(features.len(), 5);
        let column = |at: usize| features.iter().map(|f| f[at]).collect::<Vec<f32>>();
        assert!(column(0).is_sorted_by(|a, b| a >= b), "nearness to the top");
        assert_eq!(column(3), [1.0, 0.0, 0.0, 0.0, 0.0], "the first");
        assert_eq!(column(5), [0.0, 0.0, 0.0, 0.0, 1.0], "a figure");
        assert!(column(6)[2] > 0.5, "quoted");
        assert_eq!(column(9), [0.0, 0.0, 0.0, 1.0, 0.0], "short");
        assert_eq!(column(11), [1.0, 1.0, 0.0, 1.0, 0.0], "opens a paragraph");
        assert_eq!(column(17), [0.0, 1.0, 0.0, 0.0, 0.0], "a question");
    }

    #[test]
    fn nothing_is_asked_of_sentences_whose_states_are_not_kept() {
        assert_eq!(
            seen_in(|document, seen| states(document, &[], seen).count()),
            0
        );
    }
}
