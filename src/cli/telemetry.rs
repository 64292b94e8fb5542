//! What the server tells of itself, and to whom.

use std::io;

use clap::Args;
use tracing_subscriber::layer::SubscriberExt;

use crate::telemetry::{self, LogFormat, LogLevel, Traces};

/// Logs and traces.
#[derive(Debug, Clone, Args)]
pub struct TelemetryArgs {
    /// The form of log lines, on standard error
    #[arg(
        long,
        env = "NEWSPRISM_LOG_FORMAT",
        default_value = "json",
        value_name = "FORMAT"
    )]
    log_format: LogFormat,
    /// The least level that is logged
    #[arg(
        long,
        env = "NEWSPRISM_LOG_LEVEL",
        default_value = "info",
        value_name = "LEVEL"
    )]
    log_level: LogLevel,
    /// A collector of traces that speaks OTLP over gRPC, e.g. http://localhost:4317 [default: no traces]
    #[arg(long, env = "NEWSPRISM_OTLP_ENDPOINT", value_parser = endpoint, value_name = "URL")]
    otlp_endpoint: Option<String>,
    /// The share of the traces begun here that are sent, 0 to 1; where the caller sent a traceparent, its decision holds
    #[arg(long, env = "NEWSPRISM_TRACE_RATIO", default_value = "1", value_parser = ratio, value_name = "RATIO")]
    trace_ratio: f64,
}

impl TelemetryArgs {
    /// Begins to tell; the traces, if there are any, are to be stopped at the end. To be called within the runtime that
    /// is to send them.
    pub fn start(&self) -> Result<Option<Traces>, String> {
        let traces = self.otlp_endpoint.as_ref().map(|endpoint| {
            let traces = Traces::to(endpoint, self.trace_ratio);
            traces.map_err(|error| format!("--otlp-endpoint: {error}"))
        });
        let traces = traces.transpose()?;
        let subscriber = telemetry::subscriber(self.log_format, self.log_level, io::stderr);
        let subscriber = subscriber.with(traces.as_ref().map(Traces::layer));
        // Fails only where one is set already, and then that one serves.
        let _ = tracing::subscriber::set_global_default(subscriber);
        telemetry::log_panics();
        Ok(traces)
    }
}

/// Collectors stand beside the server or in its cluster; to reach one elsewhere is a local collector's work.
fn endpoint(text: &str) -> Result<String, String> {
    if text.starts_with("http://") {
        return Ok(text.to_owned());
    }
    Err(format!("{text:?} is no URL that begins with http://"))
}

fn ratio(text: &str) -> Result<f64, String> {
    let ratio = text.parse().ok();
    let ratio = ratio.filter(|ratio| (0.0..=1.0).contains(ratio));
    ratio.ok_or_else(|| format!("{text:?} is no number from 0 to 1"))
}
