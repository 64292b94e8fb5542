//! `newsprism serve`: the gRPC server until SIGTERM or SIGINT.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::{self, ExitCode};
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::EXIT_USAGE;
use super::models::ModelArgs;
use super::telemetry::TelemetryArgs;
use crate::engine::EngineConfig;
use crate::model::ModelSet;
use crate::server::limits::Limits;
use crate::server::{
    self, ArticleAnalyzer, ConnectionLimits, Listeners, ModelAnalyzer, Reloaded, ServerConfig, Tls,
    Tokens,
};

/// Threads for the transport. It only moves bytes; a second one keeps health checks quick while one decodes a large message.
const TRANSPORT_THREADS: usize = 2;

/// Serve the gRPC API.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Address and port to listen on. The default is for containers; on a shared machine prefer 127.0.0.1.
    #[arg(
        long,
        env = "NEWSPRISM_LISTEN",
        default_value = "0.0.0.0:50051",
        value_name = "ADDRESS"
    )]
    listen: SocketAddr,
    /// Address and port for metrics and probes (/metrics, /livez, /readyz) over HTTP, e.g. 127.0.0.1:9464 [default: none]
    #[arg(long, env = "NEWSPRISM_ADMIN_LISTEN", value_name = "ADDRESS")]
    admin_listen: Option<SocketAddr>,
    /// A file with a bearer token in each line; calls must bear one of them, health checks need none. Read again when it
    /// changes [default: everyone is let in]
    #[arg(long, env = "NEWSPRISM_TOKENS_FILE", value_name = "PATH")]
    tokens_file: Option<PathBuf>,
    /// A file with the server's certificate chain, PEM. Read again when it changes [default: plain text]
    #[arg(
        long,
        env = "NEWSPRISM_TLS_CERT",
        value_name = "PATH",
        requires = "tls_key"
    )]
    tls_cert: Option<PathBuf>,
    /// A file with the certificate's private key, PEM
    #[arg(
        long,
        env = "NEWSPRISM_TLS_KEY",
        value_name = "PATH",
        requires = "tls_cert"
    )]
    tls_key: Option<PathBuf>,
    /// A file with the authorities whose clients are let in, PEM [default: clients need no certificate]
    #[arg(
        long,
        env = "NEWSPRISM_TLS_CLIENT_CA",
        value_name = "PATH",
        requires = "tls_cert"
    )]
    tls_client_ca: Option<PathBuf>,
    /// Compute threads: articles analysed at the same time [default: the CPUs that this process may use]
    #[arg(long, env = "NEWSPRISM_THREADS", value_name = "COUNT")]
    threads: Option<NonZeroUsize>,
    /// Calls that may wait while every thread is busy; more are refused at once [default: 16 for each thread]
    #[arg(long, env = "NEWSPRISM_QUEUE", value_name = "COUNT")]
    queue: Option<usize>,
    /// Estimated word pieces (a quarter of the bytes) of the articles that may wait; more are refused at once
    #[arg(
        long,
        env = "NEWSPRISM_QUEUE_TOKENS",
        default_value_t = 1 << 20,
        value_name = "COUNT"
    )]
    queue_tokens: u64,
    /// The longest that a call may have to wait, as the pace of late lets expect; it is refused at once otherwise
    #[arg(long, env = "NEWSPRISM_QUEUE_WAIT", default_value = "30s", value_parser = duration, value_name = "TIME")]
    queue_wait: Duration,
    /// Streams open at the same time, on all connections together
    #[arg(long, env = "NEWSPRISM_STREAMS", default_value_t = Limits::default().streams, value_name = "COUNT")]
    streams: usize,
    /// Connections open at the same time; more are closed at once
    #[arg(long, env = "NEWSPRISM_CONNECTIONS", default_value_t = ConnectionLimits::default().count, value_name = "COUNT")]
    connections: usize,
    /// After about how long a connection is asked to reconnect, so that clients find new replicas, e.g. 30m
    #[arg(long, env = "NEWSPRISM_CONNECTION_AGE", default_value = "30m", value_parser = duration, value_name = "TIME")]
    connection_age: Duration,
    /// Bytes of UTF-8 that an article's content may have, at most 64 MiB
    #[arg(long, env = "NEWSPRISM_MAX_CONTENT_BYTES", default_value_t = Limits::default().content_bytes, value_name = "BYTES")]
    max_content_bytes: usize,
    /// The longest that a call may take, whatever deadline its client sets, e.g. 30s
    #[arg(long, env = "NEWSPRISM_MAX_DEADLINE", default_value = "60s", value_parser = duration, value_name = "TIME")]
    max_deadline: Duration,
    /// How long to serve on after a signal, so that load balancers can look away first, e.g. 5s
    #[arg(long, env = "NEWSPRISM_PRE_DRAIN", default_value = "5s", value_parser = duration, value_name = "TIME")]
    pre_drain: Duration,
    /// How long calls in flight may take to finish after that, e.g. 20s
    #[arg(long, env = "NEWSPRISM_DRAIN", default_value = "20s", value_parser = duration, value_name = "TIME")]
    drain: Duration,
    /// The models to serve
    #[command(flatten)]
    models: ModelArgs,
    /// Logs and traces
    #[command(flatten)]
    telemetry: TelemetryArgs,
}

impl ServeArgs {
    /// The configuration that these arguments ask for, or what is wrong with them.
    pub fn config(&self) -> Result<ServerConfig, String> {
        const MAX_CONTENT_BYTES: usize = 64 << 20;
        if !(1..=MAX_CONTENT_BYTES).contains(&self.max_content_bytes) {
            return Err(format!(
                "--max-content-bytes must be from 1 to {MAX_CONTENT_BYTES}"
            ));
        }
        if self.max_deadline.is_zero() {
            return Err("--max-deadline must be above 0".to_owned());
        }
        let threads = self.threads.or_else(|| available_parallelism().ok());
        let threads = threads.unwrap_or(NonZeroUsize::MIN);
        let queue = self
            .queue
            .unwrap_or_else(|| threads.get().saturating_mul(16));
        let tokens = self.tokens_file.clone().map(|file| {
            let tokens = Reloaded::load(vec![file], Tokens::parse);
            tokens.map_err(|error| format!("--tokens-file: {error}"))
        });
        Ok(ServerConfig {
            connections: ConnectionLimits {
                count: self.connections,
                age: self.connection_age,
                ..ConnectionLimits::default()
            },
            tokens: tokens.transpose()?.map(Arc::new),
            tls: self.tls()?.map(Arc::new),
            engine: EngineConfig {
                threads,
                queue,
                queue_cost: self.queue_tokens,
                queue_wait: self.queue_wait,
            },
            limits: Limits {
                content_bytes: self.max_content_bytes,
                streams: self.streams,
                ..Limits::default()
            },
            max_deadline: self.max_deadline,
            pre_drain: self.pre_drain,
            drain: self.drain,
        })
    }

    fn tls(&self) -> Result<Option<Reloaded<Tls>>, String> {
        let (Some(cert), Some(key)) = (&self.tls_cert, &self.tls_key) else {
            return Ok(None);
        };
        let files = [cert, key].into_iter().chain(&self.tls_client_ca);
        let tls = Reloaded::load(files.cloned().collect(), Tls::parse);
        tls.map(Some)
            .map_err(|error| format!("--tls-cert: {error}"))
    }
}

/// Runs the server until it is told to stop.
pub fn execute(args: &ServeArgs) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(TRANSPORT_THREADS)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("newsprism: can't start the transport: {error}");
            return ExitCode::FAILURE;
        }
    };
    // The caller's own models are configuration: what is wrong with them is said before a port is bound. The embedded ones
    // are loaded once it is, so that probes are answered from the first moment.
    let configured = args.config().and_then(|config| {
        let models = args.models.open().map_err(|error| error.to_string())?;
        let _within = runtime.enter();
        Ok((config, models, args.telemetry.start()?))
    });
    let (config, models, traces) = match configured {
        Ok(configured) => configured,
        Err(message) => {
            eprintln!("newsprism: {message}");
            return ExitCode::from(EXIT_USAGE);
        }
    };
    let load = move || {
        let models = models.map_or_else(ModelSet::embedded, Ok)?;
        Ok(ModelAnalyzer::new(Arc::new(models)))
    };
    let served = runtime.block_on(listen_and_serve(args, config, load));
    if let Some(traces) = traces {
        traces.stop();
    }
    // Connections that outlived the drain are cut; threads that still compute end with the process.
    runtime.shutdown_background();
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "can't serve");
            ExitCode::FAILURE
        }
    }
}

async fn listen_and_serve<A, L>(
    args: &ServeArgs,
    config: ServerConfig,
    load: L,
) -> Result<(), Box<dyn Error + Send + Sync>>
where
    A: ArticleAnalyzer,
    L: FnOnce() -> Result<A, Box<dyn Error + Send + Sync>> + Send + 'static,
{
    let mut signals = Signals::new()?;
    let api = bind(args.listen).await?;
    let admin = match args.admin_listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let admin_address = admin.as_ref().map(TcpListener::local_addr).transpose()?;
    let models = args.models.files().size();
    let memory = server::memory::bound(&config, models, TRANSPORT_THREADS);
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        listen = %api.local_addr()?,
        admin_listen = admin_address.map(|address| address.to_string()),
        compute_threads = config.engine.threads,
        memory_bound_mib = memory >> 20,
        queue = config.engine.queue,
        transport_threads = TRANSPORT_THREADS,
        "starting"
    );
    let shutdown = async move {
        signals.recv().await;
        tokio::spawn(async move {
            signals.recv().await;
            tracing::warn!("second signal: exiting at once");
            process::exit(1);
        });
    };
    Ok(server::run(Listeners { api, admin }, config, load, shutdown).await?)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| format!("can't listen on {address}: {error}"))
}

/// SIGTERM and SIGINT.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn recv(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Reads a time such as `500ms`, `30s` or `5m`.
fn duration(text: &str) -> Result<Duration, String> {
    let split = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    let (count, unit) = text.split_at(split);
    let malformed = || format!("{text:?} is no time such as 500ms, 30s or 5m");
    let count: u32 = count.parse().map_err(|_| malformed())?;
    match unit {
        "ms" => Ok(Duration::from_millis(count.into())),
        "s" => Ok(Duration::from_secs(count.into())),
        "m" => Ok(Duration::from_secs(u64::from(count) * 60)),
        _ => Err(malformed()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_need_a_number_and_a_unit() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("0s"), Ok(Duration::ZERO));
        assert_eq!(duration("5m"), Ok(Duration::from_secs(300)));
        for malformed in ["", "5", "s", "-5s", "1.5s", "5h", "99999999999s", "5 s"] {
            assert!(duration(malformed).is_err(), "{malformed:?}");
        }
    }
}
