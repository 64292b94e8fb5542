//! The `newsprism` program.
#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::sync::Arc;

use newsprism::cli::{Cli, Command, serve};
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
    }
}
