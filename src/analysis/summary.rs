//! An extractive summary: the article's own sentences, verbatim, chosen by a few things that tell on each other little.
//!
//! A sentence is worth the more
//! - the nearer the top it stands: news puts first what matters most;
//! - the more it has in common with the whole article (centroid: Radev et al. 2004);
//! - the more it is like the headline (Edmundson 1969 on titles), where there is one;
//! - if it holds a figure (Fattah & Ren 2009 on numerical data);
//!
//! and the less, the more of it is quotation and the more it runs past a usual length.
//!
//! The choice is greedy, and likeness to what is chosen already counts against a sentence (MMR: Carbonell & Goldstein 1998).
//! The constants are chosen on CNN's validation articles, by the task `cnndm-dev`; of values that do about as well there, those
//! that lean on the top of the article more. The headline's alone is set by judgement: those articles come without one.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap, HashSet};

use super::request::{SummaryBudget, SummaryOptions, SummaryOrder};
use super::result::{Entity, Summary, SummarySentence};
use super::targets;
use super::terms::{self, Terms, Vector};
use crate::article::{Document, Role, Span};

/// How fast the worth of a position decays, in sentences. The first one's is 1, and the other weights are beside that.
const LEAD: f32 = 12.0;
/// The weight of what a sentence has in common with the whole article.
const CENTRALITY: f32 = 1.4;
/// The weight of likeness to the headline.
const HEADLINE: f32 = 0.4;
/// The weight of holding a figure.
const FIGURE: f32 = 0.1;
/// What a sentence loses that is all quotation.
const QUOTATION: f32 = 0.3;
/// What a sentence loses for each word past [`MANY_WORDS`].
const LENGTH: f32 = 0.015;
/// Sentences of more words start to crowd out others.
const MANY_WORDS: usize = 25;
/// What a sentence loses that is wholly like a chosen one.
const REDUNDANCY: f32 = 0.6;
/// The most that a sentence can be worth.
const MOST: f32 = 1.0 + CENTRALITY + HEADLINE + FIGURE;
/// Two sentences more alike than this say the same.
const SAME: f32 = 0.5;
/// A word that so many chosen sentences hold tells none of them apart; also a bound on the work for each sentence.
const COMMON: usize = 100;
/// Sentences of fewer words are left out where others will do.
const FEW_WORDS: usize = 5;
/// How much of the worth is the focus's, where the caller gives one.
const FOCUS: f32 = 0.8;

const PRONOUNS: [&str; 14] = [
    "he", "she", "it", "they", "his", "her", "its", "their", "this", "that", "these", "those",
    "him", "them",
];

/// A sentence that may stand in the summary.
struct Candidate<'a> {
    sentence: usize,
    /// 0..=1.
    score: f32,
    vector: &'a Vector<'a>,
    characters: usize,
    standing: Standing,
}

/// Whether a sentence is taken on its worth, or only for want of others; the last comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Full,
    /// It opens with a pronoun: taken once the sentence before it is.
    Dangling,
    /// It has few words.
    Short,
}

/// Summarises a document; `sentence_terms` holds each sentence's content stems.
///
/// Takes time linear in the text's length, the sorting of its sentences apart.
pub fn summarize(
    document: &Document,
    sentence_terms: &[Vec<String>],
    entities: &[Entity],
    options: &SummaryOptions,
) -> Summary {
    let vectors = terms::vectors(sentence_terms);
    let candidates = candidates(document, &vectors, entities, options);
    let total: usize = document
        .sentences
        .iter()
        .map(|s| document.text(s.span).chars().count())
        .sum();
    let chosen = choose(&candidates, Budget::of(options.budget, total));
    lay_out(document, entities, options.order, &chosen, total)
}

/// The sentences that may stand in a summary, in the article's order.
fn candidates<'a>(
    document: &Document,
    vectors: &'a [Vector<'a>],
    entities: &[Entity],
    options: &SummaryOptions,
) -> Vec<Candidate<'a>> {
    let eligible = eligible(document, options.quotes_excluded);
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
    let focus = options
        .focus
        .as_deref()
        .map(|text| Focus::new(document, entities, text));
    // Short sentences make no place: the second sentence of "Watch. The minister …" is the article's first.
    let mut position = 0;
    eligible
        .iter()
        .filter_map(|&at| {
            let sentence = document.sentences.get(at)?;
            let vector = vectors.get(at)?;
            let standing = standing(document, at);
            let words = sentence.words.len();
            let headline = headline.map_or(0.0, |headline| terms::cosine(headline, vector));
            let worth = (-(position as f32) / LEAD).exp()
                + CENTRALITY * central(&at) / most_central
                + HEADLINE * headline
                + if has_figure(document, at) {
                    FIGURE
                } else {
                    0.0
                }
                - QUOTATION * quoted_share(document, at)
                - LENGTH * words.saturating_sub(MANY_WORDS) as f32;
            let own = (worth / MOST).clamp(0.0, 1.0);
            if standing != Standing::Short {
                position += 1;
            }
            Some(Candidate {
                sentence: at,
                score: match &focus {
                    Some(focus) => (1.0 - FOCUS) * own + FOCUS * focus.share(at, vector),
                    None => own,
                },
                vector,
                characters: document.text(sentence.span).chars().count(),
                standing,
            })
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

/// What the caller wants the summary to be about.
struct Focus {
    terms: HashSet<String>,
    sentences: HashSet<usize>,
}

impl Focus {
    fn new(document: &Document, entities: &[Entity], text: &str) -> Self {
        let named = targets::entity_named(entities, document, text).and_then(|at| entities.get(at));
        Focus {
            terms: Terms::default().set(text),
            sentences: named
                .map(|entity| entity.mentions.iter().map(|m| m.sentence).collect())
                .unwrap_or_default(),
        }
    }

    /// How much of the focus a sentence covers, 0..=1.
    fn share(&self, sentence: usize, vector: &Vector<'_>) -> f32 {
        if self.sentences.contains(&sentence) {
            return 1.0;
        }
        let covered = self
            .terms
            .iter()
            .filter(|t| vector.contains_key(t.as_str()));
        covered.count() as f32 / self.terms.len().max(1) as f32
    }
}

/// What may still be chosen.
struct Budget {
    sentences: usize,
    characters: usize,
    /// Whether so many sentences are wanted, rather than so much text.
    counts_sentences: bool,
    /// Whether the first sentence is taken even where it is too long.
    at_least_one: bool,
}

impl Budget {
    fn of(budget: SummaryBudget, total: usize) -> Self {
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
fn choose<'a>(candidates: &'a [Candidate<'a>], mut budget: Budget) -> Vec<&'a Candidate<'a>> {
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
            worth: candidate.score - REDUNDANCY / MOST * likeness,
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

fn lay_out(
    document: &Document,
    entities: &[Entity],
    order: SummaryOrder,
    chosen: &[&Candidate<'_>],
    total: usize,
) -> Summary {
    let best = chosen
        .iter()
        .map(|c| c.score)
        .fold(f32::MIN_POSITIVE, f32::max);
    let mut mentioned: HashMap<usize, Vec<String>> = HashMap::new();
    for entity in entities {
        let sentences: HashSet<usize> = entity.mentions.iter().map(|m| m.sentence).collect();
        for sentence in sentences {
            let ids = mentioned.entry(sentence).or_default();
            ids.push(entity.id.clone());
        }
    }
    let mut ranked: Vec<(usize, SummarySentence)> = (1..)
        .zip(chosen)
        .filter_map(|(rank, candidate)| {
            let sentence = SummarySentence {
                span: document.sentences.get(candidate.sentence)?.span,
                rank,
                score: candidate.score / best,
                entity_ids: mentioned.remove(&candidate.sentence).unwrap_or_default(),
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::sentence_terms;
    use crate::article::{ReadOptions, Source, read};

    const FERRY: &str = "The island of Skarvøy will lose its only ferry in June, the county council decided on Tuesday.

Councillors voted 21 to 14 to end the route, which carries 90 passengers a day and costs £2m a year.

Mayor Ingrid Dahl called the vote a betrayal of the island. She said she would appeal to the government in Oslo.

“The sea is our only road here. Without a ferry we are cut off.”

“We were never asked,” said the fisherman Per Lunde, who has sold his catch on the mainland since 1994.

The council expects to sell the ferry, an old ship with a leaking hull, to a yard in Gdańsk.

Tourists bring most of the money, and three hotels have closed since the spring. They belong to a Danish company.

Nobody knows.";

    fn summarized(title: &str, content: &str, options: &SummaryOptions) -> (Document, Summary) {
        let document = read(Source::new(title, content), &ReadOptions::default());
        let summary = summarize(&document, &sentence_terms(&document), &[], options);
        (document, summary)
    }

    fn within(budget: SummaryBudget) -> SummaryOptions {
        SummaryOptions {
            budget,
            ..SummaryOptions::default()
        }
    }

    fn texts(content: &str, options: &SummaryOptions) -> Vec<String> {
        let (document, summary) = summarized("", content, options);
        let sentences = summary.sentences.iter();
        sentences
            .map(|s| document.text(s.span).to_owned())
            .collect()
    }

    fn sentences(count: usize) -> SummaryOptions {
        within(SummaryBudget::Sentences(count))
    }

    #[test]
    fn sentences_are_the_articles_own() {
        for order in [SummaryOrder::Position, SummaryOrder::Rank] {
            let options = SummaryOptions {
                order,
                ..sentences(4)
            };
            let (document, summary) = summarized("Ferry to go", FERRY, &options);
            let texts: Vec<&str> = summary
                .sentences
                .iter()
                .map(|s| document.text(s.span))
                .collect();
            assert_eq!(summary.text, texts.join(" "));
            assert_eq!(texts.len(), 4);
            assert!(texts.iter().all(|text| FERRY.contains(text)));
            let ranks: Vec<usize> = summary.sentences.iter().map(|s| s.rank).collect();
            let starts: Vec<usize> = summary.sentences.iter().map(|s| s.span.start()).collect();
            match order {
                SummaryOrder::Position => assert!(starts.is_sorted()),
                SummaryOrder::Rank => assert_eq!(ranks, [1, 2, 3, 4]),
            }
            assert!(
                summary
                    .sentences
                    .iter()
                    .all(|s| (0.0..=1.0).contains(&s.score))
            );
        }
    }

    #[test]
    fn the_news_comes_first() {
        assert_eq!(
            texts(FERRY, &sentences(1)),
            [
                "The island of Skarvøy will lose its only ferry in June, the county council decided on Tuesday."
            ]
        );
    }

    #[test]
    fn says_nothing_twice() {
        let first = "The island of Skarvøy will lose its only ferry in June, the county council decided on Tuesday.";
        for again in [
            first,
            "The county council decided on Tuesday that Skarvøy island will lose its only ferry in June.",
            "In June, Skarvøy will lose its ferry, the council decided.",
        ] {
            let article = format!("{FERRY}\n\n{again}");
            let found = texts(&article, &sentences(50));
            let about = found
                .iter()
                .filter(|text| text.contains("lose its"))
                .count();
            assert_eq!(about, 1, "{again}");
            assert!(found.len() > 5);
        }
    }

    #[test]
    fn characters_are_never_exceeded() {
        let total = FERRY.chars().count();
        for characters in 0..total + 10 {
            let (_, summary) =
                summarized("", FERRY, &within(SummaryBudget::Characters(characters)));
            assert!(summary.text.chars().count() <= characters);
        }
    }

    #[test]
    fn a_ratio_holds_but_for_one_sentence() {
        for percent in 0..=100 {
            let ratio = percent as f32 / 100.0;
            let (_, summary) = summarized("", FERRY, &within(SummaryBudget::Ratio(ratio)));
            assert!(
                summary.sentences.len() == 1 || summary.compression_ratio <= ratio,
                "{percent}%"
            );
        }
    }

    #[test]
    fn pronouns_follow_their_names() {
        let budgets = (1..8)
            .map(SummaryBudget::Sentences)
            .chain((60..900).map(SummaryBudget::Characters));
        for budget in budgets {
            let found = texts(FERRY, &within(budget));
            for (pronoun, before) in [
                ("She said", "Mayor Ingrid Dahl"),
                ("They belong", "Tourists"),
            ] {
                let at = found.iter().position(|text| text.starts_with(pronoun));
                assert!(
                    at.is_none_or(|at| at > 0 && found[at - 1].starts_with(before))
                        || found.len() == 1,
                    "{budget:?}: {found:?}"
                );
            }
        }
    }

    #[test]
    fn pronouns_do_where_nothing_else_will() {
        let article =
            "He was born in Leeds to a family of tailors. It made him a man of few words.";
        assert_eq!(texts(article, &sentences(1)).len(), 1);
        assert_eq!(texts(article, &sentences(2)).len(), 2);
    }

    #[test]
    fn few_words_are_left_out_where_others_will_do() {
        assert!(!texts(FERRY, &sentences(50)).contains(&"Nobody knows.".to_owned()));
        assert_eq!(
            texts("Nobody knows.", &SummaryOptions::default()),
            ["Nobody knows."]
        );
    }

    #[test]
    fn a_focus_leads() {
        for (focus, expected) in [
            ("tourists and hotels", "Tourists bring"),
            ("Who buys the ship?", "The council expects"),
            ("Ingrid Dahl", "Mayor Ingrid Dahl"),
        ] {
            let options = SummaryOptions {
                focus: Some(focus.to_owned()),
                ..sentences(1)
            };
            let found = texts(FERRY, &options);
            assert!(
                found.len() == 1 && found[0].starts_with(expected),
                "{focus}: {found:?}"
            );
        }
    }

    #[test]
    fn quotes_can_be_left_out() {
        let options = |quotes_excluded| SummaryOptions {
            quotes_excluded,
            ..sentences(50)
        };
        let holds = |found: &[String], text: &str| found.iter().any(|s| s.contains(text));
        let with = texts(FERRY, &options(false));
        assert!(holds(&with, "only road") && holds(&with, "fisherman"));
        let without = texts(FERRY, &options(true));
        assert!(!holds(&without, "only road") && !holds(&without, "Without a ferry"));
        assert!(
            holds(&without, "fisherman"),
            "a sentence with its own voice stays"
        );
        let nothing_else = "“We were never asked about the ferry by anyone.”";
        assert!(texts(nothing_else, &options(true)).is_empty());
    }

    #[test]
    fn a_headline_stands_only_where_nothing_else_does() {
        let (_, summary) = summarized("Ferry sinks off Bergen in a storm", "", &sentences(3));
        assert_eq!(summary.text, "Ferry sinks off Bergen in a storm");
        let (_, summary) = summarized("Ferry sinks off Bergen in a storm", FERRY, &sentences(50));
        assert!(!summary.text.contains("Bergen"));
    }

    #[test]
    fn nothing_is_said_twice_in_a_long_list_either() {
        let lines: String = (0..1500)
            .map(|i| {
                format!(
                    "Boat {} of the northern fleet landed {} tonnes of cod. ",
                    i % 500,
                    i % 500 + 10_000
                )
            })
            .collect();
        let found = texts(&lines, &within(SummaryBudget::Ratio(1.0)));
        let distinct: HashSet<&String> = found.iter().collect();
        assert_eq!(found.len(), distinct.len());
    }

    proptest! {
        #[test]
        fn any_text_is_summarized_within_its_budget(
            text in "([A-Z“]?[a-zé]{1,8}[ ,]{1,2}){0,40}([.!?”\n]{1,2} ?(He|The|It)? ?([a-zé🦀]{1,8} ){0,9}){0,12}",
            characters in 0usize..300,
        ) {
            let options = within(SummaryBudget::Characters(characters));
            let (document, summary) = summarized("", &text, &options);
            prop_assert!(summary.text.chars().count() <= characters);
            prop_assert_eq!(&summarized("", &text, &options).1, &summary);
            let starts: Vec<usize> = summary.sentences.iter().map(|s| s.span.start()).collect();
            prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(summary.sentences.iter().all(|s| document.sentences.iter().any(|own| own.span == s.span)));
        }
    }
}
