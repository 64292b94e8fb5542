//! Panics in the log: by their place alone, since a panic's message may quote the article.

use std::panic;

/// Logs every panic from now on instead of printing it.
pub fn log_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let thread = std::thread::current().name().map(str::to_owned);
        tracing::error!(place, thread, "panic");
    }));
}
