//! `newsprism evaluate`: measures the models on public data sets, one JSON line a figure.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::models::ModelArgs;
use crate::evaluate::{self, Bench};
use crate::model::Models;

/// Measure the models on public data sets.
#[derive(Debug, Clone, Args)]
pub struct EvaluateArgs {
    /// The folder with a folder for each data set
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The tasks to run [default: all]
    #[arg(value_name = "TASK")]
    tasks: Vec<String>,
    /// The models to measure
    #[command(flatten)]
    pub models: ModelArgs,
}

/// Runs the tasks; figures go to standard output, a progress bar to standard error where that is a terminal.
pub fn execute(args: &EvaluateArgs, models: &Arc<dyn Models>) -> Result<()> {
    let tasks = evaluate::select(&args.tasks)?;
    ensure!(args.data.is_dir(), "{} is no folder", args.data.display());
    let style = ProgressStyle::with_template("{prefix:15} {wide_bar} {pos}/{len} {eta}")?;
    for task in tasks {
        let bar = ProgressBar::no_length()
            .with_style(style.clone())
            .with_prefix(task.name);
        let figures = task
            .run(&Bench {
                data: &args.data,
                models,
                progress: &|done, all| {
                    bar.set_length(all as u64);
                    bar.set_position(done as u64);
                },
            })
            .with_context(|| task.name)?;
        bar.finish_and_clear();
        for mut figure in figures {
            // Two decimals are more than any of these sets can tell apart.
            figure.value = (figure.value * 100.0).round() / 100.0;
            writeln!(io::stdout(), "{}", serde_json::to_string(&figure)?)?;
        }
    }
    Ok(())
}
