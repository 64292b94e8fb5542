//! From a [`Failure`] to a gRPC status with google.rpc details: the one place that maps reasons to codes.

use std::collections::HashMap;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt};

use super::failure::Failure;
use super::pb::ErrorReason;

/// The domain of every reason.
pub const DOMAIN: &str = "newsprism.v1";

/// The status that tells a call's caller of its failure.
pub fn status(failure: Failure, request_id: &str) -> Status {
    let metadata: HashMap<String, String> = failure
        .metadata
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .chain([("request_id".to_owned(), request_id.to_owned())])
        .collect();
    let mut details = ErrorDetails::with_error_info(reason_name(failure.reason), DOMAIN, metadata);
    if !failure.violations.is_empty() {
        let violations: Vec<FieldViolation> = failure
            .violations
            .into_iter()
            .map(|violation| FieldViolation {
                field: violation.field,
                description: violation.description,
                reason: reason_name(violation.reason).to_owned(),
                localized_message: None,
            })
            .collect();
        details.set_bad_request(violations);
    }
    if let Some(delay) = failure.retry_after {
        details.set_retry_info(Some(delay));
    }
    Status::with_error_details(code(failure.reason), failure.message, details)
}

/// A reason as it stands in an ErrorInfo: `ARTICLE_EMPTY`.
pub fn reason_name(reason: ErrorReason) -> &'static str {
    let name = reason.as_str_name();
    name.strip_prefix("ERROR_REASON_").unwrap_or(name)
}

fn code(reason: ErrorReason) -> Code {
    match reason {
        ErrorReason::ArticleEmpty
        | ErrorReason::ContentTooLarge
        | ErrorReason::LanguageUnsupported
        | ErrorReason::FeaturesEmpty
        | ErrorReason::TargetEmpty
        | ErrorReason::TargetTooLong
        | ErrorReason::TooManyTargets
        | ErrorReason::SpanOutOfRange
        | ErrorReason::SpanTextMismatch
        | ErrorReason::OptionInvalid
        | ErrorReason::BatchTooLarge
        | ErrorReason::RequestMalformed => Code::InvalidArgument,
        ErrorReason::PipelineVersionMismatch => Code::FailedPrecondition,
        ErrorReason::ServerOverloaded => Code::ResourceExhausted,
        ErrorReason::Draining | ErrorReason::NotReady => Code::Unavailable,
        ErrorReason::DeadlineExceeded => Code::DeadlineExceeded,
        ErrorReason::Cancelled => Code::Cancelled,
        ErrorReason::NotImplemented => Code::Unimplemented,
        ErrorReason::Internal | ErrorReason::Unspecified => Code::Internal,
    }
}
