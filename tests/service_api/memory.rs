//! The memory that calls hold: it is bounded, given back, and counts the answers too.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use http_body::Frame;
use http_body_util::StreamBody;
use hyper_util::rt::TokioExecutor;
use newsprism::server::ServerConfig;
use newsprism::server::pb::{
    AnalyzeArticleRequest, EntityOptions, EntityTarget, SourceField, StreamAnalyzeArticlesRequest,
    TextSpan,
};
use tokio::task::JoinHandle;
use tonic::codegen::{Bytes, http};
use tonic::{Code, Status};

use crate::support::*;

/// A message of as many bytes as may be, but for the last.
const BYTES: usize = 2 << 20;

/// A server whose calls may hold about 10 MiB.
fn little(config: &mut ServerConfig) {
    config.limits.content_bytes = 1 << 10;
}

/// A call over a connection of its own that stops in mid-message; its status, should it ever have one.
fn unfinished(server: &TestServer) -> JoinHandle<Option<Status>> {
    let mut message = vec![0];
    message.extend(u32::try_from(BYTES).unwrap().to_be_bytes());
    message.resize(BYTES, 0);
    let uri = format!(
        "http://{}/newsprism.v1.ArticleAnalysisService/AnalyzeArticle",
        server.address
    );
    // A body that never ends.
    let frame = stream::iter([Ok::<_, Status>(Frame::data(Bytes::from(message)))]);
    let body = tonic::body::Body::new(StreamBody::new(frame.chain(stream::pending())));
    let request = http::Request::post(uri)
        .header("content-type", "application/grpc")
        .body(body);
    let mut client = hyper_util::client::legacy::Client::builder(TokioExecutor::new());
    let client = client.http2_only(true).build_http();
    tokio::spawn(async move {
        let response = client.request(request.unwrap()).await.unwrap();
        Status::from_header_map(response.headers())
    })
}

#[tokio::test]
async fn messages_that_never_end_hold_no_more_than_calls_may() {
    let server = TestServer::start_with(little).await;
    let mut calls: Vec<_> = (0..8).map(|_| unfinished(&server)).collect();
    // What they may hold is held at some time, and the others are refused; those that are refused give back what they held.
    let mut refused = None;
    eventually(async || {
        calls.push(unfinished(&server));
        let answer = server.client().analyze_article(segments(ARTICLE)).await;
        refused = answer.err();
        refused.is_some()
    })
    .await;
    let refusal = Refusal::of(&refused.unwrap());
    assert_eq!(refusal.code, Code::ResourceExhausted);
    assert_eq!(refusal.reason, "SERVER_OVERLOADED");
    assert!(refusal.retry_after.is_some());
    eventually(async || {
        calls.push(unfinished(&server));
        calls.iter().any(JoinHandle::is_finished)
    })
    .await;
    let mut waiting = 0;
    for call in calls {
        if call.is_finished() {
            let status = call.await.unwrap().unwrap();
            assert_eq!(Refusal::of(&status).reason, "SERVER_OVERLOADED");
        } else {
            call.abort();
            waiting += 1;
        }
    }
    assert!(waiting > 0);
    // Whoever goes gives back what it held.
    eventually(async || {
        let mut client = server.client();
        client.analyze_article(segments(ARTICLE)).await.is_ok()
    })
    .await;
}

#[tokio::test]
async fn an_article_of_a_stream_waits_for_memory() {
    let server = TestServer::start_with(little).await;
    let calls: Vec<_> = (0..8).map(|_| unfinished(&server)).collect();
    eventually(async || calls.iter().any(JoinHandle::is_finished)).await;
    let item = StreamAnalyzeArticlesRequest {
        correlation_id: "a".to_owned(),
        request: Some(segments(ARTICLE)),
    };
    let items = tokio_stream::iter(vec![item; 20]);
    let mut client = server.client();
    let streamed = tokio::spawn(async move {
        let answers = client.stream_analyze_articles(items).await.unwrap();
        let mut answers = answers.into_inner();
        let mut count = 0;
        while let Some(answer) = answers.message().await.unwrap() {
            assert_eq!(answer.correlation_id, "a");
            count += 1;
        }
        count
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    for call in calls {
        call.abort();
    }
    assert_eq!(streamed.await.unwrap(), 20);
}

#[tokio::test]
async fn an_answer_far_longer_than_its_article_is_refused_with_its_size() {
    let server = TestServer::start().await;
    let span = TextSpan {
        field: SourceField::Content.into(),
        start_offset: 0,
        end_offset: i32::try_from(ARTICLE.len()).unwrap(),
        ..TextSpan::default()
    };
    let target = EntityTarget {
        name: "it".to_owned(),
        spans: vec![span; 512],
        ..EntityTarget::default()
    };
    let asking = |targets: usize| {
        let mut request: AnalyzeArticleRequest = segments(ARTICLE);
        if let Some(features) = &mut request.features {
            features.entities = Some(EntityOptions {
                targets: vec![target.clone(); targets],
                ..EntityOptions::default()
            });
        }
        request
    };
    let mut client = server.client();
    client.analyze_article(asking(1)).await.unwrap();
    let error = client.analyze_article(asking(32)).await.unwrap_err();
    let refusal = Refusal::of(&error);
    assert_eq!(refusal.code, Code::InvalidArgument);
    assert_eq!(refusal.reason, "ANSWER_TOO_LARGE");
    let size = |name: &str| refusal.metadata[name].parse::<usize>().unwrap();
    assert_eq!(size("limit_bytes"), 1 << 20);
    assert!(size("size_bytes") > size("limit_bytes"));
}
