//! Connections: what is offered on them, how many there may be, how they must begin and how they end.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::http2::{GOAWAY, Http2, PING};
use crate::support::*;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// An empty SETTINGS frame.
const SETTINGS: &[u8] = b"\0\0\0\x04\0\0\0\0\0";

/// Waits until the server closes a connection.
async fn closed(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest));
    // Reset is closed too.
    let _ = read.await.unwrap();
}

#[tokio::test]
async fn row_4_the_settings_cap_streams_and_windows() {
    let server = TestServer::start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream
        .write_all(&[PREFACE, SETTINGS].concat())
        .await
        .unwrap();
    let mut head = [0; 9];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!((head[3], head[4]), (4, 0), "no SETTINGS: {head:?}");
    let mut body = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
    stream.read_exact(&mut body).await.unwrap();
    let settings: Vec<(u16, u32)> = body
        .chunks_exact(6)
        .map(|s| {
            let id = u16::from_be_bytes([s[0], s[1]]);
            (id, u32::from_be_bytes([s[2], s[3], s[4], s[5]]))
        })
        .collect();
    // MAX_CONCURRENT_STREAMS, INITIAL_WINDOW_SIZE.
    for wanted in [(3, 256), (4, 256 << 10)] {
        assert!(settings.contains(&wanted), "{settings:?}");
    }
    // MAX_HEADER_LIST_SIZE.
    assert!(
        settings
            .iter()
            .any(|&(id, size)| id == 6 && size <= 64 << 10),
        "{settings:?}"
    );
}

#[tokio::test]
async fn row_4_calls_survive_the_end_of_their_connections() {
    let age = Duration::from_millis(300);
    let server = TestServer::start_with(|config| {
        config.connections.age = age;
        config.engine.threads = NonZeroUsize::new(2).unwrap();
        config.engine.queue = 16;
    })
    .await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut callers = JoinSet::new();
    for _ in 0..4 {
        let (mut client, stop) = (server.client(), Arc::clone(&stop));
        callers.spawn(async move {
            let mut calls = 0;
            while !stop.load(Ordering::Relaxed) {
                client.analyze_article(segments(ARTICLE)).await.unwrap();
                calls += 1;
            }
            calls
        });
    }
    // This one lasts longer than its connection is asked to.
    let mut client = server.client();
    let slow = tokio::spawn(async move { client.analyze_article(segments(SLOW)).await });
    server.wait_for_running(1).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    server.fake.released.store(1, Ordering::SeqCst);
    slow.await.unwrap().unwrap();
    stop.store(true, Ordering::Relaxed);
    while let Some(calls) = callers.join_next().await {
        assert!(calls.unwrap() > 0);
    }
}

#[tokio::test]
async fn row_4_a_connection_of_age_is_told_to_go_away() {
    let age = Duration::from_millis(100);
    let server = TestServer::start_with(|config| config.connections.age = age).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream
        .write_all(&[PREFACE, SETTINGS].concat())
        .await
        .unwrap();
    let mut received = Vec::new();
    let mut chunk = [0; 1024];
    // GOAWAY has type 7, stream 0, and 8 bytes at least.
    let goaway = b"\0\0\x08\x07\0\0\0\0\0";
    let told = async {
        while !received
            .windows(goaway.len())
            .any(|window| window == goaway)
        {
            let count = stream.read(&mut chunk).await.unwrap();
            assert!(count > 0, "closed without a GOAWAY: {received:?}");
            received.extend_from_slice(&chunk[..count]);
        }
    };
    tokio::time::timeout(Duration::from_secs(10), told)
        .await
        .unwrap();
}

#[tokio::test]
async fn row_4_connections_of_one_age_end_apart() {
    const AGE: Duration = Duration::from_secs(2);
    let server = TestServer::start_with(|config| config.connections.age = AGE).await;
    let mut ends = JoinSet::new();
    for _ in 0..20 {
        let address = server.address.to_string();
        ends.spawn(async move {
            let begun = Instant::now();
            let mut connection = Http2::connect(&address, &[]).await;
            connection.wait_for(GOAWAY, 0).await;
            begun.elapsed()
        });
    }
    let ends = ends.join_all().await;
    let (first, last) = (ends.iter().min().unwrap(), ends.iter().max().unwrap());
    assert!(*first >= AGE.mul_f64(0.9), "{first:?}");
    assert!(*last - *first > AGE.mul_f64(0.02), "{first:?} to {last:?}");
}

#[tokio::test]
async fn row_4_a_peer_that_is_gone_is_probed_and_cut() {
    let server = TestServer::start_with(|config| {
        config.connections.keepalive_interval = Duration::from_millis(200);
        config.connections.keepalive_timeout = Duration::from_millis(200);
    })
    .await;
    eventually(async || server.metric("newsprism_connections").await == 0.0).await;
    let mut gone = Http2::connect(&server.address.to_string(), &[]).await;
    gone.wait_for(PING, 0).await;
    while gone.receive().await.is_ok() {}
    eventually(async || server.metric("newsprism_connections").await == 0.0).await;
}

#[tokio::test]
async fn row_3_a_preface_that_trickles_in_is_cut_for_the_time_it_takes() {
    let handshake = Duration::from_millis(300);
    let server = TestServer::start_with(|config| config.connections.handshake = handshake).await;
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    let mut sent = 0;
    for byte in PREFACE {
        if slow.write_all(&[*byte]).await.is_err() {
            break;
        }
        sent += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    closed(&mut slow).await;
    assert!(sent > 1, "it was cut at once");
    eventually(async || server.metric("newsprism_refused_connections_total").await == 1.0).await;
}

#[tokio::test]
async fn row_3_peers_that_do_not_begin_in_time_are_cut() {
    let handshake = Duration::from_millis(200);
    let server = TestServer::start_with(|config| config.connections.handshake = handshake).await;
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    slow.write_all(&PREFACE[..10]).await.unwrap();
    let mut other = TcpStream::connect(server.address).await.unwrap();
    other
        .write_all(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        .await
        .unwrap();
    for stream in [&mut silent, &mut slow, &mut other] {
        closed(stream).await;
    }
    eventually(async || server.metric("newsprism_refused_connections_total").await == 3.0).await;
    server
        .client()
        .analyze_article(segments(ARTICLE))
        .await
        .unwrap();
}

#[tokio::test]
async fn row_3_connections_over_the_cap_are_closed_at_once() {
    let server = TestServer::start_with(|config| config.connections.count = 3).await;
    // The probes' own connections are over.
    eventually(async || server.metric("newsprism_connections").await == 0.0).await;
    let mut client = server.client();
    client.analyze_article(segments(ARTICLE)).await.unwrap();
    let mut idle = Vec::new();
    for _ in 0..2 {
        idle.push(TcpStream::connect(server.address).await.unwrap());
    }
    let mut surplus = TcpStream::connect(server.address).await.unwrap();
    closed(&mut surplus).await;
    client.analyze_article(segments(ARTICLE)).await.unwrap();
    idle.clear();
    eventually(async || {
        server
            .client()
            .analyze_article(segments(ARTICLE))
            .await
            .is_ok()
    })
    .await;
}
