//! Measures attribution on PolNeAR's dev articles (Newell et al. 2018): what is said, and who is named as its source.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::score::{Matches, percent};
use super::stretches::{bytes, overlap, words_in};
use super::{Bench, Figure, read_file};
use crate::analysis::attribution;
use crate::article::{ReadOptions, Source, read};

/// A gold attribution, in bytes of its article.
#[derive(Debug, Default, PartialEq)]
struct Gold {
    content: Vec<Range<usize>>,
    source: Vec<Range<usize>>,
}

/// `content_*` counts the articles' words: those that stand in some gold content against those in some content found.
/// `attribution_f1` counts whole attributions, matched one to one where their contents share at least half of the words
/// of both together. `speaker_accuracy` is the share of matched attributions with a named source whose head the source
/// found overlaps.
///
/// An article that several people annotated counts once, with the first of them.
/// # Errors
/// Where the data set can't be read, or isn't there.
pub fn evaluate(bench: &Bench<'_>) -> Result<Vec<Figure>> {
    let folder = bench.data.join("polnear/data/dev");
    let articles = articles(&folder)?;
    let mut words = Matches::default();
    let mut whole = Matches::default();
    let (mut right, mut named) = (0, 0);
    for (done, (name, annotation)) in articles.iter().enumerate() {
        let text = read_file(&folder.join("text").join(format!("{name}.txt")))?;
        let gold = parse(&text, &read_file(annotation)?);
        let options = ReadOptions {
            boilerplate_included: true,
        };
        let document = read(Source::new("", text.as_str()), &options);
        let found = attribution::find(&document).narrated;
        let said: Vec<BTreeSet<usize>> = found
            .iter()
            .map(|a| {
                words_in(
                    &document,
                    &a.content.iter().map(|s| bytes(*s)).collect::<Vec<_>>(),
                )
            })
            .collect();
        let given: Vec<BTreeSet<usize>> = gold
            .iter()
            .map(|g| words_in(&document, &g.content))
            .collect();
        words.add(&union(&given), &union(&said));
        let pairs = matched(&given, &said);
        whole.hits += pairs.len();
        whole.found += said.len();
        whole.gold += given.iter().filter(|content| !content.is_empty()).count();
        for (ours, theirs) in pairs
            .iter()
            .filter_map(|(g, f)| Some((found.get(*f)?, gold.get(*g)?)))
        {
            let heads: Vec<Range<usize>> = theirs
                .source
                .iter()
                .map(|source| head(&text, source))
                .collect();
            named += usize::from(!heads.is_empty());
            let hit = ours
                .source
                .map(bytes)
                .is_some_and(|own| heads.iter().any(|head| overlap(head, &own)));
            right += usize::from(hit);
        }
        (bench.progress)(done + 1, articles.len());
    }
    ensure!(
        words.gold > 0,
        "no PolNeAR attributions under {}",
        folder.display()
    );
    let figure = |metric, value, n| Figure {
        task: "polnear-dev",
        metric,
        value,
        n,
    };
    Ok(vec![
        figure("content_f1", words.f1(), words.gold),
        figure("content_precision", words.precision(), words.gold),
        figure("content_recall", words.recall(), words.gold),
        figure("attribution_f1", whole.f1(), whole.gold),
        figure("speaker_accuracy", percent(right, named), named),
    ])
}

/// Each article's name with its first annotation, in the order of the names.
fn articles(folder: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let folder = folder.join("attributions");
    let mut paths = fs::read_dir(&folder)
        .with_context(|| format!("listing {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    let mut articles = BTreeMap::new();
    for path in paths {
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        if let Some((article, _)) = stem.as_deref().and_then(|stem| stem.rsplit_once('_')) {
            articles.entry(article.to_owned()).or_insert(path);
        }
    }
    Ok(articles)
}

/// The attributions of a brat file: `T` lines name stretches by offsets in characters, `E` lines join them.
fn parse(text: &str, annotation: &str) -> Vec<Gold> {
    let offsets: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let range = |stretch: &str| -> Option<Range<usize>> {
        let (start, end) = stretch.split_once(' ')?;
        let at = |number: &str| offsets.get(number.parse::<usize>().ok()?).copied();
        Some(at(start)?..at(end)?)
    };
    let rows = |kind: char| {
        let lines = annotation
            .lines()
            .filter(move |line| line.starts_with(kind));
        lines.filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?, columns.next()?))
        })
    };
    let stretches: HashMap<&str, Vec<Range<usize>>> = rows('T')
        .filter_map(|(id, value)| {
            let (_, stretches) = value.split_once(' ')?;
            Some((id, stretches.split(';').filter_map(range).collect()))
        })
        .collect();
    let mut gold = Vec::new();
    for (_, value) in rows('E') {
        let mut one = Gold::default();
        for (role, id) in value
            .split(' ')
            .filter_map(|argument| argument.split_once(':'))
        {
            let ranges = stretches.get(id).cloned().unwrap_or_default();
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Content" => one.content.extend(ranges),
                "Source" => one.source.extend(ranges),
                _ => {}
            }
        }
        gold.push(one);
    }
    gold
}

fn union(sets: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    sets.iter().flatten().copied().collect()
}

/// Pairs of gold and found contents, the most alike first, each in at most one pair.
fn matched(gold: &[BTreeSet<usize>], found: &[BTreeSet<usize>]) -> Vec<(usize, usize)> {
    const LEAST: f64 = 0.5;
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    for (g, theirs) in gold.iter().enumerate() {
        for (f, ours) in found.iter().enumerate() {
            let shared =
                theirs.intersection(ours).count() as f64 / theirs.union(ours).count().max(1) as f64;
            if shared >= LEAST {
                alike.push((shared, g, f));
            }
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, g, f) in alike {
        if !pairs.iter().any(|pair| pair.0 == g || pair.1 == f) {
            pairs.push((g, f));
        }
    }
    pairs
}

/// The head of a source: the last word before what follows the first noun phrase, be it an apposition, a clause or a
/// prepositional phrase.
fn head(text: &str, source: &Range<usize>) -> Range<usize> {
    const ENDS: [&str; 7] = [",", " of ", " who ", " for ", " in ", " from ", " at "];
    let phrase = text.get(source.clone()).unwrap_or("");
    let ends = ENDS
        .iter()
        .filter_map(|end| phrase.find(end))
        .filter(|at| *at > 0);
    let end = ends.min().unwrap_or(phrase.len());
    let first = phrase.get(..end).unwrap_or("").trim_end();
    let start = first.rfind(' ').map_or(0, |at| at + 1);
    source.start + start..source.start + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_said_and_by_whom() {
        let text = "Zoë Day, a cook, said “no”.";
        let annotation = "T1\tSource 0 16\tZoë Day, a cook,\nT2\tCue 17 21\tsaid\nT3\tContent 22 23;23 26\t“no”\n\
            E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n";
        let gold = parse(text, annotation);
        assert_eq!(gold.len(), 1);
        assert_eq!(&text[gold[0].content[1].clone()], "no”");
        assert_eq!(&text[head(text, &gold[0].source[0])], "Day");
    }

    #[test]
    fn the_most_alike_are_matched_once() {
        let set = |range: Range<usize>| range.collect::<BTreeSet<_>>();
        let gold = [set(0..10), set(20..22)];
        let found = [set(0..6), set(0..9), set(21..30)];
        assert_eq!(matched(&gold, &found), [(0, 1)]);
    }
}
