//! Streams: answers matched by id, back-pressure, deadlines, cancels, the drain.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use newsprism::server::pb::analysis_outcome::Outcome;
use newsprism::server::pb::{
    AnalyzeArticleRequest, StreamAnalyzeArticlesRequest, StreamAnalyzeArticlesResponse,
};
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Status, Streaming};

use crate::support::*;

type Answers = Streaming<StreamAnalyzeArticlesResponse>;

fn item(id: &str, request: AnalyzeArticleRequest) -> StreamAnalyzeArticlesRequest {
    StreamAnalyzeArticlesRequest {
        correlation_id: id.to_owned(),
        request: Some(request),
    }
}

/// An open stream to send on and to read from.
async fn open(mut client: Client) -> (mpsc::Sender<StreamAnalyzeArticlesRequest>, Answers) {
    let (send, requests) = mpsc::channel(1000);
    let answers = client
        .stream_analyze_articles(ReceiverStream::new(requests))
        .await;
    (send, answers.unwrap().into_inner())
}

/// The id of the next answer and the reason of its error, "" where there is none.
async fn next(answers: &mut Answers) -> Result<Option<(String, String)>, Status> {
    let Some(answer) = answers.message().await? else {
        return Ok(None);
    };
    let good = matches!(
        answer
            .outcome
            .as_ref()
            .and_then(|outcome| outcome.outcome.as_ref()),
        Some(Outcome::Analysis(_))
    );
    let reason = if good {
        String::new()
    } else {
        Refusal::of_outcome(answer.outcome).reason
    };
    Ok(Some((answer.correlation_id, reason)))
}

fn pair(id: &str, reason: &str) -> Option<(String, String)> {
    Some((id.to_owned(), reason.to_owned()))
}

#[tokio::test]
async fn answers_come_as_they_are_ready_while_the_stream_is_open() {
    let server = TestServer::start().await;
    let (send, mut answers) = open(server.client()).await;
    for id in ["a", "b", "c"] {
        send.send(item(id, segments(ARTICLE))).await.unwrap();
        assert_eq!(next(&mut answers).await.unwrap(), pair(id, ""));
    }
    drop(send);
    assert_eq!(next(&mut answers).await.unwrap(), None);
}

#[tokio::test]
async fn a_half_closed_stream_gets_all_its_answers_and_bad_articles_their_errors() {
    let server = TestServer::start().await;
    let mut html = segments(ARTICLE);
    html.article.as_mut().unwrap().content_type = 2;
    let long_id = "x".repeat(257);
    let mut requests = vec![
        (item("empty", segments("")), "ARTICLE_EMPTY"),
        (item("panic", segments(PANIC)), "INTERNAL"),
        (item("html", html), "NOT_IMPLEMENTED"),
        (item(&long_id, segments(ARTICLE)), "OPTION_INVALID"),
        (StreamAnalyzeArticlesRequest::default(), "ARTICLE_EMPTY"),
    ];
    let ids: Vec<String> = (0..100).map(|index| format!("good-{index}")).collect();
    requests.extend(ids.iter().map(|id| (item(id, segments(ARTICLE)), "")));
    let mut expected: BTreeMap<String, String> = requests
        .iter()
        .map(|(item, reason)| (item.correlation_id.clone(), (*reason).to_owned()))
        .collect();

    let items: Vec<_> = requests.into_iter().map(|(item, _)| item).collect();
    let request = with_id(tokio_stream::iter(items), "stream-1");
    let answers = server
        .client()
        .stream_analyze_articles(request)
        .await
        .unwrap();
    assert_eq!(answers.metadata().get("x-request-id").unwrap(), "stream-1");
    let mut answers = answers.into_inner();
    while let Some((id, reason)) = next(&mut answers).await.unwrap() {
        assert_eq!(expected.remove(&id), Some(reason), "{id}");
    }
    assert!(expected.is_empty(), "{expected:?}");
    let line = LOGS.call("stream-1").await;
    assert_eq!(
        (&line["code"], &line["tokens"]),
        (&"OK".into(), &4200.into())
    );
}

#[tokio::test]
async fn paths_of_fields_are_those_of_the_streams_requests() {
    let server = TestServer::start().await;
    let request = tokio_stream::once(item("a", segments("")));
    let answers = server.client().stream_analyze_articles(request).await;
    let answer = answers
        .unwrap()
        .into_inner()
        .message()
        .await
        .unwrap()
        .unwrap();
    let refusal = Refusal::of_outcome(answer.outcome);
    assert_eq!(refusal.fields[0].0, "request.article.content");
}

#[tokio::test]
async fn a_client_that_takes_no_answers_is_not_read_from() {
    let server = TestServer::start_with(|config| config.limits.stream_in_flight = 8).await;
    let endpoint = tonic::transport::Endpoint::from_shared(format!("http://{}", server.address));
    let channel = endpoint
        .unwrap()
        .initial_stream_window_size(2000)
        .connect_lazy();
    let (send, mut answers) = open(Client::new(channel)).await;
    for index in 0..500 {
        let id = index.to_string();
        send.send(item(&id, segments(ARTICLE))).await.unwrap();
    }
    drop(send);
    eventually(async || server.fake.started() >= 8).await;
    // Long enough for all 500, if they were read.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let started = server.fake.started();
    assert!(started < 50, "{started}");
    let mut count = 0;
    while next(&mut answers).await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 500);
}

#[tokio::test]
async fn a_stream_that_is_not_read_from_leaves_its_connection_to_other_calls() {
    let server = TestServer::start().await;
    let client = server.client();
    let (send, _answers) = open(client.clone()).await;
    let stalled = tokio::spawn(async move {
        // The first one computes for ever; of these, as many are read as may be in flight.
        let large = segments(&format!("{SLOW}{}", "x".repeat(100_000)));
        while send.send(item("", large.clone())).await.is_ok() {}
    });
    server.wait_for_running(1).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut client = client;
    let info = client.get_service_info(newsprism::server::pb::GetServiceInfoRequest {});
    let info = tokio::time::timeout(Duration::from_secs(10), info).await;
    info.expect("the connection is blocked").unwrap();
    let refused = client.analyze_article(segments(&" ".repeat(200_000)));
    let refused = tokio::time::timeout(Duration::from_secs(10), refused).await;
    refused.expect("the connection is blocked").unwrap_err();
    stalled.abort();
}

#[tokio::test]
async fn row_8_a_dropped_stream_stops_its_work() {
    let server = TestServer::start().await;
    let (send, answers) = open(server.client()).await;
    for id in ["a", "b", "c"] {
        send.send(item(id, segments(SLOW))).await.unwrap();
    }
    server.wait_for_running(1).await;
    drop((send, answers));
    server.wait_for_running(0).await;
    server
        .client()
        .analyze_article(segments(ARTICLE))
        .await
        .unwrap();
    assert_eq!(server.fake.started(), 2);
}

#[tokio::test]
async fn row_7_the_clients_deadline_ends_the_stream() {
    let server = TestServer::start().await;
    let request = with_deadline(
        tokio_stream::iter([item("a", segments(SLOW))]).chain(tokio_stream::pending()),
        "200m",
    );
    let answers = server
        .patient_client()
        .stream_analyze_articles(request)
        .await;
    let status = next(&mut answers.unwrap().into_inner()).await.unwrap_err();
    let refusal = Refusal::of(&status);
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::DeadlineExceeded, "DEADLINE_EXCEEDED")
    );
    server.wait_for_running(0).await;
}

#[tokio::test]
async fn row_7_the_servers_deadline_is_for_the_computing_of_each_article() {
    let server =
        TestServer::start_with(|config| config.max_deadline = Duration::from_millis(200)).await;
    let (send, mut answers) = open(server.client()).await;
    for _ in 0..3 {
        send.send(item("slow", segments(SLOW))).await.unwrap();
    }
    for _ in 0..3 {
        let answer = next(&mut answers).await.unwrap();
        assert_eq!(answer, pair("slow", "DEADLINE_EXCEEDED"));
    }
    send.send(item("good", segments(ARTICLE))).await.unwrap();
    assert_eq!(next(&mut answers).await.unwrap(), pair("good", ""));
}

#[tokio::test]
async fn row_2_a_stream_goes_on_for_half_the_drain_and_is_then_ended_without_losing_what_was_read()
{
    let drain = Duration::from_secs(4);
    let mut server = TestServer::start_with(|config| config.drain = drain).await;
    let (send, mut answers) = open(server.client()).await;
    let (last, mut last_answers) = open(server.client()).await;
    for id in ["a", "b"] {
        send.send(item(id, segments(SLOW))).await.unwrap();
    }
    server.wait_for_running(1).await;
    server.stop();
    let address = server.address;
    eventually(async || tokio::net::TcpStream::connect(address).await.is_err()).await;
    server.fake.released.store(1, Ordering::SeqCst);
    // One stream ends by itself, with everything answered.
    last.send(item("l", segments(ARTICLE))).await.unwrap();
    drop(last);
    assert_eq!(next(&mut last_answers).await.unwrap(), pair("l", ""));
    assert_eq!(next(&mut last_answers).await.unwrap(), None);
    // The other would never.
    send.send(item("c", segments(ARTICLE))).await.unwrap();
    for id in ["a", "b", "c"] {
        assert_eq!(next(&mut answers).await.unwrap(), pair(id, ""));
    }
    let refusal = Refusal::of(&next(&mut answers).await.unwrap_err());
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::Unavailable, "DRAINING")
    );
    server.ended().await.unwrap();
}

#[tokio::test]
async fn streams_are_bounded_in_number() {
    let server = TestServer::start_with(|config| config.limits.streams = 1).await;
    let first = open(server.client()).await;
    let second = server
        .client()
        .stream_analyze_articles(tokio_stream::empty())
        .await;
    let refusal = Refusal::of(&second.unwrap_err());
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::ResourceExhausted, "SERVER_OVERLOADED")
    );
    assert!(refusal.retry_after.is_some());
    drop(first);
    eventually(async || {
        let again = tokio_stream::empty();
        server.client().stream_analyze_articles(again).await.is_ok()
    })
    .await;
}

#[tokio::test]
async fn articles_of_a_stream_wait_instead_of_being_shed() {
    let server = TestServer::start_with(|config| config.engine.queue = 0).await;
    let items: Vec<_> = (0..40).map(|_| item("", segments(ARTICLE))).collect();
    let answers = server
        .client()
        .stream_analyze_articles(tokio_stream::iter(items))
        .await;
    let mut answers = answers.unwrap().into_inner();
    let mut count = 0;
    while let Some(answer) = next(&mut answers).await.unwrap() {
        assert_eq!(Some(answer), pair("", ""));
        count += 1;
    }
    assert_eq!(count, 40);
}
