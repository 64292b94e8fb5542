//! What the process tells of itself: logs.

mod logs;
mod panics;

pub use logs::{LogFormat, LogLevel, subscriber};
pub use panics::log_panics;
