//! Measures salience on GUM's news and interviews: whether the entities that summaries of a document mention come first.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;

use super::gum::{self, Gold, Part};
use super::stretches::bytes;
use super::{Bench, Figure, gum_coref, read_file};
use crate::analysis::Analyzer;
use crate::analysis::result::Entity;

/// Spearman's rank correlation, in percent, between an order of the entities found and the number of the document's five
/// summaries that mention each (Lin & Zeldes 2024), the mean over the documents. `first_mention_baseline` orders by first mention,
/// `frequency_baseline` by the number of mentions; `n` counts entities.
///
/// # Errors
/// Where the data set can't be read, or isn't there.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    measure(bench, "gum-salience", Part::Test)
}

/// The same on GUM's own dev documents.
///
/// # Errors
/// As [`evaluate`].
pub fn development(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    measure(bench, "gum-salience-dev", Part::Dev)
}

fn measure(bench: &Bench<'_>, task: &'static str, part: Part) -> Result<Vec<Figure>> {
    let analyzer = Analyzer::new(Arc::clone(bench.models));
    let paths = gum::documents(&bench.data.join("gum/dep"), part)?;
    let mut sums = [0.0; 3];
    let (mut documents, mut n) = (0.0, 0);
    for (done, path) in paths.iter().enumerate() {
        let gold = gum::parse(&read_file(path)?);
        let found = gum_coref::analyze(&analyzer, &gold.text)?;
        let entities: Vec<(&Entity, f64)> = found
            .entities
            .iter()
            .filter_map(|entity| Some((entity, worth(&gold, entity)? as f64)))
            .collect();
        let worths: Vec<f64> = entities.iter().map(|(_, worth)| *worth).collect();
        let orders: [Vec<f64>; 3] = [
            entities
                .iter()
                .map(|(e, _)| f64::from(e.salience))
                .collect(),
            entities.iter().map(|(e, _)| -first(e)).collect(),
            entities
                .iter()
                .map(|(e, _)| e.mentions.len() as f64)
                .collect(),
        ];
        n += entities.len();
        if worths.iter().any(|worth| Some(worth) != worths.first()) {
            documents += 1.0;
            for (sum, order) in sums.iter_mut().zip(&orders) {
                *sum += 100.0 * correlation(&ranks(order), &ranks(&worths));
            }
        }
        (bench.progress)(done + 1, paths.len());
    }
    let metrics = [
        "correlation",
        "first_mention_baseline",
        "frequency_baseline",
    ];
    let figures = metrics.into_iter().zip(sums).map(|(metric, sum)| Figure {
        task,
        metric,
        value: if documents > 0.0 {
            sum / documents
        } else {
            0.0
        },
        n,
    });
    Ok(figures.collect())
}

/// In how many summaries the thing is mentioned that most of the entity's mentions stand for; `None` where none is annotated.
fn worth(gold: &Gold, entity: &Entity) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for mention in &entity.mentions {
        let span = bytes(mention.span);
        let inside = gold.mentions.iter().filter(|m| {
            span.start <= m.head.start && m.head.end <= span.end && m.span.end >= span.end
        });
        if let Some(shortest) = inside.min_by_key(|m| m.span.len()) {
            *counts.entry(shortest.entity).or_default() += 1;
        }
    }
    let (most, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Some(gold.salient.get(&most).copied().unwrap_or(0))
}

fn first(entity: &Entity) -> f64 {
    entity
        .mentions
        .first()
        .map_or(0.0, |m| m.span.start() as f64)
}

/// The rank of each value, equals sharing the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let below = |a: f64| values.iter().filter(|b| **b < a).count();
    let alike = |a: f64| values.iter().filter(|b| **b == a).count();
    let rank = |value: &f64| below(*value) as f64 + (alike(*value) as f64 - 1.0) / 2.0;
    values.iter().map(rank).collect()
}

/// Pearson's; 0 where one of the two doesn't vary.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len().max(1) as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut both, mut own_a, mut own_b) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        both += (x - mean_a) * (y - mean_b);
        own_a += (x - mean_a).powi(2);
        own_b += (y - mean_b).powi(2);
    }
    if own_a > 0.0 && own_b > 0.0 {
        both / (own_a * own_b).sqrt()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlates_ranks() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0]), [1.5, 0.0, 1.5]);
        let up = ranks(&[1.0, 10.0, 11.0]);
        assert!((correlation(&up, &ranks(&[2.0, 3.0, 70.0])) - 1.0).abs() < 1e-9);
        assert!((correlation(&up, &ranks(&[3.0, 2.0, 1.0])) + 1.0).abs() < 1e-9);
        assert_eq!(correlation(&up, &[0.0, 0.0, 0.0]), 0.0);
    }
}
