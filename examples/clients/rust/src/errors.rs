//! Errors for a person to read, with the details that the server gives.

use std::fmt::Write;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, RpcStatusExt, StatusExt, pb};

/// Lines that say all there is to the status of a call.
pub fn describe(status: &Status) -> String {
    lines(status.code(), status.message(), &status.get_error_details())
}

/// The same of a status that is a part of an answer.
pub fn describe_message(status: &pb::Status) -> String {
    lines(
        status.code.into(),
        &status.message,
        &status.get_error_details(),
    )
}

fn lines(code: Code, message: &str, details: &ErrorDetails) -> String {
    let mut text = format!("{code:?}: {message}");
    // Writing to a string can't fail.
    if let Some(info) = details.error_info() {
        let pairs = info.metadata.iter();
        let mut pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.sort();
        let (reason, domain, pairs) = (&info.reason, &info.domain, pairs.join(" "));
        let _ = write!(text, "\n  reason: {reason} of {domain} ({pairs})");
    }
    for violation in details
        .bad_request()
        .iter()
        .flat_map(|bad| &bad.field_violations)
    {
        let _ = write!(
            text,
            "\n  field: {}: {}",
            violation.field, violation.description
        );
    }
    if let Some(delay) = details.retry_info().and_then(|info| info.retry_delay) {
        let _ = write!(text, "\n  retry after: {:.3} s", delay.as_secs_f64());
    }
    text
}
