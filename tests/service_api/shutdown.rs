//! The drain: calls in flight finish, new ones go elsewhere, and no peer can hold the server up.

use std::convert::Infallible;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use http_body_util::StreamBody;
use hyper::body::Frame;
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use prost::Message;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::codegen::Bytes;
use tonic::codegen::http::Request;
use tonic::{Code, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::support::*;

#[tokio::test]
async fn calls_are_answered_while_load_balancers_look_away() {
    let mut server =
        TestServer::start_with(|config| config.pre_drain = Duration::from_millis(500)).await;
    let mut client = server.client();
    client.analyze_article(segments(ARTICLE)).await.unwrap();
    server.stop();
    server.wait_for("", ServingStatus::NotServing).await;
    client.analyze_article(segments(ARTICLE)).await.unwrap();
    server
        .client()
        .analyze_article(segments(ARTICLE))
        .await
        .unwrap();
    server.ended().await.unwrap();
}

#[tokio::test]
async fn calls_in_flight_and_in_the_queue_finish() {
    let mut server = TestServer::start().await;
    let address = server.address;
    let calls: Vec<_> = (0..3)
        .map(|_| {
            let mut client = server.client();
            tokio::spawn(async move { client.analyze_article(segments(SLOW)).await })
        })
        .collect();
    server.wait_for_running(1).await;
    // The others are on their way into the queue.
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.stop();
    eventually(async || TcpStream::connect(address).await.is_err()).await;
    server.fake.released.store(1, Ordering::SeqCst);
    for call in calls {
        call.await.unwrap().unwrap();
    }
    server.ended().await.unwrap();
}

#[tokio::test]
async fn peers_that_would_hang_are_cut_when_the_drain_is_over() {
    let drain = Duration::from_millis(400);
    let mut server = TestServer::start_with(|config| config.drain = drain).await;
    let mut client = server.client();
    let endless = tokio::spawn(async move { client.analyze_article(segments(SLOW)).await });
    server.wait_for_running(1).await;
    // A peer that says nothing, one that stops after the preface, and one that watches health for ever.
    let _silent = TcpStream::connect(server.address).await.unwrap();
    let mut half = TcpStream::connect(server.address).await.unwrap();
    half.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")
        .await
        .unwrap();
    let watch = HealthClient::new(server.channel())
        .watch(HealthCheckRequest::default())
        .await;
    let _watch = watch.unwrap();

    let started = Instant::now();
    server.stop();
    server.ended().await.unwrap();
    let took = started.elapsed();
    assert!(
        took >= drain && took < drain + Duration::from_secs(1),
        "{took:?}"
    );
    endless.abort();
}

#[tokio::test]
async fn a_call_that_comes_too_late_is_told_that_the_server_drains() {
    let mut server = TestServer::start().await;
    let mut client = server.client();
    let mut busy = client.clone();
    let running = tokio::spawn(async move { busy.analyze_article(segments(SLOW)).await });
    server.wait_for_running(1).await;
    server.stop();
    // Until the client has heard of the GOAWAY its calls still come; from then on none can connect.
    let late = eventually_err(&mut client).await;
    assert_eq!(late.code(), tonic::Code::Unavailable);
    server.fake.released.store(1, Ordering::SeqCst);
    running.await.unwrap().unwrap();
    server.ended().await.unwrap();
}

#[tokio::test]
async fn row_2_a_call_that_is_sent_while_the_server_drains_is_told_so_with_a_reason() {
    let mut server = TestServer::start().await;
    let mut busy = server.client();
    let running = tokio::spawn(async move { busy.analyze_article(segments(SLOW)).await });
    server.wait_for_running(1).await;
    // Its headers come before the drain, its message after.
    let (message, body) = mpsc::channel::<Result<Frame<Bytes>, Infallible>>(1);
    let http = legacy::Client::builder(TokioExecutor::new())
        .http2_only(true)
        .build_http();
    let path = "newsprism.v1.ArticleAnalysisService/AnalyzeArticle";
    let request = Request::post(format!("http://{}/{path}", server.address))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(StreamBody::new(ReceiverStream::new(body)))
        .unwrap();
    let answer = tokio::spawn(http.request(request));
    let series = "grpc_server_started_total{grpc_service=\"newsprism.v1.ArticleAnalysisService\",grpc_method=\"AnalyzeArticle\"}";
    eventually(async || server.metric(series).await == 2.0).await;
    let address = server.address;
    server.stop();
    eventually(async || TcpStream::connect(address).await.is_err()).await;
    let bytes = segments(ARTICLE).encode_to_vec();
    let framed = [
        &[0],
        &u32::try_from(bytes.len()).unwrap().to_be_bytes()[..],
        &bytes,
    ]
    .concat();
    message.send(Ok(Frame::data(framed.into()))).await.unwrap();
    drop(message);
    let answer = answer.await.unwrap().unwrap();
    let status = Status::from_header_map(answer.headers()).unwrap();
    let refusal = Refusal::of(&status);
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::Unavailable, "DRAINING")
    );
    assert_eq!(refusal.retry_after, Some(Duration::ZERO));
    server.fake.released.store(1, Ordering::SeqCst);
    running.await.unwrap().unwrap();
    server.ended().await.unwrap();
}

async fn eventually_err(client: &mut Client) -> tonic::Status {
    let mut error = None;
    eventually(async || {
        let bounded = with_deadline(segments(""), "1S");
        let status = client.analyze_article(bounded).await.unwrap_err();
        let done = status.code() == tonic::Code::Unavailable;
        error = Some(status);
        done
    })
    .await;
    error.unwrap()
}
