//! Measures coreference on OntoGUM's news and interviews (Zhu et al. 2021): the chains of mentions that the service finds.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;

use super::coreference_scores::{Chains, Scores};
use super::gum::{self, Gold, Part};
use super::stretches::bytes;
use super::{Bench, Figure, read_file};
use crate::analysis::request::EntityOptions;
use crate::analysis::{Analysis, AnalysisRequest, Analyzer, Uninterrupted};
use crate::article::Source;

/// The CoNLL score on GUM's own test documents; `n` counts gold mentions in chains.
///
/// A mention found stands for the shortest gold mention that holds all of it and whose head it holds, CorefUD's partial
/// match (Žabokrtský et al. 2022), since GUM's mentions take in relative clauses. `baseline_*`: the same mentions, those
/// in one chain that read alike but for case.
/// # Errors
/// Where the data set can't be read, or isn't there.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    measure(bench, "gum-coref", Part::Test)
}

/// The same on GUM's own dev documents.
///
/// # Errors
/// As [`evaluate`].
pub fn development(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    measure(bench, "gum-coref-dev", Part::Dev)
}

fn measure(bench: &Bench<'_>, task: &'static str, part: Part) -> Result<Vec<Figure>> {
    let analyzer = Analyzer::new(Arc::clone(bench.models));
    let paths = gum::documents(&bench.data.join("gum/coref/ontogum/conllu"), part)?;
    let (mut own, mut baseline) = (Scores::default(), Scores::default());
    let mut n = 0;
    for (done, path) in paths.iter().enumerate() {
        let gold = gum::parse(&read_file(path)?);
        let found = analyze(&analyzer, &gold.text)?;
        let chains: Vec<Vec<Range<usize>>> = found
            .chains
            .iter()
            .map(|chain| chain.iter().map(|span| bytes(*span)).collect())
            .collect();
        let gold_chains = chains_of(gold.mentions.iter().enumerate().map(|(i, m)| (m.entity, i)));
        n += gold_chains
            .iter()
            .filter(|c| c.len() > 1)
            .map(Vec::len)
            .sum::<usize>();
        let numbers = stand_for(&gold, chains.iter().flatten());
        let numbered = |chains: &[Vec<Range<usize>>]| -> Chains {
            let number = |span: &Range<usize>| numbers.get(span).copied();
            chains
                .iter()
                .map(|chain| chain.iter().filter_map(number).collect())
                .collect()
        };
        own.add(&gold_chains, &numbered(&chains));
        baseline.add(&gold_chains, &numbered(&alike(&gold.text, &chains)));
        (bench.progress)(done + 1, paths.len());
    }
    let figure = |metric, value| Figure {
        task,
        metric,
        value,
        n,
    };
    Ok(vec![
        figure("f1", own.conll()),
        figure("baseline_f1", baseline.conll()),
        figure("muc_f1", own.muc.f1()),
        figure("muc_precision", own.muc.precision()),
        figure("muc_recall", own.muc.recall()),
        figure("b_cubed_f1", own.b_cubed.f1()),
        figure("b_cubed_precision", own.b_cubed.precision()),
        figure("b_cubed_recall", own.b_cubed.recall()),
        figure("ceaf_f1", own.ceaf.f1()),
        figure("baseline_muc_f1", baseline.muc.f1()),
        figure("baseline_b_cubed_f1", baseline.b_cubed.f1()),
        figure("baseline_ceaf_f1", baseline.ceaf.f1()),
    ])
}

/// What the service finds in a text when it is asked for its entities, all paragraphs read.
pub(super) fn analyze(analyzer: &Analyzer, text: &str) -> Result<Analysis> {
    let request = AnalysisRequest {
        boilerplate_included: true,
        entities: Some(EntityOptions::default()),
        ..AnalysisRequest::of(Source::new("", text))
    };
    Ok(analyzer.analyze(&request, &Uninterrupted)?)
}

/// The number of each span found: that of the gold mention that it stands for, one to one, or one of its own.
fn stand_for<'a>(
    gold: &Gold,
    spans: impl Iterator<Item = &'a Range<usize>>,
) -> HashMap<Range<usize>, usize> {
    let mut taken = vec![false; gold.mentions.len()];
    let mut numbers = HashMap::new();
    for span in spans {
        let within = |outer: &Range<usize>, inner: &Range<usize>| {
            outer.start <= inner.start && inner.end <= outer.end
        };
        let fits = gold.mentions.iter().enumerate().filter(|(at, mention)| {
            within(&mention.span, span)
                && within(span, &mention.head)
                && taken.get(*at) == Some(&false)
        });
        let shortest = fits.min_by_key(|(_, mention)| mention.span.len());
        let own = gold.mentions.len() + numbers.len();
        let number = shortest.map_or(own, |(at, _)| at);
        if let Some(place) = taken.get_mut(number) {
            *place = true;
        }
        numbers.entry(span.clone()).or_insert(number);
    }
    numbers
}

/// All mentions anew, those of one wording in one chain.
fn alike(text: &str, chains: &[Vec<Range<usize>>]) -> Vec<Vec<Range<usize>>> {
    let mut groups: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
    for span in chains.iter().flatten() {
        let wording = text.get(span.clone()).unwrap_or("").to_lowercase();
        groups.entry(wording).or_default().push(span.clone());
    }
    groups.into_values().collect()
}

fn chains_of(mentions: impl Iterator<Item = (usize, usize)>) -> Chains {
    let mut chains: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (entity, mention) in mentions {
        chains.entry(entity).or_default().push(mention);
    }
    chains.into_values().collect()
}
