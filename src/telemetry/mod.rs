//! What the process tells of itself: logs, metrics and traces.

mod logs;
pub mod metrics;
mod panics;
pub mod traces;

pub use logs::{LogFormat, LogLevel, subscriber};
pub use metrics::Metrics;
pub use panics::log_panics;
pub use traces::Traces;
