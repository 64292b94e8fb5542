//! What the salience head reads of a sentence: how the reader saw it, and what can be seen of it beside the others.

/// How many features a sentence has.
pub const FEATURES: usize = 18;

/// A sentence whose worth for a summary is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct SentenceState {
    /// As [`Reading::whole`](super::Reading::whole) gives it.
    pub state: Vec<f32>,
    /// What can be seen of it.
    pub features: [f32; FEATURES],
}
