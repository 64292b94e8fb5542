//! A client as gRPC's round_robin has it: a connection to each endpoint, calls in turn over those that are up.
//!
//! tonic's own balancer chooses by load and hides which connections are up. As in every gRPC library, a call that never
//! left the client is tried elsewhere, and one whose connection breaks is UNAVAILABLE. An endpoint is up once its server
//! says so in a health check; that it is about to stop it learns from the connection alone, which is harder on the server.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use newsprism::server::pb::article_analysis_service_client::ArticleAnalysisServiceClient;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;
use tonic::Status;
use tonic::codegen::{Bytes, http};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tower::Service;

pub type Client = ArticleAnalysisServiceClient<RoundRobin>;

/// How long a call waits for any endpoint to be up.
const PATIENCE: Duration = Duration::from_secs(2);
/// The pause after a connection was refused.
const PAUSE: Duration = Duration::from_millis(20);

type Payload = UnsyncBoxBody<Bytes, Infallible>;
type Sender = SendRequest<Payload>;

/// One endpoint; its connection is made anew for ever.
struct Endpoint {
    up: Arc<Mutex<Option<Sender>>>,
    connecting: JoinHandle<()>,
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.connecting.abort();
    }
}

/// The endpoints, to be used as a channel. Clones share the connections.
#[derive(Clone)]
pub struct RoundRobin {
    endpoints: Arc<Vec<Endpoint>>,
    next: Arc<AtomicUsize>,
    patience: Duration,
}

impl RoundRobin {
    pub fn new(addresses: &[String], tls: Option<Arc<ClientConfig>>) -> Self {
        let endpoints = addresses.iter().map(|address| {
            let up = Arc::new(Mutex::new(None));
            let connecting = tokio::spawn(stay_connected(
                address.clone(),
                tls.clone(),
                Arc::clone(&up),
            ));
            Endpoint { up, connecting }
        });
        RoundRobin {
            endpoints: Arc::new(endpoints.collect()),
            next: Arc::default(),
            patience: PATIENCE,
        }
    }

    /// The same for calls that fail at once where no endpoint is up.
    pub fn impatient(mut self) -> Self {
        self.patience = Duration::ZERO;
        self
    }

    pub fn client(&self) -> Client {
        // Answers to the largest articles are larger than tonic's default limit.
        ArticleAnalysisServiceClient::new(self.clone()).max_decoding_message_size(usize::MAX)
    }

    fn pick(&self) -> Option<Sender> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let count = self.endpoints.len();
        (first..first + count).find_map(|at| {
            let up = self.endpoints[at % count].up.lock().unwrap();
            up.clone().filter(|sender| !sender.is_closed())
        })
    }

    /// Sends a request, `body` making its body as often as it is tried.
    async fn send(
        self,
        request: http::request::Parts,
        body: impl Fn() -> Payload,
    ) -> Result<http::Response<Answer>, Status> {
        let give_up = tokio::time::Instant::now() + self.patience;
        loop {
            let Some(mut sender) = self.pick() else {
                if tokio::time::Instant::now() >= give_up {
                    return Err(Status::unavailable("no endpoint is up"));
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
                continue;
            };
            let request = http::Request::from_parts(request.clone(), body());
            match sender.try_send_request(request).await {
                Ok(response) => {
                    return Ok(response.map(|body| {
                        let body = body.map_err(|error| broken(&error));
                        tonic::body::Body::new(body)
                    }));
                }
                Err(mut failed) => {
                    let unsent = failed.take_message().is_some();
                    if !unsent && !is_unprocessed(failed.error()) {
                        return Err(broken(failed.error()));
                    }
                }
            }
        }
    }
}

type Answer = tonic::body::Body;

impl RoundRobin {
    /// Sends all of a message but its last bytes, and waits for whatever comes of it.
    pub async fn send_most_of_a_message(self, bytes: usize) -> Result<(), Status> {
        const MISSING: usize = 1000;
        let mut message = vec![0];
        message.extend(u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes());
        message.resize(message.len() + bytes - MISSING, 0);
        let request = http::Request::post(
            "http://localhost/newsprism.v1.ArticleAnalysisService/AnalyzeArticle",
        );
        let request = request.header("content-type", "application/grpc");
        let (request, ()) = request.body(()).unwrap().into_parts();
        let message = Bytes::from(message);
        let body = || unfinished(message.clone());
        let response = self.send(request, body).await?;
        let status = Status::from_header_map(response.headers());
        status.map_or(Ok(()), Err)
    }
}

/// A body of one frame that never ends.
fn unfinished(bytes: Bytes) -> Payload {
    let frame = stream::iter([Ok::<_, Infallible>(Frame::data(bytes))]);
    Payload::new(StreamBody::new(frame.chain(stream::pending())))
}

impl Service<http::Request<tonic::body::Body>> for RoundRobin {
    type Response = http::Response<Answer>;
    type Error = Status;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Status>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<tonic::body::Body>) -> Self::Future {
        let client = self.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let path = parts.uri.path().to_owned();
            parts.uri = format!("http://localhost{path}").parse().unwrap();
            let body = || Payload::new(Full::new(body.clone()));
            client.send(parts, body).await
        })
    }
}

/// Whether the server said that it took no notice of the request, by the GOAWAY or the reset that refused it.
fn is_unprocessed(error: &hyper::Error) -> bool {
    h2_error(error).is_some_and(|h2| {
        h2.is_remote() && (h2.is_go_away() || h2.reason() == Some(h2::Reason::REFUSED_STREAM))
    })
}

/// The status of a call whose connection broke, or that the server reset.
fn broken(error: &hyper::Error) -> Status {
    match h2_error(error) {
        Some(h2) if h2.is_reset() && h2.is_remote() => Status::internal(format!("reset: {h2}")),
        _ => Status::unavailable(format!("the connection broke: {error:?}")),
    }
}

fn h2_error(error: &hyper::Error) -> Option<&h2::Error> {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if let Some(h2) = cause.downcast_ref() {
            return Some(h2);
        }
        source = cause.source();
    }
    None
}

async fn stay_connected(
    address: String,
    tls: Option<Arc<ClientConfig>>,
    up: Arc<Mutex<Option<Sender>>>,
) {
    loop {
        if let Ok((sender, connection)) = connect(&address, tls.clone()).await {
            let serving = async {
                while !is_serving(&sender).await {
                    tokio::time::sleep(PAUSE).await;
                }
                *up.lock().unwrap() = Some(sender);
                std::future::pending().await
            };
            tokio::select! {
                () = connection => {}
                () = serving => {}
            }
            *up.lock().unwrap() = None;
        } else {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Whether a server serves, by its own word.
async fn is_serving(sender: &Sender) -> bool {
    let alone = Endpoint {
        up: Arc::new(Mutex::new(Some(sender.clone()))),
        connecting: tokio::spawn(async {}),
    };
    let channel = RoundRobin {
        endpoints: Arc::new(vec![alone]),
        next: Arc::default(),
        patience: Duration::ZERO,
    };
    let mut health = HealthClient::new(channel);
    let answer = health.check(HealthCheckRequest::default()).await;
    let answer = answer.map(|answer| answer.into_inner().status());
    answer.is_ok_and(|status| status == ServingStatus::Serving)
}

type Connection = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A connection, and what drives it to its end.
async fn connect(
    address: &str,
    tls: Option<Arc<ClientConfig>>,
) -> io::Result<(Sender, Connection)> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    match tls {
        None => shake(TokioIo::new(stream)).await,
        Some(config) => {
            let name = ServerName::try_from("localhost").unwrap();
            let stream = TlsConnector::from(config).connect(name, stream).await?;
            shake(TokioIo::new(stream)).await
        }
    }
}

async fn shake<T>(io: T) -> io::Result<(Sender, Connection)>
where
    T: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let (sender, connection) = http2::Builder::new(TokioExecutor::new())
        .initial_stream_window_size(4 << 20)
        .initial_connection_window_size(64 << 20)
        .handshake(io)
        .await
        .map_err(io::Error::other)?;
    Ok((
        sender,
        Box::pin(async move {
            let _ = connection.await;
        }),
    ))
}
