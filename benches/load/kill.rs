//! One server, killed and started again: it is back soon, and nobody sees anything but UNAVAILABLE.

use std::time::Duration;

use tonic::Code;

use super::articles::{article, everything, text};
use super::client::RoundRobin;
use super::report::Report;
use super::server::{PATIENT, Server, free_address};
use super::traffic::{Outcome, Tally, at_rate, timed};

const RATE: f64 = 20.0;
/// How long it serves before it is killed.
const LIFE: Duration = Duration::from_secs(1);

pub async fn run(times: usize) -> Report {
    let (tally, slowest) = measure(times).await;
    let mut report = Report::default();
    report.note("calls", &tally);
    report.check("kills", times, "at least 20", times >= 20);
    report.at_most("slowest start", slowest, Duration::from_secs(2));
    let others = tally.others(&[Code::Ok, Code::Unavailable]);
    report.none("calls that were neither answered nor UNAVAILABLE", others);
    let answered = tally.count(Code::Ok);
    report.check(
        "calls answered",
        answered,
        "some for each life",
        answered >= times as u64,
    );
    report
}

/// The calls, and the longest time from a start to the first answer.
pub async fn measure(times: usize) -> (Tally, Duration) {
    let address = free_address();
    let mut server = Server::start_on(&address, &PATIENT);
    server.ready().await;
    let channel = RoundRobin::new(std::slice::from_ref(&address), None).impatient();
    let mut slowest = Duration::ZERO;
    let killing = async {
        for _ in 0..times {
            tokio::time::sleep(LIFE).await;
            server.kill();
            server = Server::start_on(&address, &PATIENT);
            slowest = slowest.max(server.ready().await);
        }
        tokio::time::sleep(LIFE).await;
    };
    let tally = at_rate(RATE, killing, |_| one(channel.clone())).await;
    (tally, slowest)
}

async fn one(channel: RoundRobin) -> Outcome {
    let request = everything(article(&text("ordinary", 800)));
    timed(channel.client().analyze_article(request)).await
}
