//! Entity tags by exact spans: CoNLL-2003 (Tjong Kim Sang & De Meulder) and English Worldwide Newswire (Shan et al. 2023).

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};

use super::score::Matches;
use super::{Bench, Figure, read_file};
use crate::model::{Agreement, Reading, Scheme, passages};

/// A sentence: its words joined by single spaces, and its entities as (first byte, last byte + 1, type).
#[derive(Debug, Default, PartialEq)]
struct Sentence {
    text: String,
    entities: BTreeSet<(usize, usize, String)>,
}

/// The test split `eng.testb`.
pub fn conll(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let text = read_file(&bench.data.join("conll2003/eng.testb"))?;
    let articles = text.split("-DOCSTART-");
    // The rest of the line of that mark is no sentence.
    let articles = articles.filter_map(|article| Some(article.split_once('\n')?.1));
    let articles: Vec<_> = articles
        .map(|article| parse(article, ' '))
        .collect::<Result<_>>()?;
    score(bench, "conll2003", Scheme::Conll, &articles)
}

/// Every tenth article by file name, the first included.
pub fn worldwide(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let folder = bench
        .data
        .join("worldwide_newswire_ner/processed_annotated");
    let mut paths = fs::read_dir(&folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    let mut articles = Vec::new();
    for path in paths.iter().step_by(10) {
        let mut sentences = parse(&read_file(path)?, '\t')?;
        // The first line of an article is its address.
        sentences.retain(|s| !s.text.starts_with("http") || s.text.contains(' '));
        articles.push(sentences);
    }
    score(bench, "worldwide", Scheme::Newswire, &articles)
}

/// Scores articles as the service reads them: each sentence by itself, and its names as the whole article has them.
fn score(
    bench: &Bench<'_>,
    task: &'static str,
    scheme: Scheme,
    articles: &[Vec<Sentence>],
) -> Result<Vec<Figure>> {
    let mut matches = Matches::default();
    for (done, sentences) in articles.iter().enumerate() {
        let mut agreement = Agreement::new(scheme);
        let mut readings = Vec::new();
        for sentence in sentences {
            let tokens = bench.models.tokenize(&sentence.text);
            let mut parts = Vec::new();
            for words in passages(&tokens, bench.models.max_pieces()) {
                let reading = bench.models.read(&tokens, words)?;
                agreement.note(&reading, &sentence.text);
                parts.push(reading);
            }
            readings.push(parts);
        }
        for (sentence, parts) in sentences.iter().zip(readings) {
            let names = parts
                .iter()
                .flat_map(|reading: &Reading| reading.names(&agreement, &sentence.text))
                .map(|name| (name.span.start, name.span.end, name.kind.to_owned()));
            matches.add(&sentence.entities, &names.collect());
        }
        (bench.progress)(done + 1, articles.len());
    }
    let figure = |metric, value| Figure {
        task,
        metric,
        value,
        n: matches.gold,
    };
    Ok(vec![
        figure("f1", matches.f1()),
        figure("precision", matches.precision()),
        figure("recall", matches.recall()),
    ])
}

/// Sentences of a file with a word and, last, its tag (BIO or IOB1) a line, and blank lines between sentences.
fn parse(text: &str, separator: char) -> Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let mut open: Option<(usize, String)> = None;
    for line in text.lines().chain([""]) {
        let mut columns = line.split(separator);
        let (word, tag) = match (columns.next(), columns.next_back()) {
            _ if line.trim().is_empty() => ("", "O"),
            (Some(word), Some(tag)) => (word, tag),
            _ => bail!("no tag in {line:?}"),
        };
        let (position, kind) = tag.split_once('-').unwrap_or(("O", ""));
        let goes_on = position == "I" && open.as_ref().is_some_and(|(_, own)| own == kind);
        if !goes_on && let Some((start, own)) = open.take() {
            sentence.entities.insert((start, sentence.text.len(), own));
        }
        if word.is_empty() {
            if !sentence.text.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            continue;
        }
        if !sentence.text.is_empty() {
            sentence.text.push(' ');
        }
        if position != "O" && !goes_on {
            open = Some((sentence.text.len(), kind.to_owned()));
        }
        sentence.text.push_str(word);
    }
    Ok(sentences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_entities_as_byte_spans() {
        let sentences = parse(
            "Anna X I-PER\nBell X I-PER\nsaw X O\nRome X I-LOC\nOslo X B-LOC\n\n",
            ' ',
        )
        .unwrap();
        assert_eq!(sentences.len(), 1);
        assert_eq!(sentences[0].text, "Anna Bell saw Rome Oslo");
        let expected = [(0, 9, "PER"), (14, 18, "LOC"), (19, 23, "LOC")];
        assert_eq!(
            sentences[0].entities,
            expected.map(|(s, e, k)| (s, e, k.to_owned())).into()
        );
    }

    #[test]
    fn refuses_a_line_without_a_tag() {
        assert!(parse("Anna\n", ' ').is_err());
    }
}
