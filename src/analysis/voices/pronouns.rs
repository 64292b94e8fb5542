//! Whom a pronoun means that names a source.

use super::gender::Gender;
use super::speakers::{Place, Resolver};
use crate::analysis::pronouns::{Class, class_of};
use crate::article::Span;

/// A pronoun's person was named at most so many sentences before.
const REACH: usize = 3;
/// The only person of a gender is the only one among so many names before.
const MEMORY: usize = 300;

impl Resolver<'_> {
    /// Whom a pronoun means: who spoke last, or else who was named last, if the gender fits.
    pub fn of_pronoun(&self, source: Span, sentence: usize, pronoun: &str) -> Option<usize> {
        let Some(Class::Person(wanted)) = class_of(pronoun) else {
            // "It" and "they" go on for an institution or a group that spoke just before.
            let (entity, at) = self.last?;
            let fits = !self.is_person(entity) && sentence.saturating_sub(at) <= 1;
            return (matches!(pronoun, "it" | "they") && fits).then_some(entity);
        };
        let people = self.places.get(..self.places_before(source))?.iter().rev();
        let people = people.filter(|place| self.is_person(place.entity) && !place.quoted);
        let near: Vec<&Place> = people
            .clone()
            .take_while(|place| place.sentence + REACH >= sentence)
            .collect();
        let fits = |entity: usize| self.gender_of(entity).is_none_or(|own| own == wanted);
        let surely = |entity: usize| self.gender_of(entity) == Some(wanted);
        let spoke = self.last.filter(|(entity, at)| {
            self.is_person(*entity) && fits(*entity) && sentence.saturating_sub(*at) <= REACH
        });
        let spoke_at = spoke.map_or(0, |(_, at)| at);
        // The paragraph's last sentence but one, if it is about somebody else who has not spoken yet.
        if let Some(topic) = self.topic_before(sentence, spoke_at).filter(|e| fits(*e)) {
            return Some(topic);
        }
        if let Some((entity, at)) = spoke {
            // Somebody else who was named since, as surely fitting, may be meant as well.
            let rival = near
                .iter()
                .any(|p| p.entity != entity && p.sentence > at && surely(p.entity));
            if !rival {
                return Some(entity);
            }
        }
        // The first one named in the nearest sentence that names a fitting one: its subject, most likely.
        let mut pool: Vec<&&Place> = near.iter().filter(|p| surely(p.entity)).collect();
        if pool.is_empty() {
            pool = near.iter().filter(|p| fits(p.entity)).collect();
        }
        let Some(nearest) = pool.first() else {
            return self.only_one(wanted, people);
        };
        let mut candidates = pool.iter().filter(|p| p.sentence == nearest.sentence);
        candidates.next_back().map(|place| place.entity)
    }

    pub fn gender_of(&self, entity: usize) -> Option<Gender> {
        self.genders.get(entity).copied().flatten()
    }

    /// Whom the sentence before is about, in the same paragraph, if it stands after another one.
    fn topic_before(&self, sentence: usize, after: usize) -> Option<usize> {
        let before = sentence.checked_sub(1).filter(|at| *at > after)?;
        let paragraph = |at: usize| self.document.sentences.get(at).map(|s| s.paragraph);
        if paragraph(before) != paragraph(sentence) {
            return None;
        }
        self.name_opening(before).map(|place| place.entity)
    }

    /// The only person of this gender that the article has named so far, and whoever may be of it.
    fn only_one<'a>(
        &self,
        wanted: Gender,
        named: impl Iterator<Item = &'a Place>,
    ) -> Option<usize> {
        let mut fitting = named
            .take(MEMORY)
            .map(|place| place.entity)
            .filter(|entity| self.gender_of(*entity) == Some(wanted));
        let first = fitting.next()?;
        fitting.all(|other| other == first).then_some(first)
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
