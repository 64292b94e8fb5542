//! Measures Newsprism on public data sets.

pub mod gum_sentences;

/// A measured figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What was measured.
    pub task: &'static str,
    /// By which measure.
    pub metric: &'static str,
    /// The figure, from 0 to 1 where it is a share.
    pub value: f64,
    /// How many gold items it rests on.
    pub n: usize,
}
