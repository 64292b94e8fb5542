//! Directed sentiment in political news (Park et al. 2021): who likes or dislikes whom, of two entities that a sentence names.

use std::ops::Range;

use anyhow::{Context, Result};

use super::score::Matches;
use super::{Bench, Figure, read_file};
use crate::analysis::attitudes::{TOLD, surety};

/// A sentence with two entities and what there is between them.
#[derive(Debug, PartialEq)]
struct Row {
    sentence: String,
    pair: [Range<usize>; 2],
    opinion: Option<Opinion>,
}

/// Which of the two feels something about the other, and whether it is good.
type Opinion = (usize, bool);

/// From this probability opinions make the best F1 on training sentences kept out of a training with the same settings.
const BEST: f32 = 0.3;

/// F1, precision and recall of the opinions that the validation part's sentences tell, each with its direction and polarity, and
/// the two latter from the probability that the service tells opinions from.
///
/// # Errors
/// Where the data can't be read or isn't in the expected form, or a model fails.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let path = bench.data.join("dse_political_news/valid.txt");
    let text = read_file(&path)?;
    let rows = text
        .lines()
        .map(parse)
        .collect::<Option<Vec<Row>>>()
        .with_context(|| format!("in {}", path.display()))?;
    let (mut matches, mut told) = (Matches::default(), Matches::default());
    for (done, row) in rows.iter().enumerate() {
        let found = judge(bench, row)?;
        let gold = row.opinion.into_iter().collect();
        for (matches, least) in [(&mut matches, BEST), (&mut told, TOLD)] {
            let found = found.filter(|(_, surety)| *surety >= least);
            matches.add(
                &gold,
                &found.map(|(opinion, _)| opinion).into_iter().collect(),
            );
        }
        (bench.progress)(done + 1, rows.len());
    }
    let metrics = [
        ("f1", matches.f1()),
        ("precision", matches.precision()),
        ("recall", matches.recall()),
        ("told_precision", told.precision()),
        ("told_recall", told.recall()),
    ];
    let figures = metrics.map(|(metric, value)| Figure {
        task: "dse-valid",
        metric,
        value,
        n: matches.gold,
    });
    Ok(figures.into())
}

/// The surest opinion of either, and its probability.
fn judge(bench: &Bench<'_>, row: &Row) -> Result<Option<(Opinion, f32)>> {
    let reading = bench.read(&row.sentence)?;
    let [first, second] = &row.pair;
    let pairs = [
        (first.clone(), second.clone()),
        (second.clone(), first.clone()),
    ];
    let polarities = bench.models.directed(&reading, &pairs)?;
    let opinions = polarities
        .into_iter()
        .enumerate()
        .map(|(holder, polarity)| {
            let opinion = (holder, polarity.positive > polarity.negative);
            (opinion, surety(polarity))
        });
    Ok(opinions.max_by(|(_, a), (_, b)| a.total_cmp(b)))
}

/// A line: the sentence with the entities p and q in brackets, p, q, and 0 nothing, 1 p likes q, 2 q likes p, 3 p dislikes q,
/// 4 q dislikes p.
fn parse(line: &str) -> Option<Row> {
    let mut fields = line.split('\t');
    let marked: Vec<&str> = fields.next()?.split(['[', ']']).collect();
    let &[before, p, between, q, _] = marked.as_slice() else {
        return None;
    };
    let sentence = marked.concat();
    let (p_start, q_start) = (before.len(), before.len() + p.len() + between.len());
    let pair = [p_start..p_start + p.len(), q_start..q_start + q.len()];
    let opinion = match fields.nth(2)? {
        "0" => None,
        "1" => Some((0, true)),
        "2" => Some((1, true)),
        "3" => Some((0, false)),
        "4" => Some((1, false)),
        _ => return None,
    };
    Some(Row {
        pair: pair.map(|span| span.start..word_end(&sentence, span.end)),
        sentence,
        opinion,
    })
}

/// The end of the word that goes on at a place: the marks end a character early here and there ("[Los Angele]s").
fn word_end(sentence: &str, at: usize) -> usize {
    let rest = sentence.get(at..).unwrap_or("");
    let more = rest.find(|c: char| !c.is_alphanumeric());
    at + more.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_row_with_its_words_whole() {
        let row = parse("The [Otway]s sued [Sayl]e again.\tOtway\tSayl\t3").unwrap();
        assert_eq!(row.sentence, "The Otways sued Sayle again.");
        assert_eq!(row.pair, [4..10, 16..21]);
        assert_eq!(row.opinion, Some((0, false)));
        assert_eq!(parse("[A] and [B] met.\tA\tB\t0").unwrap().opinion, None);
        assert_eq!(parse("No entity.\tA\tB\t0"), None);
        assert_eq!(parse("[A] and [B] met.\tA\tB\t7"), None);
    }
}
