//! Logs, as JSON for machines or as text for people. Nothing that is logged may hold a word of an article.

use clap::ValueEnum;
use tracing::{Level, Subscriber};
use tracing_subscriber::filter::{FilterExt, LevelFilter};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry, filter};

/// The form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LogFormat {
    /// A JSON object a line.
    #[default]
    Json,
    /// A line to read.
    Text,
}

/// The least level that is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LogLevel {
    /// Faults of the server's.
    Error,
    /// What an operator should look at.
    Warn,
    /// Every call, and the phases of the server.
    #[default]
    Info,
    /// Health checks and reflection too.
    Debug,
}

/// A subscriber that writes to `writer`.
///
/// Only this crate's events pass, and errors of others: at lower levels, libraries log what goes over the wire. Spans are
/// for traces.
pub fn subscriber<W>(
    format: LogFormat,
    level: LogLevel,
    writer: W,
) -> impl Subscriber + for<'a> LookupSpan<'a> + Send + Sync + use<W>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let level = match level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    };
    let filter = filter::Targets::new()
        .with_default(LevelFilter::ERROR)
        .with_target(env!("CARGO_CRATE_NAME"), level)
        .and(filter::filter_fn(|metadata| metadata.is_event()));
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = match format {
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .boxed(),
        LogFormat::Text => lines.with_ansi(false).boxed(),
    };
    Registry::default().with(lines.with_filter(filter))
}
