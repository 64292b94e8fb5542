//! Mixed load for a long time: single calls, batches and streams, some cancelled, some bad. Nothing grows.

use std::pin::pin;
use std::time::{Duration, Instant};

use newsprism::server::pb::{
    AnalyzeEntitySentimentRequest, BatchAnalyzeArticlesRequest, DetectStanceRequest,
    GetServiceInfoRequest, StanceOptions, StanceTarget, StreamAnalyzeArticlesRequest,
    SummarizeArticleRequest,
};
use tonic::{Code, Status};

use super::articles::{article, everything, traffic};
use super::client::{Client, RoundRobin};
use super::report::Report;
use super::server::{PATIENT, Server};
use super::traffic::{Tally, at_rate, timed};

/// One call in so many is dropped half-way, and one is bad.
const ONE_IN: usize = 20;
/// The share of the time after which the server has seen everything, and figures count.
const WARM: f64 = 1.0 / 6.0;
const SAMPLES: u32 = 180;
/// Memory may grow so fast, in bytes for ten minutes.
const GROWTH: f64 = (1 << 20) as f64;
/// Threads and descriptors may differ by so much: connections come and go.
const FLAT: u64 = 4;

/// What the kernel told at one moment.
pub struct Sample {
    pub at: Duration,
    pub memory: u64,
    pub threads: u64,
    pub descriptors: u64,
}

pub async fn run(time: Duration, rate: f64) -> Report {
    let (tally, samples) = measure(time, rate).await;
    let mut report = Report::default();
    report.note("calls", &tally);
    let ends = [Code::Ok, Code::InvalidArgument, Code::Cancelled];
    report.none(
        "calls that ended otherwise than they should",
        tally.others(&ends),
    );
    let warm = time.mul_f64(WARM);
    let warm: Vec<&Sample> = samples.iter().filter(|sample| sample.at >= warm).collect();
    let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    let memory = warm.iter().map(|sample| mebibytes(sample.memory));
    let (least, most) = (
        memory.clone().fold(f64::MAX, f64::min),
        memory.fold(0.0, f64::max),
    );
    report.note("memory", format!("{least:.1} to {most:.1} MiB"));
    let growth = slope(&warm) * 600.0;
    report.check(
        "growth of memory",
        format!("{:.2} MiB in 10 minutes", growth / GROWTH),
        "at most 1 MiB",
        growth <= GROWTH,
    );
    let mut flat = |what: &str, figures: Vec<u64>| {
        let (least, most) = (figures.iter().min().unwrap(), figures.iter().max().unwrap());
        let figure = format!("{least} to {most}");
        report.check(what, figure, "flat", most - least <= FLAT);
    };
    flat(
        "threads",
        warm.iter().map(|sample| sample.threads).collect(),
    );
    flat(
        "descriptors",
        warm.iter().map(|sample| sample.descriptors).collect(),
    );
    report
}

pub async fn measure(time: Duration, rate: f64) -> (Tally, Vec<Sample>) {
    let server = Server::start(&PATIENT);
    server.ready().await;
    let channel = RoundRobin::new(std::slice::from_ref(&server.address), None);
    let started = Instant::now();
    let sampling = async {
        let mut samples = Vec::new();
        while started.elapsed() < time {
            tokio::time::sleep(time / SAMPLES).await;
            samples.push(Sample {
                at: started.elapsed(),
                memory: server.memory(),
                threads: server.threads(),
                descriptors: server.descriptors(),
            });
        }
        samples
    };
    let mut samples = Vec::new();
    let until = async { samples = sampling.await };
    let tally = at_rate(rate, until, |index| {
        let client = channel.client();
        timed(one(client, index))
    });
    (tally.await, samples)
}

/// Bytes of memory a second, by least squares.
fn slope(samples: &[&Sample]) -> f64 {
    let points = samples
        .iter()
        .map(|s| (s.at.as_secs_f64(), s.memory as f64));
    let count = samples.len() as f64;
    let mean = |pick: fn((f64, f64)) -> f64| points.clone().map(pick).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let along: f64 = points
        .clone()
        .map(|(at, memory)| (at - x) * (memory - y))
        .sum();
    along / points.map(|(at, _)| (at - x) * (at - x)).sum::<f64>()
}

/// The calls of the mix in turn.
async fn one(client: Client, index: usize) -> Result<(), Status> {
    if index % ONE_IN == 7 {
        let call = call(client, index);
        // Dropped while it waits, is computed or is answered.
        let patience = Duration::from_millis((index / ONE_IN % 40) as u64);
        return match tokio::time::timeout(patience, pin!(call)).await {
            Ok(ended) => ended,
            Err(_) => Err(Status::cancelled("dropped")),
        };
    }
    if index % ONE_IN == 13 {
        return bad(client, index / ONE_IN).await;
    }
    call(client, index).await
}

async fn call(mut client: Client, index: usize) -> Result<(), Status> {
    let article = traffic(index / 6);
    match index % 6 {
        0 => {
            let request = SummarizeArticleRequest {
                article: Some(article),
                ..Default::default()
            };
            client.summarize_article(request).await.map(drop)
        }
        1 => {
            let request = AnalyzeEntitySentimentRequest {
                article: Some(article),
                ..Default::default()
            };
            client.analyze_entity_sentiment(request).await.map(drop)
        }
        2 => {
            let target = StanceTarget {
                text: "the bank".to_owned(),
                ..Default::default()
            };
            let request = DetectStanceRequest {
                article: Some(article),
                stance_options: Some(StanceOptions {
                    targets: vec![target],
                    ..Default::default()
                }),
                ..Default::default()
            };
            client.detect_stance(request).await.map(drop)
        }
        3 => client.analyze_article(everything(article)).await.map(drop),
        4 => {
            let request = BatchAnalyzeArticlesRequest {
                articles: vec![traffic(4), traffic(1)],
                features: everything(article).features,
                ..Default::default()
            };
            client.batch_analyze_articles(request).await.map(drop)
        }
        _ => {
            let item = StreamAnalyzeArticlesRequest {
                correlation_id: index.to_string(),
                request: Some(everything(traffic(1))),
            };
            let items = tokio_stream::iter(vec![item; 2]);
            let mut answers = client.stream_analyze_articles(items).await?.into_inner();
            while answers.message().await?.is_some() {}
            Ok(())
        }
    }
}

/// Calls that are refused: no text, no English, no target.
async fn bad(mut client: Client, index: usize) -> Result<(), Status> {
    match index % 3 {
        0 => client
            .analyze_article(everything(article(" \n")))
            .await
            .map(drop),
        1 => {
            let russian = "Мэр города открыл новую библиотеку в понедельник. ".repeat(20);
            client
                .analyze_article(everything(article(&russian)))
                .await
                .map(drop)
        }
        _ => {
            let request = DetectStanceRequest {
                article: Some(traffic(0)),
                ..Default::default()
            };
            client.detect_stance(request).await.map(drop)
        }
    }?;
    // It must not be answered.
    let info = client.get_service_info(GetServiceInfoRequest {}).await;
    Err(Status::internal(format!(
        "a bad call was answered; {info:?}"
    )))
}
