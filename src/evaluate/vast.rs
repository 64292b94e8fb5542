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

/// A row with what the models say of it.
pub struct Judged {
    /// Its class, as [`Polarity::class`] has them.
    pub gold: usize,
    /// The models' answer.
    pub found: Polarity,
    /// Whether its topic was never trained on.
    pub zero_shot: bool,
}

/// Macro-F1 over all rows and over those whose topic was never trained on.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let judged = judge(bench)?;
    let figure = |metric, keep: fn(&Judged) -> bool| {
        let kept = judged.iter().filter(|row| keep(row));
        let pairs: Vec<(usize, usize)> = kept.map(|r| (r.gold, r.found.class())).collect();
        Figure {
            task: "vast",
            metric,
            value: macro_f1_and_accuracy(&pairs, 3).0,
            n: pairs.len(),
        }
    };
    Ok(vec![
        figure("zero_shot_macro_f1", |row| row.zero_shot),
        figure("macro_f1", |_| true),
    ])
}

/// Every row of the test split.
pub fn judge(bench: &Bench<'_>) -> Result<Vec<Judged>> {
    let path = bench.data.join("vast/vast_test.csv");
    let mut reader =
        csv::Reader::from_path(&path).with_context(|| format!("reading {}", path.display()))?;
    let rows = reader
        .deserialize()
        .collect::<Result<Vec<Row>, _>>()
        .with_context(|| format!("in {}", path.display()))?;
    let mut judged = Vec::with_capacity(rows.len());
    for (done, row) in rows.iter().enumerate() {
        let target = bench.models.tokenize(&row.topic);
        let passage = bench.models.tokenize(&row.post);
        judged.push(Judged {
            gold: match row.stance.as_str() {
                "AGAINST" => 0,
                "FAVOR" => 2,
                _ => 1,
            },
            found: bench.models.stance(&target, &passage)?,
            zero_shot: row.seen == 0,
        });
        (bench.progress)(done + 1, rows.len());
    }
    Ok(judged)
}
