//! Two replicas restarted in turn, behind a client that goes by nothing but its connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tonic::Code;

use super::articles::{article, text, without_stance};
use super::client::RoundRobin;
use super::report::Report;
use super::server::{Server, free_address};
use super::traffic::{Outcome, Tally, timed};

/// Callers, each of which calls again as soon as it is answered.
const CALLERS: usize = 6;
/// Between the end of one restart and the next.
const PAUSE: Duration = Duration::from_millis(200);

pub async fn run(restarts: usize, calls: usize) -> Report {
    let tally = measure(restarts, calls).await;
    let mut report = Report::default();
    report.note("restarts", restarts);
    report.note("calls", &tally);
    let total = tally.total();
    let must = format!("at least {calls}");
    report.check("calls", total, &must, total >= calls as u64);
    report.none("failed calls", tally.others(&[Code::Ok]));
    report
}

/// Restarts evenly spread over at least so many calls.
pub async fn measure(restarts: usize, calls: usize) -> Tally {
    // Calls may wait for long: what is shown is that none is lost, on a busy machine too.
    let mut arguments = vec!["--threads", "1", "--pre-drain", "500ms", "--drain", "60s"];
    arguments.extend(super::server::PATIENT);
    let addresses = [free_address(), free_address()];
    let mut servers: Vec<Server> = Vec::new();
    for address in &addresses {
        let server = Server::start_on(address, &arguments);
        server.ready().await;
        servers.push(server);
    }
    let channel = RoundRobin::new(&addresses, None);
    let sent = Arc::new(AtomicUsize::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let (channel, sent, over) = (channel.clone(), Arc::clone(&sent), Arc::clone(&over));
        callers.spawn(async move {
            let mut tally = Tally::default();
            while !over.load(Ordering::Relaxed) {
                sent.fetch_add(1, Ordering::Relaxed);
                tally.add(one(channel.clone()).await);
            }
            tally
        });
    }
    for restart in 0..restarts {
        wait_for(&sent, calls * restart / restarts).await;
        tokio::time::sleep(PAUSE).await;
        let at = restart % 2;
        servers[at].terminate();
        assert_eq!(servers[at].ended().await.code(), Some(0));
        servers[at] = Server::start_on(&addresses[at], &arguments);
        servers[at].ready().await;
    }
    wait_for(&sent, calls).await;
    over.store(true, Ordering::Relaxed);
    let mut tally = Tally::default();
    while let Some(own) = callers.join_next().await {
        tally.add_all(own.unwrap());
    }
    tally
}

async fn wait_for(sent: &AtomicUsize, count: usize) {
    while sent.load(Ordering::Relaxed) < count {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn one(channel: RoundRobin) -> Outcome {
    let request = without_stance(article(&text("ordinary", 250)));
    timed(channel.client().analyze_article(request)).await
}
