//! From a [`Failure`] to a gRPC status with google.rpc details: the one place that maps reasons to codes.

use std::collections::HashMap;

use prost::Message;
use tonic::{Code, Status};
use tonic_types::pb::Status as RpcStatus;
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

/// What an error that the transport made means: all that it finds wrong with a request is the caller's fault.
/// `None` where the connection broke, and nobody reads the answer.
pub fn transport_failure(bare: &Status, message_bytes: usize) -> Option<Failure> {
    match bare.code() {
        Code::OutOfRange => {
            let message = "the request message is too large";
            let failure = Failure::new(ErrorReason::ContentTooLarge, message);
            Some(failure.with("limit_bytes", message_bytes))
        }
        Code::Unimplemented => Some(Failure::new(ErrorReason::NotImplemented, bare.message())),
        Code::Internal => Some(Failure::new(ErrorReason::RequestMalformed, bare.message())),
        _ => None,
    }
}

/// The same as a message, for a failure that is a part of an answer.
pub fn rpc_status(failure: Failure, request_id: &str) -> RpcStatus {
    let status = status(failure, request_id);
    // The details of a status are an encoded google.rpc.Status, which says the rest again.
    RpcStatus::decode(status.details()).unwrap_or_else(|_| RpcStatus {
        code: status.code().into(),
        message: status.message().to_owned(),
        details: Vec::new(),
    })
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
        | ErrorReason::AnswerTooLarge
        | ErrorReason::RequestMalformed => Code::InvalidArgument,
        ErrorReason::PipelineVersionMismatch => Code::FailedPrecondition,
        ErrorReason::ServerOverloaded => Code::ResourceExhausted,
        ErrorReason::Draining | ErrorReason::NotReady => Code::Unavailable,
        ErrorReason::DeadlineExceeded => Code::DeadlineExceeded,
        ErrorReason::Cancelled => Code::Cancelled,
        ErrorReason::NotImplemented => Code::Unimplemented,
        ErrorReason::Unauthenticated => Code::Unauthenticated,
        ErrorReason::Internal | ErrorReason::Unspecified => Code::Internal,
    }
}
