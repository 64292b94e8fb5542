//! Interviews printed as questions and answers: the answers, without quotation marks, are the words of whom they are with.

use std::cmp::Reverse;

use super::Stretch;
use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, MentionKind, Speaker};
use crate::article::{Document, Paragraph, Role};

/// An article with fewer answers is no interview: its unmarked quotes are statements of whoever.
const LEAST_ANSWERS: usize = 3;

/// The label that a transcript's paragraph opens with is no longer, in bytes.
const LONGEST_LABEL: usize = 40;

/// The answers of an interview, as the words of whom their label names or else of the person it is with; none where it is no
/// interview.
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
    let interviewee = interviewee(document, entities, first.sentences.start);
    let said = answers.iter().filter_map(|answer| {
        let labelled = label(document.text(answer.span))
            .and_then(|label| entities.iter().find(|entity| is_labelled(entity, label)));
        let person = match labelled {
            Some(person) => person,
            None => entities.get(interviewee?)?,
        };
        Some(Stretch::of(answer.span, speaker(person)?))
    });
    said.collect()
}

/// Whom an interview is with whose answers stand between quotation marks, each after a question in a paragraph of its own:
/// an index into the entities.
pub(super) fn asked(document: &Document, entities: &[Entity]) -> Option<usize> {
    let own: Vec<&Paragraph> = document.paragraphs.iter().filter(|p| p.analyzed).collect();
    let answers = own.windows(2).filter_map(|pair| match pair {
        [question, answer] => {
            let asks = document.text(question.span).ends_with('?');
            (asks && answer.role == Role::Quote).then_some(*answer)
        }
        _ => None,
    });
    let answers: Vec<&Paragraph> = answers.collect();
    let first = answers.first().filter(|_| answers.len() >= LEAST_ANSWERS)?;
    interviewee(document, entities, first.sentences.start)
}

/// "ROE" of "ROE: We won."
fn label(text: &str) -> Option<&str> {
    let (label, _) = text.split_once(':')?;
    let capitals = label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase);
    (capitals && label.len() <= LONGEST_LABEL).then_some(label.trim())
}

/// Whether a label in capitals is a person's: the name, the surname, or the initials.
fn is_labelled(entity: &Entity, label: &str) -> bool {
    let words: Vec<String> = entity.name.split(' ').map(str::to_uppercase).collect();
    let initials = || {
        words
            .iter()
            .filter_map(|word| word.chars().next())
            .collect::<String>()
    };
    entity.entity_type == EntityType::Person
        && (entity.name.to_uppercase() == label
            || words.last().is_some_and(|surname| surname == label)
            || words.len() > 1 && initials() == label.replace('.', ""))
}

fn speaker(person: &Entity) -> Option<Speaker> {
    Some(Speaker::of(person, person.mentions.first()?.span))
}

/// The person an interview is with, an index into the entities: the one named most before the first answer, in the headline above all; of two named as often
/// the one whom the whole article names more.
fn interviewee(document: &Document, entities: &[Entity], first: usize) -> Option<usize> {
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
        .enumerate()
        .filter(|(_, entity)| entity.entity_type == EntityType::Person);
    let mut weighed: Vec<((usize, usize), usize)> = people
        .map(|(index, person)| ((weight(person), person.mentions.len()), index))
        .filter(|((weight, _), _)| *weight > 0)
        .collect();
    weighed.sort_by_key(|(weight, _)| Reverse(*weight));
    let (most, person) = weighed.first()?;
    let rival = weighed.get(1).map(|(weight, _)| weight);
    rival.is_none_or(|rival| most > rival).then_some(*person)
}
