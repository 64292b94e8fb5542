//! The neural side: tokenizer, encoder sessions, heads and their weights.
//!
//! Behind one small trait, [`Models`]: text in, word states and head scores out.

mod agreement;
pub mod files;
pub mod links;
pub mod load_error;
pub mod manifest;
pub mod phrases;
mod port;
pub mod reading;
pub mod salience;
pub mod self_test;
mod session;
pub mod set;
pub mod tags;
pub mod tokenizer;

use std::ops::Range;

pub use agreement::Agreement;
pub use links::Pair;
pub use load_error::LoadError;
pub use manifest::Manifest;
pub use phrases::PhraseWord;
pub use reading::{Reading, TaggedSpan, passages};
pub use salience::SentenceState;
pub use set::ModelSet;
pub use tags::Scheme;
pub use tokenizer::Tokens;

/// A model failed to run: always a bug, never the caller's fault.
#[derive(Debug, thiserror::Error)]
#[error("{model}: {message}")]
pub struct ModelError {
    /// The model's name.
    pub model: &'static str,
    /// What went wrong.
    pub message: String,
}

/// Probabilities of three classes, which sum to 1: negative or against, neutral, positive or in favour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Polarity {
    /// Negative, or against.
    pub negative: f32,
    /// Neither.
    pub neutral: f32,
    /// Positive, or in favour.
    pub positive: f32,
}

impl Polarity {
    /// Neither, for certain.
    pub const NEUTRAL: Polarity = Polarity {
        negative: 0.0,
        neutral: 1.0,
        positive: 0.0,
    };

    /// The weighted mean; `None` without weight.
    pub fn mean(weighted: impl IntoIterator<Item = (Polarity, f32)>) -> Option<Self> {
        let (mut negative, mut neutral, mut positive, mut total) = (0.0, 0.0, 0.0, 0.0);
        for (polarity, weight) in weighted {
            negative += weight * polarity.negative;
            neutral += weight * polarity.neutral;
            positive += weight * polarity.positive;
            total += weight;
        }
        (total > 0.0).then(|| Polarity {
            negative: negative / total,
            neutral: neutral / total,
            positive: positive / total,
        })
    }

    /// Positive less negative, -1..=1.
    pub fn score(self) -> f32 {
        self.positive - self.negative
    }

    /// The most probable class: 0 negative, 1 neutral, 2 positive.
    pub fn class(self) -> usize {
        if self.positive > self.neutral && self.positive > self.negative {
            2
        } else if self.negative > self.neutral {
            0
        } else {
            1
        }
    }

    /// The probability of the most probable class.
    pub fn confidence(self) -> f32 {
        self.negative.max(self.neutral).max(self.positive)
    }

    /// From three logits, divided by a temperature: above 1 it makes the probabilities more alike.
    fn from_logits(logits: &[f32], temperature: f32) -> Self {
        let scaled: Vec<f32> = logits.iter().map(|x| x / temperature).collect();
        let p: Vec<f32> = tags::log_softmax(&scaled).iter().map(|x| x.exp()).collect();
        match p.as_slice() {
            &[negative, neutral, positive] => Polarity {
                negative,
                neutral,
                positive,
            },
            _ => Polarity::NEUTRAL,
        }
    }
}

/// Whose words a mention stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// The article's own.
    Narrated,
    /// Somebody's whom it quotes or reports.
    Said,
}

/// What the analyses need of the models. Each call is one bounded piece of work on the caller's thread.
pub trait Models: Send + Sync {
    /// What they are.
    fn manifest(&self) -> &Manifest;

    /// The most word pieces that the encoders read at once, besides `[CLS]` and `[SEP]`.
    fn max_pieces(&self) -> usize {
        self.manifest().tokenizer.max_pieces
    }

    /// Cuts a text into words and pieces.
    fn tokenize(&self, text: &str) -> Tokens;

    /// Reads a passage, a range of the words of one sentence that holds at most [`Models::max_pieces`] pieces.
    fn read(&self, tokens: &Tokens, words: Range<usize>) -> Result<Reading, ModelError>;

    /// The sentiment toward each mention (bytes in the tokenised text) of a passage, by who speaks there.
    fn sentiment(
        &self,
        reading: &Reading,
        mentions: &[Range<usize>],
        register: Register,
    ) -> Result<Vec<Polarity>, ModelError>;

    /// What the holder, the first of each pair of mentions (bytes in the tokenised text), feels about the second, as a
    /// passage tells it.
    fn directed(
        &self,
        reading: &Reading,
        pairs: &[(Range<usize>, Range<usize>)],
    ) -> Result<Vec<Polarity>, ModelError>;

    /// What each word of a passage is in its noun phrase.
    fn phrases(&self, reading: &Reading) -> Result<Vec<PhraseWord>, ModelError>;

    /// The score of each pair of mentions, each mention as [`Reading::mention`] gives it: the log odds that both stand for
    /// one thing rather than the first for something new.
    fn links(&self, mentions: &[&[f32]], pairs: &[Pair]) -> Result<Vec<f32>, ModelError>;

    /// The log odds that a summary takes each of some sentences of one article.
    fn salience(&self, sentences: &[SentenceState]) -> Result<Vec<f32>, ModelError>;

    /// The stance of a passage toward a target; a passage that doesn't fit beside its target is cut at its end.
    fn stance(&self, target: &Tokens, passage: &Tokens) -> Result<Polarity, ModelError>;
}
