//! An extractive summary: sentences by position and centrality, chosen without repetition.
//!
//! Centrality is a sentence's mean similarity to the others (after LexRank, Erkan & Radev 2004); the choice is greedy
//! with a bound on similarity to what is chosen already (after MMR, Carbonell & Goldstein 1998).

use std::collections::HashSet;

use super::request::{SummaryBudget, SummaryOptions, SummaryOrder};
use super::result::{Entity, Summary, SummarySentence};
use super::targets;
use super::terms::{self, Terms, Vector};
use crate::article::{Document, Role};

/// How fast the worth of a position decays, in sentences.
const LEAD: f32 = 6.0;
/// The weight of centrality beside position, which weighs 1.
const CENTRALITY: f32 = 0.5;
/// The weight of likeness to the headline.
const HEADLINE: f32 = 0.2;
/// Two sentences more alike than this say the same.
const SAME: f32 = 0.55;
/// Sentences of fewer words are left out where others will do.
const FEW_WORDS: usize = 5;
/// Centrality is measured against so many sentences at most, so that time stays linear in the text.
const MOST_COMPARED: usize = 200;

const PRONOUNS: [&str; 14] = [
    "he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "these", "those",
    "him", "them",
];

struct Candidate<'a> {
    sentence: usize,
    score: f32,
    vector: &'a Vector<'a>,
    characters: usize,
}

/// Summarises a document; `sentence_terms` holds each sentence's content stems.
pub fn summarize(
    document: &Document,
    sentence_terms: &[Vec<String>],
    entities: &[Entity],
    options: &SummaryOptions,
) -> Summary {
    let vectors = terms::vectors(sentence_terms);
    let scores = scores(document, &vectors, entities, options);
    let mut candidates: Vec<Candidate<'_>> = scores
        .into_iter()
        .filter_map(|(sentence, score)| {
            let span = document.sentences.get(sentence)?.span;
            Some(Candidate {
                sentence,
                score,
                vector: vectors.get(sentence)?,
                characters: document.text(span).chars().count(),
            })
        })
        .collect();
    candidates.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(a.sentence.cmp(&b.sentence))
    });
    let total: usize = document
        .sentences
        .iter()
        .map(|s| document.text(s.span).chars().count())
        .sum();
    let chosen = choose(document, &candidates, Budget::of(options.budget, total));
    lay_out(document, entities, options.order, &chosen, total)
}

/// Each sentence that may stand in a summary, with its score.
fn scores(
    document: &Document,
    vectors: &[Vector<'_>],
    entities: &[Entity],
    options: &SummaryOptions,
) -> Vec<(usize, f32)> {
    let eligible = eligible(document, options.quotes_excluded);
    let step = eligible.len().div_ceil(MOST_COMPARED).max(1);
    let compared: Vec<&Vector<'_>> = eligible
        .iter()
        .step_by(step)
        .filter_map(|at| vectors.get(*at))
        .collect();
    let centrality: Vec<f32> = eligible
        .iter()
        .filter_map(|at| vectors.get(*at))
        .map(|own| compared.iter().map(|other| terms::cosine(own, other)).sum())
        .collect();
    let most = centrality.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    let headline = (0..document.sentences.len())
        .find(|at| role(document, *at) == Role::Headline)
        .and_then(|at| vectors.get(at));
    let focus = options
        .focus
        .as_deref()
        .map(|text| Focus::new(document, entities, text));
    eligible
        .iter()
        .zip(centrality)
        .enumerate()
        .map(|(position, (&at, centrality))| {
            let like_headline = match (headline, vectors.get(at)) {
                (Some(headline), Some(own)) => terms::cosine(headline, own),
                _ => 0.0,
            };
            let own = (-(position as f32) / LEAD).exp()
                + CENTRALITY * centrality / most
                + HEADLINE * like_headline;
            let own = own / (1.0 + CENTRALITY + HEADLINE);
            let score = match &focus {
                Some(focus) => 0.2 * own + 0.8 * focus.share(document, at),
                None => own,
            };
            (at, score)
        })
        .collect()
}

fn role(document: &Document, sentence: usize) -> Role {
    document
        .sentences
        .get(sentence)
        .map_or(Role::Body, |s| document.role_of(s))
}

/// Sentences of running text, with enough words; where there are none, any sentence.
fn eligible(document: &Document, quotes_excluded: bool) -> Vec<usize> {
    let all = 0..document.sentences.len();
    let running = |at: &usize| match role(document, *at) {
        Role::Standfirst | Role::Body => true,
        Role::Quote => !quotes_excluded,
        _ => false,
    };
    let long = |at: &usize| {
        document
            .sentences
            .get(*at)
            .is_some_and(|s| s.words.len() >= FEW_WORDS)
    };
    let quoted = |at: &usize| {
        quotes_excluded
            && document
                .sentences
                .get(*at)
                .is_some_and(|s| document.quotes.iter().any(|q| q.span.contains(s.span)))
    };
    let best: Vec<usize> = all
        .clone()
        .filter(running)
        .filter(long)
        .filter(|at| !quoted(at))
        .collect();
    if !best.is_empty() {
        return best;
    }
    let some: Vec<usize> = all.clone().filter(running).collect();
    if some.is_empty() { all.collect() } else { some }
}

/// What the caller wants the summary to be about.
struct Focus {
    terms: HashSet<String>,
    sentences: HashSet<usize>,
    reader: Terms,
}

impl Focus {
    fn new(document: &Document, entities: &[Entity], text: &str) -> Self {
        let reader = Terms::default();
        let named = targets::entity_named(entities, document, text).and_then(|at| entities.get(at));
        Focus {
            terms: reader.set(text),
            sentences: named
                .map(|entity| entity.mentions.iter().map(|m| m.sentence).collect())
                .unwrap_or_default(),
            reader,
        }
    }

    /// How much of the focus a sentence covers, 0..=1.
    fn share(&self, document: &Document, sentence: usize) -> f32 {
        if self.sentences.contains(&sentence) {
            return 1.0;
        }
        let text = document
            .sentences
            .get(sentence)
            .map_or("", |s| document.text(s.span));
        let own = self.reader.set(text);
        self.terms.intersection(&own).count() as f32 / self.terms.len().max(1) as f32
    }
}

/// What may still be chosen.
struct Budget {
    sentences: usize,
    characters: usize,
    /// Whether the first sentence is taken even where it is too long.
    at_least_one: bool,
}

impl Budget {
    fn of(budget: SummaryBudget, total: usize) -> Self {
        match budget {
            SummaryBudget::Sentences(sentences) => Budget {
                sentences,
                characters: usize::MAX,
                at_least_one: false,
            },
            SummaryBudget::Characters(characters) => Budget {
                sentences: usize::MAX,
                characters,
                at_least_one: false,
            },
            SummaryBudget::Ratio(ratio) => Budget {
                sentences: usize::MAX,
                characters: (ratio * total as f32) as usize,
                at_least_one: true,
            },
        }
    }
}

/// The best candidates that fit, none like another, none that opens with a pronoun of a sentence left out; one such
/// only where no other is left.
fn choose<'a>(
    document: &Document,
    candidates: &'a [Candidate<'a>],
    mut budget: Budget,
) -> Vec<&'a Candidate<'a>> {
    let mut chosen: Vec<&Candidate<'_>> = Vec::new();
    let mut left: Vec<(&Candidate<'_>, bool)> = candidates
        .iter()
        .map(|c| (c, opens_with_pronoun(document, c.sentence)))
        .collect();
    while budget.sentences > 0 && !left.is_empty() {
        let known = |c: &Candidate<'_>| {
            c.sentence > 0 && chosen.iter().any(|other| other.sentence + 1 == c.sentence)
        };
        let best = left
            .iter()
            .position(|(c, pronoun)| !pronoun || known(c))
            .unwrap_or(0);
        let (candidate, _) = left.remove(best);
        let gap = usize::from(!chosen.is_empty());
        let fits = candidate.characters + gap <= budget.characters
            || (budget.at_least_one && chosen.is_empty());
        let repeats = chosen
            .iter()
            .any(|other| terms::cosine(other.vector, candidate.vector) > SAME);
        if fits && !repeats {
            budget.sentences -= 1;
            budget.characters = budget.characters.saturating_sub(candidate.characters + gap);
            chosen.push(candidate);
        }
    }
    chosen
}

fn opens_with_pronoun(document: &Document, sentence: usize) -> bool {
    let word = document
        .sentences
        .get(sentence)
        .and_then(|s| document.words.get(s.words.start));
    word.is_some_and(|w| PRONOUNS.contains(&document.text(*w).to_lowercase().as_str()))
}

fn lay_out(
    document: &Document,
    entities: &[Entity],
    order: SummaryOrder,
    chosen: &[&Candidate<'_>],
    total: usize,
) -> Summary {
    let best = chosen
        .first()
        .map_or(1.0, |c| c.score.max(f32::MIN_POSITIVE));
    let mut ranked: Vec<(usize, SummarySentence)> = (1..)
        .zip(chosen)
        .filter_map(|(rank, candidate)| {
            let sentence = SummarySentence {
                span: document.sentences.get(candidate.sentence)?.span,
                rank,
                score: (candidate.score / best).min(1.0),
                entity_ids: entities
                    .iter()
                    .filter(|e| e.mentions.iter().any(|m| m.sentence == candidate.sentence))
                    .map(|e| e.id.clone())
                    .collect(),
            };
            Some((candidate.sentence, sentence))
        })
        .collect();
    if order == SummaryOrder::Position {
        ranked.sort_by_key(|(at, _)| *at);
    }
    let sentences: Vec<SummarySentence> = ranked.into_iter().map(|(_, s)| s).collect();
    let texts: Vec<&str> = sentences.iter().map(|s| document.text(s.span)).collect();
    let text = texts.join(" ");
    Summary {
        compression_ratio: text.chars().count() as f32 / total.max(1) as f32,
        text,
        sentences,
    }
}
