//! Whom a pronoun means that names a source.

use super::gender::Gender;
use super::speakers::{Place, Resolver};
use crate::analysis::pronouns::{Class, class_of};
use crate::analysis::request::EntityType;
use crate::article::Span;

/// A pronoun's person was named at most so many sentences before.
const REACH: usize = 3;
/// The only person of a gender is the only one among so many names before.
const MEMORY: usize = 300;

impl Resolver<'_> {
    /// Whom a pronoun means, if the gender fits: who speaks without a name, the sentence's own subject, whom the text before is
    /// about, who spoke last, or else who was named last.
    pub fn of_pronoun(&self, source: Span, sentence: usize, pronoun: &str) -> Option<usize> {
        let Some(Class::Person(wanted)) = class_of(pronoun) else {
            if !matches!(pronoun, "it" | "they") {
                return None;
            }
            // An institution that spoke just before, or that the sentence before is about.
            let spoke = self.last.filter(|(entity, at)| {
                !self.is_person(*entity) && sentence.saturating_sub(*at) <= 1
            });
            return spoke.map(|(entity, _)| entity).or_else(|| {
                let before = self.opening(sentence.checked_sub(1)?);
                let place = before.filter(|place| self.is_institution(place.entity))?;
                let country = self.type_of(place.entity) == Some(EntityType::Geopolitical);
                (pronoun == "it" || !country).then_some(place.entity)
            });
        };
        let before = self.places.get(..self.places_before(source))?.iter().rev();
        // Nobody is named in their own words, as a rule.
        let own = |place: &Place| self.is_said(place);
        let person = |place: &&Place| self.is_person(place.entity) && !place.quoted && !own(place);
        let near = before
            .clone()
            .take_while(|place| place.sentence + REACH >= sentence);
        let near: Vec<&Place> = near.filter(person).collect();
        // Somebody without a name spoke after whoever was named last.
        if let Some(unnamed) = self
            .unnamed
            .filter(|own| self.is_near(own.phrase, sentence))
        {
            let after = unnamed.phrase.end();
            let named = near.iter().any(|place| {
                place.span.field() == source.field()
                    && place.span.start() >= after
                    && !self.owns(place)
            });
            if !named {
                return unnamed.entity;
            }
        }
        let fits = |entity: usize| self.gender_of(entity).is_none_or(|own| own == wanted);
        // "Lund asked for patience, saying she thought …"
        let subject = self
            .name_opening(sentence)
            .filter(|place| place.span.end() < source.start() && fits(place.entity) && !own(place));
        if let Some(subject) = subject {
            return Some(subject.entity);
        }
        let surely = |entity: usize| self.gender_of(entity) == Some(wanted);
        let spoke = self.last.filter(|(entity, at)| {
            self.is_person(*entity) && fits(*entity) && sentence.saturating_sub(*at) <= REACH
        });
        // "Lund will resign, she announced": in the first words of all.
        if spoke.is_none()
            && let Some(subject) = self
                .name_opening(sentence)
                .filter(|place| fits(place.entity))
            && subject.span.end() < source.start()
        {
            return Some(subject.entity);
        }
        let spoke_at = spoke.map_or(0, |(_, at)| at);
        // The paragraph's last sentence but one, if it is about somebody else who has not spoken yet.
        if let Some(topic) = self.topic_before(sentence, spoke_at).filter(|e| fits(*e)) {
            return Some(topic);
        }
        if let Some((entity, at)) = spoke {
            // Somebody else who was named since, as surely fitting, may be meant as well.
            let rival = near.iter().any(|p| {
                p.entity != entity && p.sentence > at && surely(p.entity) && !self.owns(p)
            });
            if !rival {
                return Some(entity);
            }
        }
        // The first one named in the nearest sentence that names a fitting one: its subject, most likely.
        let mut pool: Vec<&&Place> = near.iter().filter(|p| surely(p.entity)).collect();
        if pool.is_empty() {
            pool = near.iter().filter(|p| fits(p.entity)).collect();
        }
        if spoke.is_none()
            && let Some(topic) = self.topic_of_paragraph(sentence).filter(|e| fits(*e))
        {
            return Some(topic);
        }
        let Some(nearest) = pool.first() else {
            return self.only_one(wanted, before.take(MEMORY).filter(person));
        };
        let mut candidates = pool.iter().filter(|p| p.sentence == nearest.sentence);
        candidates.next_back().map(|place| place.entity)
    }

    /// Whether a phrase stands at most a few sentences before one.
    fn is_near(&self, phrase: Span, sentence: usize) -> bool {
        let at = self.sentence_of(phrase);
        at.is_some_and(|at| sentence.saturating_sub(at) <= REACH)
    }

    /// Whether a name stands for what is its bearer's: "Lund's" of "Lund's plan".
    pub fn owns(&self, place: &Place) -> bool {
        let after = self.document.after(place.span);
        ["'s", "’s"].iter().any(|ending| after.starts_with(ending))
    }

    /// Whether a name stands in the words of the attribution whose source is read.
    pub fn is_said(&self, place: &Place) -> bool {
        self.said.iter().any(|span| span.contains(place.span))
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

    /// Whom the last sentence of the paragraph before is about.
    fn topic_of_paragraph(&self, sentence: usize) -> Option<usize> {
        let own = self.document.sentences.get(sentence)?;
        let opens = self.document.paragraphs.get(own.paragraph)?;
        let before = sentence.checked_sub(1)?;
        let first = opens.sentences.start == sentence;
        self.name_opening(before)
            .filter(|_| first)
            .map(|place| place.entity)
    }

    /// The only person of this gender that the article has named so far, and whoever may be of it.
    fn only_one<'a>(
        &self,
        wanted: Gender,
        named: impl Iterator<Item = &'a Place>,
    ) -> Option<usize> {
        let mut fitting = named
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
