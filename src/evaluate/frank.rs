//! Summaries against reference summaries by ROUGE F1: FRANK's CNN/DailyMail articles (Pagnoni et al. 2021), and CNN articles to choose constants by.
//!
//! Beside the service's own summary stands that of the first three sentences (`lead3_…`), which few systems beat on news.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::rouge::Rouge;
use super::summary_texts::{Text, learnable_texts, spans};
use super::{Bench, Figure};
use crate::analysis::request::SummaryOptions;
use crate::analysis::{Analysis, AnalysisRequest, Analyzer, Uninterrupted};
use crate::article::{Source, Span};

/// How many sentences the baseline takes.
const LEAD: usize = 3;

/// FRANK's articles that come from CNN and the DailyMail.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let folder = bench
        .data
        .join("summ_frank/data/articles-wmetrics-reference-json");
    measure("frank", &frank(&folder)?, bench)
}

/// What the summariser's salience is learnt from and its constants are chosen on: the figures are higher than those of other articles.
pub fn development(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    measure("cnndm-dev", &learnable_texts(bench.data)?, bench)
}

fn measure(task: &'static str, items: &[Text], bench: &Bench<'_>) -> Result<Vec<Figure>> {
    ensure!(
        !items.is_empty(),
        "no articles under {}",
        bench.data.display()
    );
    let analyzer = Analyzer::new(Arc::clone(bench.models));
    let mut own = Rouge::default();
    let mut lead = Rouge::default();
    for (done, item) in items.iter().enumerate() {
        let analysis = analyze(&analyzer, &item.article)?;
        let document = &analysis.document;
        own += item.score(document, summary(&analysis));
        lead += item.score(document, first(&analysis));
        (bench.progress)(done + 1, items.len());
    }
    let figure = |metric, sum: f64| Figure {
        task,
        metric,
        value: 100.0 * sum / items.len() as f64,
        n: items.len(),
    };
    Ok(vec![
        figure("rouge1", own.one),
        figure("rouge2", own.two),
        figure("rougeLsum", own.lsum),
        figure("lead3_rouge1", lead.one),
        figure("lead3_rouge2", lead.two),
        figure("lead3_rougeLsum", lead.lsum),
    ])
}

/// What the service answers for an article, as content without a title, to a request for a summary.
fn analyze(analyzer: &Analyzer, article: &str) -> Result<Analysis> {
    let request = AnalysisRequest {
        summary: Some(SummaryOptions::default()),
        ..AnalysisRequest::of(Source::new("", article))
    };
    Ok(analyzer.analyze(&request, &Uninterrupted)?)
}

/// The sentences that the service chose.
fn summary(analysis: &Analysis) -> Vec<Span> {
    analysis.summary.iter().flat_map(spans).collect()
}

fn first(analysis: &Analysis) -> Vec<Span> {
    let sentences = analysis.document.sentences.iter().take(LEAD);
    sentences.map(|sentence| sentence.span).collect()
}

#[derive(Deserialize)]
struct FrankArticle {
    #[serde(default)]
    filepath: String,
    article: String,
    /// Tokenised, its sentences on one line. Of the references that come with each system's output it's the one in its own case.
    #[serde(default)]
    bart_reference: String,
}

/// The articles whose files say that they are CNN's or the DailyMail's, in the order of their names.
fn frank(folder: &Path) -> Result<Vec<Text>> {
    let entries = fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    let mut items = Vec::new();
    for path in paths {
        let json = super::read_file(&path)?;
        let article: FrankArticle =
            serde_json::from_str(&json).with_context(|| format!("in {}", path.display()))?;
        if article.filepath.starts_with("cnndm/") {
            items.push(Text {
                article: article.article,
                reference: a_sentence_a_line(&article.bart_reference),
            });
        }
    }
    Ok(items)
}

/// Splits a tokenised reference where a full stop stands alone.
fn a_sentence_a_line(reference: &str) -> String {
    reference.replace(" . ", " .\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::rouge::Lines;
    use crate::evaluate::summary_texts::lines;
    use crate::model::ModelSet;

    const ARTICLE: &str = "The council voted to close the bridge on Monday. Engineers had found cracks in \
        two of its piers. Drivers will have to go round by the old ford. Repairs will take a year.";

    #[test]
    fn scores_the_answer_of_the_service() {
        let analyzer = Analyzer::new(Arc::new(ModelSet::embedded().unwrap()));
        let analysis = analyze(&analyzer, ARTICLE).unwrap();
        assert_eq!(analysis.summary.as_ref().unwrap().sentences.len(), 3);
        let lead = "The council voted to close the bridge on Monday.\n\
            Engineers had found cracks in two of its piers.\nDrivers will have to go round by the old ford.";
        let first = lines(&analysis.document, first(&analysis));
        assert_eq!(first, Lines::new(lead));
    }

    #[test]
    fn splits_references_at_lone_stops() {
        let reference = "The U.S. ferry sank . Is 1.5 m deep ? Nobody was hurt .";
        assert_eq!(
            a_sentence_a_line(reference),
            "The U.S. ferry sank .\nIs 1.5 m deep ? Nobody was hurt ."
        );
    }
}
