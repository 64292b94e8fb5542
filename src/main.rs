//! The `newsprism` program.
#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::sync::Arc;

use newsprism::cli::{Cli, Command, analyze, evaluate, serve};
use newsprism::model::EmbeddedModels;
use newsprism::server::ModelAnalyzer;

fn main() -> ExitCode {
    let cli = match Cli::read() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    match cli.command {
        Command::Serve(args) => serve::execute(&args, || {
            Ok(ModelAnalyzer::new(Arc::new(EmbeddedModels::load()?)))
        }),
        Command::Analyze(args) => finish(
            EmbeddedModels::load()
                .map_err(Into::into)
                .and_then(|models| analyze::execute(&args, Arc::new(models))),
        ),
        Command::Evaluate(args) => finish(
            EmbeddedModels::load()
                .map_err(Into::into)
                .and_then(|models| evaluate::execute(&args, &models)),
        ),
    }
}

/// One line on standard error where something failed.
fn finish(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("newsprism: {error:#}");
            ExitCode::FAILURE
        }
    }
}
