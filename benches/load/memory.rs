//! The largest articles on every thread, in the queue and in every stream, answers that nobody takes, and messages that
//! never end: the server keeps the bound that it states.

use std::time::{Duration, Instant};

use newsprism::server::pb::{AnalysisOptions, EvidenceLevel, StreamAnalyzeArticlesRequest};
use tokio::task::JoinSet;
use tonic::Code;

use super::articles::{article, everything, text};
use super::client::RoundRobin;
use super::report::Report;
use super::server::Server;
use super::traffic::{Tally, timed};

/// The largest article by default.
const LARGEST: usize = 1 << 20;
/// Streams that may be open by default.
const STREAMS: usize = 32;
/// Calls offered for each place in the default queue of two threads.
const CALLS: usize = 64;
/// Connections that send most of a large message and then nothing.
const UNFINISHED: usize = 128;

pub async fn run() -> Report {
    let mut report = Report::default();
    let arguments = ["--max-deadline", "10m", "--queue-wait", "10m"];
    for kind in ["ordinary", "entities", "speakers", "punctuation"] {
        let mut server = Server::start(&arguments);
        server.ready().await;
        let (bound, at_rest) = (server.stated_bound(), server.memory());
        let tally = load(&server, &text(kind, LARGEST), Duration::from_secs(240)).await;
        assert!(server.runs(), "the server ended");
        report.note(&format!("{kind}: calls"), tally);
        let mebibytes = |bytes: u64| format!("{} MiB", bytes >> 20);
        report.note(&format!("{kind}: at rest"), mebibytes(at_rest));
        let most = server.most_memory();
        let must = format!("at most {}, as stated", mebibytes(bound));
        report.check(
            &format!("{kind}: most memory"),
            mebibytes(most),
            &must,
            most <= bound,
        );
    }
    report
}

/// As much as callers can make the server hold, for a time.
pub async fn load(server: &Server, text: &str, time: Duration) -> Tally {
    let end = Instant::now() + time;
    let endpoint = std::slice::from_ref(&server.address);
    let mut request = everything(article(text));
    request.options = Some(AnalysisOptions {
        evidence_level: EvidenceLevel::Full.into(),
        ..AnalysisOptions::default()
    });
    let mut open = JoinSet::new();
    for _ in 0..STREAMS {
        let (channel, request) = (RoundRobin::new(endpoint, None), request.clone());
        open.spawn(async move {
            let item = StreamAnalyzeArticlesRequest {
                correlation_id: String::new(),
                request: Some(request),
            };
            let items = tokio_stream::iter(std::iter::repeat_n(item, 16));
            let opened = channel.client().stream_analyze_articles(items).await;
            // The answers are not taken.
            tokio::time::sleep_until(end.into()).await;
            timed(async { opened }).await
        });
    }
    for _ in 0..CALLS {
        let (channel, request) = (RoundRobin::new(endpoint, None), request.clone());
        open.spawn(async move {
            let call = async { channel.client().analyze_article(request).await };
            let outcome = tokio::time::timeout_at(end.into(), timed(call)).await;
            outcome.unwrap_or((Code::Cancelled, time))
        });
    }
    for _ in 0..UNFINISHED {
        let channel = RoundRobin::new(endpoint, None);
        open.spawn(async move {
            let call = channel.send_most_of_a_message(LARGEST);
            let outcome = tokio::time::timeout_at(end.into(), timed(call)).await;
            outcome.unwrap_or((Code::Cancelled, time))
        });
    }
    let mut tally = Tally::default();
    while let Some(outcome) = open.join_next().await {
        tally.add(outcome.unwrap());
    }
    tally
}
