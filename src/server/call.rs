//! One call as the server follows it: its id, its deadline, and what it turned out to cost.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tonic::codegen::http::HeaderMap;
use uuid::Uuid;

use super::grpc_timeout;

/// The metadata key of request ids, in both directions.
pub const REQUEST_ID: &str = "x-request-id";

/// One call; travels in the request's extensions.
#[derive(Debug)]
pub struct Call {
    /// The caller's id of it, or one of the server's making.
    pub request_id: String,
    /// When it came in.
    pub started: Instant,
    /// The time that it may take: the lesser of the caller's and the server's limit.
    pub allowed: Duration,
    /// What it turned out to cost, once that is known.
    pub cost: OnceLock<Cost>,
    /// Why it failed, if it did.
    pub reason: OnceLock<&'static str>,
}

/// What a call cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Time spent waiting for a compute thread.
    pub queued: Duration,
    /// Time spent computing.
    pub computed: Duration,
    /// Word pieces read.
    pub tokens: usize,
}

impl Call {
    /// A call that came in now with these headers.
    pub fn open(headers: &HeaderMap, max_deadline: Duration) -> Arc<Self> {
        let request_id = headers
            .get(REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|id| is_request_id(id))
            .map_or_else(|| Uuid::new_v4().to_string(), str::to_owned);
        let allowed =
            grpc_timeout::read(headers).map_or(max_deadline, |client| client.min(max_deadline));
        Arc::new(Call {
            request_id,
            started: Instant::now(),
            allowed,
            cost: OnceLock::new(),
            reason: OnceLock::new(),
        })
    }

    /// When its answer would come too late.
    pub fn deadline(&self) -> Instant {
        self.started + self.allowed
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
