//! One call as the server follows it: its id, its deadline, and what it turned out to cost.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tonic::codegen::http::HeaderMap;
use tracing::Span;
use uuid::Uuid;

use super::failure::Failure;
use super::grpc_timeout;
use super::memory::{Memory, Share};
use super::pb::ErrorReason;
use crate::telemetry::{Metrics, traces};

/// The metadata key of request ids, in both directions.
pub const REQUEST_ID: &str = "x-request-id";

/// When a call that there was no memory for is to come back.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// One call; travels in the request's extensions.
pub struct Call {
    /// The caller's id of it, or one of the server's making.
    pub request_id: String,
    /// When it came in.
    pub started: Instant,
    /// The time that its caller gives it.
    pub client_allowed: Option<Duration>,
    /// The time that it may take: the lesser of the caller's and the server's limit.
    pub allowed: Duration,
    cost: Mutex<Option<Cost>>,
    memory: Memory,
    held: Mutex<Option<Share>>,
    metrics: Arc<Metrics>,
    /// Why it failed, if it did.
    pub reason: OnceLock<&'static str>,
    /// The part of a trace that is this call.
    pub span: Span,
    /// The trace, where the call is a part of one.
    pub trace_id: Option<String>,
}

/// What a call cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// Articles that came to a compute thread.
    pub articles: usize,
    /// Time that the one which waited longest spent waiting for it.
    pub queued: Duration,
    /// Time spent computing.
    pub computed: Duration,
    /// Word pieces read.
    pub tokens: usize,
}

impl Call {
    /// A call that came in now with these headers; its span becomes a part of its caller's trace.
    pub fn open(
        headers: &HeaderMap,
        span: Span,
        max_deadline: Duration,
        memory: &Memory,
        metrics: &Arc<Metrics>,
    ) -> Arc<Self> {
        let request_id = headers
            .get(REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|id| is_request_id(id))
            .map_or_else(|| Uuid::new_v4().to_string(), str::to_owned);
        let trace_id = traces::join(&span, headers).map(|id| id.to_string());
        span.record("request_id", &request_id);
        let client_allowed = grpc_timeout::read(headers);
        let allowed = client_allowed.map_or(max_deadline, |client| client.min(max_deadline));
        Arc::new(Call {
            request_id,
            started: Instant::now(),
            client_allowed,
            allowed,
            cost: Mutex::new(None),
            memory: memory.clone(),
            held: Mutex::new(None),
            metrics: Arc::clone(metrics),
            reason: OnceLock::new(),
            span,
            trace_id,
        })
    }

    /// When its answer would come too late.
    pub fn deadline(&self) -> Instant {
        self.started + self.allowed
    }

    /// How long its answer is still wanted.
    pub fn remaining(&self) -> Duration {
        self.allowed.saturating_sub(self.started.elapsed())
    }

    /// An article of it was computed.
    pub fn spend(&self, queued: Duration, computed: Duration, tokens: usize) {
        self.metrics.article(queued, computed, tokens);
        let mut cost = self.cost.lock().unwrap_or_else(PoisonError::into_inner);
        let cost = cost.get_or_insert_default();
        cost.articles += 1;
        cost.queued = cost.queued.max(queued);
        cost.computed += computed;
        cost.tokens += tokens;
    }

    /// Takes memory that it holds until it is over; fails where there is none.
    pub fn hold(&self, bytes: usize) -> Result<(), Failure> {
        let share = self.memory.take(bytes);
        let share = share.ok_or_else(|| {
            let message = "calls hold as much memory as the server allows";
            Failure::new(ErrorReason::ServerOverloaded, message).retry_after(RETRY_AFTER)
        })?;
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match held.as_mut() {
            Some(held) => held.merge(share),
            None => *held = Some(share),
        }
        Ok(())
    }

    /// Where it is counted.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// What it cost so far; `None` where nothing was computed.
    pub fn cost(&self) -> Option<Cost> {
        *self.cost.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an id is safe to log and to send back: 1 to 128 of `A-Z a-z 0-9 . _ : -`.
fn is_request_id(id: &str) -> bool {
    (1..=128).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_ids_are_kept_where_they_are_safe() {
        for good in ["a", "00-4bf9_A:7.b", &"x".repeat(128)] {
            assert!(is_request_id(good), "{good}");
        }
        for bad in ["", "a b", "a\nb", "é", "a\"b", &"x".repeat(129)] {
            assert!(!is_request_id(bad), "{bad}");
        }
    }
}
