//! Clients that attack the transport: whatever they do, another caller is served and the process stays small.

use std::time::Duration;

use newsprism::server::pb::GetServiceInfoRequest;
use prost::Message;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::http2::*;
use crate::program::{Program, everything};
use crate::raw_call::{RawClient, SERVICE, frame as message};

/// How much the process may grow by, at its largest. One article in work takes as much.
const GROWTH: u64 = 64 << 20;
const KIB: usize = 1 << 10;
const ENOUGH: usize = 200_000;

/// Lets an attack run while another client calls, and looks at what it cost.
async fn withstand(attack: impl AsyncFnOnce(&Program)) {
    let program = Program::start(&[
        "--admin-listen",
        "127.0.0.1:0",
        "--threads",
        "1",
        "--max-deadline",
        "3s",
    ]);
    let mut client = program.client();
    client.analyze_article(everything()).await.unwrap();
    let before = program.peak_memory();
    let info = GetServiceInfoRequest {};
    let mut other = client.clone();
    let calling = async {
        loop {
            other.get_service_info(info).await.unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::select! {
        () = calling => {}
        () = attack(&program) => {}
    }
    client.get_service_info(info).await.unwrap();
    let growth = program.peak_memory().saturating_sub(before);
    assert!(growth < GROWTH, "it grew by {growth} bytes");
    let metrics = program.page("/metrics").await;
    assert!(metrics.contains("newsprism_panics_total 0"), "{metrics}");
}

/// Calls that have ended with a code.
async fn ended(program: &Program, method: &str, code: &str) -> bool {
    let labels = format!("grpc_method=\"{method}\",grpc_code=\"{code}\"");
    let metrics = program.page("/metrics").await;
    metrics
        .lines()
        .any(|line| line.starts_with("grpc_server_handled_total") && line.contains(&labels))
}

/// Waits until calls have.
async fn until_ended(program: &Program, method: &str, code: &str) {
    for _ in 0..300 {
        if ended(program, method, code).await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no {method} ended with {code}");
}

#[tokio::test]
async fn a_body_that_trickles_in_ends_with_its_deadline() {
    withstand(async |program| {
        let mut connection = Http2::connect(&program.address, &[]).await;
        connection.send(&call(1, "AnalyzeArticle")).await.unwrap();
        for byte in [0, 0, 0, 1, 0].into_iter().chain([10; 1000]) {
            if connection.send(&frame(DATA, 0, 1, &[byte])).await.is_err()
                || ended(program, "AnalyzeArticle", "DEADLINE_EXCEEDED").await
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        until_ended(program, "AnalyzeArticle", "DEADLINE_EXCEEDED").await;
    })
    .await;
}

#[tokio::test]
async fn headers_without_end_are_cut() {
    withstand(async |program| {
        let mut connection = Http2::connect(&program.address, &[]).await;
        let block = field(":method", "POST");
        connection
            .send(&frame(HEADERS, 0, 1, &block))
            .await
            .unwrap();
        let more = frame(CONTINUATION, 0, 1, &field("x-more", &"x".repeat(16_000)));
        let sent = connection.flood(&more, ENOUGH).await;
        assert!(sent < 1000, "{sent} frames of 16 kB were read");
    })
    .await;
}

#[tokio::test]
async fn headers_too_large_are_refused() {
    withstand(async |program| {
        let mut connection = Http2::connect(&program.address, &[]).await;
        for stream in (1..200).step_by(2) {
            let large: Vec<u8> = (0..16)
                .flat_map(|_| field("x-large", &"x".repeat(KIB)))
                .collect();
            let block = [&call(stream, "AnalyzeArticle")[9..], &large].concat();
            let (first, rest) = block.split_at(16_000);
            let head = frame(HEADERS, END_STREAM, stream, first);
            let rest = frame(CONTINUATION, END_HEADERS, stream, rest);
            // It may have had enough already.
            let _ = connection.send(&[head, rest].concat()).await;
        }
        let answer = connection.receive_any(&[HEADERS, RST_STREAM, GOAWAY]).await;
        assert!(
            answer.kind != HEADERS || answer.flags & END_STREAM != 0,
            "{answer:?}"
        );
    })
    .await;
    // They never came to be calls.
}

#[tokio::test]
async fn streams_opened_and_reset_at_once_cost_no_work() {
    withstand(async |program| {
        let mut connection = Http2::connect(&program.address, &[]).await;
        let message = message(&everything().encode_to_vec());
        connection
            .flood_with(20_000, |index| {
                let stream = index as u32 * 2 + 1;
                let reset = frame(RST_STREAM, 0, stream, &8u32.to_be_bytes());
                [
                    call(stream, "AnalyzeArticle"),
                    frame(DATA, END_STREAM, stream, &message),
                    reset,
                ]
                .concat()
            })
            .await;
        // What was begun is over, and nothing is left in the queue.
        for _ in 0..300 {
            if program
                .page("/metrics")
                .await
                .contains("newsprism_queue_articles 0")
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("work is left");
    })
    .await;
}

#[tokio::test]
async fn more_streams_than_are_allowed_are_refused() {
    withstand(async |program| {
        let mut connection = Http2::connect(&program.address, &[]).await;
        for stream in (1..2000).step_by(2) {
            connection
                .send(&call(stream, "AnalyzeArticle"))
                .await
                .unwrap();
        }
        let refused = connection.receive_any(&[RST_STREAM, GOAWAY]).await;
        assert!(
            refused.kind == GOAWAY || refused.stream > 2 * 256,
            "{refused:?}"
        );
        // Those let in wait for bodies that never come.
        until_ended(program, "AnalyzeArticle", "DEADLINE_EXCEEDED").await;
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_pings_is_held_by_its_own_answers() {
    withstand(async |program| {
        let mut connection = Http2::connect(&program.address, &[]).await;
        connection
            .flood(&frame(PING, 0, 0, &[7; 8]), 20 * ENOUGH)
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_settings_is_held_by_its_own_answers() {
    withstand(async |program| {
        let mut connection = Http2::connect(&program.address, &[]).await;
        connection
            .flood(&frame(SETTINGS, 0, 0, &[]), 20 * ENOUGH)
            .await;
    })
    .await;
}

#[tokio::test]
async fn floods_of_frames_that_say_nothing_are_read_and_forgotten() {
    withstand(async |program| {
        let mut empty = Http2::connect(&program.address, &[]).await;
        empty.send(&call(1, "AnalyzeArticle")).await.unwrap();
        let mut priorities = Http2::connect(&program.address, &[]).await;
        let mut unknown = Http2::connect(&program.address, &[]).await;
        let nothing = frame(DATA, 0, 1, &[]);
        let priority = frame(PRIORITY, 0, 1, &[0, 0, 0, 0, 1]);
        let other = frame(0xfa, 0xff, 3, &[1; 64]);
        tokio::join!(
            empty.flood(&nothing, ENOUGH),
            priorities.flood(&priority, ENOUGH),
            unknown.flood(&other, ENOUGH),
        );
    })
    .await;
}

#[tokio::test]
async fn a_window_that_overflows_ends_its_connection() {
    withstand(async |program| {
        let mut connection = Http2::connect(&program.address, &[]).await;
        let most = frame(WINDOW_UPDATE, 0, 0, &0x7fff_ffff_u32.to_be_bytes());
        connection.flood(&most, ENOUGH).await;
        connection.wait_for(GOAWAY, 0).await;
    })
    .await;
}

#[tokio::test]
async fn noise_after_the_preface_ends_its_connection() {
    withstand(async |program| {
        for seed in 0..20u32 {
            let mut connection = Http2::connect(&program.address, &[]).await;
            let noise = (1..4096u32)
                .map(|n| (n.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 13) as u8);
            let _ = connection.send(&noise.collect::<Vec<u8>>()).await;
            while connection.receive().await.is_ok() {}
        }
    })
    .await;
}

#[tokio::test]
async fn messages_longer_than_the_limit_are_refused_by_their_length() {
    withstand(async |program| {
        let mut connection = Http2::connect(&program.address, &[]).await;
        connection.send(&call(1, "AnalyzeArticle")).await.unwrap();
        let head = frame(DATA, 0, 1, &[0, 0xff, 0xff, 0xff, 0xff]);
        connection.send(&head).await.unwrap();
        // As much as the window lets through.
        connection.flood(&frame(DATA, 0, 1, &[0; 1000]), 64).await;
        connection.wait_for(HEADERS, 1).await;
        until_ended(program, "AnalyzeArticle", "INVALID_ARGUMENT").await;
    })
    .await;
}

#[tokio::test]
async fn compressed_messages_are_refused_unread() {
    withstand(async |program| {
        let client = RawClient::new(&program.address);
        // The head of a gzip file, and what could be the rest of a bomb.
        let bomb = [
            &[1, 0, 0x10, 0, 0, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0],
            &[0; 1 << 20][..],
        ]
        .concat();
        let path = format!("{SERVICE}/AnalyzeArticle");
        for encoding in ["gzip", "deflate", "zstd", "br"] {
            for _ in 0..20 {
                let status = client
                    .post_encoded(&path, encoding, bomb.clone())
                    .await
                    .status;
                assert_eq!(
                    status.code(),
                    tonic::Code::Unimplemented,
                    "{encoding}: {status:?}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn answers_that_nobody_takes_hold_up_nobody_else() {
    withstand(async |program| {
        // INITIAL_WINDOW_SIZE.
        let mut connection = Http2::connect(&program.address, &[(4, 0)]).await;
        for stream in (1..512).step_by(2) {
            let message = frame(DATA, END_STREAM, stream, &message(&[]));
            let whole = [call(stream, "GetServiceInfo"), message].concat();
            connection.send(&whole).await.unwrap();
        }
        connection.wait_for(HEADERS, 511).await;
    })
    .await;
}

#[tokio::test]
async fn connections_by_the_hundred_that_say_nothing_cost_nothing() {
    withstand(async |program| {
        let mut crowd = Vec::new();
        for _ in 0..300 {
            let mut stream = TcpStream::connect(&program.address).await.unwrap();
            stream.write_all(b"PRI * HTTP").await.unwrap();
            crowd.push(stream);
        }
        // The time for the handshake is 10 s.
        for stream in &mut crowd {
            let mut rest = [0; 64];
            let closed = tokio::time::timeout(Duration::from_secs(60), stream.read(&mut rest));
            let closed = closed.await.unwrap();
            assert!(matches!(closed, Ok(0) | Err(_)), "{closed:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_admin_port_outlives_those_that_sit_on_it() {
    withstand(async |program| {
        let mut crowd = Vec::new();
        for _ in 0..40 {
            let mut stream = TcpStream::connect(&program.admin).await.unwrap();
            // A place is free where those that never end their request are cut.
            let _ = stream.write_all(b"GET /metrics HTTP/1.1\r\nx: ").await;
            crowd.push(stream);
        }
        for _ in 0..300 {
            if program.try_page("/livez").await.is_some() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no place became free");
    })
    .await;
}
