//! What the reader knows of one passage after its single pass: word states, entity tags, pooled features.

use std::ops::Range;

use super::agreement::Agreement;
use super::tags::{self, Scheme};
use super::tokenizer::{Tokens, Word};

/// How far what stands near a mention reaches, in pieces.
const NEAR: f32 = 12.0;

/// One passage as the reader's encoder saw it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The words, their byte spans relative to the tokenised text and their pieces to this passage.
    pub words: Vec<Word>,
    /// The encoder's hidden width.
    pub(super) width: usize,
    /// `[pieces + 2, width]`: `[CLS]`, the pieces, `[SEP]`.
    pub(super) states: Vec<f32>,
    /// `[pieces + 2, tags]` logits of each scheme.
    pub(super) newswire: Vec<f32>,
    pub(super) conll: Vec<f32>,
}

/// A name in the passage.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedSpan {
    /// Its bytes in the tokenised text.
    pub span: Range<usize>,
    /// Its type, one of [`Scheme::types`].
    pub kind: &'static str,
    /// 0..=1.
    pub confidence: f32,
}

impl Reading {
    /// What an encoder of this hidden width made of a passage: states `[pieces + 2, width]` and the logits of both schemes'
    /// tags, `[pieces + 2, tags]`, each with `[CLS]` first and `[SEP]` last. Of rows that are missing, nothing is known.
    pub fn new(
        words: Vec<Word>,
        width: usize,
        states: Vec<f32>,
        newswire: Vec<f32>,
        conll: Vec<f32>,
    ) -> Self {
        Reading {
            words,
            width,
            states,
            newswire,
            conll,
        }
    }

    /// The names that a scheme tags, as the article's other places have it too; `text` is what was tokenised.
    pub fn names(&self, agreement: &Agreement, text: &str) -> Vec<TaggedSpan> {
        let scheme = agreement.scheme();
        let mixed = agreement.mixed(self, text);
        let rows: Vec<&[f32]> = mixed.iter().map(Vec::as_slice).collect();
        tags::decode(&rows)
            .into_iter()
            .filter_map(|found| {
                let first = self.words.get(found.start)?;
                let last = self.words.get(found.end.checked_sub(1)?)?;
                Some(TaggedSpan {
                    span: first.span.start..last.span.end,
                    kind: scheme.types().get(found.kind)?,
                    confidence: found.confidence,
                })
            })
            .collect()
    }

    /// The scores of a word's tags, those of its first piece.
    pub(super) fn scores(&self, scheme: Scheme, word: &Word) -> Option<&[f32]> {
        let scores = match scheme {
            Scheme::Newswire => &self.newswire,
            Scheme::Conll => &self.conll,
        };
        first_piece(scores, scheme, word)
    }

    /// The logits of a word's tags, newswire's and CoNLL's.
    pub(super) fn logits_of(&self, word: usize) -> Option<(&[f32], &[f32])> {
        let word = self.words.get(word)?;
        Some((
            self.scores(Scheme::Newswire, word)?,
            self.scores(Scheme::Conll, word)?,
        ))
    }

    /// The mean over a mention's pieces and that over what stands near it, `[2 * width]`: what the heads of links and directed sentiment read.
    pub fn mention(&self, mention: &Range<usize>) -> Vec<f32> {
        self.pooled(mention).split_off(self.width)
    }

    /// The state of each word's first piece between those of the words beside it, `[words, 3 * width]` flat, 0 beyond the
    /// ends: what the phrase head reads.
    pub fn word_states(&self) -> Vec<f32> {
        let nothing = vec![0.0; self.width];
        let state = |at: Option<usize>| {
            let word = at.and_then(|at| self.words.get(at));
            word.and_then(|word| row(&self.states, self.width, word.pieces.start + 1))
                .unwrap_or(&nothing)
        };
        let beside = |at: usize| [at.checked_sub(1), Some(at), Some(at + 1)];
        let states = (0..self.words.len()).flat_map(beside).map(state);
        states.flatten().copied().collect()
    }

    /// `[CLS]` and the mean over all pieces, `[2 * width]`: what the salience head reads.
    pub fn whole(&self) -> Vec<f32> {
        let pieces = self.words.last().map_or(0, |word| word.pieces.end);
        pool(&self.states, self.width, 0..pieces)
    }

    /// `[CLS]`, the mean over a mention's pieces and that over what stands near it, `[3 * width]`: what the sentiment head reads.
    ///
    /// A piece's weight in the last falls from 1 in the mention to 0 at [`NEAR`] pieces from it: the local context of
    /// LCF-BERT (Zeng et al. 2019). A mention without a word in this passage has means of 0, so that `[CLS]` alone decides.
    pub(super) fn pooled(&self, mention: &Range<usize>) -> Vec<f32> {
        let mention = self.pieces_of(mention);
        let near = mean_of(&self.states, self.width, self.nearness(&mention));
        let mut pooled = pool(&self.states, self.width, mention);
        pooled.extend(near);
        pooled
    }

    /// The mean over what stands between two mentions (0 where nothing does) and `[CLS]`, `[2 * width]`: what the head of
    /// directed sentiment reads beside each of them.
    pub(super) fn between(&self, one: &Range<usize>, other: &Range<usize>) -> Vec<f32> {
        let (one, other) = (self.pieces_of(one), self.pieces_of(other));
        let between = one.end.min(other.end)..one.start.max(other.start);
        let between = between.map(|piece| (piece, 1.0)).collect();
        let mut states = mean_of(&self.states, self.width, between);
        states.extend(pool(&self.states, self.width, 0..0).iter().take(self.width));
        states
    }

    /// The pieces of a mention; none of one without a word in this passage.
    fn pieces_of(&self, mention: &Range<usize>) -> Range<usize> {
        let mut inside = self
            .words
            .iter()
            .filter(|word| word.span.start < mention.end && mention.start < word.span.end)
            .map(|word| word.pieces.clone());
        let first = inside.next().unwrap_or(0..0);
        let last = inside.next_back().unwrap_or(first.clone());
        first.start..last.end
    }

    /// The pieces near a range of them, each with its weight; none for an empty range.
    fn nearness(&self, mention: &Range<usize>) -> Vec<(usize, f32)> {
        let pieces = self.words.last().map_or(0, |word| word.pieces.end);
        let distance = |piece: usize| {
            let before = mention.start.saturating_sub(piece);
            before.max((piece + 1).saturating_sub(mention.end))
        };
        let weight = |piece| 1.0 - distance(piece) as f32 / NEAR;
        (0..pieces)
            .filter(|_| !mention.is_empty())
            .map(|piece| (piece, weight(piece)))
            .filter(|(_, weight)| *weight > 0.0)
            .collect()
    }
}

/// `[CLS]` and the mean over a range of pieces, `[2 * width]`.
pub(super) fn pool(states: &[f32], width: usize, pieces: Range<usize>) -> Vec<f32> {
    let mut pooled = row(states, width, 0).map_or_else(|| vec![0.0; width], <[f32]>::to_vec);
    pooled.extend(mean_of(
        states,
        width,
        pieces.map(|piece| (piece, 1.0)).collect(),
    ));
    pooled
}

/// The weighted mean of pieces' states; 0 without pieces.
fn mean_of(states: &[f32], width: usize, pieces: Vec<(usize, f32)>) -> Vec<f32> {
    let mut mean = vec![0.0; width];
    let mut total = 0.0;
    for (piece, weight) in pieces {
        let state = row(states, width, piece + 1).unwrap_or(&[]);
        mean.iter_mut()
            .zip(state)
            .for_each(|(sum, x)| *sum += weight * x);
        total += weight;
    }
    let total = if total > 0.0 { total } else { 1.0 };
    mean.iter_mut().for_each(|sum| *sum /= total);
    mean
}

/// A word's tag is its first piece's; the row before all pieces is `[CLS]`'s.
fn first_piece<'a>(scores: &'a [f32], scheme: Scheme, word: &Word) -> Option<&'a [f32]> {
    row(scores, scheme.tags(), word.pieces.start + 1)
}

fn row(data: &[f32], width: usize, index: usize) -> Option<&[f32]> {
    data.get(index * width..(index + 1) * width)
}

/// Cuts a text's words into passages of at most `limit` pieces: word ranges, one for all but very long sentences.
pub fn passages(tokens: &Tokens, limit: usize) -> Vec<Range<usize>> {
    let mut passages = Vec::new();
    let (mut start, mut pieces) = (0, 0);
    for (index, word) in tokens.words.iter().enumerate() {
        if pieces + word.pieces.len() > limit && index > start {
            passages.push(start..index);
            (start, pieces) = (index, 0);
        }
        pieces += word.pieces.len();
    }
    if start < tokens.words.len() {
        passages.push(start..tokens.words.len());
    }
    passages
}
