//! Time for each byte, from 250 bytes to 1 MiB, whatever the text.
//!
//! Measured as what the server computes on all its threads, which other programs on the machine hardly change.

use std::time::Duration;

use super::articles::{KINDS, article, texts, without_stance};
use super::report::Report;
use super::server::Server;

/// Beside the shortest, and each four times the last, up to the limit.
const SIZES: [usize; 7] = [
    250,
    1 << 10,
    4 << 10,
    16 << 10,
    64 << 10,
    256 << 10,
    1 << 20,
];
/// Short texts are sent again until so much was computed, since the kernel counts in hundredths of a second.
const LEAST: Duration = Duration::from_millis(1500);
/// The most that a byte may cost beside the least.
const BOUND: f64 = 2.0;
/// What is hard in one way may be cheap where it is so short that hardly anything of it is read.
const SHORT: usize = 1 << 10;

pub async fn run(only: Option<&str>) -> Report {
    let mut report = Report::default();
    let arguments = ["--threads", "1", "--max-deadline", "60m"];
    let server = Server::start(&arguments);
    server.ready().await;
    for kind in KINDS
        .iter()
        .filter(|kind| only.is_none_or(|only| only == **kind))
    {
        let mut costs = Vec::new();
        for size in SIZES {
            let cost = nanoseconds_per_byte(&server, &texts(kind, size)).await;
            println!("      {kind}, {size} bytes: {cost:.0} ns a byte");
            costs.push((size, cost));
        }
        let (what, ratio) = if *kind == "ordinary" {
            ("dearest byte beside cheapest", spread(&costs))
        } else {
            costs.retain(|(size, _)| *size >= SHORT);
            ("dearest byte beside one of a shorter text", growth(&costs))
        };
        let must = format!("at most {BOUND}");
        let what = format!("{kind}, {what}");
        report.check(&what, format!("{ratio:.2}"), &must, ratio <= BOUND);
    }
    report
}

/// The most that a byte costs at any length beside the least.
fn spread(costs: &[(usize, f64)]) -> f64 {
    let all = costs.iter().map(|(_, cost)| *cost);
    all.clone().fold(0.0, f64::max) / all.fold(f64::MAX, f64::min)
}

/// The most that a byte costs beside one of a shorter text: above 1 where time grows faster than the text does.
fn growth(costs: &[(usize, f64)]) -> f64 {
    let (mut least, mut most) = (f64::MAX, 0.0_f64);
    for (_, cost) in costs {
        most = most.max(cost / least);
        least = least.min(*cost);
    }
    most
}

/// Over the texts in turn.
async fn nanoseconds_per_byte(server: &Server, texts: &[String]) -> f64 {
    let mut client = server.client();
    let before = server.computed();
    let mut sent = 0;
    for text in texts.iter().cycle() {
        let request = without_stance(article(text));
        client.analyze_article(request).await.unwrap();
        sent += text.len();
        if server.computed() - before >= LEAST {
            break;
        }
    }
    (server.computed() - before).as_nanos() as f64 / sent as f64
}
