//! Why a call failed: a closed set of reasons that knows nothing of the transport.

use std::time::Duration;

use super::pb::ErrorReason;
use crate::analysis::{AnalyzeError, Interrupted};
use crate::engine::EngineError;

/// A failed call, for the caller to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Which of the reasons.
    pub reason: ErrorReason,
    /// For a person to read; lower case, no full stop.
    pub message: String,
    /// Figures that belong to the reason, as [`ErrorReason`] documents.
    pub metadata: Metadata,
    /// The fields at fault.
    pub violations: Vec<Violation>,
    /// After what time a retry makes sense.
    pub retry_after: Option<Duration>,
}

/// Names and values.
pub type Metadata = Vec<(&'static str, String)>;

/// A field at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Its path in the request: `features.stance.targets[0].text`.
    pub field: String,
    /// Which of the reasons.
    pub reason: ErrorReason,
    /// What is wrong with it.
    pub description: String,
    /// Figures that belong to the reason.
    pub metadata: Metadata,
}

impl Failure {
    /// A failure with nothing but a reason and a message.
    pub fn new(reason: ErrorReason, message: impl Into<String>) -> Self {
        Failure {
            reason,
            message: message.into(),
            metadata: Vec::new(),
            violations: Vec::new(),
            retry_after: None,
        }
    }

    /// A request with fields at fault, the first of which gives the reason; `None` where there are none.
    pub fn invalid(violations: Vec<Violation>) -> Option<Self> {
        let first = violations.first()?;
        Some(Failure {
            reason: first.reason,
            message: format!("{}: {}", first.field, first.description),
            metadata: first.metadata.clone(),
            violations,
            retry_after: None,
        })
    }

    /// The same failure of a request that stands within another one: the paths of its fields are written anew.
    pub fn within(mut self, path: impl Fn(&str) -> String) -> Self {
        for violation in &mut self.violations {
            violation.field = path(&violation.field);
        }
        if let Some(first) = self.violations.first() {
            self.message = format!("{}: {}", first.field, first.description);
        }
        self
    }

    /// Adds a figure.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.metadata.push((name, value.to_string()));
        self
    }

    /// Says when to retry.
    pub fn retry_after(mut self, delay: Duration) -> Self {
        self.retry_after = Some(delay);
        self
    }

    /// The time that the call was given has passed.
    pub fn deadline_exceeded(allowed: Duration) -> Self {
        Failure::new(
            ErrorReason::DeadlineExceeded,
            "the deadline passed and the work was stopped",
        )
        .with("deadline_ms", allowed.as_millis())
    }

    /// No article came over a stream for so long.
    pub fn idle(allowed: Duration) -> Self {
        Failure::new(
            ErrorReason::DeadlineExceeded,
            "the stream was idle for too long",
        )
        .with("deadline_ms", allowed.as_millis())
    }

    /// A fault of the server's.
    pub fn internal() -> Self {
        Failure::new(
            ErrorReason::Internal,
            "internal error; report it with the request id",
        )
    }

    /// The call is none of gRPC's.
    pub fn not_grpc() -> Self {
        Failure::new(
            ErrorReason::RequestMalformed,
            "the content type is not application/grpc",
        )
    }

    /// The call bears no token that is let in.
    pub fn unauthenticated() -> Self {
        Failure::new(
            ErrorReason::Unauthenticated,
            "the call needs metadata \"authorization: Bearer TOKEN\" with a token that the server knows",
        )
    }

    /// The caller went away.
    pub fn cancelled() -> Self {
        Failure::new(ErrorReason::Cancelled, "the call was cancelled")
    }

    /// Something that this version doesn't do.
    pub fn not_implemented(what: &str) -> Self {
        Failure::new(
            ErrorReason::NotImplemented,
            format!("{what} is not implemented by this version"),
        )
    }

    /// What the engine's refusal means to a caller that was given so much time.
    pub fn from_engine(error: EngineError, allowed: Duration) -> Self {
        match error {
            EngineError::Overloaded { retry_after } | EngineError::TooLate { retry_after } => {
                Failure::new(ErrorReason::ServerOverloaded, error.to_string())
                    .retry_after(retry_after)
            }
            EngineError::DeadlineExceeded => Failure::deadline_exceeded(allowed),
            EngineError::Panicked => Failure::internal(),
            EngineError::Closed => Failure::draining(),
        }
    }

    /// What an analysis that failed means to a caller that was given so much time.
    pub fn from_analysis(error: AnalyzeError, allowed: Duration) -> Self {
        let violation = |reason, description: String, metadata| Violation {
            field: "article.content".to_owned(),
            reason,
            description,
            metadata,
        };
        let violation = match error {
            AnalyzeError::Empty => {
                violation(ErrorReason::ArticleEmpty, error.to_string(), Vec::new())
            }
            AnalyzeError::LanguageUnsupported {
                detected,
                confidence,
            } => violation(
                ErrorReason::LanguageUnsupported,
                error.to_string(),
                vec![
                    ("language_code", detected.to_owned()),
                    ("language_confidence", format!("{confidence:.2}")),
                ],
            ),
            AnalyzeError::Interrupted(Interrupted::DeadlineExceeded) => {
                return Failure::deadline_exceeded(allowed);
            }
            AnalyzeError::Interrupted(Interrupted::Cancelled) => {
                return Failure::cancelled();
            }
            AnalyzeError::Model(error) => {
                tracing::error!(%error, "a model failed");
                return Failure::internal();
            }
        };
        Failure::invalid(vec![violation]).unwrap_or_else(Failure::internal)
    }

    /// The answer would take more memory than that to an article of its length may.
    pub fn answer_too_large(bytes: usize, limit: usize) -> Self {
        let violation = Violation {
            field: "article.content".to_owned(),
            reason: ErrorReason::AnswerTooLarge,
            description: format!(
                "its answer takes {bytes} bytes of memory, over the limit of {limit} for an article of its length; ask for \
                 fewer entities or less evidence"
            ),
            metadata: vec![
                ("limit_bytes", limit.to_string()),
                ("size_bytes", bytes.to_string()),
            ],
        };
        Failure::invalid(vec![violation]).unwrap_or_else(Failure::internal)
    }

    /// The server is shutting down.
    pub fn draining() -> Self {
        Failure::new(ErrorReason::Draining, "the server is shutting down")
            .retry_after(Duration::ZERO)
    }

    /// The server is starting.
    pub fn not_ready() -> Self {
        Failure::new(ErrorReason::NotReady, "the server is starting")
            .retry_after(Duration::from_secs(1))
    }
}
