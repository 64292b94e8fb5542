//! What entities feel about each other, where the narration names both: "Otway accused Sayle of lying".

use std::collections::HashMap;

use super::passages::SentenceReading;
use super::request::EntityType;
use super::result::{Attitude, Entity, Mention};
use super::{AnalyzeError, Interrupt, sentiment};
use crate::article::{Document, Span};
use crate::model::{Models, Polarity};

/// An opinion is told from this probability. Of those told in the news some 6 of 10 are right, below it fewer than half.
pub const TOLD: f32 = 0.6;
/// So many mentions on either side of a holder are asked about: who is named farther off is hardly meant.
const NEAR: usize = 3;

/// One mention of an entity, an index into the entities.
struct Place<'a> {
    entity: usize,
    mention: &'a Mention,
}

/// A holder and a target.
type Pair<'a> = (&'a Place<'a>, &'a Place<'a>);

/// The probability of an opinion, good or bad.
pub fn surety(polarity: Polarity) -> f32 {
    polarity.negative.max(polarity.positive)
}

/// The attitudes told in each sentence, the mentions' voices being known (see [`entities::attribute`](super::entities::attribute)), each with the entity that it is about, an index into the entities: of a holder's good
/// opinions and of its bad ones the surest, since the mood of a sentence tinges whoever else is named in it.
///
/// Holders are those named outside others' words; a target stands there too or in its holder's own words.
pub fn find(
    document: &Document,
    readings: &[SentenceReading],
    models: &dyn Models,
    interrupt: &dyn Interrupt,
    entities: &[Entity],
) -> Result<Vec<(usize, Attitude)>, AnalyzeError> {
    let mut found = Vec::new();
    for group in places(entities).chunk_by(|a, b| a.mention.sentence == b.mention.sentence) {
        let pairs = pairs(entities, group);
        let at = group.first().map_or(0, |place| place.mention.sentence);
        let (Some(sentence), Some(reading)) = (document.sentences.get(at), readings.get(at)) else {
            continue;
        };
        if pairs.is_empty() {
            continue;
        }
        interrupt.check()?;
        let spans: Vec<(Span, Span)> = pairs
            .iter()
            .map(|(a, b)| (a.mention.span, b.mention.span))
            .collect();
        let polarities = reading.directed(sentence.span, &spans, models)?;
        let told = polarities
            .into_iter()
            .map(|polarity| polarity.filter(|p| surety(*p) >= TOLD));
        for ((holder, target), polarity) in surest(pairs.into_iter().zip(told)) {
            let Some(own) = entities.get(holder.entity) else {
                continue;
            };
            let attitude = Attitude {
                holder_id: own.id.clone(),
                holder_name: own.name.clone(),
                holder_span: holder.mention.span,
                sentiment: sentiment::of_opinion(polarity),
                sentence: at,
            };
            found.push((target.entity, attitude));
        }
    }
    Ok(found)
}

/// Every mention, in order.
fn places(entities: &[Entity]) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    for (entity, own) in entities.iter().enumerate() {
        places.extend(own.mentions.iter().map(|mention| Place { entity, mention }));
    }
    places.sort_by_key(|place| (place.mention.sentence, place.mention.span.start()));
    places
}

/// Each mention in a sentence of somebody who can feel something, with those near it of others.
fn pairs<'a>(entities: &[Entity], places: &'a [Place<'a>]) -> Vec<Pair<'a>> {
    let mut found = Vec::new();
    for (at, holder) in places.iter().enumerate() {
        let own = entities.get(holder.entity);
        let Some(own) = own.filter(|own| can_feel(own.entity_type)) else {
            continue;
        };
        if holder.mention.attributed {
            continue;
        }
        let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(places.len());
        let near = places.get(near).unwrap_or(&[]).iter();
        let targets = near.filter(|other| {
            let own_words = || {
                let speaker = other.mention.speaker.as_ref();
                speaker.is_some_and(|speaker| speaker.entity_id.as_ref() == Some(&own.id))
            };
            other.entity != holder.entity && (!other.mention.attributed || own_words())
        });
        found.extend(targets.map(|target| (holder, target)));
    }
    found
}

fn can_feel(kind: EntityType) -> bool {
    matches!(
        kind,
        EntityType::Person
            | EntityType::Organization
            | EntityType::Geopolitical
            | EntityType::Group
    )
}

/// The surest opinion of each holder of either kind, with its holder and target.
fn surest<'a>(
    told: impl Iterator<Item = (Pair<'a>, Option<Polarity>)>,
) -> Vec<(Pair<'a>, Polarity)> {
    let mut found: Vec<(Pair<'a>, Polarity)> = Vec::new();
    let mut known = HashMap::new();
    for (pair, polarity) in told {
        let Some(polarity) = polarity else {
            continue;
        };
        let own = (pair, polarity);
        let kind = (pair.0.entity, polarity.positive > polarity.negative);
        let at = *known.entry(kind).or_insert(found.len());
        match found.get_mut(at) {
            Some(best) if surety(polarity) > surety(best.1) => *best = own,
            Some(_) => {}
            None => found.push(own),
        }
    }
    found
}
