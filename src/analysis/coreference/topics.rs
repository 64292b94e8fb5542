//! Whom the last sentences are about.

use super::candidates::{Candidate, Form};
use super::chains::Chains;
use super::described::Described;
use crate::analysis::pronouns::Class;

/// So many candidates before a phrase are looked through for whom the sentence before is about.
const RECENT: usize = 40;
/// The only person of a gender is looked for in so many sentences.
const LATE: usize = 6;

impl Described<'_> {
    /// The person mentioned first in the last sentence of so many before that mentions one, where this one mentions nobody else
    /// before the phrase.
    pub(super) fn topic_before(
        &self,
        at: usize,
        own: &Candidate,
        chains: &Chains<'_>,
        reach: usize,
    ) -> Option<usize> {
        let earlier = self.candidates.get(..at)?.iter().enumerate().rev();
        let near = earlier
            .take(RECENT)
            .take_while(|(_, other)| other.sentence + reach >= own.sentence);
        let people: Vec<(usize, usize)> = near
            .filter_map(|(at, other)| {
                let (entity, _) = chains.entity_of(at)?;
                // Whom a quote mentions does not speak it.
                let counts = self.is_person(entity) && (own.quoted || !other.quoted);
                counts.then_some((other.sentence, entity))
            })
            .collect();
        let (last, _) = *people.first()?;
        let (_, topic) = people.iter().take_while(|(at, _)| *at == last).last()?;
        (last != own.sentence).then_some(*topic)
    }

    /// The only person of a pronoun's gender who was mentioned of late, by a name or as a quote's "I".
    pub fn only_person(&self, at: usize, own: &Candidate, chains: &Chains<'_>) -> Option<usize> {
        let Form::Pronoun(Class::Person(gender)) = own.form else {
            return None;
        };
        if own.quoted {
            return None;
        }
        let earlier = self.candidates.get(..at)?.iter().enumerate().rev();
        let near = earlier
            .take(RECENT)
            .take_while(|(_, other)| other.sentence + LATE >= own.sentence);
        let mut people = near.filter_map(|(at, other)| {
            let (entity, _) = chains.entity_of(at)?;
            let fits = self.is_person(entity)
                && chains.gender_of(entity).is_none_or(|known| known == gender)
                && other.form != Form::Nominal;
            fits.then_some(entity)
        });
        let first = people.next()?;
        let alone = people.all(|other| other == first);
        (alone && chains.gender_of(first) == Some(gender)).then_some(first)
    }

    /// The one institution of the sentence before, for an "its" or "they" that opens this one.
    pub fn opening_body(&self, at: usize, own: &Candidate) -> Option<usize> {
        let Form::Pronoun(Class::Thing | Class::Several) = own.form else {
            return None;
        };
        // "It" opens many sentences in which it stands for nothing named.
        if own.place.0 > 0 || own.first() == "it" {
            return None;
        }
        let several = own.form == Form::Pronoun(Class::Several);
        let earlier = self.candidates.get(..at)?.iter().rev();
        let mut before = earlier
            .take(RECENT)
            .take_while(|other| other.sentence + 1 >= own.sentence);
        // "Voters … They"
        let rival =
            before.any(|other| several && other.plural == Some(true) && other.personal >= 0.5);
        if rival {
            return None;
        }
        self.only_body(own)
    }
}
