//! Under load: deadlines in the queue and while computing, callers that leave, and shedding.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::task::JoinSet;
use tonic::Code;

use crate::support::*;

#[tokio::test]
async fn a_deadline_that_passes_while_computing_stops_the_work() {
    let server = TestServer::start().await;
    let error = server
        .patient_client()
        .analyze_article(with_deadline(segments(SLOW), "1S"))
        .await
        .unwrap_err();
    let refusal = Refusal::of(&error);
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::DeadlineExceeded, "DEADLINE_EXCEEDED")
    );
    assert_eq!(refusal.metadata["deadline_ms"], "1000");
    eventually(async || server.fake.interrupted.load(Ordering::SeqCst) == 1).await;
}

#[tokio::test]
async fn a_deadline_that_passes_in_the_queue_keeps_the_work_from_starting() {
    let server = TestServer::start().await;
    let mut client = server.client();
    let busy = tokio::spawn(async move { client.analyze_article(segments(SLOW)).await });
    server.wait_for_running(1).await;
    let error = server
        .patient_client()
        .analyze_article(with_deadline(segments(SLOW), "50m"))
        .await
        .unwrap_err();
    assert_eq!(Refusal::of(&error).reason, "DEADLINE_EXCEEDED");
    server.fake.released.store(1, Ordering::SeqCst);
    busy.await.unwrap().unwrap();
    assert_eq!(
        server.fake.interrupted.load(Ordering::SeqCst),
        0,
        "expired work was started"
    );
}

#[tokio::test]
async fn the_servers_own_deadline_bounds_a_client_without_one() {
    let server =
        TestServer::start_with(|config| config.max_deadline = Duration::from_millis(80)).await;
    for timeout in [None, Some("1H")] {
        let request = match timeout {
            None => tonic::Request::new(segments(SLOW)),
            Some(timeout) => with_deadline(segments(SLOW), timeout),
        };
        let error = server
            .patient_client()
            .analyze_article(request)
            .await
            .unwrap_err();
        assert_eq!(Refusal::of(&error).metadata["deadline_ms"], "80");
    }
}

#[tokio::test]
async fn calls_that_are_dropped_stop_costing() {
    let server = TestServer::start_with(|config| config.engine.queue = 100).await;
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let mut client = server.client();
            tokio::spawn(async move { client.analyze_article(segments(SLOW)).await })
        })
        .collect();
    server.wait_for_running(1).await;
    for call in calls {
        call.abort();
    }
    server.wait_for_running(0).await;
    // The one that ran was stopped; those that waited never ran, or were stopped at once.
    assert!(server.fake.interrupted.load(Ordering::SeqCst) >= 1);
    server
        .client()
        .analyze_article(segments(ARTICLE))
        .await
        .unwrap();
}

#[tokio::test]
async fn more_calls_than_there_is_room_for_are_shed_at_once() {
    let server = TestServer::start_with(|config| config.engine.queue = 1).await;
    let mut client = server.client();
    let running = tokio::spawn(async move { client.analyze_article(segments(SLOW)).await });
    server.wait_for_running(1).await;
    // One of these waits, every other one is shed.
    let mut others = JoinSet::new();
    for _ in 0..3 {
        let mut client = server.client();
        others.spawn(async move { client.analyze_article(segments(SLOW)).await });
    }
    for _ in 0..2 {
        let shed = others.join_next().await.unwrap().unwrap();
        let refusal = Refusal::of(&shed.unwrap_err());
        assert_eq!(refusal.code, Code::ResourceExhausted);
        assert_eq!(refusal.reason, "SERVER_OVERLOADED");
        assert!(refusal.retry_after.unwrap() >= Duration::from_millis(100));
    }
    server.fake.released.store(1, Ordering::SeqCst);
    running.await.unwrap().unwrap();
    others.join_next().await.unwrap().unwrap().unwrap();
}
