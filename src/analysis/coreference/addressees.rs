//! To whom "you" in a quote is said: "She told Reed: “You lost.”", "“Go home, Reed. You lost.”".

use super::candidates::{Candidate, Form};
use super::chains::Chains;
use super::described::Described;
use crate::analysis::pronouns::Class;
use crate::article::Span;

/// How sure it is that "you" is who is told,
const TOLD: f32 = 0.8;
/// or who is called by name.
const CALLED: f32 = 0.7;
/// So many candidates around one are looked through.
const NEAR: usize = 12;
/// Who is told stands so many bytes after a quote at most.
const BETWEEN: usize = 40;
/// Verbs with the hearer as object.
#[rustfmt::skip]
const TELLING: [&str; 12] = [
    "told ", "tells ", "telling ", "asked ", "warned ", "reminded ", "assured ", "advised ", "said to ", "shouted at ", "wrote to ",
    "replied to ",
];
/// What begins an apposition or a relative clause after a name and a comma.
#[rustfmt::skip]
const APPOSITIVE: [&str; 14] = [
    "who", "whose", "whom", "a", "an", "the", "his", "her", "its", "their", "which", "and", "said", "then",
];

impl Described<'_> {
    /// The person whom a quote's "you" is said to.
    pub(super) fn addressee(
        &self,
        at: usize,
        own: &Candidate,
        chains: &Chains<'_>,
        speaker: Option<usize>,
    ) -> Option<(usize, f32)> {
        if own.form != Form::Pronoun(Class::Hearer) {
            return None;
        }
        let first = at.saturating_sub(NEAR);
        let near = self
            .candidates
            .iter()
            .enumerate()
            .skip(first)
            .take(2 * NEAR);
        let quote = self.quote_of(own.span);
        let told = near
            .clone()
            .find(|(_, other)| quote.is_some_and(|quote| self.is_told(other, quote)));
        if let Some((told, _)) = told {
            let (entity, _) = chains.entity_of(told)?;
            return self.is_person(entity).then_some((entity, TOLD));
        }
        let mut called = near.filter(|(_, other)| {
            other.form == Form::Name
                && other.quoted == own.quoted
                && other.sentence.abs_diff(own.sentence) <= usize::from(own.quoted)
                && self.quote_of(other.span) == quote
                && self.is_called(other.span)
        });
        let entity = called.next()?.1.entity?;
        let only = called.all(|(_, other)| other.entity == Some(entity));
        (only && self.is_person(entity) && speaker != Some(entity)).then_some((entity, CALLED))
    }

    /// The quoted words that hold a span.
    fn quote_of(&self, span: Span) -> Option<Span> {
        let place = (span.field(), span.start());
        let quoted = &self.document.quoted;
        let from = quoted.partition_point(|part| (part.field(), part.end()) <= place);
        quoted.get(from).copied().filter(|part| part.contains(span))
    }

    /// Whether a candidate is whom the words right before or after a quote are told.
    fn is_told(&self, other: &Candidate, quote: Span) -> bool {
        if other.quoted || other.span.field() != quote.field() {
            return false;
        }
        let before = self.document.before(other.span);
        let before = before.strip_suffix("the ").unwrap_or(before);
        if !TELLING.iter().any(|verb| before.ends_with(verb)) {
            return false;
        }
        let text = self.document.source.field(quote.field());
        let between = if other.span.end() <= quote.start() {
            text.get(other.span.end()..quote.start())
        } else {
            text.get(quote.end()..other.span.start())
                .filter(|between| between.len() <= BETWEEN && !between.contains(['.', '\n']))
        };
        between.is_some_and(|between| {
            quote.end() <= other.span.start()
                || between
                    .chars()
                    .all(|c| matches!(c, ' ' | ':' | ',' | '“' | '"' | '‘' | '\''))
        })
    }

    /// Whether a name stands alone between marks, as one does that calls somebody.
    fn is_called(&self, name: Span) -> bool {
        let before = self.document.before(name);
        let after = self.document.after(name);
        let opens = before.is_empty()
            || before.ends_with(['“', '"', '‘', '\n'])
            || [". ", "! ", "? "].iter().any(|end| before.ends_with(end));
        if opens {
            let next = after
                .strip_prefix(", ")
                .and_then(|rest| rest.split(' ').next());
            return next.is_some_and(|next| {
                !APPOSITIVE.contains(&next)
                    && next.starts_with(char::is_lowercase)
                    && !next.ends_with("ed")
            });
        }
        before.ends_with(", ") && after.starts_with(['.', '!', '?'])
    }
}
