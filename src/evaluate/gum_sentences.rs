//! Measures sentence splitting on GUM's news and interviews (Zeldes 2017): exact spans, through the same reader as the service's.

use std::ops::Range;

use anyhow::{Result, ensure};

use super::gum::{self, Part};
use super::score::Matches;
use super::{Bench, Figure};
use crate::article::{ReadOptions, Source, read};

/// Precision, recall and F1 of exact sentence spans over the documents under `data/gum/dep`; `n` counts gold sentences.
/// # Errors
/// Where the data set can't be read, or isn't there.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let mut matches = Matches::default();
    let paths = gum::documents(&bench.data.join("gum/dep"), Part::Whole)?;
    for (done, path) in paths.iter().enumerate() {
        let conllu = super::read_file(path)?;
        let document = gum::parse(&conllu);
        let bounds = |ranges: &[Range<usize>]| ranges.iter().map(|r| (r.start, r.end)).collect();
        matches.add(
            &bounds(&document.sentences),
            &bounds(&split(&document.text)),
        );
        (bench.progress)(done + 1, paths.len());
    }
    ensure!(
        matches.gold > 0,
        "no GUM sentences under {}",
        bench.data.display()
    );
    let figure = |metric, value| Figure {
        task: "gum-sentences",
        metric,
        value,
        n: matches.gold,
    };
    Ok(vec![
        figure("f1", matches.f1()),
        figure("precision", matches.precision()),
        figure("recall", matches.recall()),
    ])
}

/// The sentences that the service reads in a text.
fn split(text: &str) -> Vec<Range<usize>> {
    let options = ReadOptions {
        boilerplate_included: true,
    };
    let document = read(Source::new("", text), &options);
    document
        .sentences
        .iter()
        .map(|sentence| sentence.span.start()..sentence.span.end())
        .collect()
}
