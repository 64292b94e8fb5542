//! Measures whole answers on the golden set, articles written and annotated for this repository: `tests/golden/README.md`.
//!
//! An entity found stands for the gold entity that it shares most mentions with. Two mentions are the same where they overlap
//! and end at the same place: titles and articles before a name are a matter of convention.

mod annotation;
mod fields;
mod speakers;
mod tally;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use self::annotation::Annotation;
use self::tally::Tally;
use super::{Bench, Figure, read_file};
use crate::analysis::request::{EntityOptions, StanceOptions, StanceTarget, SummaryOptions};
use crate::analysis::{Analysis, AnalysisRequest, Analyzer, Uninterrupted};
use crate::article::Source;

/// Where the articles are, from the repository's root.
const FOLDER: &str = "tests/golden";

/// Where the articles are that may be learnt from, annotated alike.
pub const LEARNABLE: &str = "training/articles";

/// Both halves: the one that may be read while the service is built, and the one that is only measured.
///
/// # Errors
/// Where a file can't be read, or an annotation is malformed.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let seen = articles(&Path::new(FOLDER).join("seen"))?;
    let unseen = articles(&Path::new(FOLDER).join("unseen"))?;
    let all = seen.len() + unseen.len();
    let analyzer = Analyzer::new(bench.models.clone());
    let mut figures = Vec::new();
    let mut done = 0;
    for (task, paths) in [("golden-seen", seen), ("golden-unseen", unseen)] {
        let mut tally = Tally::default();
        for path in paths {
            let article = read_file(&path)?;
            let gold = read_file(&path.with_extension("gold"))?;
            let gold = Annotation::parse(&article, &gold)
                .with_context(|| format!("in {}", path.with_extension("gold").display()))?;
            tally.add(&article, &gold, &analyze(&analyzer, &article, &gold)?);
            done += 1;
            (bench.progress)(done, all);
        }
        figures.extend(tally.figures(task));
    }
    Ok(figures)
}

/// The articles of a folder, in the order of their names.
///
/// # Errors
/// Where the folder can't be read or holds none.
pub fn articles(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("listing {}; run this in the repository", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    ensure!(!paths.is_empty(), "no articles in {}", folder.display());
    paths.sort();
    Ok(paths)
}

/// What the service answers when it is asked for everything.
fn analyze(analyzer: &Analyzer, article: &str, gold: &Annotation) -> Result<Analysis> {
    let targets = gold.targets.iter().map(|target| StanceTarget {
        id: String::new(),
        text: target.text.clone(),
        kind: Some(target.kind),
        aliases: Vec::new(),
    });
    let request = AnalysisRequest {
        summary: Some(SummaryOptions::default()),
        entities: Some(EntityOptions::default()),
        stance: Some(StanceOptions {
            targets: targets.collect(),
        }),
        ..AnalysisRequest::of(Source::new("", article))
    };
    Ok(analyzer.analyze(&request, &Uninterrupted)?)
}
