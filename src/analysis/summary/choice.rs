//! The choice of sentences: greedy, within a budget, none that says the same as another.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap, HashSet};

use super::sentences::Standing;
use super::worth::MOST;
use crate::analysis::request::SummaryBudget;
use crate::analysis::terms::Vector;

/// What a sentence loses that is wholly like a chosen one.
const REDUNDANCY: f32 = 0.6 / MOST;
/// Two sentences more alike than this say the same.
pub const SAME: f32 = 0.5;
/// A word that so many chosen sentences hold tells none of them apart; also a bound on the work for each sentence.
const COMMON: usize = 100;

/// A sentence that may be chosen.
pub struct Candidate<'a> {
    /// Its index in the document.
    pub sentence: usize,
    /// What it is worth, 0..=1.
    pub score: f32,
    pub vector: &'a Vector<'a>,
    pub characters: usize,
    pub standing: Standing,
}

/// What may still be chosen.
pub struct Budget {
    sentences: usize,
    characters: usize,
    /// Whether so many sentences are wanted, rather than so much text.
    counts_sentences: bool,
    /// Whether the first sentence is taken even where it is too long.
    at_least_one: bool,
}

impl Budget {
    pub fn of(budget: SummaryBudget, total: usize) -> Self {
        let unlimited = Budget {
            sentences: usize::MAX,
            characters: usize::MAX,
            counts_sentences: false,
            at_least_one: false,
        };
        match budget {
            SummaryBudget::Sentences(sentences) => Budget {
                sentences,
                counts_sentences: true,
                ..unlimited
            },
            SummaryBudget::Characters(characters) => Budget {
                characters,
                ..unlimited
            },
            SummaryBudget::Ratio(ratio) => Budget {
                characters: (ratio * total as f32) as usize,
                at_least_one: true,
                ..unlimited
            },
        }
    }

    /// Takes a sentence off, and the space before it; `false` where it doesn't fit.
    fn take(&mut self, characters: usize, is_first: bool) -> bool {
        let needed = characters + usize::from(!is_first);
        let fits = needed <= self.characters || (self.at_least_one && is_first);
        if fits {
            self.sentences = self.sentences.saturating_sub(1);
            self.characters = self.characters.saturating_sub(needed);
        }
        fits
    }
}

/// A candidate in line. What it is worth beside what is chosen only falls, so a worth once found is a bound.
struct InLine<'a> {
    worth: f32,
    candidate: &'a Candidate<'a>,
}

impl<'a> InLine<'a> {
    fn new(candidate: &'a Candidate<'a>) -> Self {
        InLine {
            worth: candidate.score,
            candidate,
        }
    }
}

impl Ord for InLine<'_> {
    /// The best is the greatest; of equals, the one that stands first.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_worth = self.worth.total_cmp(&other.worth);
        by_worth.then(other.candidate.sentence.cmp(&self.candidate.sentence))
    }
}

impl PartialOrd for InLine<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for InLine<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for InLine<'_> {}

/// The best candidates that fit, the best first, none that says the same as another.
///
/// A sentence that opens with a pronoun waits for the one before it. Those still waiting are taken where more sentences are
/// wanted than others there are, or nothing else fits; short ones only where nothing else fits.
pub fn choose<'a>(candidates: &'a [Candidate<'a>], mut budget: Budget) -> Vec<&'a Candidate<'a>> {
    let (full, mut waiting): (Vec<_>, Vec<_>) = candidates
        .iter()
        .partition(|c| c.standing == Standing::Full);
    let dangling: HashMap<usize, &Candidate<'_>> = waiting
        .iter()
        .filter(|c| c.standing == Standing::Dangling)
        .map(|c| (c.sentence, *c))
        .collect();
    // The best at the end, after all of the next standing.
    waiting.sort_by(|a, b| {
        let by_standing = b.standing.cmp(&a.standing);
        by_standing.then(InLine::new(a).cmp(&InLine::new(b)))
    });
    let mut line: BinaryHeap<InLine<'_>> = full.into_iter().map(InLine::new).collect();
    let mut released: HashSet<usize> = HashSet::new();
    let mut chosen = Chosen::default();
    while budget.sentences > 0 {
        let Some(next) = line.pop() else {
            let Some(candidate) = waiting.pop() else {
                break;
            };
            let wanted = chosen.order.is_empty()
                || (budget.counts_sentences && candidate.standing == Standing::Dangling);
            if wanted && released.insert(candidate.sentence) {
                line.push(InLine::new(candidate));
            }
            continue;
        };
        let candidate = next.candidate;
        let likeness = chosen.likeness(candidate.vector);
        if likeness > SAME {
            continue;
        }
        let next = InLine {
            worth: candidate.score - REDUNDANCY * likeness,
            candidate,
        };
        if line.peek().is_some_and(|other| *other > next) {
            line.push(next);
            continue;
        }
        if budget.take(candidate.characters, chosen.order.is_empty()) {
            chosen.add(candidate);
            if let Some(follower) = dangling.get(&(candidate.sentence + 1))
                && released.insert(follower.sentence)
            {
                line.push(InLine::new(follower));
            }
        }
    }
    chosen.order
}

/// What is chosen, and which of it holds each term, with its weight.
#[derive(Default)]
struct Chosen<'a> {
    order: Vec<&'a Candidate<'a>>,
    /// Of each term, the first [`COMMON`] that hold it.
    holders: HashMap<&'a str, Vec<(usize, f32)>>,
    /// The terms of each.
    terms: HashSet<Vec<&'a str>>,
}

impl<'a> Chosen<'a> {
    fn add(&mut self, candidate: &'a Candidate<'a>) {
        for (term, weight) in candidate.vector {
            let holders = self.holders.entry(term).or_default();
            if holders.len() < COMMON {
                holders.push((self.order.len(), *weight));
            }
        }
        self.terms
            .insert(candidate.vector.keys().copied().collect());
        self.order.push(candidate);
    }

    /// The cosine with the chosen sentence that is most like it.
    fn likeness(&self, vector: &Vector<'a>) -> f32 {
        if !vector.is_empty()
            && self
                .terms
                .contains(&vector.keys().copied().collect::<Vec<_>>())
        {
            return 1.0;
        }
        let mut cosines: HashMap<usize, f32> = HashMap::new();
        for (term, own) in vector {
            for (at, weight) in self.holders.get(term).into_iter().flatten() {
                *cosines.entry(*at).or_default() += own * weight;
            }
        }
        cosines.into_values().fold(0.0, f32::max)
    }
}
