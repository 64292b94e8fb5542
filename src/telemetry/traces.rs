//! Traces, sent to a collector by OTLP over gRPC. Off unless there is one.
//!
//! Spans have names and attributes of ours alone, never what a caller sent but for the request id: nothing of an article
//! can show up.

use std::time::Duration;

use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{TraceContextExt, TraceId, TracerProvider};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tonic::codegen::http::HeaderMap;
use tracing::level_filters::LevelFilter;
use tracing::{Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::filter::{self, FilterExt};
use tracing_subscriber::layer::Layer;
use tracing_subscriber::registry::LookupSpan;

/// How long the spans that are left at the end may take to be sent.
const FLUSH: Duration = Duration::from_secs(2);
const NAME: &str = env!("CARGO_PKG_NAME");

/// Sends spans in the background. What the collector doesn't take in time is dropped: no call ever waits for it.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Sends to the collector at `endpoint`, e.g. `http://localhost:4317`, of the traces that begin here a share from
    /// 0 to 1, of others what their callers decided. To be called within the runtime that is to do the sending.
    ///
    /// # Errors
    /// Where the endpoint is no `http` URL.
    pub fn to(endpoint: &str, ratio: f64) -> Result<Self, ExporterBuildError> {
        let exporter = SpanExporter::builder()
            .with_tonic()
            .with_endpoint(endpoint)
            .build()?;
        let resource = Resource::builder()
            .with_service_name(NAME)
            .with_attribute(opentelemetry::KeyValue::new(
                "service.version",
                env!("CARGO_PKG_VERSION"),
            ))
            .build();
        let sampler = Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(ratio)));
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_sampler(sampler)
            .with_resource(resource)
            .build();
        Ok(Traces(provider))
    }

    /// What takes this crate's spans from a subscriber.
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        let own = filter::Targets::new().with_target(env!("CARGO_CRATE_NAME"), LevelFilter::INFO);
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer(NAME))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_level(false)
            .with_tracked_inactivity(false)
            .with_filter(own.and(filter::filter_fn(|metadata| metadata.is_span())))
    }

    /// Sends what is left, if that is soon done. Blocks.
    pub fn stop(self) {
        if let Err(error) = self.0.shutdown_with_timeout(FLUSH) {
            tracing::warn!(%error, "can't send the last spans");
        }
    }
}

/// Makes a span a part of the trace that its caller names in `traceparent`. Gives the trace's id, the caller's where no
/// traces are sent.
pub fn join(span: &Span, headers: &HeaderMap) -> Option<TraceId> {
    let caller = TraceContextPropagator::new().extract(&Headers(headers));
    if caller.span().span_context().is_valid() {
        // Fails where no traces are sent.
        let _ = span.set_parent(caller.clone());
    }
    [span.context(), caller]
        .iter()
        .map(|context| context.span().span_context().trace_id())
        .find(|id| *id != TraceId::INVALID)
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(|name| name.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_traceparent_gives_its_trace_and_a_bad_one_none() {
        let good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let table = [
            (good, Some("0af7651916cd43dd8448eb211c80319c")),
            (&good[..50], None),
            (&good.replace("0af", "xyz"), None),
            (
                &good.replace("0af7651916cd43dd8448eb211c80319c", &"0".repeat(32)),
                None,
            ),
            ("", None),
            ("\u{7f}", None),
        ];
        for (value, trace) in table {
            let mut headers = HeaderMap::new();
            if let Ok(value) = value.parse() {
                headers.insert("traceparent", value);
            }
            let id = join(&Span::none(), &headers).map(|id| id.to_string());
            assert_eq!(id.as_deref(), trace, "{value:?}");
        }
    }
}
