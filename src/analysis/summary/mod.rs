//! An extractive summary: the article's own sentences, verbatim, chosen by a few things that tell on each other little.
//!
//! A sentence is worth the more
//! - the more salient it is by a head that learnt it from summaries ([`salience`]);
//! - the nearer the top it stands: news puts first what matters most;
//! - the more it has in common with the whole article (centroid: Radev et al. 2004);
//! - the more it is like the headline (Edmundson 1969 on titles), where there is one;
//! - if it holds a figure (Fattah & Ren 2009 on numerical data);
//!
//! and the less, the more of it is quotation and the more it runs past a usual length or falls short of one.
//!
//! The choice is greedy, and likeness to what is chosen already counts against a sentence (MMR: Carbonell & Goldstein 1998).
//! The constants are chosen on CNN's validation articles, the head's weight by what heads say of articles that they did not learn
//! from (`examples/salience_scores.rs`); of values that do about as well there, those that lean on the top of the article more. The headline's alone is set by judgement: those articles come without one.

pub(crate) mod choice;
pub mod salience;
pub mod sentences;
pub(crate) mod worth;

use std::collections::{HashMap, HashSet};

use self::choice::{Budget, Candidate};
use self::worth::Focus;
use super::request::{SummaryOptions, SummaryOrder};
use super::result::{Entity, Summary, SummarySentence};
use super::terms::Vector;
use crate::article::Document;

/// Summarises a document; `vectors` holds each sentence's content stems, `salience` what [`salience::of`] gives.
///
/// Takes time linear in the text's length, the sorting of its sentences apart.
pub fn summarize(
    document: &Document,
    vectors: &[Vector<'_>],
    salience: &[f32],
    entities: &[Entity],
    options: &SummaryOptions,
) -> Summary {
    let focus = options.focus.as_deref();
    let focus = focus.map(|text| Focus::new(document, entities, text));
    let candidates: Vec<Candidate<'_>> =
        sentences::seen(document, vectors, options.quotes_excluded)
            .into_iter()
            .map(|seen| Candidate {
                sentence: seen.sentence,
                score: worth::worth(
                    &seen,
                    salience
                        .get(seen.sentence)
                        .copied()
                        .unwrap_or(salience::UNKNOWN),
                    focus.as_ref(),
                ),
                vector: seen.vector,
                characters: seen.characters,
                standing: seen.standing,
            })
            .collect();
    let total: usize = document
        .sentences
        .iter()
        .map(|s| document.text(s.span).chars().count())
        .sum();
    let chosen = choice::choose(&candidates, Budget::of(options.budget, total));
    lay_out(document, entities, options.order, &chosen, total)
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
mod tests;
