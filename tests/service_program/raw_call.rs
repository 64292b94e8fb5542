//! A gRPC client that sends any bytes to any path.

use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tonic::Status;
use tonic::codegen::Bytes;
use tonic::codegen::http::{Request, Response};

/// The path of the service.
pub const SERVICE: &str = "/newsprism.v1.ArticleAnalysisService";
/// How long a call may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(300);

/// What a call is answered with.
pub struct Answer {
    pub status: Status,
    pub messages: Vec<Vec<u8>>,
}

/// All calls go over one connection.
pub struct RawClient {
    http: Client<HttpConnector, Full<Bytes>>,
    address: String,
}

impl RawClient {
    pub fn new(address: &str) -> Self {
        RawClient {
            http: Client::builder(TokioExecutor::new())
                .http2_only(true)
                .build_http(),
            address: address.to_owned(),
        }
    }

    /// Calls a method of the service.
    pub async fn call(&self, method: &str, body: Vec<u8>) -> Answer {
        self.post(&format!("{SERVICE}/{method}"), "application/grpc", body)
            .await
    }

    pub async fn post(&self, path: &str, content_type: &str, body: Vec<u8>) -> Answer {
        self.exchange(path, self.request(path, content_type, body))
            .await
    }

    /// The same with a message that is said to be compressed.
    pub async fn post_encoded(&self, path: &str, encoding: &str, body: Vec<u8>) -> Answer {
        let mut request = self.request(path, "application/grpc", body);
        let encoding = encoding.parse().unwrap();
        request.headers_mut().insert("grpc-encoding", encoding);
        self.exchange(path, request).await
    }

    async fn exchange(&self, path: &str, request: Request<Full<Bytes>>) -> Answer {
        let exchange = async {
            let response = self.send(path, request).await;
            let in_headers = Status::from_header_map(response.headers());
            let body = response.into_body().collect().await;
            let body = body.unwrap_or_else(|error| panic!("{path}: {error:?}"));
            let in_trailers = body.trailers().and_then(Status::from_header_map);
            let status = in_headers.or(in_trailers);
            Answer {
                status: status.unwrap_or_else(|| panic!("{path}: no status")),
                messages: messages_of(&body.to_bytes()),
            }
        };
        let answer = tokio::time::timeout(PATIENCE, exchange).await;
        answer.unwrap_or_else(|_| panic!("{path}: no answer"))
    }

    pub async fn http_status(&self, path: &str, content_type: &str, body: Vec<u8>) -> u16 {
        let request = self.request(path, content_type, body);
        self.send(path, request).await.status().as_u16()
    }

    fn request(&self, path: &str, content_type: &str, body: Vec<u8>) -> Request<Full<Bytes>> {
        Request::post(format!("http://{}{path}", self.address))
            .header("content-type", content_type)
            .header("te", "trailers")
            .body(Full::from(body))
            .unwrap()
    }

    async fn send(&self, path: &str, request: Request<Full<Bytes>>) -> Response<Incoming> {
        let answer = self.http.request(request).await;
        answer.unwrap_or_else(|error| panic!("{path}: {error:?}"))
    }
}

/// A message as gRPC frames it.
pub fn frame(message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).unwrap();
    [&[0], &length.to_be_bytes()[..], message].concat()
}

/// The messages of a body.
pub fn messages_of(mut body: &[u8]) -> Vec<Vec<u8>> {
    let mut messages = Vec::new();
    while let Some((head, rest)) = body.split_first_chunk::<5>() {
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
        let Some((message, rest)) = rest.split_at_checked(length) else {
            break;
        };
        messages.push(message.to_vec());
        body = rest;
    }
    messages
}
