//! Headlines against the bodies of articles on FNC-1 (Pomerleau & Rao 2017), by the service's own stance path.
//!
//! Each headline is a proposition as target, its body the article. Figures are the challenge's relative score and, since that
//! hardly sees the rare class, the macro-F1 over the four classes (Hanselowski et al. 2018).

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::score::{class_f1, macro_f1_and_accuracy};
use super::{Bench, Figure};
use crate::analysis::request::{StanceOptions, StanceTarget, TargetKind};
use crate::analysis::result::{Abstention, Stance, StanceResult};
use crate::analysis::{AnalysisRequest, AnalyzeError, Analyzer, Uninterrupted};
use crate::article::Source;

/// What a body may do with a headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Class {
    Agree,
    Disagree,
    Discuss,
    Unrelated,
}

const CLASSES: [(Class, &str); 4] = [
    (Class::Agree, "agree_f1"),
    (Class::Disagree, "disagree_f1"),
    (Class::Discuss, "discuss_f1"),
    (Class::Unrelated, "unrelated_f1"),
];

#[derive(Deserialize)]
struct Pair {
    #[serde(rename = "Headline")]
    headline: String,
    #[serde(rename = "Body ID")]
    body: u32,
    #[serde(rename = "Stance")]
    class: Class,
}

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "Body ID")]
    id: u32,
    #[serde(rename = "articleBody")]
    text: String,
}

/// The test pairs.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let folder = bench.data.join("fnc1");
    let pairs = read(&folder.join("competition_test_stances.csv"))?;
    let bodies = read(&folder.join("competition_test_bodies.csv"))?;
    measure("fnc1", pairs, bodies, bench)
}

/// Some of the training pairs: what rules are chosen on. Their bodies, those with numbers that ten divides, are for no training.
pub fn development(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    const WANTED: usize = 1_000;
    let folder = bench.data.join("fnc1");
    let mut pairs: Vec<Pair> = read(&folder.join("train_stances.csv"))?;
    pairs.retain(|pair| pair.body % 10 == 0);
    let step = (pairs.len() / WANTED).max(1);
    let pairs = pairs.into_iter().step_by(step).take(WANTED).collect();
    let bodies = read(&folder.join("train_bodies.csv"))?;
    measure("fnc1-dev", pairs, bodies, bench)
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("reading {}", path.display()))?;
    let rows = reader.deserialize().collect::<Result<Vec<T>, _>>();
    rows.with_context(|| format!("in {}", path.display()))
}

fn measure(
    task: &'static str,
    pairs: Vec<Pair>,
    bodies: Vec<Body>,
    bench: &Bench<'_>,
) -> Result<Vec<Figure>> {
    let all = pairs.len();
    // A body is read once for all of its headlines.
    let mut by_body: BTreeMap<u32, Vec<Pair>> = BTreeMap::new();
    for pair in pairs {
        by_body.entry(pair.body).or_default().push(pair);
    }
    let bodies: HashMap<u32, String> = bodies.into_iter().map(|b| (b.id, b.text)).collect();
    let analyzer = Analyzer::new(Arc::clone(bench.models));
    let mut judged = Vec::with_capacity(all);
    for (id, pairs) in by_body {
        let body = bodies.get(&id).with_context(|| format!("no body {id}"))?;
        let found = stances(&analyzer, body, &pairs)?;
        judged.extend(pairs.iter().map(|pair| pair.class).zip(found));
        (bench.progress)(judged.len(), all);
    }
    let figure = |metric, value| Figure {
        task,
        metric,
        value,
        n: judged.len(),
    };
    let classes: Vec<(usize, usize)> = judged
        .iter()
        .map(|(gold, found)| (*gold as usize, *found as usize))
        .collect();
    let (macro_f1, _) = macro_f1_and_accuracy(&classes, CLASSES.len());
    let mut figures = vec![
        figure("score", relative_score(&judged)),
        figure("macro_f1", macro_f1),
    ];
    let each = CLASSES.iter();
    figures.extend(each.map(|(c, metric)| figure(metric, class_f1(&classes, *c as usize))));
    Ok(figures)
}

/// What the service says of one body toward each of its headlines.
fn stances(analyzer: &Analyzer, body: &str, pairs: &[Pair]) -> Result<Vec<Class>> {
    let targets = pairs.iter().map(|pair| StanceTarget {
        id: String::new(),
        text: pair.headline.clone(),
        aliases: Vec::new(),
        kind: Some(TargetKind::Proposition),
    });
    let request = AnalysisRequest {
        stance: Some(StanceOptions {
            targets: targets.collect(),
        }),
        ..AnalysisRequest::of(Source::new("", body))
    };
    match analyzer.analyze(&request, &Uninterrupted) {
        Ok(analysis) => Ok(analysis.stances.iter().map(class_of).collect()),
        // An article that the service refuses to read says nothing that it could know of.
        Err(AnalyzeError::Empty | AnalyzeError::LanguageUnsupported { .. }) => {
            Ok(vec![Class::Unrelated; pairs.len()])
        }
        Err(error) => Err(error.into()),
    }
}

fn class_of(stance: &StanceResult) -> Class {
    match (stance.stance, stance.abstention) {
        (Stance::Favor, _) => Class::Agree,
        (Stance::Against, _) => Class::Disagree,
        (Stance::None, Some(Abstention::TargetNotFound)) => Class::Unrelated,
        // Where passages bear on the headline but leave the stance open, it is discussed.
        (Stance::Neutral | Stance::None, _) => Class::Discuss,
    }
}

/// The challenge's score in percent of the best: a quarter for telling related from unrelated, the rest of a related pair for
/// its exact class.
fn relative_score(judged: &[(Class, Class)]) -> f64 {
    let worth = |class: Class| match class {
        Class::Unrelated => 0.25,
        _ => 1.0,
    };
    let earned = |(gold, found): &(Class, Class)| match (*gold, *found) {
        (gold, found) if gold == found => worth(gold),
        (Class::Unrelated, _) | (_, Class::Unrelated) => 0.0,
        _ => 0.25,
    };
    let most: f64 = judged.iter().map(|(gold, _)| worth(*gold)).sum();
    100.0 * judged.iter().map(earned).sum::<f64>() / most.max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_as_the_challenge_does() {
        let judged = [
            (Class::Unrelated, Class::Unrelated), // 0.25 of 0.25
            (Class::Unrelated, Class::Discuss),   // 0 of 0.25
            (Class::Agree, Class::Agree),         // 1 of 1
            (Class::Disagree, Class::Agree),      // 0.25 of 1
            (Class::Discuss, Class::Unrelated),   // 0 of 1
        ];
        assert!((relative_score(&judged) - 100.0 * 1.5 / 3.5).abs() < 1e-9);
    }

    #[test]
    fn unsure_is_discussed_and_not_found_is_unrelated() {
        let none = |abstention| StanceResult {
            target_id: String::new(),
            target: String::new(),
            kind: TargetKind::Proposition,
            entity_id: None,
            stance: Stance::None,
            abstention: Some(abstention),
            score: 0.0,
            probabilities: None,
            holders: Vec::new(),
            evidence: Vec::new(),
        };
        for (abstention, class) in [
            (Abstention::TargetNotFound, Class::Unrelated),
            (Abstention::LowConfidence, Class::Discuss),
            (Abstention::ConflictingEvidence, Class::Discuss),
        ] {
            assert_eq!(class_of(&none(abstention)), class);
        }
    }
}
