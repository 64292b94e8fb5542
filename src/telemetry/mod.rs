//! What the process tells of itself: logs and metrics.

mod logs;
pub mod metrics;
mod panics;

pub use logs::{LogFormat, LogLevel, subscriber};
pub use metrics::Metrics;
pub use panics::log_panics;
