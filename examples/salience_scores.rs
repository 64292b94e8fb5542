//! ROUGE of the summaries that given scores of the salience head make, to choose by what the head did not learn from:
//! `salience_scores DATA SCORES`, where SCORES holds the score of each sentence, little-endian f32, in the order of `salience_data`.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use newsprism::analysis::request::SummaryOptions;
use newsprism::analysis::summary::{salience, sentences, summarize};
use newsprism::analysis::{sentence_terms, terms};
use newsprism::article::{ReadOptions, Source, read};
use newsprism::evaluate::rouge::Rouge;
use newsprism::evaluate::summary_texts::{learnable_texts, spans};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, scores] = arguments.as_slice() else {
        bail!("usage: salience_scores DATA SCORES");
    };
    let scores = std::fs::read(scores).with_context(|| format!("reading {scores}"))?;
    let (scores, _) = scores.as_chunks();
    let mut scores = scores.iter().map(|bytes| f32::from_le_bytes(*bytes));
    let mut sum = Rouge::default();
    let texts = learnable_texts(Path::new(data))?;
    for text in &texts {
        let document = read(
            Source::new("", text.article.as_str()),
            &ReadOptions::default(),
        );
        let stems = sentence_terms(&document);
        let vectors = terms::vectors(&stems);
        let seen = sentences::seen(&document, &vectors, false);
        let own: Vec<(usize, f32)> = seen.iter().map(|s| s.sentence).zip(&mut scores).collect();
        let salience = salience::relative(&own, document.sentences.len());
        let options = SummaryOptions::default();
        let summary = summarize(&document, &vectors, &salience, &[], &options);
        sum += text.score(&document, spans(&summary));
    }
    ensure!(scores.next().is_none(), "more scores than sentences");
    let [one, two, lsum] = [sum.one, sum.two, sum.lsum].map(|s| 100.0 * s / texts.len() as f64);
    println!("ROUGE-1 {one:.2} ROUGE-2 {two:.2} ROUGE-Lsum {lsum:.2}");
    Ok(())
}
