//! Streams that stand still, for want of a client that takes or sends anything, are ended; nobody waits for their places.

use std::time::Duration;

use newsprism::server::ServerConfig;
use newsprism::server::pb::StreamAnalyzeArticlesRequest;
use tokio_stream::Stream;
use tonic::transport::Endpoint;
use tonic::{Code, Status, Streaming};

use crate::http2::{DATA, END_STREAM, HEADERS, Http2, RST_STREAM, call, frame};
use crate::support::*;

const STALL: Duration = Duration::from_millis(500);

/// A server that soon loses its patience, with one place for a stream.
async fn impatient() -> TestServer {
    TestServer::start_with(|config: &mut ServerConfig| {
        config.connections.stall = STALL;
        config.limits.streams = 1;
    })
    .await
}

fn item() -> StreamAnalyzeArticlesRequest {
    StreamAnalyzeArticlesRequest {
        request: Some(segments(ARTICLE)),
        ..Default::default()
    }
}

/// One article by a stream of its own.
async fn stream_of_one(server: &TestServer) -> Result<(), Status> {
    let items = tokio_stream::once(item());
    let answers = server.client().stream_analyze_articles(items).await?;
    answers.into_inner().message().await.map(drop)
}

/// Sends items and then nothing, without an end.
fn endless(items: usize) -> impl Stream<Item = StreamAnalyzeArticlesRequest> {
    use tokio_stream::StreamExt;
    tokio_stream::iter(vec![item(); items]).chain(tokio_stream::pending())
}

/// The error that a stream ends with, after so many answers.
async fn end<T>(mut answers: Streaming<T>) -> (usize, Status) {
    let mut count = 0;
    loop {
        match answers.message().await {
            Ok(Some(_)) => count += 1,
            Ok(None) => panic!("it ended well"),
            Err(status) => return (count, status),
        }
    }
}

#[tokio::test]
async fn a_stream_without_articles_is_ended() {
    let server = impatient().await;
    let mut client = server.client();
    let answers = client.stream_analyze_articles(endless(2)).await.unwrap();
    let refusal = Refusal::of(&stream_of_one(&server).await.unwrap_err());
    assert_eq!(refusal.reason, "SERVER_OVERLOADED");
    let (count, status) = end(answers.into_inner()).await;
    let refusal = Refusal::of(&status);
    assert_eq!(count, 2);
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::DeadlineExceeded, "DEADLINE_EXCEEDED")
    );
    assert_eq!(
        refusal.metadata["deadline_ms"],
        STALL.as_millis().to_string()
    );
    stream_of_one(&server).await.unwrap();
}

#[tokio::test]
async fn a_stream_that_waits_for_slow_work_is_not() {
    let server = impatient().await;
    let mut client = server.client();
    let slow = StreamAnalyzeArticlesRequest {
        request: Some(segments(SLOW)),
        ..Default::default()
    };
    let answers = client
        .stream_analyze_articles(tokio_stream::once(slow))
        .await
        .unwrap();
    tokio::time::sleep(STALL * 3).await;
    server
        .fake
        .released
        .store(1, std::sync::atomic::Ordering::SeqCst);
    let mut answers = answers.into_inner();
    assert!(answers.message().await.unwrap().is_some());
}

#[tokio::test]
async fn a_stream_whose_answers_nobody_takes_gives_its_place_back() {
    let server = impatient().await;
    let endpoint = Endpoint::from_shared(format!("http://{}", server.address)).unwrap();
    let narrow = endpoint.initial_stream_window_size(1024).connect_lazy();
    let mut client = Client::new(narrow);
    let answers = client.stream_analyze_articles(endless(100)).await.unwrap();
    eventually(async || stream_of_one(&server).await.is_ok()).await;
    let (_, status) = end(answers.into_inner()).await;
    assert_eq!(status.code(), Code::Cancelled, "{status:?}");
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_let_go() {
    let server = impatient().await;
    // INITIAL_WINDOW_SIZE.
    let mut connection = Http2::connect(&server.address.to_string(), &[(4, 0)]).await;
    let message = frame(DATA, END_STREAM, 1, &[0; 5]);
    let whole = [call(1, "GetServiceInfo"), message].concat();
    connection.send(&whole).await.unwrap();
    connection.wait_for(HEADERS, 1).await;
    connection.wait_for(RST_STREAM, 1).await;
    server
        .client()
        .analyze_article(segments(ARTICLE))
        .await
        .unwrap();
}
