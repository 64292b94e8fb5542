//! Quotes without a cue: those that go on after one, signed ones, and the lines of an interview.

use std::ops::Range;

use super::clauses::Clause;
use super::cues;
use super::sources::{self, Subject};
use super::tokens::{Class, Tokens};
use crate::article::Span;

/// A quote of fewer words without a cue is a name or an ironic word.
const LEAST_WORDS: usize = 4;
/// How sure it is that a quote without a cue is its speaker's.
const CONTINUED: f32 = 0.6;
/// How sure a name beside a quote or before a line is its speaker's.
const LABELLED: f32 = 0.8;
/// The same in a headline, where as often it names the place or the matter.
const TITLED: f32 = 0.5;

/// Who speaks as the article goes on from paragraph to paragraph.
#[derive(Debug, Default)]
pub(super) struct Thread {
    speaker: Option<Span>,
}

impl Thread {
    /// Adds the paragraph's quotes that no cue introduces, and remembers who spoke last.
    pub fn read(&mut self, tokens: &Tokens<'_>, headline: bool, clauses: &mut Vec<Clause>) {
        if let Some(line) = labelled(tokens, headline) {
            self.speaker = line.source.clone().and_then(|range| tokens.span(range));
            clauses.retain(|other| {
                !other
                    .content
                    .iter()
                    .all(|range| range.clone().all(|at| line.covers(at)))
            });
            clauses.push(line);
            return;
        }
        let mut said = vec![false; tokens.all.len()];
        for range in clauses.iter().flat_map(|clause| &clause.content) {
            said.get_mut(range.clone()).unwrap_or_default().fill(true);
        }
        // Where each clause's words end, to find the one that a quote goes on.
        let mut ends: Vec<(usize, usize)> = clauses
            .iter()
            .enumerate()
            .map(|(index, clause)| (clause.end(), index))
            .collect();
        ends.sort_unstable();
        for quote in quotes(tokens) {
            if said.get(quote.clone()).unwrap_or_default().contains(&true) {
                continue;
            }
            let after = ends.partition_point(|(end, _)| *end <= quote.start);
            let before = after
                .checked_sub(1)
                .and_then(|at| clauses.get(ends.get(at)?.1));
            let alone = stands_alone(tokens, &quote);
            let words = tokens
                .all
                .get(quote.clone())
                .unwrap_or(&[])
                .iter()
                .filter(|t| t.is_word())
                .count();
            let signature = signature(tokens, quote.end);
            let introduced =
                quote.start > 0 && tokens.before(quote.start).is_some_and(|t| t.is(":"));
            let long = words >= LEAST_WORDS || alone && before.is_some();
            if signature.is_none() && !(long && (alone || introduced)) {
                continue;
            }
            let continued = signature.is_none();
            let confidence = if signature.is_some() {
                LABELLED
            } else {
                CONTINUED
            };
            let (source, source_elsewhere) = match (signature, before) {
                (Some(name), _) => (Some(name), None),
                (None, Some(clause)) => (clause.source.clone(), clause.source_elsewhere),
                (None, None) => (None, self.speaker),
            };
            clauses.push(Clause {
                content: vec![quote],
                cue: None,
                source,
                source_elsewhere,
                confidence,
                continued,
            });
        }
        if let Some(last) = clauses.iter().max_by_key(|clause| clause.end()) {
            let here = last.source.clone().and_then(|range| tokens.span(range));
            self.speaker = here.or(last.source_elsewhere).or(self.speaker);
        }
        self.speaker = announced(tokens).or(self.speaker);
    }
}

/// Who says what the next paragraph gives: "As the Post reports:".
fn announced(tokens: &Tokens<'_>) -> Option<Span> {
    let sentence = tokens.sentences.last()?;
    let colon = sentence.end.checked_sub(1)?;
    if !tokens.at(colon, |t| t.is(":") && !t.quoted) {
        return None;
    }
    let says = |at: &usize| tokens.at(*at, |t| !t.quoted && cues::is_saying(&t.lower));
    let cue = (sentence.start..colon).rev().find(says)?;
    match sources::subject(tokens, cue, sentence.start) {
        Subject::Phrase { at, .. } => tokens.span(at),
        Subject::Shared | Subject::Missing => None,
    }
}

/// The paragraph's outermost quotes, marks included.
pub(super) fn quotes(tokens: &Tokens<'_>) -> Vec<Range<usize>> {
    let mut quotes = Vec::new();
    let mut open = None;
    for (at, token) in tokens.all.iter().enumerate() {
        match token.class {
            Class::Open => open = Some(at),
            Class::Close => quotes.extend(open.take().map(|start| start..at + 1)),
            Class::Word | Class::Punctuation => {}
        }
    }
    quotes.extend(open.map(|start| start..tokens.all.len()));
    quotes
}

/// Whether a quote is one or more sentences of its own, no part of one of the article's.
fn stands_alone(tokens: &Tokens<'_>, quote: &Range<usize>) -> bool {
    let starts = |at: usize| {
        tokens
            .sentences
            .binary_search_by_key(&at, |sentence| sentence.start)
            .is_ok()
    };
    starts(quote.start) && (quote.end >= tokens.all.len() || starts(quote.end))
}

/// The name that signs a quote: "“We won.” — Jane Doe".
fn signature(tokens: &Tokens<'_>, end: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 10;
    let name = end + 1..tokens.all.len();
    let signed = tokens.at(end, |t| t.is_dash()) && tokens.at(end + 1, |t| t.is_capitalized());
    (signed && name.len() <= LONGEST).then_some(name)
}

/// A line of an interview, or a headline, that opens with its speaker: "DOE: We never agreed to that."
fn labelled(tokens: &Tokens<'_>, headline: bool) -> Option<Clause> {
    const LONGEST: usize = 5;
    let colon = (1..=LONGEST).find(|at| tokens.at(*at, |t| t.is(":")))?;
    let label = tokens.all.get(..colon)?;
    // "Q:" and "A:" name nobody.
    if label.iter().all(|t| t.text.chars().count() == 1) {
        return None;
    }
    let named = label
        .iter()
        .all(|t| t.is_capitalized() || t.class == Class::Punctuation && !t.quoted);
    let capitals = label.iter().all(|t| !t.text.contains(char::is_lowercase));
    let end = if headline {
        tokens.sentences.first()?.end
    } else {
        tokens.all.len()
    };
    let speaks = named && (capitals || headline || colon <= 2) && colon + 1 < end;
    let content = colon + 1..end;
    speaks.then(|| Clause {
        content: vec![content],
        cue: None,
        source: Some(0..colon),
        source_elsewhere: None,
        confidence: if headline { TITLED } else { LABELLED },
        continued: false,
    })
}
