//! Summaries against reference summaries by ROUGE F1: FRANK's CNN/DailyMail articles (Pagnoni et al. 2021), and CNN articles to choose constants by.
//!
//! Beside the service's own summary stands that of the first three sentences (`lead3_…`), which few systems beat on news.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::rouge::{self, Lines, Rouge};
use super::{Bench, Figure};
use crate::analysis::request::SummaryOptions;
use crate::analysis::{Analysis, AnalysisRequest, Analyzer, Uninterrupted};
use crate::article::Source;
use crate::model::{Manifest, ModelError, Models, Pair, PhraseWord, Polarity, Reading, Tokens};

/// How many sentences the baseline takes.
const LEAD: usize = 3;

/// An article with a reference summary, a sentence a line.
#[derive(Debug, PartialEq)]
struct Item {
    article: String,
    reference: String,
}

/// FRANK's articles that come from CNN and the DailyMail.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let folder = bench
        .data
        .join("summ_frank/data/articles-wmetrics-reference-json");
    measure("frank", &frank(&folder)?, bench)
}

/// The first 1,000 validation articles of CNN/DailyMail, all CNN's: what the summariser's constants are chosen on.
pub fn development(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let path = bench.data.join("summ_cnndm_subset/validation1000.csv");
    measure("cnndm-dev", &cnn(&path)?, bench)
}

fn measure(task: &'static str, items: &[Item], bench: &Bench<'_>) -> Result<Vec<Figure>> {
    ensure!(
        !items.is_empty(),
        "no articles under {}",
        bench.data.display()
    );
    let analyzer = Analyzer::new(Arc::new(Unread::new()));
    let mut own = Rouge::default();
    let mut lead = Rouge::default();
    for (done, item) in items.iter().enumerate() {
        let analysis = analyze(&analyzer, &item.article)?;
        let reference = Lines::new(&item.reference);
        add(&mut own, rouge::score(&reference, &summary(&analysis)));
        add(&mut lead, rouge::score(&reference, &first(&analysis)));
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

fn summary(analysis: &Analysis) -> Lines {
    let sentences = analysis.summary.iter().flat_map(|s| &s.sentences);
    lines(sentences.map(|sentence| analysis.document.text(sentence.span)))
}

fn first(analysis: &Analysis) -> Lines {
    let document = &analysis.document;
    lines(
        document
            .sentences
            .iter()
            .take(LEAD)
            .map(|sentence| document.text(sentence.span)),
    )
}

/// A sentence a line, whatever line breaks it holds itself.
fn lines<'a>(sentences: impl Iterator<Item = &'a str>) -> Lines {
    let sentences: Vec<String> = sentences
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    Lines::new(&sentences.join("\n"))
}

fn add(sum: &mut Rouge, score: Rouge) {
    sum.one += score.one;
    sum.two += score.two;
    sum.lsum += score.lsum;
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
fn frank(folder: &Path) -> Result<Vec<Item>> {
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
            items.push(Item {
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

#[derive(Deserialize)]
struct CnnArticle {
    article: String,
    /// A sentence a line.
    highlights: String,
}

fn cnn(path: &Path) -> Result<Vec<Item>> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("reading {}", path.display()))?;
    reader
        .deserialize()
        .map(|row| {
            let row: CnnArticle = row.with_context(|| format!("in {}", path.display()))?;
            Ok(Item {
                article: row.article,
                reference: row.highlights,
            })
        })
        .collect()
}

/// Models that find no words in any text: a summary without a focus rests on none of what they would say.
struct Unread {
    manifest: Manifest,
}

impl Unread {
    fn new() -> Self {
        Unread {
            manifest: Manifest::default(),
        }
    }

    fn asked<T>(model: &'static str) -> Result<T, ModelError> {
        Err(ModelError {
            model,
            message: "asked, though no text has words".to_owned(),
        })
    }
}

impl Models for Unread {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn tokenize(&self, _text: &str) -> Tokens {
        Tokens {
            ids: Vec::new(),
            words: Vec::new(),
        }
    }

    fn read(&self, _tokens: &Tokens, _words: Range<usize>) -> Result<Reading, ModelError> {
        Unread::asked("reader")
    }

    fn sentiment(
        &self,
        _reading: &Reading,
        _mentions: &[Range<usize>],
    ) -> Result<Vec<Polarity>, ModelError> {
        Unread::asked("sentiment")
    }

    fn phrases(&self, _reading: &Reading) -> Result<Vec<PhraseWord>, ModelError> {
        Unread::asked("phrases")
    }

    fn links(&self, _mentions: &[&[f32]], _pairs: &[Pair]) -> Result<Vec<f32>, ModelError> {
        Unread::asked("links")
    }

    fn stance(&self, _target: &Tokens, _passage: &Tokens) -> Result<Polarity, ModelError> {
        Unread::asked("stance")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = "The council voted to close the bridge on Monday. Engineers had found cracks in \
        two of its piers. Drivers will have to go round by the old ford. Repairs will take a year.";

    #[test]
    fn scores_the_answer_of_the_service() {
        let analyzer = Analyzer::new(Arc::new(Unread::new()));
        let analysis = analyze(&analyzer, ARTICLE).unwrap();
        assert_eq!(analysis.summary.as_ref().unwrap().sentences.len(), 3);
        let lead = "The council voted to close the bridge on Monday.\n\
            Engineers had found cracks in two of its piers.\nDrivers will have to go round by the old ford.";
        assert_eq!(first(&analysis), Lines::new(lead));
    }

    #[test]
    fn splits_references_at_lone_stops() {
        let reference = "The U.S. ferry sank . Is 1.5 m deep ? Nobody was hurt .";
        assert_eq!(
            a_sentence_a_line(reference),
            "The U.S. ferry sank .\nIs 1.5 m deep ? Nobody was hurt ."
        );
    }

    /// With `FRANK` set, on the test articles too: `DATA_SETS=path cargo test --lib prints_rouge -- --ignored --nocapture`.
    #[test]
    #[ignore = "needs the data sets"]
    fn prints_rouge() {
        let data = std::env::var("DATA_SETS").unwrap();
        let models: Arc<dyn Models> = Arc::new(Unread::new());
        let bench = Bench {
            data: Path::new(&data),
            models: &models,
            progress: &|_, _| (),
        };
        let mut figures = development(&bench).unwrap();
        if std::env::var("FRANK").is_ok() {
            figures.extend(evaluate(&bench).unwrap());
        }
        for figure in figures {
            println!("{} {} {:.2}", figure.task, figure.metric, figure.value);
        }
    }
}
