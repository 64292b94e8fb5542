//! Four times as many calls as the server can answer: it answers as many as ever, and refuses the rest at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tonic::{Code, Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;

use super::articles::{everything, traffic};
use super::client::{Client, RoundRobin};
use super::report::Report;
use super::server::Server;
use super::traffic::{Outcome, at_rate, by_callers, timed};

/// How many times the capacity is offered.
const TIMES: f64 = 4.0;
/// The deadlines of the calls, in times that one article takes: the queue is longer than some of them allow.
const DEADLINES: [f64; 3] = [15.0, 30.0, 100.0];
/// The longest of them, on the slowest of machines; also what calls have while the capacity is measured.
const LONGEST: Duration = Duration::from_secs(20);
const HEALTH_CHECKS: f64 = 20.0;

/// What a run found.
pub struct Found {
    /// Answers a second while no more is asked than can be done.
    pub capacity: f64,
    /// Answers a second in time under overload.
    pub goodput: f64,
    pub calls: super::traffic::Tally,
    pub health: super::traffic::Tally,
    /// Refusals without the reason or the time to come back.
    pub untyped: u64,
}

pub async fn run(time: Duration) -> Report {
    let found = measure(time / 3, time, 0).await;
    let mut report = Report::default();
    report.note("capacity", format!("{:.1} a second", found.capacity));
    report.note("calls", &found.calls);
    report.note("health checks", &found.health);
    let share = found.goodput / found.capacity;
    report.check(
        "goodput beside capacity",
        format!("{:.1} a second, {:.1} %", found.goodput, 100.0 * share),
        "at least 95 %",
        share >= 0.95,
    );
    report.at_most(
        "refusals, p99",
        found.calls.quantile(Code::ResourceExhausted, 0.99),
        Duration::from_millis(10),
    );
    report.at_most(
        "health checks, p99",
        found.health.quantile(Code::Ok, 0.99),
        Duration::from_millis(50),
    );
    report.none("calls let in that missed their deadlines", missed(&found));
    report.none("refusals without a reason or RetryInfo", found.untyped);
    report
}

/// Calls that were neither answered nor refused at once.
pub fn missed(found: &Found) -> u64 {
    let (calls, health) = (&found.calls, &found.health);
    calls.others(&[Code::Ok, Code::ResourceExhausted]) + health.others(&[Code::Ok])
}

/// Overload for a time, and on a slow machine until it had so many calls to refuse.
pub async fn measure(calm: Duration, time: Duration, calls: u32) -> Found {
    let server = Server::start(&[]);
    server.ready().await;
    let address = std::slice::from_ref(&server.address);
    // Calls in flight are more than one connection may hold.
    let channels: Vec<RoundRobin> = (0..4).map(|_| RoundRobin::new(address, None)).collect();
    let untyped = Arc::new(AtomicU64::new(0));
    let call = |capacity: f64| {
        let (channels, untyped) = (channels.clone(), Arc::clone(&untyped));
        move |index: usize| {
            let times = DEADLINES[index / 8 % DEADLINES.len()];
            let deadline = Duration::try_from_secs_f64(times / capacity).unwrap_or(LONGEST);
            let client = channels[index % channels.len()].client();
            one(client, index, deadline.min(LONGEST), Arc::clone(&untyped))
        }
    };
    let callers = 2 * std::thread::available_parallelism().map_or(1, usize::from);
    by_callers(callers, calm / 4, call(0.0)).await;
    let begun = std::time::Instant::now();
    let answered = by_callers(callers, calm, call(0.0)).await;
    let capacity = answered.count(Code::Ok) as f64 / begun.elapsed().as_secs_f64();

    let enough = f64::from(calls) / (TIMES * capacity);
    let time = time.max(Duration::try_from_secs_f64(enough).unwrap_or(time));
    let health = RoundRobin::new(address, None);
    let begun = std::time::Instant::now();
    let (calls, health) = tokio::join!(
        at_rate(TIMES * capacity, tokio::time::sleep(time), call(capacity)),
        at_rate(HEALTH_CHECKS, tokio::time::sleep(time), |_| check(
            health.clone()
        )),
    );
    Found {
        capacity,
        goodput: calls.count(Code::Ok) as f64 / begun.elapsed().as_secs_f64(),
        calls,
        health,
        untyped: untyped.load(Ordering::Relaxed),
    }
}

/// An analysis with a deadline, which the server keeps.
async fn one(
    mut client: Client,
    index: usize,
    deadline: Duration,
    untyped: Arc<AtomicU64>,
) -> Outcome {
    let mut request = Request::new(everything(traffic(index)));
    request.set_timeout(deadline);
    let answer = async {
        let answer = client.analyze_article(request).await;
        if let Err(status) = &answer
            && status.code() == Code::ResourceExhausted
            && !is_typed(status)
        {
            untyped.fetch_add(1, Ordering::Relaxed);
        }
        answer
    };
    timed(answer).await
}

fn is_typed(status: &Status) -> bool {
    let details = status.get_error_details();
    let reason = details.error_info().map(|info| info.reason.as_str());
    let delay = details.retry_info().and_then(|retry| retry.retry_delay);
    reason == Some("SERVER_OVERLOADED") && delay.is_some()
}

async fn check(channel: RoundRobin) -> Outcome {
    let mut client = HealthClient::new(channel);
    timed(client.check(HealthCheckRequest::default())).await
}
