//! What is done for every call: its id and deadline on the way in; typed errors, the id and a log line on the way out.

use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tonic::body::Body;
use tonic::codegen::{Bytes, StdError, http};
use tonic::{Code, Status};
use tower::{Layer, Service};
use tracing::{Instrument, Span};

use super::call::{Call, REQUEST_ID};
use super::call_line::CallLine;
use super::failure::Failure;
use super::followed::follow;
use super::memory::Memory;
use super::pb::ErrorReason;
use super::received::charge;
use super::status::{reason_name, status, transport_failure};
use crate::telemetry::Metrics;

/// The paths of our own service, to which deadlines and error reasons apply; health and reflection have rules of their own.
const OWN_PATHS: &str = "/newsprism.v1.";

/// How the path of a call ends whose requests are many.
const STREAM: &str = "/StreamAnalyzeArticles";

/// Marks the answer of a call that panicked.
#[derive(Debug, Clone, Copy)]
pub struct Panicked;

/// Makes [`CallService`]s.
#[derive(Clone)]
pub struct CallLayer {
    /// The longest that a call may take.
    pub max_deadline: Duration,
    /// The limit on request messages, to be named where one is over it.
    pub message_bytes: usize,
    /// What calls may hold.
    pub memory: Memory,
    /// Where calls are counted.
    pub metrics: Arc<Metrics>,
}

impl<S> Layer<S> for CallLayer {
    type Service = CallService<S>;

    fn layer(&self, inner: S) -> CallService<S> {
        CallService {
            inner,
            layer: self.clone(),
        }
    }
}

/// Follows each call from its headers to its answer.
#[derive(Clone)]
pub struct CallService<S> {
    inner: S,
    layer: CallLayer,
}

impl<S, Out> Service<http::Request<Body>> for CallService<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Out>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Send,
    Out: tonic::codegen::Body<Data = Bytes> + Send + 'static,
    Out::Error: Into<StdError>,
{
    type Response = http::Response<Body>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        let CallLayer {
            max_deadline,
            message_bytes,
            ..
        } = self.layer;
        let path = request.uri().path().to_owned();
        let own = path.starts_with(OWN_PATHS);
        let span = if own {
            CallLine::span(&path)
        } else {
            Span::none()
        };
        let CallLayer {
            memory, metrics, ..
        } = &self.layer;
        let call = Call::open(request.headers(), span, max_deadline, memory, metrics);
        request.extensions_mut().insert(Arc::clone(&call));
        // Streams are bounded by their number, and read no further than they are answered.
        if !path.ends_with(STREAM) {
            request = request.map(|body| charge(body, Arc::clone(&call)));
        }
        // Dropped with the future where the caller goes away, which writes the line as CANCELLED.
        let line = CallLine::open(Arc::clone(&call), path, own);

        // The service that was polled ready is the one to call; its clone waits for the next call.
        let clone = self.inner.clone();
        let answer = mem::replace(&mut self.inner, clone)
            .call(request)
            .instrument(call.span.clone());
        Box::pin(async move {
            let mut response = if own {
                tokio::select! {
                    biased;
                    response = answer => response?.map(Body::new),
                    () = tokio::time::sleep_until(call.deadline().into()) => late(&call),
                }
            } else {
                answer.await?.map(Body::new)
            };
            explain(&mut response, &call, own.then_some(message_bytes));
            if let Ok(id) = call.request_id.parse() {
                response.headers_mut().insert(REQUEST_ID, id);
            }
            Ok(follow(response, line))
        })
    }
}

fn late(call: &Call) -> http::Response<Body> {
    let _ = call.reason.set(reason_name(ErrorReason::DeadlineExceeded));
    status(Failure::deadline_exceeded(call.allowed), &call.request_id).into_http()
}

/// Gives an error that the transport made, which has no details, the reason that we document for it. Of calls of other
/// services than our own only those that the transport takes for a fault of the server's.
fn explain(response: &mut http::Response<Body>, call: &Call, message_bytes: Option<usize>) {
    let Some(bare) = Status::from_header_map(response.headers()) else {
        return;
    };
    if bare.code() == Code::Ok || !bare.details().is_empty() {
        return;
    }
    let failure = if response.extensions().get::<Panicked>().is_some() {
        Some(Failure::internal())
    } else if message_bytes.is_some() || bare.code() == Code::Internal {
        transport_failure(&bare, message_bytes.unwrap_or_default())
    } else {
        None
    };
    let Some(failure) = failure else {
        return;
    };
    let _ = call.reason.set(reason_name(failure.reason));
    // Fails only for values that no header can hold, and details are base64.
    let _ = status(failure, &call.request_id).add_header(response.headers_mut());
}
