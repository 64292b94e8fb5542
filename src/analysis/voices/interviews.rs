//! Interviews printed as questions and answers: the answers, without quotation marks, are the words of whom they are with.

use std::cmp::Reverse;

use super::Stretch;
use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, MentionKind, Speaker};
use crate::article::{Document, Paragraph, Role};

/// An article with fewer answers is no interview: its unmarked quotes are statements of whoever.
const LEAST_ANSWERS: usize = 3;

/// The answers of an interview, as the words of the person it is with; none where it is no interview.
pub(super) fn answers(document: &Document, entities: &[Entity]) -> Vec<Stretch> {
    let marked = |paragraph: &Paragraph| {
        let text = document.text(paragraph.span);
        text.starts_with(['“', '"', '‘', '\'', '«', '„'])
    };
    let answers: Vec<&Paragraph> = document
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.role == Role::Quote && !marked(paragraph))
        .collect();
    let Some(first) = answers.first().filter(|_| answers.len() >= LEAST_ANSWERS) else {
        return Vec::new();
    };
    let Some(speaker) = interviewee(document, entities, first.sentences.start) else {
        return Vec::new();
    };
    let said = answers.iter().map(|answer| Stretch {
        span: answer.span,
        speaker: Some(speaker.clone()),
    });
    said.collect()
}

/// The person an interview is with: the one named most before the first answer, in the headline above all.
fn interviewee(document: &Document, entities: &[Entity], first: usize) -> Option<Speaker> {
    let titled = |sentence: usize| {
        let own = document.sentences.get(sentence);
        own.is_some_and(|own| document.role_of(own) == Role::Headline)
    };
    let weight = |entity: &Entity| -> usize {
        let mentions = entity.mentions.iter();
        let named = mentions.filter(|m| m.kind != MentionKind::Pronoun && m.sentence < first);
        named.map(|m| if titled(m.sentence) { 3 } else { 1 }).sum()
    };
    let people = entities
        .iter()
        .filter(|entity| entity.entity_type == EntityType::Person);
    let mut weighed: Vec<(usize, &Entity)> =
        people.map(|person| (weight(person), person)).collect();
    weighed.sort_by_key(|(weight, _)| Reverse(*weight));
    let ((most, person), rival) = (*weighed.first()?, weighed.get(1).map_or(0, |next| next.0));
    (most > rival).then_some(Speaker {
        entity_id: Some(person.id.clone()),
        name: person.name.clone(),
        span: person.mentions.first()?.span,
        paraphrased: false,
    })
}
