//! What an article's other places tell of a name's tag: a word that is a place's beyond doubt in one sentence is hardly a
//! person's in the next.
//!
//! The tag scores of a capitalised word are mixed with the mean of its tags' probabilities over the article, an idea of
//! Krishnan & Manning (2006, label consistency) and Akbik et al. (2019, pooled embeddings), here on what the tagger says.

use std::collections::HashMap;

use super::reading::Reading;
use super::tags::{Scheme, log_softmax};

/// The share of what the article's places tell together; chosen on the dev parts of CoNLL-2003 and Worldwide Newswire.
const SHARE: f32 = 0.65;
/// A tag is never less probable than this.
const LEAST: f32 = 1e-9;

/// The tags of the capitalised words of an article's readings, word by word.
#[derive(Debug, Clone)]
pub struct Agreement {
    scheme: Scheme,
    /// For each word, as it is written, the sum of its tags' probabilities and how many there are.
    words: HashMap<String, (Vec<f32>, f32)>,
}

impl Agreement {
    /// Of no reading yet.
    pub fn new(scheme: Scheme) -> Self {
        Agreement {
            scheme,
            words: HashMap::new(),
        }
    }

    /// Whose tags these are.
    pub(super) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Notes what a reading of a passage of `text` says of its words.
    pub fn note(&mut self, reading: &Reading, text: &str) {
        for word in &reading.words {
            let (Some(written), Some(scores)) = (
                text.get(word.span.clone())
                    .filter(|word| is_capitalised(word)),
                reading.scores(self.scheme, word),
            ) else {
                continue;
            };
            let (sum, count) = self
                .words
                .entry(written.to_owned())
                .or_insert_with(|| (vec![0.0; scores.len()], 0.0));
            for (sum, log) in sum.iter_mut().zip(log_softmax(scores)) {
                *sum += log.exp();
            }
            *count += 1.0;
        }
    }

    /// The tag scores of a reading's words, with what was noted of each; a row for each word whose scores are known.
    pub(super) fn mixed(&self, reading: &Reading, text: &str) -> Vec<Vec<f32>> {
        let words = reading.words.iter();
        words
            .filter_map(|word| {
                let own = log_softmax(reading.scores(self.scheme, word)?);
                let noted = text.get(word.span.clone()).and_then(|w| self.words.get(w));
                let Some((sum, count)) = noted.filter(|(_, count)| *count > 1.0) else {
                    return Some(own);
                };
                let all = sum.iter().map(|sum| (sum / count).max(LEAST).ln());
                let mixed = own.iter().zip(all);
                Some(
                    mixed
                        .map(|(own, all)| (1.0 - SHARE) * own + SHARE * all)
                        .collect(),
                )
            })
            .collect()
    }
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tokenizer::{Case, Word};

    /// Readings of one word each, whose CoNLL tags have these scores.
    fn reading(scores: &[f32]) -> Reading {
        let word = Word {
            span: 0..5,
            pieces: 0..1,
            case: Case::Title,
        };
        let mut conll = vec![0.0; Scheme::Conll.tags()];
        conll.extend(scores);
        Reading::new(vec![word], 0, Vec::new(), Vec::new(), conll)
    }

    fn scored(tag: usize, score: f32) -> Vec<f32> {
        let mut scores = vec![0.0; Scheme::Conll.tags()];
        scores[tag] = score;
        scores
    }

    #[test]
    fn a_doubtful_name_is_what_the_sure_ones_of_its_spelling_are() {
        let (sure, doubtful) = (reading(&scored(1, 9.0)), reading(&scored(3, 0.5)));
        let mut agreement = Agreement::new(Scheme::Conll);
        let kind = |agreement: &Agreement, text: &str| {
            doubtful.names(agreement, text).first().map(|n| n.kind)
        };
        assert_eq!(kind(&agreement, "Selin"), Some("ORG"));
        agreement.note(&doubtful, "Selin");
        assert_eq!(kind(&agreement, "Selin"), Some("ORG"));
        agreement.note(&sure, "Selin");
        agreement.note(&sure, "Selin");
        assert_eq!(kind(&agreement, "Selin"), Some("PER"));
        // Another word, and one without a capital, are not concerned.
        assert_eq!(kind(&agreement, "Osman"), Some("ORG"));
        agreement.note(&sure, "selin");
        assert_eq!(kind(&agreement, "selin"), Some("ORG"));
    }
}
