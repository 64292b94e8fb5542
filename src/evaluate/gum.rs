//! GUM's news and interviews (Zeldes 2017) as articles: their text, sentences, tokens and annotated mentions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// GUM's own test part among its news and interviews, the tenth that nothing is learnt from or chosen by.
const TEST: [&str; 4] = [
    "GUM_interview_hill",
    "GUM_interview_libertarian",
    "GUM_news_nasa",
    "GUM_news_sensitive",
];
/// GUM's own dev part of them.
const DEV: [&str; 4] = [
    "GUM_interview_cyclone",
    "GUM_interview_gaming",
    "GUM_news_homeopathic",
    "GUM_news_iodine",
];

/// A part of the corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is learnt from.
    Train,
    /// What thresholds are chosen by.
    Dev,
    /// What is measured on.
    Test,
    /// All of it.
    Whole,
}

impl Part {
    fn has(self, name: &str) -> bool {
        let own = if TEST.contains(&name) {
            Part::Test
        } else if DEV.contains(&name) {
            Part::Dev
        } else {
            Part::Train
        };
        self == Part::Whole || self == own
    }
}

/// A GUM document as an article; ranges are bytes of its text.
#[derive(Debug, Default, PartialEq)]
pub struct Gold {
    /// The whole text.
    pub text: String,
    /// Its sentences.
    pub sentences: Vec<Range<usize>>,
    /// The annotated mentions, by their ends.
    pub mentions: Vec<Mention>,
    /// Things in summaries of the document, with how many of its summaries mention each.
    pub salient: BTreeMap<usize, usize>,
}

/// An annotated mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The whole phrase.
    pub span: Range<usize>,
    /// The word that the others depend on.
    pub head: Range<usize>,
    /// What it stands for: mentions of one number are coreferent.
    pub entity: usize,
}

struct Token {
    span: Range<usize>,
    id: usize,
    parent: usize,
    entity: String,
}

/// The paths of the part's documents in a folder of CoNLL-U files, in the order of their names.
pub fn documents(folder: &Path, part: Part) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.retain(|path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        (name.starts_with("GUM_news_") || name.starts_with("GUM_interview_"))
            && path.extension().is_some_and(|e| e == "conllu")
            && part.has(&name)
    });
    ensure!(!paths.is_empty(), "no documents in {}", folder.display());
    paths.sort();
    Ok(paths)
}

/// A document from its CoNLL-U lines: words as tokens with their spacing, a blank line wherever a block starts or ends,
/// else a space between sentences, as articles come.
///
/// A block's comment names it and says how many sentences it holds: `# newpar_block = figure (1 s) | caption (1 s)`.
pub fn parse(conllu: &str) -> Gold {
    let mut gold = Gold {
        salient: salient(conllu),
        ..Gold::default()
    };
    let mut block_ends = BTreeSet::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for lines in conllu.split("\n\n") {
        let block_starts = lines.lines().any(|line| line.starts_with("# newpar"));
        let gap = if gold.text.is_empty() {
            ""
        } else if block_starts || block_ends.contains(&gold.sentences.len()) {
            "\n\n"
        } else {
            " "
        };
        let start = gold.text.len() + gap.len();
        let (sentence, tokens) = sentence(lines, start);
        if sentence.is_empty() {
            continue;
        }
        block_ends.extend(block_lengths(lines).map(|length| gold.sentences.len() + length));
        gold.text.push_str(gap);
        gold.text.push_str(&sentence);
        gold.sentences.push(start..gold.text.len());
        for (at, token) in tokens.iter().enumerate() {
            for (entity, opens, closes) in marks(&token.entity) {
                if opens {
                    open.push((entity, at));
                }
                if !closes {
                    continue;
                }
                let Some(last) = open.iter().rposition(|(known, _)| *known == entity) else {
                    continue;
                };
                let (_, first) = open.remove(last);
                gold.mentions.extend(mention(&tokens, first, at, entity));
            }
        }
        open.clear();
    }
    gold
}

fn mention(tokens: &[Token], first: usize, last: usize, entity: usize) -> Option<Mention> {
    let own = tokens.get(first..=last)?;
    let inside = |id: usize| own.iter().any(|token| token.id == id);
    let head = own.iter().find(|token| !inside(token.parent))?;
    Some(Mention {
        span: own.first()?.span.start..own.last()?.span.end,
        head: head.span.clone(),
        entity,
    })
}

/// The brackets of `(12-person-new(3)4)`: (12 and (3 open, 3) and 4) close.
fn marks(entity: &str) -> Vec<(usize, bool, bool)> {
    let mut found = Vec::new();
    let mut opens = false;
    let mut digits = String::new();
    let mut in_number = true;
    let mut end = |digits: &mut String, opens: bool, closes: bool| {
        if let Ok(number) = digits.parse() {
            found.push((number, opens, closes));
        }
        digits.clear();
    };
    for c in entity.chars() {
        match c {
            '(' => {
                end(&mut digits, opens, false);
                (opens, in_number) = (true, true);
            }
            ')' => {
                end(&mut digits, opens, true);
                (opens, in_number) = (false, true);
            }
            _ if in_number && c.is_ascii_digit() => digits.push(c),
            _ => in_number = false,
        }
    }
    end(&mut digits, opens, false);
    found
}

/// `# meta::salientEntities = 1 (5*), 20 (2*)`: entities and how many of five summaries mention them.
fn salient(conllu: &str) -> BTreeMap<usize, usize> {
    let line = conllu
        .lines()
        .find_map(|line| line.strip_prefix("# meta::salientEntities = "));
    let entries = line.unwrap_or("").split(", ").filter_map(|entry| {
        let (entity, count) = entry.split_once(" (")?;
        let count = count.trim_end_matches([')', '*']);
        Some((entity.parse().ok()?, count.parse().ok()?))
    });
    entries.collect()
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

/// A sentence's text from its token lines, and its tokens. A range's line (`3-4`) stands for its words' lines, which stand
/// one after another in it ("It", "'s") or, where they are not what is written ("won't"), each in all of it.
fn sentence(block: &str, start: usize) -> (String, Vec<Token>) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    let (mut covered_to, mut span) = (0, start..start);
    let mut rest = start;
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, .., misc] = columns.as_slice() else {
            continue;
        };
        let (first, last) = id.split_once('-').unwrap_or((id, id));
        let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else {
            // An empty node ("8.1") isn't in the text.
            continue;
        };
        if last > covered_to {
            covered_to = last;
            span = start + text.len()..start + text.len() + form.len();
            rest = span.start;
            text.push_str(form);
            if !misc.split('|').any(|entry| entry == "SpaceAfter=No") {
                text.push(' ');
            }
        }
        if first == last {
            let parent = columns.get(6).and_then(|parent| parent.parse().ok());
            let entity = misc.split('|').find_map(|e| e.strip_prefix("Entity="));
            let written = text.get(rest - start..).unwrap_or("");
            let own = if written.starts_with(*form) {
                rest..rest + form.len()
            } else {
                span.clone()
            };
            rest = own.end;
            tokens.push(Token {
                span: own,
                id: first,
                parent: parent.unwrap_or(0),
                entity: entity.unwrap_or("").to_owned(),
            });
        }
    }
    (text.trim_end().to_owned(), tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONLLU: &str = "# newdoc id = a\n# meta::salientEntities = 7 (5*), 2 (1)\n# newpar\n# newpar_block = p (2 s) | hi (1 s)\n# text = It's on.\n1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tIt\tit\t_\t_\t_\t3\tnsubj\t_\tEntity=(7)\n2\t's\tbe\t_\t_\t_\t3\tcop\t_\t_\n3\ton\ton\t_\t_\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\t_\t_\t_\t3\tpunct\t_\t_\n\n\
        # text = A dog's bone.\n1\tA\ta\t_\t_\t_\t2\tdet\t_\tEntity=(2-object-new(7-animal\n2\tdog\tdog\t_\t_\t_\t4\tnmod:poss\t_\tSpaceAfter=No\n3\t's\t's\t_\t_\t_\t2\tcase\t_\tEntity=7)\n\
        4\tbone\tbone\t_\t_\t_\t0\troot\t_\tA=b|Entity=2)|SpaceAfter=No\n5\t.\t.\t_\t_\t_\t4\tpunct\t_\t_\n\n# text = End\n1\tEnd\tend\t_\t_\t_\t0\troot\t_\t_\n";

    #[test]
    fn rebuilds_the_text() {
        let gold = parse(CONLLU);
        assert_eq!(gold.text, "It's on. A dog's bone.\n\nEnd");
        let sentences: Vec<&str> = gold
            .sentences
            .iter()
            .map(|range| &gold.text[range.clone()])
            .collect();
        assert_eq!(sentences, ["It's on.", "A dog's bone.", "End"]);
    }

    #[test]
    fn reads_mentions_with_their_heads() {
        let gold = parse(CONLLU);
        let mentions: Vec<(&str, &str, usize)> = gold
            .mentions
            .iter()
            .map(|m| {
                (
                    &gold.text[m.span.clone()],
                    &gold.text[m.head.clone()],
                    m.entity,
                )
            })
            .collect();
        assert_eq!(
            mentions,
            [
                ("It", "It", 7),
                ("A dog's", "dog", 7),
                ("A dog's bone", "bone", 2)
            ]
        );
        assert_eq!(gold.salient, BTreeMap::from([(7, 5), (2, 1)]));
    }
}
