//! The sentences that may stand in a summary, and what can be seen of each.

use crate::analysis::terms::{self, Vector};
use crate::article::{Document, Role, Span};

/// Sentences of fewer words are left out where others will do.
const FEW_WORDS: usize = 5;

const PRONOUNS: [&str; 14] = [
    "he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "these", "those",
    "him", "them",
];

/// A sentence that may stand in the summary.
pub struct Seen<'a> {
    /// Its index in the document.
    pub sentence: usize,
    /// Its content stems.
    pub vector: &'a Vector<'a>,
    /// Whether it is taken on its worth.
    pub standing: Standing,
    /// How many stand before it. Short ones make no place: the second sentence of "Watch. The minister …" is the article's first.
    pub position: usize,
    /// What it has in common with the whole article, the most central sentence's being 1.
    pub centrality: f32,
    /// How like the headline it is, 0..=1; 0 without one.
    pub headline: f32,
    /// Whether it holds a figure.
    pub figure: bool,
    /// The share of its words that stand in quotes.
    pub quoted: f32,
    /// How many words it has.
    pub words: usize,
    /// How many characters (Unicode code points) it has.
    pub characters: usize,
}

/// Whether a sentence is taken on its worth, or only for want of others; the last comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// On its worth.
    Full,
    /// It opens with a pronoun: taken once the sentence before it is.
    Dangling,
    /// It has few words.
    Short,
}

/// The sentences that may stand in a summary, in the article's order; `vectors` holds every sentence's.
pub fn seen<'a>(
    document: &Document,
    vectors: &'a [Vector<'a>],
    quotes_excluded: bool,
) -> Vec<Seen<'a>> {
    let eligible = eligible(document, quotes_excluded);
    let centroid = terms::sum(eligible.iter().filter_map(|at| vectors.get(*at)));
    let central = |at: &usize| {
        vectors
            .get(*at)
            .map_or(0.0, |own| terms::cosine(own, &centroid))
    };
    let most_central = eligible
        .iter()
        .map(central)
        .fold(f32::MIN_POSITIVE, f32::max);
    let headline = (0..document.sentences.len())
        .find(|at| role(document, *at) == Role::Headline)
        .and_then(|at| vectors.get(at));
    let mut position = 0;
    eligible
        .iter()
        .filter_map(|&at| {
            let sentence = document.sentences.get(at)?;
            let vector = vectors.get(at)?;
            let standing = standing(document, at);
            let seen = Seen {
                sentence: at,
                vector,
                standing,
                position,
                centrality: central(&at) / most_central,
                headline: headline.map_or(0.0, |headline| terms::cosine(headline, vector)),
                figure: has_figure(document, at),
                quoted: quoted_share(document, at),
                words: sentence.words.len(),
                characters: document.text(sentence.span).chars().count(),
            };
            if standing != Standing::Short {
                position += 1;
            }
            Some(seen)
        })
        .collect()
}

fn role(document: &Document, sentence: usize) -> Role {
    document
        .sentences
        .get(sentence)
        .map_or(Role::Body, |s| document.role_of(s))
}

/// The words of a sentence.
fn words(document: &Document, sentence: usize) -> &[Span] {
    document
        .sentences
        .get(sentence)
        .and_then(|s| document.words.get(s.words.clone()))
        .unwrap_or_default()
}

fn standing(document: &Document, sentence: usize) -> Standing {
    let words = words(document, sentence);
    let opening = words.first().map(|w| document.text(*w).to_lowercase());
    if words.len() < FEW_WORDS {
        Standing::Short
    } else if opening.is_some_and(|word| PRONOUNS.contains(&word.as_str())) {
        Standing::Dangling
    } else {
        Standing::Full
    }
}

/// The share of a sentence's words that stand in quotes.
fn quoted_share(document: &Document, sentence: usize) -> f32 {
    let words = words(document, sentence);
    let quoted = words.iter().filter(|w| document.is_quoted(**w)).count();
    quoted as f32 / words.len().max(1) as f32
}

fn has_figure(document: &Document, sentence: usize) -> bool {
    words(document, sentence)
        .iter()
        .any(|w| document.text(*w).starts_with(char::is_numeric))
}

/// Sentences of running text; where there are none, any sentence.
fn eligible(document: &Document, quotes_excluded: bool) -> Vec<usize> {
    let all: Vec<usize> = (0..document.sentences.len())
        .filter(|at| {
            let quote = role(document, *at) == Role::Quote || quoted_share(document, *at) == 1.0;
            !(quotes_excluded && quote)
        })
        .collect();
    let running = |at: &usize| {
        matches!(
            role(document, *at),
            Role::Standfirst | Role::Body | Role::Quote
        )
    };
    let some: Vec<usize> = all.iter().copied().filter(running).collect();
    if some.is_empty() { all } else { some }
}
