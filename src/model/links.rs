//! What the link head reads: mentions as the reader saw them, and pairs of them with what can be told of each pair.

/// How many features a pair has.
pub const FEATURES: usize = 86;

/// A mention that may stand for what an earlier one stands for, and that one: indexes into a list of mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The one whose meaning is sought.
    pub anaphor: usize,
    /// The one it may take it from.
    pub antecedent: usize,
    /// What can be told of the pair.
    pub features: [f32; FEATURES],
}
