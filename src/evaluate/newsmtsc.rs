//! Target sentiment on NewsMTSC (Hamborg & Donnay 2021): the official test splits `rw` and `mt`.

use anyhow::{Context, Result};
use serde::Deserialize;

use super::score::macro_f1_and_accuracy;
use super::{Bench, Figure};
use crate::article::{OffsetEncoding, OffsetMap};
use crate::model::{Polarity, Register};

#[derive(Deserialize)]
struct Row {
    sentence_normalized: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    /// Code points.
    from: usize,
    to: usize,
    /// 2 negative, 4 neutral, 6 positive.
    polarity: f64,
}

/// Macro-F1 and accuracy over the targets of one split.
pub fn evaluate(bench: &Bench<'_>, task: &'static str, file: &str) -> Result<Vec<Figure>> {
    let judged = judge(bench, file)?;
    let pairs: Vec<(usize, usize)> = judged
        .iter()
        .map(|(gold, found)| (*gold, found.class()))
        .collect();
    let (f1, accuracy) = macro_f1_and_accuracy(&pairs, 3);
    let figure = |metric, value| Figure {
        task,
        metric,
        value,
        n: pairs.len(),
    };
    Ok(vec![figure("macro_f1", f1), figure("accuracy", accuracy)])
}

/// Each target's class (as [`Polarity::class`] has them) and what the models say.
pub fn judge(bench: &Bench<'_>, file: &str) -> Result<Vec<(usize, Polarity)>> {
    let path = bench.data.join("newsmtsc").join(file);
    let text = super::read_file(&path)?;
    let rows = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Row>, _>>()
        .with_context(|| format!("in {}", path.display()))?;
    let mut judged = Vec::new();
    for (done, row) in rows.iter().enumerate() {
        let sentence = &row.sentence_normalized;
        let map = OffsetMap::new(sentence, OffsetEncoding::CodePoint);
        let mentions = row
            .targets
            .iter()
            .map(|t| Some(map.to_byte(t.from)?..map.to_byte(t.to)?))
            .collect::<Option<Vec<_>>>()
            .context("a target lies outside its sentence")?;
        let reading = bench.read(sentence)?;
        let found = bench
            .models
            .sentiment(&reading, &mentions, Register::Narrated)?;
        let gold = row
            .targets
            .iter()
            .map(|t| (t.polarity as usize / 2).saturating_sub(1));
        judged.extend(gold.zip(found));
        (bench.progress)(done + 1, rows.len());
    }
    Ok(judged)
}
