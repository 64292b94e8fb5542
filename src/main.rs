//! The `newsprism` program.
#![forbid(unsafe_code)]

use std::process::ExitCode;
use std::sync::Arc;

use newsprism::cli::{Cli, Command, EXIT_USAGE, analyze, evaluate, serve};
use newsprism::model::{LoadError, ModelSet, Models};

fn main() -> ExitCode {
    let cli = match Cli::read() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    match cli.command {
        Command::Serve(args) => serve::execute(&args),
        Command::Analyze(args) => with_models(args.models.load(), |models| {
            analyze::execute(&args, Arc::new(models))
        }),
        Command::Evaluate(args) => with_models(args.models.load(), |models| {
            evaluate::execute(&args, &(Arc::new(models) as Arc<dyn Models>))
        }),
    }
}

/// One line on standard error where something failed.
fn with_models(
    loaded: Result<ModelSet, LoadError>,
    run: impl FnOnce(ModelSet) -> anyhow::Result<()>,
) -> ExitCode {
    let models = match loaded {
        Ok(models) => models,
        Err(error) => {
            eprintln!("newsprism: {error}");
            return ExitCode::from(EXIT_USAGE);
        }
    };
    match run(models) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("newsprism: {error:#}");
            ExitCode::FAILURE
        }
    }
}
