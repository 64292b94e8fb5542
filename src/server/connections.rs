//! Connections from the listener to their end: a cap on them, a time to begin in, an age, a drain.
//!
//! Instead of tonic's own loop, which spins when file descriptors run out, waits for ever for a peer that never speaks,
//! and gives all connections one age, so that clients reconnect in herds.

use std::convert::Infallible;
use std::future::Future;
use std::io::{self, Cursor, ErrorKind};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http2;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, join, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tonic::body::Body;
use tonic::codegen::http::{Request, Response};
use tower::{Service, ServiceExt};

use super::reload::Reloaded;
use super::stalled::{StreamExecutor, reporting};
use super::tls::Tls;
use crate::telemetry::Metrics;

/// Streams that one connection may have open.
const MAX_STREAMS: u32 = 256;
/// What a client may send on one stream before it is read, and on all streams of a connection: one that isn't read from
/// leaves room for others.
const STREAM_WINDOW: u32 = 256 << 10;
const CONNECTION_WINDOW: u32 = 4 << 20;
/// The share of its age by which a connection's end is moved at random, both ways.
const JITTER: f64 = 0.1;
/// The pauses after an accept that failed, from the first to the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(10), Duration::from_secs(1));
/// What every HTTP/2 client sends first.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// What connections may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// How many may be open; more are closed at once.
    pub count: usize,
    /// How long a peer may take to begin to speak HTTP/2, its TLS handshake included.
    pub handshake: Duration,
    /// After so long, more or less, a connection is asked to reconnect, so that clients find new replicas. It may take
    /// as long as it likes: a limit would cut calls off instead of letting them finish.
    pub age: Duration,
    /// After so long without a sign of life a connection is probed,
    pub keepalive_interval: Duration,
    /// and given so long to answer.
    pub keepalive_timeout: Duration,
    /// How long a stream may stand still, with an answer that its client doesn't take or, a stream of articles, with
    /// none to compute.
    pub stall: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        ConnectionLimits {
            count: 4096,
            handshake: Duration::from_secs(10),
            age: Duration::from_secs(30 * 60),
            keepalive_interval: Duration::from_secs(30),
            keepalive_timeout: Duration::from_secs(10),
            stall: Duration::from_secs(5 * 60),
        }
    }
}

/// Serves connections until told to stop, then waits until each is over. Dropping it cuts those that are left.
pub async fn serve<S>(
    listener: TcpListener,
    service: S,
    limits: ConnectionLimits,
    tls: Option<Arc<Reloaded<Tls>>>,
    metrics: Arc<Metrics>,
    stop: impl Future<Output = ()>,
) where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
{
    let places = Arc::new(Semaphore::new(limits.count));
    let (stopping, _) = watch::channel(false);
    let mut open = JoinSet::new();
    let mut acceptor = Acceptor::new(listener);
    let mut stop = pin!(stop);
    loop {
        let stream = tokio::select! {
            () = stop.as_mut() => break,
            // The end of a connection may free what accepting the next one lacked.
            Some(_) = open.join_next() => continue,
            stream = acceptor.accept() => stream,
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            metrics.connection_refused();
            continue;
        };
        // The certificate of now, whatever becomes of it while the connection is open.
        let tls = tls.as_ref().map(|tls| tls.get());
        let (service, metrics, stopping) =
            (service.clone(), Arc::clone(&metrics), stopping.subscribe());
        open.spawn(async move {
            serve_one(stream, tls, service, limits, &metrics, stopping).await;
            drop(place);
        });
    }
    drop(acceptor);
    stopping.send_replace(true);
    while open.join_next().await.is_some() {}
}

/// Serves one connection to its end.
async fn serve_one<S>(
    stream: TcpStream,
    tls: Option<Arc<Tls>>,
    service: S,
    limits: ConnectionLimits,
    metrics: &Metrics,
    mut stopping: watch::Receiver<bool>,
) where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    S: Clone + Send + Sync + 'static,
    S::Future: Send,
{
    // Fails only for a peer that is gone already.
    let _ = stream.set_nodelay(true);
    let begin = async {
        match tls {
            Some(tls) => begin(tls.accept(stream).await?).await,
            None => begin(stream).await,
        }
    };
    let begun = tokio::select! {
        begun = tokio::time::timeout(limits.handshake, begin) => begun,
        _ = stopping.wait_for(|stopping| *stopping) => return,
    };
    let Ok(Ok(io)) = begun else {
        metrics.connection_refused();
        return;
    };
    let service = service
        .map_response(|response: Response<Body>| response.map(reporting))
        .map_request(|request: Request<hyper::body::Incoming>| request.map(Body::new));
    let streams = StreamExecutor {
        patience: limits.stall,
    };
    let connection = http2::Builder::new(streams)
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .keep_alive_interval(limits.keepalive_interval)
        .keep_alive_timeout(limits.keepalive_timeout)
        .serve_connection(TokioIo::new(io), TowerToHyperService::new(service));
    let mut connection = pin!(connection);
    metrics.connection_opened();
    let over = async {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => {}
            () = tokio::time::sleep(jittered(limits.age)) => {}
        }
    };
    tokio::select! {
        _ = connection.as_mut() => {}
        () = over => {
            connection.as_mut().graceful_shutdown();
            // How a connection ends is told by its calls.
            let _ = connection.await;
        }
    }
    metrics.connection_closed();
}

/// Reads the preface, and gives the connection as if it weren't read yet.
async fn begin(
    mut stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> io::Result<Box<dyn Io>> {
    let mut preface = [0; PREFACE.len()];
    stream.read_exact(&mut preface).await?;
    if preface != *PREFACE {
        return Err(ErrorKind::InvalidData.into());
    }
    let (read, write) = split(stream);
    Ok(Box::new(join(Cursor::new(preface).chain(read), write)))
}

/// A connection, encrypted or not.
trait Io: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Io for T {}

fn jittered(age: Duration) -> Duration {
    age.mul_f64(1.0 - JITTER + 2.0 * JITTER * fastrand::f64())
}

/// Accepts, and pauses where that fails for want of something, most likely of file descriptors.
pub struct Acceptor {
    listener: TcpListener,
    pause: Duration,
}

impl Acceptor {
    /// Accepts from this listener.
    pub fn new(listener: TcpListener) -> Self {
        Acceptor {
            listener,
            pause: PAUSES.0,
        }
    }

    /// The next connection.
    pub async fn accept(&mut self) -> TcpStream {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    self.pause = PAUSES.0;
                    return stream;
                }
                Err(error) if is_the_peers(&error) => {}
                Err(error) => {
                    if self.pause == PAUSES.0 {
                        tracing::warn!(%error, "can't accept connections");
                    }
                    let pause = self.pause;
                    self.pause = (pause * 2).min(PAUSES.1);
                    tokio::time::sleep(pause).await;
                }
            }
        }
    }
}

/// Whether a connection failed before it was accepted, which says nothing of the next one.
fn is_the_peers(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_4_ages_differ_by_a_tenth_both_ways() {
        let age = Duration::from_secs(1000);
        let ages: Vec<Duration> = (0..1000).map(|_| jittered(age)).collect();
        let (least, most) = (ages.iter().min().unwrap(), ages.iter().max().unwrap());
        assert!(*least >= Duration::from_secs(900) && *most <= Duration::from_secs(1100));
        assert!(*least < Duration::from_secs(920) && *most > Duration::from_secs(1080));
    }

    #[test]
    fn row_4_connections_are_probed_after_30_seconds_and_cut_after_10_more() {
        let limits = ConnectionLimits::default();
        assert_eq!(limits.keepalive_interval, Duration::from_secs(30));
        assert_eq!(limits.keepalive_timeout, Duration::from_secs(10));
    }
}
