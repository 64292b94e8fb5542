//! Measures the models and analyses on public data sets, by the same code that serves.

mod calibration;
mod coreference_scores;
pub mod coreference_texts;
mod dse;
mod fnc1;
mod frank;
mod gap;
pub mod golden;
mod gum;
mod gum_coref;
mod gum_salience;
mod gum_sentences;
mod names;
mod newsmtsc;
mod polnear;
mod porter;
pub mod rouge;
mod score;
mod stretches;
pub mod summary_texts;
mod vast;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use crate::model::{Models, Reading, passages};

/// A measured figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What was measured.
    pub task: &'static str,
    /// By which measure.
    pub metric: &'static str,
    /// In percent or, of a calibration error, in points.
    pub value: f64,
    /// How many gold items it rests on.
    pub n: usize,
}

/// Told how far a task has come: items done, items in all.
pub type Progress<'a> = &'a dyn Fn(usize, usize);

/// What a task needs.
pub struct Bench<'a> {
    /// The folder with a folder for each data set.
    pub data: &'a Path,
    /// The models to measure.
    pub models: &'a Arc<dyn Models>,
    /// Told after each item.
    pub progress: Progress<'a>,
}

impl Bench<'_> {
    /// A sentence as the reader sees it; of one too long for it, the first passage.
    fn read(&self, sentence: &str) -> Result<Reading> {
        let tokens = self.models.tokenize(sentence);
        let words = passages(&tokens, self.models.max_pieces());
        let words = words.into_iter().next().unwrap_or(0..0);
        Ok(self.models.read(&tokens, words)?)
    }
}

/// A measurement under its name.
pub struct Task {
    /// What the command line calls it.
    pub name: &'static str,
    run: fn(&Bench<'_>) -> Result<Vec<Figure>>,
}

impl Task {
    /// Measures.
    ///
    /// # Errors
    /// Where the data can't be read or isn't in the expected form, or a model fails.
    pub fn run(&self, bench: &Bench<'_>) -> Result<Vec<Figure>> {
        (self.run)(bench)
    }
}

/// Every task, in the order in which they are run.
pub const TASKS: &[Task] = &[
    Task {
        name: "newsmtsc-rw",
        run: |bench| newsmtsc::evaluate(bench, "newsmtsc-rw", "rw-test.jsonl"),
    },
    Task {
        name: "newsmtsc-mt",
        run: |bench| newsmtsc::evaluate(bench, "newsmtsc-mt", "mt-test.jsonl"),
    },
    Task {
        name: "conll2003",
        run: names::conll,
    },
    Task {
        name: "worldwide",
        run: names::worldwide,
    },
    Task {
        name: "vast",
        run: vast::evaluate,
    },
    Task {
        name: "gum-sentences",
        run: gum_sentences::evaluate,
    },
    Task {
        name: "gap",
        run: gap::evaluate,
    },
    Task {
        name: "gum-coref",
        run: gum_coref::evaluate,
    },
    Task {
        name: "gum-salience",
        run: gum_salience::evaluate,
    },
    Task {
        name: "polnear-dev",
        run: polnear::evaluate,
    },
    Task {
        name: "dse-valid",
        run: dse::evaluate,
    },
    Task {
        name: "frank",
        run: frank::evaluate,
    },
    Task {
        name: "calibration",
        run: calibration::evaluate,
    },
    Task {
        name: "fnc1",
        run: fnc1::evaluate,
    },
];

/// Tasks that constants are chosen by, on data kept apart from that of [`TASKS`]; run only where named.
pub const DEVELOPMENT_TASKS: &[Task] = &[
    Task {
        name: "golden",
        run: golden::evaluate,
    },
    Task {
        name: "gap-dev",
        run: gap::development,
    },
    Task {
        name: "gum-coref-dev",
        run: gum_coref::development,
    },
    Task {
        name: "gum-salience-dev",
        run: gum_salience::development,
    },
    Task {
        name: "cnndm-dev",
        run: frank::development,
    },
    Task {
        name: "fnc1-dev",
        run: fnc1::development,
    },
];

/// The tasks of these names; all of [`TASKS`] where none is named.
///
/// # Errors
/// Where a name is unknown.
pub fn select(names: &[String]) -> Result<Vec<&'static Task>> {
    if names.is_empty() {
        return Ok(TASKS.iter().collect());
    }
    names
        .iter()
        .map(|name| match known().find(|task| task.name == name) {
            Some(task) => Ok(task),
            None => {
                let known: Vec<&str> = known().map(|task| task.name).collect();
                bail!("no task {name:?}; there are {}", known.join(", "))
            }
        })
        .collect()
}

fn read_file(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn known() -> impl Iterator<Item = &'static Task> {
    TASKS.iter().chain(DEVELOPMENT_TASKS)
}
