//! The drain: calls in flight finish, new ones go elsewhere, and no peer can hold the server up.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tonic::transport::Endpoint;
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

/// Passes bytes on both ways, those to the client late.
async fn pass_on(listener: TcpListener, server: SocketAddr, delay: Duration) {
    let (client, _) = listener.accept().await.unwrap();
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = TcpStream::connect(server).await.unwrap().into_split();
    tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
    let mut buffer = vec![0; 1 << 16];
    while let Ok(read @ 1..) = from_server.read(&mut buffer).await {
        tokio::time::sleep(delay).await;
        to_client.write_all(&buffer[..read]).await.unwrap();
    }
}

#[tokio::test]
async fn row_2_a_call_on_its_way_when_the_drain_begins_is_answered() {
    let mut server = TestServer::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(pass_on(
        listener,
        server.address,
        Duration::from_millis(300),
    ));
    let channel = Endpoint::from_shared(endpoint).unwrap().connect().await;
    let mut client = Client::new(channel.unwrap());
    client.analyze_article(segments(ARTICLE)).await.unwrap();
    let address = server.address;
    server.stop();
    eventually(async || TcpStream::connect(address).await.is_err()).await;
    // The client has not heard of it yet.
    client.analyze_article(segments(ARTICLE)).await.unwrap();
    server.ended().await.unwrap();
}

#[tokio::test]
async fn a_call_that_comes_too_late_is_unavailable() {
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
