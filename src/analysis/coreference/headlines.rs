//! Whom a headline and the lines below it mean by an office or an epithet alone: "Prime minister clings on".

use super::candidates::{Candidate, Form};
use super::chains::Chains;
use super::described::Described;
use super::institutions::is_kind;
use crate::analysis::request::EntityType;
use crate::analysis::result::Entity;
use crate::article::{Document, Role};

/// So probably such a phrase must stand for a person.
const PERSON: f32 = 0.4;
/// The person named first stands at the start of one of so many sentences after the headline.
const OPENING: usize = 3;
/// How sure such a link is.
pub(super) const HEADLINED: f32 = 0.65;

/// The people of a headline, and who opens the text below.
#[derive(Default)]
pub(super) struct Headlined {
    /// Whom the headline names.
    named: Vec<usize>,
    /// Whom the text names first, as the first words of a sentence.
    opening: Option<usize>,
}

impl Headlined {
    pub(super) fn of(document: &Document, entities: &[Entity]) -> Self {
        let mut named = Vec::new();
        let mut first: Option<(usize, usize)> = None;
        let titles = document
            .sentences
            .iter()
            .take_while(|own| document.role_of(own) == Role::Headline)
            .count();
        for (index, entity) in entities.iter().enumerate() {
            if entity.entity_type != EntityType::Person {
                continue;
            }
            let mut mentions = entity.mentions.iter();
            if mentions.clone().any(|mention| mention.sentence < titles) {
                named.push(index);
            }
            let opens = mentions.find(|mention| mention.sentence >= titles);
            let start = opens
                .and_then(|mention| Some((mention, document.sentences.get(mention.sentence)?)))
                .filter(|(mention, sentence)| {
                    mention.span.start() == sentence.span.start()
                        && mention.sentence < titles + OPENING
                });
            if let Some((mention, _)) = start
                && first.is_none_or(|(known, _)| mention.sentence < known)
            {
                first = Some((mention.sentence, index));
            }
        }
        Headlined {
            named,
            opening: first.map(|(_, index)| index),
        }
    }
}

impl Described<'_> {
    /// Whom a phrase that opens the headline or a line below it means: the one person whom the headline names, or, where it
    /// names nobody, whom the text names first.
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
            (Role::Headline, []) if !is_kind(own.head()) => self.headlined.opening,
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
        if !opens || own.personal < PERSON {
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
