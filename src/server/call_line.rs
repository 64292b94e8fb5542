//! The log line of a call and its count. Both are made when the call is over, however it ends, and never hold a word of
//! the article.

use std::sync::Arc;
use std::time::Duration;

use tonic::Code;

use super::call::Call;
use super::methods;
use crate::telemetry::metrics::Method;

/// The line of one call; CANCELLED until told otherwise.
pub struct CallLine {
    call: Arc<Call>,
    path: String,
    method: Method,
    own: bool,
    code: Code,
}

impl CallLine {
    /// The line of a call that begins. Calls of other services than our own, such as probes, are logged at level debug.
    pub fn open(call: Arc<Call>, path: String, own: bool) -> Self {
        let method = methods::method(&path);
        call.metrics().call_started(&method);
        CallLine {
            call,
            path,
            method,
            own,
            code: Code::Cancelled,
        }
    }

    /// The call is answered.
    pub fn close(mut self, code: Code) {
        self.code = code;
    }
}

impl Drop for CallLine {
    fn drop(&mut self) {
        let (took, code) = (self.call.started.elapsed(), code_name(self.code));
        self.call.metrics().call_handled(&self.method, code, took);
        let cost = self.call.cost();
        let queue_ms = cost.map(|cost| milliseconds(cost.queued));
        let compute_ms = cost.map(|cost| milliseconds(cost.computed));
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(
                    request_id = self.call.request_id,
                    method = self.path,
                    code,
                    reason = self.call.reason.get(),
                    ms = milliseconds(took),
                    queue_ms,
                    compute_ms,
                    articles = cost.map(|cost| cost.articles),
                    tokens = cost.map(|cost| cost.tokens),
                    "call"
                )
            };
        }
        match (self.own, self.code) {
            (false, _) => line!(debug),
            (true, Code::Internal) => line!(error),
            (true, _) => line!(info),
        }
    }
}

/// To the microsecond.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

/// A code as gRPC's own documents spell it.
fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
