//! The service under load: each scenario starts its own servers, prints its figures and fails where one is out of its bound.
//!
//! `cargo bench --bench load -- SCENARIO`; see `benches/README.md`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "mod.rs"]
mod load;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use load::{kill, length, memory, overload, rolling, rotate, soak};

#[derive(Parser)]
#[command(name = "load")]
struct Arguments {
    #[command(subcommand)]
    scenario: Scenario,
    /// Cargo gives this to every bench.
    #[arg(long, global = true, hide = true)]
    bench: bool,
}

/// What to put the service through.
#[derive(Subcommand)]
enum Scenario {
    /// Four times as many calls as it can answer
    Overload {
        #[arg(long, default_value_t = 60)]
        seconds: u64,
    },
    /// Two replicas restarted in turn behind a round-robin client
    Rolling {
        #[arg(long, default_value_t = 20)]
        restarts: usize,
        #[arg(long, default_value_t = 20_000)]
        calls: usize,
    },
    /// One server, killed and started again
    Kill {
        #[arg(long, default_value_t = 20)]
        times: usize,
    },
    /// TLS certificates that change, and one pair that doesn't fit
    Rotate {
        #[arg(long, default_value_t = 20)]
        times: usize,
    },
    /// Mixed load with cancels and bad input for a long time
    Soak {
        #[arg(long, default_value_t = 30)]
        minutes: u64,
        /// Articles a second
        #[arg(long, default_value_t = 6.0)]
        rate: f64,
    },
    /// The largest articles on every thread, in the queue and in every stream
    Memory,
    /// Texts of all kinds from 250 bytes to 1 MiB
    Length {
        /// Only texts of this kind
        #[arg(long)]
        kind: Option<String>,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let report = match Arguments::parse().scenario {
        Scenario::Overload { seconds } => overload::run(Duration::from_secs(seconds)).await,
        Scenario::Rolling { restarts, calls } => rolling::run(restarts, calls).await,
        Scenario::Kill { times } => kill::run(times).await,
        Scenario::Rotate { times } => rotate::run(times).await,
        Scenario::Soak { minutes, rate } => {
            soak::run(Duration::from_secs(60 * minutes), rate).await
        }
        Scenario::Memory => memory::run().await,
        Scenario::Length { kind } => length::run(kind.as_deref()).await,
    };
    if report.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
