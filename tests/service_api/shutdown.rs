//! The drain: calls in flight finish, new ones go elsewhere, and no peer can hold the server up.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
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
async fn row_2_a_call_that_crosses_the_goaway_is_answered() {
    const DATA: u8 = 0;
    const HEADERS: u8 = 1;
    const SETTINGS: u8 = 4;
    let mut server = TestServer::start().await;
    let mut busy = server.client();
    let running = tokio::spawn(async move { busy.analyze_article(segments(SLOW)).await });
    server.wait_for_running(1).await;
    // By hand, since a client of a library would hear the GOAWAY before it sends.
    let mut peer = TcpStream::connect(server.address).await.unwrap();
    peer.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .await
        .unwrap();
    peer.write_all(&frame(SETTINGS, 0, 0, b"")).await.unwrap();
    while read_frame(&mut peer).await.0 != SETTINGS {}
    server.stop();
    let address = server.address;
    eventually(async || TcpStream::connect(address).await.is_err()).await;
    // RFC 7541: POST, http, and three literals with names from the static table.
    let mut head = vec![0x83, 0x86];
    for (name, value) in [
        (
            &[0x04][..],
            "/newsprism.v1.ArticleAnalysisService/GetServiceInfo",
        ),
        (&[0x01][..], "newsprism"),
        (&[0x0f, 0x10][..], "application/grpc"),
    ] {
        head.extend_from_slice(name);
        head.push(u8::try_from(value.len()).unwrap());
        head.extend_from_slice(value.as_bytes());
    }
    let (end_headers, end_stream) = (4, 1);
    let call = [
        frame(HEADERS, end_headers, 1, &head),
        frame(DATA, end_stream, 1, &[0; 5]),
    ];
    peer.write_all(&call.concat()).await.unwrap();
    // A refusal would be headers alone.
    let answer = async { while read_frame(&mut peer).await != (DATA, 1) {} };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, answer).await.unwrap();
    drop(peer);
    server.fake.released.store(1, Ordering::SeqCst);
    running.await.unwrap().unwrap();
    server.ended().await.unwrap();
}

/// A frame of HTTP/2.
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &stream.to_be_bytes()[..]];
    [&head.concat(), payload].concat()
}

/// The kind and the stream of the next frame.
async fn read_frame(peer: &mut TcpStream) -> (u8, u32) {
    let mut head = [0; 9];
    peer.read_exact(&mut head).await.unwrap();
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let mut payload = vec![0; usize::try_from(length).unwrap()];
    peer.read_exact(&mut payload).await.unwrap();
    (
        head[3],
        u32::from_be_bytes([head[5], head[6], head[7], head[8]]),
    )
}
