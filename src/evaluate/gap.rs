//! Measures pronouns on GAP (Webster et al. 2018): which of two named people of a passage a pronoun means, or neither.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

use super::score::Matches;
use super::{Bench, Figure};
use crate::analysis::request::{EntityOptions, EntityTarget};
use crate::analysis::{AnalysisRequest, Analyzer, Uninterrupted, coreference, entities, passages};
use crate::article::{self, Field, OffsetEncoding, OffsetMap, ReadOptions, Source, Span};
use crate::model::{Models, Pair};

const READ: ReadOptions = ReadOptions {
    boilerplate_included: true,
};

/// A row of the data set.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Row {
    #[serde(rename = "ID")]
    pub id: String,
    pub text: String,
    pronoun: String,
    #[serde(rename = "Pronoun-offset")]
    pronoun_offset: usize,
    a: String,
    #[serde(rename = "A-offset")]
    a_offset: usize,
    #[serde(rename = "A-coref")]
    a_coref: String,
    b: String,
    #[serde(rename = "B-offset")]
    b_offset: usize,
    #[serde(rename = "B-coref")]
    b_coref: String,
}

/// F1 of the two answers of each row, over all pronouns and by their gender, and the ratio feminine to masculine
/// (`bias`, in percent: 100 is none), where the pronoun's candidates are the two people given: GAP's gold-two-mention
/// protocol. `open_*`: the same by the service's answer when it is asked for both people by name and span, where the
/// pronoun may mean anybody else in the passage.
///
/// # Errors
/// Where the data set can't be read, or isn't there.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    measure(bench, "gap", "gap-test.tsv")
}

/// The same on the validation part.
///
/// # Errors
/// As [`evaluate`].
pub fn development(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    measure(bench, "gap-dev", "gap-validation.tsv")
}

fn measure(bench: &Bench<'_>, task: &'static str, file: &str) -> Result<Vec<Figure>> {
    let rows = read(bench.data, file)?;
    let models = bench.models.as_ref();
    let analyzer = Analyzer::new(Arc::clone(bench.models));
    let (mut masculine, mut feminine) = (Matches::default(), Matches::default());
    let mut open = Matches::default();
    for (done, row) in rows.iter().enumerate() {
        let in_row = || format!("row {}", done + 1);
        let matches = if matches!(row.pronoun.to_lowercase().as_str(), "he" | "his" | "him") {
            &mut masculine
        } else {
            &mut feminine
        };
        row.count(matches, choose(models, row).with_context(in_row)?);
        row.count(&mut open, answer(&analyzer, row).with_context(in_row)?);
        (bench.progress)(done + 1, rows.len());
    }
    let all = Matches {
        hits: masculine.hits + feminine.hits,
        found: masculine.found + feminine.found,
        gold: masculine.gold + feminine.gold,
    };
    let figure = |metric, value| Figure {
        task,
        metric,
        value,
        n: rows.len(),
    };
    let bias = 100.0 * feminine.f1() / masculine.f1().max(f64::MIN_POSITIVE);
    Ok(vec![
        figure("f1", all.f1()),
        figure("f1_masculine", masculine.f1()),
        figure("f1_feminine", feminine.f1()),
        figure("bias", if all.hits > 0 { bias } else { 0.0 }),
        figure("precision", all.precision()),
        figure("recall", all.recall()),
        figure("open_f1", open.f1()),
        figure("open_precision", open.precision()),
        figure("open_recall", open.recall()),
    ])
}

/// The rows of one of the data set's files.
pub(super) fn read(data: &Path, file: &str) -> Result<Vec<Row>> {
    let path = data.join("gap_coref").join(file);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_path(&path)
        .with_context(|| format!("reading {}", path.display()))?;
    let rows = reader.deserialize().collect::<Result<Vec<Row>, _>>();
    rows.with_context(|| format!("in {}", path.display()))
}

impl Row {
    /// The two people as a caller names them, with the ids "a" and "b".
    pub(super) fn people(&self, source: &Source) -> Result<Vec<EntityTarget>> {
        let people = [("a", &self.a, self.a_offset), ("b", &self.b, self.b_offset)];
        let target = |(id, name, offset): (&str, &String, usize)| {
            Ok(EntityTarget {
                id: id.to_owned(),
                name: name.clone(),
                aliases: Vec::new(),
                spans: vec![self.span(source, offset, name)?],
            })
        };
        people.into_iter().map(target).collect()
    }

    /// The span of a text at an offset in code points.
    fn span(&self, source: &Source, offset: usize, text: &str) -> Result<Span> {
        let map = OffsetMap::new(&self.text, OffsetEncoding::CodePoint);
        let start = map.to_byte(offset).context("an offset out of the text")?;
        let span = source.span(Field::Content, start..start + text.len());
        span.context("an offset out of the text")
    }

    /// Counts what was answered of both.
    fn count(&self, matches: &mut Matches, answers: [bool; 2]) {
        let gold = [self.a_coref == "TRUE", self.b_coref == "TRUE"];
        for (gold, found) in gold.into_iter().zip(answers) {
            matches.gold += usize::from(gold);
            matches.found += usize::from(found);
            matches.hits += usize::from(gold && found);
        }
    }
}

/// Which of the two the pronoun means, if either.
fn choose(models: &dyn Models, row: &Row) -> Result<[bool; 2]> {
    let source = Source::new("", row.text.as_str());
    let pronoun = row.span(&source, row.pronoun_offset, &row.pronoun)?;
    let options = EntityOptions {
        targets: row.people(&source)?,
        ..EntityOptions::default()
    };
    let document = article::read(source, &READ);
    let readings = passages::read(&document, models, &Uninterrupted)?;
    let mut found = entities::find(&document, &readings);
    entities::resolve_targets(&document, &mut found, &options);
    let choices = coreference::choices(&document, &readings, models, &Uninterrupted, &found)?;
    let of = |at: usize| choices.candidates.get(at);
    let meant = |at: usize| {
        let entity = of(at).and_then(|candidate| found.get(candidate.entity?))?;
        ["a", "b"].iter().position(|id| entity.target_id == *id)
    };
    let pairs: Vec<Pair> = choices
        .pairs
        .iter()
        .filter(|pair| of(pair.anaphor).is_some_and(|own| own.span == pronoun))
        .filter(|pair| meant(pair.antecedent).is_some())
        .cloned()
        .collect();
    let states: Vec<&[f32]> = choices
        .candidates
        .iter()
        .map(|c| c.state.as_slice())
        .collect();
    let mut weights = [0.0_f32; 2];
    for (pair, score) in pairs.iter().zip(models.links(&states, &pairs)?) {
        if let Some(weight) = meant(pair.antecedent).and_then(|at| weights.get_mut(at)) {
            *weight += score.exp();
        }
    }
    let Some(own) = pairs.first().and_then(|pair| of(pair.anaphor)) else {
        return Ok([false, false]);
    };
    let enough = coreference::enough(own.form) * (1.0 + weights.iter().sum::<f32>());
    let [a, b] = weights;
    Ok([a >= enough && a >= b, b >= enough && b > a])
}

/// Whether the pronoun is a mention of each of the two.
fn answer(analyzer: &Analyzer, row: &Row) -> Result<[bool; 2]> {
    let source = Source::new("", row.text.as_str());
    let pronoun = row.span(&source, row.pronoun_offset, &row.pronoun)?;
    let request = AnalysisRequest {
        entities: Some(EntityOptions {
            targets: row.people(&source)?,
            ..EntityOptions::default()
        }),
        boilerplate_included: true,
        ..AnalysisRequest::of(source)
    };
    let analysis = analyzer.analyze(&request, &Uninterrupted)?;
    let meant = |id: &str| {
        let named = analysis.entities.iter().filter(|e| e.target_id == id);
        named.flat_map(|e| &e.mentions).any(|m| m.span == pronoun)
    };
    Ok([meant("a"), meant("b")])
}
