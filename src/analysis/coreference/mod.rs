//! Which pronouns and noun phrases stand for what was named before: pairs scored by the link head under hard constraints,
//! joined into chains from the first sentence to the last.

use std::collections::HashMap;

mod addressees;
mod authors;
pub mod candidates;
mod chains;
mod described;
mod employers;
pub mod features;
mod headlines;
mod institutions;
mod namesakes;
mod topics;
mod towns;
mod trials;

use self::candidates::{Candidate, Form};
use self::chains::Chains;
pub use self::chains::enough;
use self::described::Described;
use self::features::{Earlier, Known};
use super::passages::SentenceReading;
use super::pronouns::Class;
use super::result::{Entity, Mention, MentionKind, Speaker};
use super::voices::{Voice, Voices};
use super::{AnalyzeError, Interrupt, entities};
use crate::article::{Document, Role, Span};
use crate::model::{Models, Pair};

/// What the linking goes by: the candidates, and the pairs of them that are possible.
pub struct Choices {
    /// In order.
    pub candidates: Vec<Candidate>,
    /// Those of one anaphor stand together.
    pub pairs: Vec<Pair>,
    known: Known,
}

/// Finds the candidates of a document and their possible pairs.
pub fn choices(
    document: &Document,
    readings: &[SentenceReading],
    models: &dyn Models,
    interrupt: &dyn Interrupt,
    entities: &[Entity],
) -> Result<Choices, AnalyzeError> {
    let candidates = candidates::find(document, readings, models, interrupt, entities)?;
    let known = Known::of(document, entities);
    let mut pairs = Vec::new();
    let mut earlier = Earlier::new(entities.len());
    for (anaphor, own) in candidates.iter().enumerate() {
        interrupt.check()?;
        pairs.extend(
            features::antecedents(&candidates, anaphor, &known, &earlier).map(|antecedent| Pair {
                anaphor,
                antecedent,
                features: features::of_pair(
                    document,
                    &candidates,
                    &known,
                    &earlier,
                    (anaphor, antecedent),
                ),
            }),
        );
        earlier.pass(anaphor, own, &known);
    }
    Ok(Choices {
        candidates,
        pairs,
        known,
    })
}

/// How sure it is that an interview's questions are put to whom it is with.
const HEARER: f32 = 0.9;

/// Whom "you" in an interview's question means: who gives the answer, in the paragraph after.
fn hearer(document: &Document, candidate: &Candidate, voices: &Voices) -> Option<Speaker> {
    if candidate.form != Form::Pronoun(Class::Hearer) || candidate.quoted {
        return None;
    }
    let own = document.sentences.get(candidate.sentence)?;
    let answer = document.paragraphs.get(own.paragraph + 1)?;
    let asked = document.role_of(own) == Role::Body;
    let first = document.sentences.get(answer.sentences.start)?;
    let marked = document.text(first.span).starts_with(['“', '"', '‘', '\'']);
    if !asked || answer.role != Role::Quote || marked {
        return None;
    }
    voices.at(document, first.span).speaker().cloned()
}

/// How sure it is that "he" or "she" is the only one of that gender who was mentioned of late.
const ONLY_PERSON: f32 = 0.5;

/// Adds to each entity the noun phrases and pronouns that stand for it, and gives the chains of all mentions.
pub fn link(
    document: &Document,
    readings: &[SentenceReading],
    models: &dyn Models,
    interrupt: &dyn Interrupt,
    entities: &mut [Entity],
    voices: &mut Voices,
) -> Result<Vec<Vec<Span>>, AnalyzeError> {
    namesakes::tell_apart(document, entities, voices);
    let author = authors::find(document, entities);
    let Choices {
        candidates,
        pairs,
        known,
    } = choices(document, readings, models, interrupt, entities)?;
    let states: Vec<&[f32]> = candidates.iter().map(|c| c.state.as_slice()).collect();
    let scores = models.links(&states, &pairs)?;
    let by_id: HashMap<String, usize> = entities
        .iter()
        .enumerate()
        .map(|(index, entity)| (entity.id.clone(), index))
        .collect();
    let speakers: Vec<Option<usize>> = candidates
        .iter()
        .map(|candidate| {
            let voice = voices.at(document, candidate.span);
            by_id.get(voice.speaker()?.entity_id.as_deref()?).copied()
        })
        .collect();
    let mut chains = Chains::new(&candidates, &known, &speakers);
    let sources: HashMap<Span, usize> = voices
        .speakers()
        .filter_map(|speaker| {
            let entity = by_id.get(speaker.entity_id.as_deref()?)?;
            Some((speaker.span, *entity))
        })
        .collect();
    let mut described = Described::new(document, entities, &candidates, &known, sources);
    let mut told = vec![false; candidates.len()];
    let mut pairs = pairs.iter().zip(&scores).peekable();
    for (at, candidate) in candidates.iter().enumerate() {
        let mut own: Vec<(usize, f32)> = Vec::new();
        while let Some((pair, score)) = pairs.next_if(|(pair, _)| pair.anaphor == at) {
            own.push((pair.antecedent, *score));
        }
        if let Some(entity) = hearer(document, candidate, voices)
            .and_then(|speaker| by_id.get(speaker.entity_id.as_deref()?))
        {
            chains.join_entity(at, *entity, HEARER);
        } else if let Some((entity, probability)) = described
            .addressee(at, candidate, &chains, speakers.get(at).copied().flatten())
            .or_else(|| described.entity_of(at, &chains))
        {
            chains.join_entity(at, entity, probability);
            if let Some(told) = told.get_mut(at) {
                *told = true;
            }
        } else if let Some(author) = author
            && candidate.form == Form::Pronoun(Class::Speaker)
            && voices.at(document, candidate.span) == Voice::Article
        {
            chains.join_entity(at, author, authors::AUTHOR);
        } else if candidate.is_anaphor
            && !(candidate.form == Form::Pronoun(Class::Hearer)
                && author.is_some()
                && !candidate.quoted)
        {
            let speaks = candidate.form == Form::Nominal && voices.awaits(candidate.span);
            chains.join(at, &own, speaks);
            if !chains.is_joined(at)
                && let Some(entity) = described
                    .only_person(at, candidate, &chains)
                    .or_else(|| described.opening_body(at, candidate))
            {
                chains.join_entity(at, entity, ONLY_PERSON);
            }
        }
        described.pass(at, &chains);
    }
    for (at, candidate) in candidates.iter().enumerate() {
        if candidate.form == Form::Pronoun(Class::Speakers)
            && let Some(speaker) = speakers.get(at).copied().flatten()
            && let Some((entity, probability)) = described.speaks_for(speaker)
        {
            chains.join_entity(at, entity, probability);
        }
    }
    let mut linked = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let Some((entity, confidence)) = chains.entity_of(at) else {
            continue;
        };
        let kind = match candidate.form {
            Form::Pronoun(_) => MentionKind::Pronoun,
            Form::Nominal
                if told.get(at) == Some(&true)
                    || voices.awaits(candidate.span)
                        && confidence >= chains::SPEAKING
                        && !described.is_other(candidate, entity)
                    || confidence >= enough(Form::Nominal)
                        && described.may_be(at, candidate, entity) =>
            {
                MentionKind::Nominal
            }
            Form::Nominal | Form::Name => continue,
        };
        if candidate.entity.is_none() {
            let place = (candidate.span, candidate.sentence);
            let mention = entities::unjudged(document, place, kind, confidence);
            linked.push((entity, mention));
        }
    }
    add(entities, linked);
    voices.settle(document, entities);
    // Speakers whom only the links told say "I" too.
    let mut linked = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        if candidate.form != Form::Pronoun(Class::Speaker) || chains.entity_of(at).is_some() {
            continue;
        }
        let voice = voices.at(document, candidate.span);
        let id = voice
            .speaker()
            .and_then(|speaker| speaker.entity_id.as_deref());
        if let Some(entity) = id.and_then(|id| by_id.get(id).copied()) {
            chains.join_entity(at, entity, chains::SPEAKER);
            let place = (candidate.span, candidate.sentence);
            let mention =
                entities::unjudged(document, place, MentionKind::Pronoun, chains::SPEAKER);
            linked.push((entity, mention));
        }
    }
    add(entities, linked);
    voices.nest(document);
    for entity in entities.iter_mut() {
        entity
            .mentions
            .sort_by_key(|mention| (mention.span.field(), mention.span.start()));
    }
    Ok(chains.spans())
}

fn add(entities: &mut [Entity], mentions: Vec<(usize, Mention)>) {
    for (entity, mention) in mentions {
        if let Some(entity) = entities.get_mut(entity) {
            entity.mentions.push(mention);
        }
    }
}
