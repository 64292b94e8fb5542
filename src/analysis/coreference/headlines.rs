//! Whom the lines below a headline mean by an office or an epithet alone: "Prime minister clings on".

use super::candidates::{Candidate, Form};
use super::chains::Chains;
use super::described::Described;
use crate::analysis::request::EntityType;
use crate::analysis::result::Entity;
use crate::article::{Document, Role};

/// So probably such a phrase must stand for a person.
const PERSON: f32 = 0.4;
/// How sure such a link is.
pub(super) const HEADLINED: f32 = 0.65;

/// The one person whom the headline names.
pub(super) fn named(document: &Document, entities: &[Entity]) -> Option<usize> {
    let titles = document
        .sentences
        .iter()
        .take_while(|own| document.role_of(own) == Role::Headline)
        .count();
    let mut named = entities.iter().enumerate().filter(|(_, entity)| {
        entity.entity_type == EntityType::Person
            && entity.mentions.iter().any(|own| own.sentence < titles)
    });
    let (only, _) = named.next()?;
    named.next().is_none().then_some(only)
}

impl Described<'_> {
    /// Whom a phrase that opens the line below a headline means: the one person whom the headline names.
    pub(super) fn headlined(&self, own: &Candidate) -> Option<usize> {
        let sentence = self.document.sentences.get(own.sentence)?;
        let opens = own.span.start() == sentence.span.start();
        // "Shamed" of "Shamed striker Danny" is no phrase of its own, nor is "Rugby club" of "Rugby club treasurer".
        let next = self.document.after(own.span);
        let alone = own.words.len() > 1 || next.starts_with([',', ':']) || next.starts_with(" who");
        if !opens || !alone || own.personal < PERSON || own.owner_end().is_some() {
            return None;
        }
        let below = self.document.role_of(sentence) == Role::Standfirst;
        self.headlined.filter(|_| below)
    }

    /// "A treasurer" in the first sentence of the text, after a headline about a treasurer.
    pub(super) fn taken_from_headline(
        &self,
        own: &Candidate,
        chains: &Chains<'_>,
    ) -> Option<usize> {
        let opens = own.place.0 == 0 && matches!(own.first(), "a" | "an");
        let above = own.sentence.checked_sub(1)?;
        let above = self.document.sentences.get(above)?;
        if !opens || !self.document.role_of(above).is_heading() || own.personal < PERSON {
            return None;
        }
        let earlier = self.candidates.iter().enumerate();
        let mut headlines = earlier.take_while(|(_, other)| {
            let sentence = self.document.sentences.get(other.sentence);
            sentence.is_some_and(|own| self.document.role_of(own) == Role::Headline)
        });
        let (at, _) = headlines
            .find(|(_, other)| other.form == Form::Nominal && other.head() == own.head())?;
        chains.entity_of(at).map(|(entity, _)| entity)
    }
}
