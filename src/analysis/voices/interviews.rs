//! Interviews printed as questions and answers: the answers, without quotation marks, are the words of whom they are with.

use std::cmp::Reverse;
use std::ops::Range;

use super::Stretch;
use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, MentionKind, Speaker};
use crate::article::{Document, Paragraph, Role};

/// An article with fewer questions in paragraphs of their own, each with an answer, is no interview.
const LEAST_QUESTIONS: usize = 3;
/// A question, and a prompt that is none, has at most so many words.
const LONGEST_QUESTION: usize = 60;
const LONGEST_PROMPT: usize = 25;

/// What a paragraph does in an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Question,
    Answer,
    /// The article's own.
    Aside,
}

/// The answers of an interview, as the words of the person it is with; none where it is no interview.
pub(super) fn answers(document: &Document, entities: &[Entity]) -> Vec<Stretch> {
    let running: Vec<&Paragraph> = document
        .paragraphs
        .iter()
        .filter(|p| p.analyzed && !matches!(p.role, Role::Headline | Role::Standfirst))
        .collect();
    let texts: Vec<&str> = running.iter().map(|p| document.text(p.span)).collect();
    let Some((first, turns)) = turns(&texts) else {
        return Vec::new();
    };
    let Some(start) = running
        .get(first)
        .map(|paragraph| paragraph.sentences.start)
    else {
        return Vec::new();
    };
    let Some(speaker) = interviewee(document, entities, start) else {
        return Vec::new();
    };
    let answered = running.iter().skip(first).zip(turns);
    answered
        .filter(|(_, turn)| *turn == Turn::Answer)
        .map(|(paragraph, _)| Stretch {
            span: paragraph.span,
            speaker: Some(speaker.clone()),
        })
        .collect()
}

/// The index of the first question, and the turns from there.
fn turns(texts: &[&str]) -> Option<(usize, Vec<Turn>)> {
    let questions: Vec<usize> = (0..texts.len())
        .filter(|at| {
            let answered = texts.get(at + 1).is_some_and(|next| !is_question(next));
            answered && texts.get(*at).is_some_and(|text| is_question(text))
        })
        .collect();
    let first = *questions.first()?;
    if questions.len() < LEAST_QUESTIONS {
        return None;
    }
    let mut turns = Vec::new();
    let ends = questions.iter().skip(1).copied().chain([texts.len()]);
    for (question, end) in questions.iter().copied().zip(ends) {
        turns.push(Turn::Question);
        turns.extend(between(texts, question + 1..end));
    }
    Some((first, turns))
}

/// The turns from an answer's first paragraph to the next question.
fn between(texts: &[&str], range: Range<usize>) -> Vec<Turn> {
    let mut turns = Vec::new();
    for at in range.clone() {
        let text = texts.get(at).copied().unwrap_or("");
        let last = at + 1 >= range.end;
        turns.push(match turns.last() {
            None | Some(Turn::Question) => Turn::Answer,
            Some(_) if speaks_of_itself(text) => Turn::Answer,
            Some(Turn::Answer) if !last && is_prompt(text) => Turn::Question,
            Some(_) => Turn::Aside,
        });
    }
    turns
}

fn is_question(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '\'', ')'])
        .ends_with('?')
        && text.split_whitespace().count() <= LONGEST_QUESTION
}

/// Whether a paragraph may be what an interviewer says instead of asking: "Your brother gave them your address."
fn is_prompt(text: &str) -> bool {
    text.split_whitespace().count() <= LONGEST_PROMPT
        && text.ends_with(['.', '!', ':', '…', '"', '”'])
}

/// Whether somebody says "I" there.
fn speaks_of_itself(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "I" | "me" | "my" | "My"))
}

/// The person an interview is with: the one named most before the first question, in the headline above all.
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
