//! The command line: one file for each command.

pub mod analyze;
pub mod evaluate;
mod html;
mod labels;
pub mod models;
pub mod serve;
mod telemetry;
mod terminal;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

/// The exit code for a bad configuration (EX_USAGE), which no restart will mend.
pub const EXIT_USAGE: u8 = 64;

/// Reads news articles: summaries, sentiment by entity, stance by target.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the gRPC API.
    Serve(Box<serve::ServeArgs>),
    /// Analyse one article from a file.
    Analyze(analyze::AnalyzeArgs),
    /// Measure the models on public data sets.
    Evaluate(evaluate::EvaluateArgs),
}

impl Cli {
    /// The arguments of this process; where they are bad, one line is printed and the exit code is [`EXIT_USAGE`].
    pub fn read() -> Result<Self, ExitCode> {
        Cli::try_parse().map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // A closed standard output is no fault of the arguments.
                let _ = error.print();
                ExitCode::SUCCESS
            }
            _ => {
                let message = error.to_string();
                eprintln!("{}", message.lines().next().unwrap_or("bad arguments"));
                ExitCode::from(EXIT_USAGE)
            }
        })
    }
}
