//! Measures sentence splitting on GUM's news and interviews (Zeldes 2017): exact spans, through the same reader as the service's.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::score::Matches;
use super::{Bench, Figure};
use crate::article::{ReadOptions, Source, read};

/// A GUM document as an article: its text, and its sentences' byte ranges.
struct Gold {
    text: String,
    sentences: Vec<Range<usize>>,
}

/// Precision, recall and F1 of exact sentence spans over the documents under `data/gum/dep`; `n` counts gold sentences.
///
/// A document's sentences are joined by a space, its blocks (paragraphs, headings, captions) by a blank line, as articles come.
/// # Errors
/// Where the data set can't be read, or isn't there.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let mut matches = Matches::default();
    let paths = documents(bench.data)?;
    for (done, path) in paths.iter().enumerate() {
        let conllu = super::read_file(path)?;
        let document = parse(&conllu);
        let bounds = |ranges: &[Range<usize>]| ranges.iter().map(|r| (r.start, r.end)).collect();
        matches.add(
            &bounds(&document.sentences),
            &bounds(&split(&document.text)),
        );
        (bench.progress)(done + 1, paths.len());
    }
    ensure!(
        matches.gold > 0,
        "no GUM sentences under {}",
        bench.data.display()
    );
    let figure = |metric, value| Figure {
        task: "gum-sentences",
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

/// GUM's news and interview documents, in the order of their names.
fn documents(data: &Path) -> Result<Vec<PathBuf>> {
    let folder = data.join("gum").join("dep");
    let entries = fs::read_dir(&folder).with_context(|| format!("listing {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.retain(|path| {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        (name.starts_with("GUM_news_") || name.starts_with("GUM_interview_"))
            && name.ends_with(".conllu")
    });
    paths.sort();
    Ok(paths)
}

/// The sentences that the service reads in a text.
fn split(text: &str) -> Vec<Range<usize>> {
    let options = ReadOptions {
        boilerplate_included: true,
    };
    let document = read(Source::new("", text), &options);
    document
        .sentences
        .iter()
        .map(|sentence| sentence.span.start()..sentence.span.end())
        .collect()
}

/// A document from its CoNLL-U lines: words as tokens with their spacing, a blank line wherever a block starts or ends.
///
/// A block's comment names it and says how many sentences it holds: `# newpar_block = figure (1 s) | caption (1 s)`.
fn parse(conllu: &str) -> Gold {
    let mut text = String::new();
    let mut sentences = Vec::new();
    let mut block_ends = BTreeSet::new();
    for lines in conllu.split("\n\n") {
        let sentence = sentence_text(lines);
        if sentence.is_empty() {
            continue;
        }
        let block_starts = lines.lines().any(|line| line.starts_with("# newpar"));
        if !text.is_empty() {
            text.push_str(if block_starts || block_ends.contains(&sentences.len()) {
                "\n\n"
            } else {
                " "
            });
        }
        block_ends.extend(block_lengths(lines).map(|length| sentences.len() + length));
        let start = text.len();
        text.push_str(&sentence);
        sentences.push(start..text.len());
    }
    Gold { text, sentences }
}

/// How many sentences each block that starts here holds. Highlighting (`hi`) is no block.
fn block_lengths(lines: &str) -> impl Iterator<Item = usize> {
    let blocks = lines
        .lines()
        .filter_map(|line| line.strip_prefix("# newpar_block = "))
        .flat_map(|blocks| blocks.split(" | "));
    blocks
        .filter(|block| !block.starts_with("hi "))
        .filter_map(|block| block.strip_suffix(" s)")?.rsplit_once('(')?.1.parse().ok())
}

/// A sentence's text from its token lines. A range's line (`3-4`) stands for its words' lines.
fn sentence_text(block: &str) -> String {
    let mut text = String::new();
    let mut covered_to = 0;
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(id), Some(form)) = (columns.next(), columns.next()) else {
            continue;
        };
        let (first, last) = id.split_once('-').unwrap_or((id, id));
        let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else {
            // An empty node ("8.1") isn't in the text.
            continue;
        };
        if first <= covered_to {
            continue;
        }
        covered_to = last;
        text.push_str(form);
        let spaced = !line
            .rsplit('\t')
            .next()
            .is_some_and(|misc| misc.split('|').any(|entry| entry == "SpaceAfter=No"));
        if spaced {
            text.push(' ');
        }
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONLLU: &str = "# newdoc id = a\n# newpar\n# newpar_block = p (2 s) | hi (1 s)\n# text = It's on.\n1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\t_\n1\tIt\tit\t_\t_\t_\t_\t_\t_\t_\n\
        2\t's\tbe\t_\t_\t_\t_\t_\t_\t_\n3\ton\ton\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n4\t.\t.\t_\t_\t_\t_\t_\t_\t_\n\n\
        # text = Go.\n1\tGo\tgo\t_\t_\t_\t_\t_\t_\tA=b|SpaceAfter=No\n2\t.\t.\t_\t_\t_\t_\t_\t_\t_\n\n# text = End\n1\tEnd\tend\t_\t_\t_\t_\t_\t_\t_\n";

    #[test]
    fn rebuilds_the_text() {
        let gold = parse(CONLLU);
        assert_eq!(gold.text, "It's on. Go.\n\nEnd");
        let sentences: Vec<&str> = gold
            .sentences
            .iter()
            .map(|range| &gold.text[range.clone()])
            .collect();
        assert_eq!(sentences, ["It's on.", "Go.", "End"]);
    }
}
