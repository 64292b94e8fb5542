//! How the server behaves, checked before a port is bound.

use std::sync::Arc;
use std::time::Duration;

use super::connections::ConnectionLimits;
use super::limits::Limits;
use super::reload::Reloaded;
use super::tls::Tls;
use super::tokens::Tokens;
use crate::engine::EngineConfig;

/// The server's configuration.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Compute threads and the queue before them.
    pub engine: EngineConfig,
    /// Limits on what callers send.
    pub limits: Limits,
    /// Limits on connections.
    pub connections: ConnectionLimits,
    /// The bearer tokens that are let in; `None` lets everyone in.
    pub tokens: Option<Arc<Reloaded<Tokens>>>,
    /// The server's certificate and whose clients' it trusts; `None` for plain text.
    pub tls: Option<Arc<Reloaded<Tls>>>,
    /// The longest that a call may take.
    pub max_deadline: Duration,
    /// How long to serve on after NOT_SERVING is shown, so that load balancers can look away first.
    pub pre_drain: Duration,
    /// How long calls in flight may take to finish after that.
    pub drain: Duration,
}
