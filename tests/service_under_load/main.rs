//! The real program under load: the runs of `benches/load`, made short. What they count is asserted, not what they time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[allow(dead_code)]
#[path = "../../benches/load/mod.rs"]
mod load;

use std::process::Command;
use std::time::Duration;

use load::articles::text;
use load::server::Server;
use load::{kill, memory, overload, rolling, rotate, soak};
use tokio::sync::Mutex;
use tonic::Code;

/// Each has the machine to itself, as far as these tests go.
static ALONE: Mutex<()> = Mutex::const_new(());

#[tokio::test]
async fn row_6_and_7_four_times_the_capacity_is_answered_in_time_or_refused_at_once() {
    let _alone = ALONE.lock().await;
    let found = overload::measure(Duration::from_secs(2), Duration::from_secs(5), 150).await;
    let (answered, refused) = (
        found.calls.count(Code::Ok),
        found.calls.count(Code::ResourceExhausted),
    );
    assert!(answered > 0 && refused > answered / 2, "{}", found.calls);
    assert_eq!(found.untyped, 0);
    // Without a look at the deadlines most of what is let in would come too late; on a busy machine some of it does.
    let missed = overload::missed(&found);
    assert!(missed <= 1 + answered / 3, "{}", found.calls);
}

#[tokio::test]
async fn row_17_certificates_swapped_as_kubernetes_does_cost_no_call() {
    let _alone = ALONE.lock().await;
    let found = rotate::measure(1).await;
    assert_eq!(found.taken, 1);
    assert!(found.bad_ignored);
    assert_eq!(found.old.others(&[Code::Ok]), 0, "{}", found.old);
    assert_eq!(found.new.others(&[Code::Ok]), 0, "{}", found.new);
}

#[test]
fn row_18_threads_follow_the_cpus_that_the_process_may_use() {
    let _alone = ALONE.blocking_lock();
    let threads = |pinned: bool| {
        let server = if pinned {
            let mut command = Command::new("taskset");
            command.args(["-c", "0", env!("CARGO_BIN_EXE_newsprism")]);
            Server::of(command, &load::server::free_address(), &[])
        } else {
            Server::start(&[])
        };
        server.logged("compute_threads")
    };
    let all = std::thread::available_parallelism().unwrap().get() as u64;
    assert_eq!(threads(false), all);
    if Command::new("taskset").arg("--version").output().is_err() {
        eprintln!("SKIPPED: taskset is not on the PATH");
        return;
    }
    assert_eq!(threads(true), 1);
}

#[tokio::test]
async fn row_20_replicas_restarted_in_turn_cost_no_call() {
    let _alone = ALONE.lock().await;
    let tally = rolling::measure(4, 200).await;
    assert!(tally.total() >= 200, "{tally}");
    assert_eq!(tally.others(&[Code::Ok]), 0, "{tally}");
}

#[tokio::test]
async fn row_21_a_killed_server_is_unavailable_and_nothing_else() {
    let _alone = ALONE.lock().await;
    let (tally, _) = kill::measure(3).await;
    assert!(tally.count(Code::Ok) > 0, "{tally}");
    assert_eq!(tally.others(&[Code::Ok, Code::Unavailable]), 0, "{tally}");
}

#[tokio::test]
async fn row_22_mixed_load_with_cancels_and_bad_input_leaves_nothing_behind() {
    let _alone = ALONE.lock().await;
    let (tally, samples) = soak::measure(Duration::from_secs(12), 2.5).await;
    let ends = [Code::Ok, Code::InvalidArgument, Code::Cancelled];
    for code in ends {
        assert!(tally.count(code) > 0, "{code:?}: {tally}");
    }
    assert_eq!(tally.others(&ends), 0, "{tally}");
    let (middle, last) = (&samples[samples.len() / 2], samples.last().unwrap());
    assert_eq!(middle.threads, last.threads);
    assert_eq!(middle.descriptors, last.descriptors);
}

#[tokio::test]
async fn the_largest_articles_everywhere_stay_within_the_stated_memory() {
    let _alone = ALONE.lock().await;
    let size = 48 << 10;
    let limit = size.to_string();
    let server = Server::start(&["--max-content-bytes", &limit, "--connections", "500"]);
    server.ready().await;
    let tally = memory::load(&server, &text("entities", size), Duration::from_secs(10)).await;
    assert!(server.most_memory() <= server.stated_bound(), "{tally}");
    let mut client = server.client();
    let request = load::articles::everything(load::articles::traffic(0));
    client.analyze_article(request).await.unwrap();
}
