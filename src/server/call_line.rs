//! The log line of a call, its count and its span. They are made when the call is over, however it ends, and never hold a
//! word of the article.

use std::sync::Arc;
use std::time::Duration;

use tonic::Code;
use tracing::Span;
use tracing::field::Empty;

use super::call::Call;
use super::methods;
use crate::telemetry::metrics::Method;

/// The line of one call; CANCELLED until told otherwise.
pub struct CallLine {
    call: Arc<Call>,
    /// As it is logged: a path that the server doesn't have may hold anything.
    path: String,
    method: Method,
    own: bool,
    code: Code,
}

impl CallLine {
    /// The line of a call that begins. Calls of other services than our own, such as probes, are logged at level debug.
    pub fn open(call: Arc<Call>, path: String, own: bool) -> Self {
        let method = methods::method(&path);
        let path = if method == methods::UNKNOWN {
            "unknown".to_owned()
        } else {
            path
        };
        call.metrics().call_started(&method);
        CallLine {
            call,
            path,
            method,
            own,
            code: Code::Cancelled,
        }
    }

    /// The span of a call that begins, named by OpenTelemetry's conventions for RPCs.
    pub fn span(path: &str) -> Span {
        let Method {
            grpc_service,
            grpc_method,
        } = methods::method(path);
        tracing::info_span!(
            "call",
            otel.name = format!("{grpc_service}/{grpc_method}"),
            otel.kind = "server",
            otel.status_code = Empty,
            rpc.system = "grpc",
            rpc.service = grpc_service,
            rpc.method = grpc_method,
            rpc.grpc.status_code = Empty,
            request_id = Empty,
            reason = Empty,
            articles = Empty,
            tokens = Empty,
        )
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
        let (cost, reason) = (self.call.cost(), self.call.reason.get());
        let span = &self.call.span;
        span.record("rpc.grpc.status_code", i32::from(self.code));
        span.record("reason", reason);
        span.record("articles", cost.map(|cost| cost.articles));
        span.record("tokens", cost.map(|cost| cost.tokens));
        if is_fault(self.code) {
            span.record("otel.status_code", "ERROR");
        }
        let queue_ms = cost.map(|cost| milliseconds(cost.queued));
        let compute_ms = cost.map(|cost| milliseconds(cost.computed));
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(
                    request_id = self.call.request_id,
                    trace_id = self.call.trace_id,
                    method = self.path,
                    code,
                    reason,
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

/// Whether OpenTelemetry's conventions hold the server to account for it.
fn is_fault(code: Code) -> bool {
    matches!(
        code,
        Code::Unknown
            | Code::DeadlineExceeded
            | Code::Unimplemented
            | Code::Internal
            | Code::Unavailable
            | Code::DataLoss
    )
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
