//! Metrics for Prometheus, all declared here.
//!
//! Labels hold names of ours alone, never what a caller sent: nothing of an article can show up, and the number of
//! series is bounded.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, prometheus_text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Metric, Registry};

/// The media type of what [`Metrics::render`] writes.
pub const CONTENT_TYPE: &str = prometheus_text::CONTENT_TYPE;

/// Seconds, from an answer out of hand to the longest article.
const SECONDS: [f64; 15] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0,
];

/// A method that is called.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Method {
    /// The full name of its service.
    pub grpc_service: &'static str,
    /// Its name.
    pub grpc_method: &'static str,
}

/// How a call of a method ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Handled {
    grpc_service: &'static str,
    grpc_method: &'static str,
    grpc_code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Build {
    version: &'static str,
    revision: &'static str,
}

type Histograms = Family<Handled, Histogram, fn() -> Histogram>;

/// Every metric of the process.
pub struct Metrics {
    registry: Registry,
    started: Family<Method, Counter>,
    handled: Family<Handled, Counter>,
    handling: Histograms,
    articles: Counter,
    tokens: Counter,
    queued: Histogram,
    computed: Histogram,
    queue_articles: Gauge,
    queue_tokens: Gauge,
    queue_wait: Gauge<f64, AtomicU64>,
    panics: Counter,
    connections: Gauge,
    refused_connections: Counter,
}

/// What is measured by looking.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gauges {
    /// Articles that wait for a compute thread.
    pub queue_articles: usize,
    /// What they are estimated to cost, in word pieces.
    pub queue_tokens: u64,
    /// How long a newcomer is likely to wait.
    pub queue_wait: Duration,
    /// Panics caught since the start.
    pub panics: u64,
}

impl Metrics {
    /// All of them, at zero. Those of the named methods are there before the first call.
    pub fn new(methods: &[Method]) -> Self {
        let mut registry = Registry::default();
        let build = Info::new(Build::of_this());
        registry.register("newsprism_build", "What is running", build);
        let r = &mut registry;
        let histogram: fn() -> Histogram = || Histogram::new(SECONDS);
        let started: Family<Method, Counter> = Family::default();
        for method in methods {
            drop(started.get_or_create(method));
        }
        Metrics {
            started: add(r, "grpc_server_started", "Calls begun", started),
            handled: add(
                r,
                "grpc_server_handled",
                "Calls over, dropped ones as CANCELLED",
                Family::default(),
            ),
            handling: add(
                r,
                "grpc_server_handling_seconds",
                "Time from a call's headers to its end",
                Family::new_with_constructor(histogram),
            ),
            articles: add(
                r,
                "newsprism_articles",
                "Articles that a compute thread was done with",
                Counter::default(),
            ),
            tokens: add(
                r,
                "newsprism_tokens",
                "Word pieces that the models read",
                Counter::default(),
            ),
            queued: add(
                r,
                "newsprism_article_queue_seconds",
                "Time that an article waited for a compute thread",
                histogram(),
            ),
            computed: add(
                r,
                "newsprism_article_compute_seconds",
                "Time that an article was computed",
                histogram(),
            ),
            queue_articles: add(
                r,
                "newsprism_queue_articles",
                "Articles that wait for a compute thread",
                Gauge::default(),
            ),
            queue_tokens: add(
                r,
                "newsprism_queue_tokens",
                "Estimated word pieces of the articles that wait",
                Gauge::default(),
            ),
            queue_wait: add(
                r,
                "newsprism_queue_wait_seconds",
                "How long a new call is likely to wait",
                Gauge::default(),
            ),
            panics: add(
                r,
                "newsprism_panics",
                "Panics caught on compute threads",
                Counter::default(),
            ),
            connections: add(
                r,
                "newsprism_connections",
                "Connections open",
                Gauge::default(),
            ),
            refused_connections: add(
                r,
                "newsprism_refused_connections",
                "Connections closed for being too many or for not beginning in time",
                Counter::default(),
            ),
            registry,
        }
    }

    /// A call begins.
    pub fn call_started(&self, method: &Method) {
        self.started.get_or_create(method).inc();
    }

    /// A call is over.
    pub fn call_handled(&self, method: &Method, code: &'static str, took: Duration) {
        let handled = Handled {
            grpc_service: method.grpc_service,
            grpc_method: method.grpc_method,
            grpc_code: code,
        };
        self.handled.get_or_create(&handled).inc();
        self.handling
            .get_or_create(&handled)
            .observe(took.as_secs_f64());
    }

    /// A compute thread is done with an article.
    pub fn article(&self, queued: Duration, computed: Duration, tokens: usize) {
        self.articles.inc();
        self.tokens
            .inc_by(u64::try_from(tokens).unwrap_or(u64::MAX));
        self.queued.observe(queued.as_secs_f64());
        self.computed.observe(computed.as_secs_f64());
    }

    /// A connection is open.
    pub fn connection_opened(&self) {
        self.connections.inc();
    }

    /// It is closed.
    pub fn connection_closed(&self) {
        self.connections.dec();
    }

    /// One was closed before it could be used.
    pub fn connection_refused(&self) {
        self.refused_connections.inc();
    }

    /// All of them in Prometheus's text format.
    pub fn render(&self, now: Gauges) -> Result<String, fmt::Error> {
        let int = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.queue_articles
            .set(i64::try_from(now.queue_articles).unwrap_or(i64::MAX));
        self.queue_tokens.set(int(now.queue_tokens));
        self.queue_wait.set(now.queue_wait.as_secs_f64());
        self.panics.inner().store(now.panics, Ordering::Relaxed);
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// Registers a metric and gives it back.
fn add<M: Metric + Clone>(registry: &mut Registry, name: &str, help: &str, metric: M) -> M {
    registry.register(name, help, metric.clone());
    metric
}

impl Build {
    fn of_this() -> Self {
        Build {
            version: env!("CARGO_PKG_VERSION"),
            revision: option_env!("NEWSPRISM_REVISION").unwrap_or("unknown"),
        }
    }
}
