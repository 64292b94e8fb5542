//! Set ways to give words: "according to Doe", "in the words of Doe", "as Doe put it", "dubbed “the folly” by Doe".

use std::ops::Range;

use super::clauses::{Reader, Said};
use super::cues;
use super::phrases::phrase_after;
use super::sources;
use super::tokens::{Class, Token};

impl Reader<'_> {
    /// "According to X, …", "In the words of X, …", and both after what is said.
    pub(super) fn according(&self, cue: usize) -> Option<Said> {
        let tokens = self.tokens;
        tokens.get(cue + 1).filter(|t| t.is("to") || t.is("of"))?;
        let mark = |t: &Token<'_>| t.is_any(&[",", ":"]) && !t.quoted;
        let comma = (cue + 2..self.sentence.end).find(|at| tokens.at(*at, mark));
        let first = if tokens.at(cue, |t| t.is("words")) {
            cue.saturating_sub(2)
        } else {
            cue
        };
        let leads = first <= self.sentence.start + 1;
        if leads {
            let comma = comma?;
            // "According to Doe, the mayor, …": the apposition belongs to the source.
            let content = comma + 1..self.end(comma + 1, false, true);
            return Some((Some(cue + 2..comma), vec![content]));
        }
        let source = phrase_after(tokens, cue + 2, self.sentence.end);
        // "… and according to Doe the plan is dead."
        let joined = tokens
            .before(first)
            .is_some_and(|t| t.is_any(&["and", "but", "that", "because"]));
        if let Some(own) = source.clone().filter(|own| {
            joined && own.end < self.sentence.end && tokens.at(own.end, |t| t.is_word())
        }) {
            let content = own.end..self.end(own.end, false, false);
            return Some((source, vec![content]));
        }
        let quote = source
            .clone()
            .and_then(|source| self.resumed_quote(source.end));
        let introduces = comma.is_some_and(|at| tokens.at(at, |t| t.is(":")));
        let before = (!introduces || quote.is_none()).then(|| self.preceding(first));
        Some((source, before.into_iter().chain(quote).collect()))
    }

    /// "Dubbed “the folly” by X"; `Some(None)` where a thing is called so by nobody in particular.
    pub(super) fn naming(&self, cue: usize, verb: usize) -> Option<Option<Said>> {
        let open = cues::quote_as(self.tokens, cue).unwrap_or(cue + 1);
        if !self.tokens.at(open, |t| t.class == Class::Open) {
            return None;
        }
        let quote = open..self.quote_end(open);
        if self.tokens.at(quote.end, |t| t.is("by")) {
            let agent = phrase_after(self.tokens, quote.end + 1, self.sentence.end);
            return Some(Some((agent, vec![quote])));
        }
        sources::is_passive(self.tokens, verb, cue).then_some(None)
    }

    /// A source with the "as" before it: "“…,” as Doe put it."
    pub(super) fn after_as(&self, source: Range<usize>) -> Range<usize> {
        let before = source.start.saturating_sub(1).max(self.sentence.start);
        let quote = self
            .tokens
            .before(before)
            .is_some_and(|t| t.class == Class::Close);
        let joined = quote && self.tokens.at(before, |t| t.is("as"));
        if joined { before..source.end } else { source }
    }
}
