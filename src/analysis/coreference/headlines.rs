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

/// The people of a headline.
#[derive(Default)]
pub(super) struct Headlined {
    /// Whom the headline names.
    named: Vec<usize>,
}

impl Headlined {
    pub(super) fn of(document: &Document, entities: &[Entity]) -> Self {
        let mut named = Vec::new();
        let titles = document
            .sentences
            .iter()
            .take_while(|own| document.role_of(own) == Role::Headline)
            .count();
        for (index, entity) in entities.iter().enumerate() {
            if entity.entity_type != EntityType::Person {
                continue;
            }
            if entity.mentions.iter().any(|own| own.sentence < titles) {
                named.push(index);
            }
        }
        Headlined { named }
    }
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
        match (self.document.role_of(sentence), &self.headlined.named[..]) {
            (Role::Standfirst, [only]) => Some(*only),
            _ => None,
        }
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
