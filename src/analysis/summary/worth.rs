//! What a sentence is worth by what can be seen of it, and to a focus that the caller gives.

use std::collections::HashSet;

use super::sentences::Seen;
use crate::analysis::result::Entity;
use crate::analysis::targets;
use crate::analysis::terms::{Terms, Vector};
use crate::article::Document;

/// How fast the worth of a position decays, in sentences. The first one's is 1, and the other weights are beside that.
const LEAD: f32 = 12.0;
/// The weight of what a sentence has in common with the whole article.
const CENTRALITY: f32 = 1.4;
/// The weight of the learnt salience.
const SALIENCE: f32 = 3.2;
/// The weight of likeness to the headline.
const HEADLINE: f32 = 0.4;
/// The weight of holding a figure.
const FIGURE: f32 = 0.1;
/// What a sentence loses that is all quotation.
const QUOTATION: f32 = 0.3;
/// What a sentence loses for each word past [`MANY_WORDS`].
const LENGTH: f32 = 0.015;
/// Sentences of more words start to crowd out others.
const MANY_WORDS: usize = 25;
/// What a sentence loses for each word short of [`SOME_WORDS`].
const BREVITY: f32 = 0.1;
/// Sentences of fewer words rarely say much by themselves, though they score well beside others.
const SOME_WORDS: usize = 10;
/// The most that a sentence can be worth.
pub const MOST: f32 = 1.0 + CENTRALITY + SALIENCE + HEADLINE + FIGURE;
/// How much of the worth is the focus's, where the caller gives one.
const FOCUS: f32 = 0.8;

/// What a sentence of this salience is worth, 0..=1.
pub fn worth(seen: &Seen<'_>, salience: f32, focus: Option<&Focus>) -> f32 {
    let worth = (-(seen.position as f32) / LEAD).exp()
        + CENTRALITY * seen.centrality
        + SALIENCE * salience
        + HEADLINE * seen.headline
        + if seen.figure { FIGURE } else { 0.0 }
        - QUOTATION * seen.quoted
        - LENGTH * seen.words.saturating_sub(MANY_WORDS) as f32
        - BREVITY * SOME_WORDS.saturating_sub(seen.words) as f32;
    let own = (worth / MOST).clamp(0.0, 1.0);
    match focus {
        Some(focus) => (1.0 - FOCUS) * own + FOCUS * focus.share(seen.sentence, seen.vector),
        None => own,
    }
}

/// What the caller wants the summary to be about.
pub struct Focus {
    terms: HashSet<String>,
    sentences: HashSet<usize>,
}

impl Focus {
    pub fn new(document: &Document, entities: &[Entity], text: &str) -> Self {
        let named = targets::entity_named(entities, document, text).and_then(|at| entities.get(at));
        Focus {
            terms: Terms::default().set(text),
            sentences: named
                .map(|entity| entity.mentions.iter().map(|m| m.sentence).collect())
                .unwrap_or_default(),
        }
    }

    /// How much of the focus a sentence covers, 0..=1.
    pub fn share(&self, sentence: usize, vector: &Vector<'_>) -> f32 {
        if self.sentences.contains(&sentence) {
            return 1.0;
        }
        let covered = self
            .terms
            .iter()
            .filter(|t| vector.contains_key(t.as_str()));
        covered.count() as f32 / self.terms.len().max(1) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::summary::sentences::Standing;

    fn worth_of(words: usize, salience: f32) -> f32 {
        let seen = Seen {
            sentence: 0,
            vector: &Vector::new(),
            standing: Standing::Full,
            position: 3,
            centrality: 0.5,
            headline: 0.0,
            figure: false,
            quoted: 0.0,
            words,
            characters: 6 * words,
        };
        worth(&seen, salience, None)
    }

    #[test]
    fn sentences_of_a_usual_length_are_worth_most() {
        assert!(worth_of(6, 0.5) < worth_of(10, 0.5));
        assert_eq!(worth_of(10, 0.5), worth_of(25, 0.5));
        assert!(worth_of(40, 0.5) < worth_of(25, 0.5));
    }

    #[test]
    fn the_salient_are_worth_more() {
        assert!(worth_of(20, 0.4) < worth_of(20, 0.6));
    }
}
