//! Whom a pronoun means that names a source.

use super::speakers::{Place, Resolver};
use crate::analysis::pronouns::{Class, class_of};
use crate::analysis::request::EntityType;
use crate::article::Span;

/// A pronoun's person was named at most so many sentences before.
const REACH: usize = 3;

impl Resolver<'_> {
    /// Whom a pronoun means: who spoke last, or else who was named last, if the gender fits.
    pub fn of_pronoun(&self, source: Span, sentence: usize, pronoun: &str) -> Option<usize> {
        let Some(Class::Person(wanted)) = class_of(pronoun) else {
            // "It" and "they" go on for an institution or a group that spoke just before.
            let (entity, at) = self.last?;
            let fits = self.type_of(entity) != Some(EntityType::Person)
                && sentence.saturating_sub(at) <= 1;
            return (matches!(pronoun, "it" | "they") && fits).then_some(entity);
        };
        let before = self.places.partition_point(|place| {
            (place.span.field(), place.span.start()) < (source.field(), source.start())
        });
        let near: Vec<&Place> = self
            .places
            .get(..before)?
            .iter()
            .rev()
            .take_while(|place| place.sentence + REACH >= sentence)
            .filter(|place| self.type_of(place.entity) == Some(EntityType::Person) && !place.quoted)
            .collect();
        let known = |entity: usize| self.genders.get(entity).copied().flatten();
        let fits = |entity: usize| known(entity).is_none_or(|own| own == wanted);
        if let Some((entity, at)) = self.last.filter(|(entity, at)| {
            self.type_of(*entity) == Some(EntityType::Person)
                && fits(*entity)
                && sentence.saturating_sub(*at) <= REACH
        }) {
            // Somebody else who was named since, as surely fitting, may be meant as well.
            let rival = near
                .iter()
                .any(|p| p.entity != entity && p.sentence > at && known(p.entity) == Some(wanted));
            if !rival {
                return Some(entity);
            }
        }
        // The first one named in the nearest sentence that names a fitting one: its subject, most likely.
        let surely: Vec<&&Place> = near
            .iter()
            .filter(|place| known(place.entity) == Some(wanted))
            .collect();
        let pool: Vec<&&Place> = if surely.is_empty() {
            near.iter().filter(|place| fits(place.entity)).collect()
        } else {
            surely
        };
        let nearest = pool.first()?.sentence;
        let mut candidates = pool.iter().filter(|place| place.sentence == nearest);
        candidates.next_back().map(|place| place.entity)
    }
}

pub(super) fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "you"
            | "him"
            | "her"
            | "them"
            | "who"
            | "himself"
            | "herself"
            | "that"
            | "this"
            | "which"
            | "one"
    )
}
