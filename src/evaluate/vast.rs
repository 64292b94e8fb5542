//! Stance toward a topic on VAST (Allaway & McKeown 2020): its test split, zero-shot topics apart.

use anyhow::{Context, Result};
use serde::Deserialize;

use super::score::macro_f1_and_accuracy;
use super::{Bench, Figure};
use crate::model::Polarity;

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "Tweet")]
    post: String,
    #[serde(rename = "Target 1")]
    topic: String,
    #[serde(rename = "Stance 1")]
    stance: String,
    /// 1 where the topic is in the training split.
    #[serde(rename = "seen?")]
    seen: u8,
}

/// Macro-F1 over all rows and over those whose topic was never trained on.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let path = bench.data.join("vast/vast_test.csv");
    let mut reader =
        csv::Reader::from_path(&path).with_context(|| format!("reading {}", path.display()))?;
    let rows = reader
        .deserialize()
        .collect::<Result<Vec<Row>, _>>()
        .with_context(|| format!("in {}", path.display()))?;
    let (mut all, mut zero_shot) = (Vec::new(), Vec::new());
    for (done, row) in rows.iter().enumerate() {
        let gold = match row.stance.as_str() {
            "AGAINST" => 0,
            "FAVOR" => 2,
            _ => 1,
        };
        let target = bench.models.tokenize(&row.topic);
        let passage = bench.models.tokenize(&row.post);
        let found = Polarity::class(bench.models.stance(&target, &passage)?);
        all.push((gold, found));
        if row.seen == 0 {
            zero_shot.push((gold, found));
        }
        (bench.progress)(done + 1, rows.len());
    }
    let figure = |metric, pairs: &[(usize, usize)]| Figure {
        task: "vast",
        metric,
        value: macro_f1_and_accuracy(pairs, 3).0,
        n: pairs.len(),
    };
    Ok(vec![
        figure("zero_shot_macro_f1", &zero_shot),
        figure("macro_f1", &all),
    ])
}
