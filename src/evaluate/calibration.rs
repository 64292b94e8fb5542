//! Whether stated probabilities are true: the expected calibration error (Guo et al. 2017) of target sentiment and of stance.

use anyhow::Result;

use super::{Bench, Figure, newsmtsc, vast};
use crate::model::Polarity;

/// Bins of equal width on the probability of the most probable class.
const BINS: usize = 15;

/// The error of target sentiment on NewsMTSC's two test splits, and of stance on VAST's test rows with topics never seen.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let mut sentiment = newsmtsc::judge(bench, "rw-test.jsonl")?;
    sentiment.extend(newsmtsc::judge(bench, "mt-test.jsonl")?);
    let stance: Vec<(usize, Polarity)> = vast::judge(bench)?
        .into_iter()
        .filter(|row| row.zero_shot)
        .map(|row| (row.gold, row.found))
        .collect();
    let figure = |task, judged: &[(usize, Polarity)]| Figure {
        task,
        metric: "ece",
        value: expected_calibration_error(judged),
        n: judged.len(),
    };
    Ok(vec![
        figure("calibration-sentiment", &sentiment),
        figure("calibration-stance", &stance),
    ])
}

/// How far confidence and accuracy lie apart in a bin, in points, in the mean over all (gold class, found) items.
fn expected_calibration_error(judged: &[(usize, Polarity)]) -> f64 {
    #[derive(Clone, Copy, Default)]
    struct Bin {
        confidence: f64,
        right: f64,
    }
    let mut bins = [Bin::default(); BINS];
    for (gold, found) in judged {
        let confidence = f64::from(found.confidence());
        let at = ((confidence * BINS as f64) as usize).min(BINS - 1);
        if let Some(bin) = bins.get_mut(at) {
            bin.confidence += confidence;
            bin.right += f64::from(u8::from(found.class() == *gold));
        }
    }
    // A bin's share times the difference of its means is the difference of its sums over all items.
    let apart = bins.iter().map(|bin| (bin.confidence - bin.right).abs());
    100.0 * apart.sum::<f64>() / judged.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sure(confidence: f32) -> Polarity {
        Polarity {
            negative: (1.0 - confidence) / 2.0,
            neutral: (1.0 - confidence) / 2.0,
            positive: confidence,
        }
    }

    #[test]
    fn is_nothing_where_confidence_is_accuracy() {
        let judged = [
            (2, sure(0.75)),
            (2, sure(0.75)),
            (2, sure(0.75)),
            (0, sure(0.75)),
        ];
        assert!(expected_calibration_error(&judged) < 1e-5);
    }

    #[test]
    fn bins_do_not_make_up_for_each_other() {
        // 100 points too sure, 40 points too unsure.
        let judged = [(0, sure(1.0)), (2, sure(0.6))];
        assert!((expected_calibration_error(&judged) - 70.0).abs() < 1e-4);
        assert_eq!(expected_calibration_error(&[]), 0.0);
    }
}
