//! The neural side: tokenizer, encoder sessions, heads and their weights.
//!
//! Behind one small trait: sentences in, token states and head scores out.

pub mod manifest;

pub use manifest::Manifest;

/// A model failed to load or to run: always a bug or a broken file, never the caller's fault.
#[derive(Debug, thiserror::Error)]
#[error("{model}: {message}")]
pub struct ModelError {
    /// The model's name.
    pub model: &'static str,
    /// What went wrong.
    pub message: String,
}

/// What the analyses need of the models.
pub trait Models: Send + Sync {
    /// What they are.
    fn manifest(&self) -> &Manifest;
}
