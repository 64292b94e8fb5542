//! The life of the server from a bound port to the last call: load, serve, drain.

use std::any::Any;
use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::{io, thread};

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tonic::body::Body;
use tonic::codegen::http;
use tonic::service::Routes;
use tonic::{Code, Status};
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

use super::adapter::GrpcAdapter;
use super::call_layer::{CallLayer, Panicked};
use super::config::ServerConfig;
use super::failure::Failure;
use super::gate_layer::GateLayer;
use super::lifecycle::Lifecycle;
use super::memory::Memory;
use super::pb::DESCRIPTORS;
use super::pb::article_analysis_service_server::ArticleAnalysisServiceServer;
use super::service::{ArticleAnalyzer, ArticleService};
use super::{admin, connections, methods};
use crate::engine::Engine;
use crate::telemetry::Metrics;

/// Bytes of a message to health or reflection, which holds a name; health is open to all.
const NAME_BYTES: usize = 4 << 10;

/// What the server listens on.
pub struct Listeners {
    /// The API.
    pub api: TcpListener,
    /// Metrics and probes.
    pub admin: Option<TcpListener>,
}

/// Why the server ended other than by being told to.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The compute threads could not be started.
    #[error("can't start the compute threads: {0}")]
    Threads(#[source] io::Error),
    /// The models could not be loaded.
    #[error("can't load the models: {0}")]
    Load(#[source] Box<dyn Error + Send + Sync>),
    /// The models are loaded but don't work.
    #[error("the warm-up analysis failed: {0}")]
    WarmUp(String),
    /// The descriptors for reflection are broken: a bug.
    #[error("can't set up reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
}

/// Serves on `listeners` until `shutdown` is ready, then drains, and returns within `pre_drain + drain`.
///
/// Answers health checks at once; lets calls in when `load` has brought forth an analyzer that works.
pub async fn run<A, L>(
    listeners: Listeners,
    config: ServerConfig,
    load: L,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError>
where
    A: ArticleAnalyzer,
    L: FnOnce() -> Result<A, Box<dyn Error + Send + Sync>> + Send + 'static,
{
    let health = HealthReporter::new();
    let lifecycle = Lifecycle::starting(health.clone()).await;
    let engine = Engine::start(config.engine).map_err(ServeError::Threads)?;
    let metrics = Arc::new(Metrics::new(&methods::methods()));
    let memory = Memory::new(&config);
    let service = ArticleService::new(
        engine,
        lifecycle,
        config.clone(),
        memory.clone(),
        Arc::clone(&metrics),
    );
    let service = Arc::new(service);

    // Dropped at the end, and with it these tasks are.
    let mut beside = JoinSet::new();
    if let Some(listener) = listeners.admin {
        beside.spawn(admin::serve(listener, Arc::clone(&service)));
    }
    if let Some(tokens) = config.tokens.clone() {
        beside.spawn(async move { tokens.follow().await });
    }
    if let Some(tls) = config.tls.clone() {
        beside.spawn(async move { tls.follow().await });
    }
    let (stop, stopped) = oneshot::channel::<()>();
    // From the outside in: the call with its id and deadline, the net under panics, the gate.
    let layers = ServiceBuilder::new()
        .layer(CallLayer {
            max_deadline: config.max_deadline,
            message_bytes: config.limits.message_bytes(),
            memory,
            metrics: Arc::clone(&metrics),
        })
        .layer(CatchPanicLayer::custom(answer_panic as fn(Payload) -> _))
        .layer(GateLayer {
            tokens: config.tokens.clone(),
        });
    let api = layers.service(routes(&service, health, &config)?);
    let stopped = async {
        // A dropped sender stops it as well.
        let _ = stopped.await;
    };
    let mut serving = pin!(connections::serve(
        listeners.api,
        api,
        config.connections,
        config.tls.clone(),
        metrics,
        stopped
    ));
    let mut shutdown = pin!(shutdown);
    let start_then_wait = async {
        tokio::select! {
            started = start(&service, load) => started?,
            () = shutdown.as_mut() => return Ok(()),
        }
        tracing::info!("serving");
        shutdown.as_mut().await;
        Ok::<(), ServeError>(())
    };
    tokio::select! {
        // Not before it is told to.
        () = serving.as_mut() => return Ok(()),
        told = start_then_wait => told?,
    }

    tracing::info!("shutting down: telling load balancers to look away");
    service.lifecycle().look_away().await;
    tokio::select! {
        () = serving.as_mut() => return Ok(()),
        () = tokio::time::sleep(config.pre_drain) => {}
    }
    tracing::info!("draining: finishing the calls in flight");
    service.lifecycle().drain().await;
    let _ = stop.send(());
    let drained = async {
        // Most streams end by themselves meanwhile; the others have the second half for what was read of them.
        let half = tokio::time::timeout(config.drain / 2, serving.as_mut()).await;
        if half.is_err() {
            service.lifecycle().end_streams();
            serving.await;
        }
    };
    // A peer that never speaks or never acknowledges would hold the graceful shutdown for ever.
    if tokio::time::timeout(config.drain, drained).await.is_err() {
        tracing::warn!("the drain time is over: cutting what is left");
    }
    service.engine().close();
    tracing::info!("stopped");
    Ok(())
}

/// Loads on a thread of its own, so that health checks are answered meanwhile, and proves the analyzer.
async fn start<A, L>(service: &ArticleService<A>, load: L) -> Result<(), ServeError>
where
    A: ArticleAnalyzer,
    L: FnOnce() -> Result<A, Box<dyn Error + Send + Sync>> + Send + 'static,
{
    let (loaded, load_end) = oneshot::channel();
    thread::Builder::new()
        .name("load".to_owned())
        .spawn(move || {
            // The server may have been told to stop meanwhile.
            let _ = loaded.send(load());
        })
        .map_err(ServeError::Threads)?;
    let analyzer = load_end
        .await
        .map_err(|_| ServeError::Load("the loader panicked".into()))?
        .map_err(ServeError::Load)?;
    let warm_up = service.warm_up(analyzer).await;
    warm_up.map_err(|failure: Failure| ServeError::WarmUp(failure.message))
}

/// What a panic carries.
type Payload = Box<dyn Any + Send>;

/// The answer of a handler that panicked; the call layer gives it its details.
fn answer_panic(_: Payload) -> http::Response<Body> {
    let mut response = Status::new(Code::Internal, "").into_http();
    response.extensions_mut().insert(Panicked);
    response
}

fn routes<A: ArticleAnalyzer>(
    service: &Arc<ArticleService<A>>,
    health: HealthReporter,
    config: &ServerConfig,
) -> Result<Routes, ServeError> {
    let articles = ArticleAnalysisServiceServer::new(GrpcAdapter(Arc::clone(service)))
        .max_decoding_message_size(config.limits.message_bytes());
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(DESCRIPTORS)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    let mut routes = Routes::builder();
    routes
        .add_service(articles)
        .add_service(
            HealthServer::new(HealthService::from_health_reporter(health))
                .max_decoding_message_size(NAME_BYTES),
        )
        .add_service(
            reflection()
                .build_v1()?
                .max_decoding_message_size(NAME_BYTES),
        )
        .add_service(
            reflection()
                .build_v1alpha()?
                .max_decoding_message_size(NAME_BYTES),
        );
    Ok(routes.routes().prepare())
}
