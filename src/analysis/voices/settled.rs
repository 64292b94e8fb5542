//! Speakers whom only the linking of mentions tells: "the campaign group said", "then he says".

use std::collections::HashMap;

use super::{Stretch, Voices, titled};
use crate::analysis::pronouns::{Class, class_of};
use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, MentionKind, Speaker};
use crate::article::{Document, Field, Span};

/// A pronoun names a speaker only where it is linked as surely as this: a wrong speaker is worse than none.
const SURE: f32 = 0.5;

/// The entities that mentions stand for, by where those stand.
type Linked = HashMap<(Field, usize, usize), usize>;

impl Voices {
    /// Gives stretches whose source was linked to an entity that entity as speaker, and then the quotes of headings theirs.
    pub fn settle(&mut self, document: &Document, entities: &[Entity]) {
        let linked = linked(document, entities);
        for stretch in &mut self.stretches {
            if stretch.is_known() {
                continue;
            }
            let named = stretch.speaker.as_ref().map(|speaker| speaker.span);
            let source = named.or(stretch.source);
            let speaker = source.and_then(|source| speaker(entities, &linked, source));
            stretch.speaker = speaker.or(stretch.speaker.take());
        }
        let told = titled::find(document, entities, self);
        self.stretches.retain(|own| {
            own.is_known() || !told.iter().any(|other| other.span.contains(own.span))
        });
        self.stretches.extend(told);
        self.stretches
            .sort_by_key(|stretch| (stretch.span.field(), stretch.span.start()));
    }

    /// Adds what quotes report of others than who is quoted. After everything else: in "he said I was late", "I" is who is quoted.
    pub fn nest(&mut self, document: &Document, entities: &[Entity]) {
        let linked = linked(document, entities);
        let mut nested = Vec::new();
        for stretch in std::mem::take(&mut self.reported) {
            let source = stretch.source;
            let Some(own) = source.and_then(|source| speaker(entities, &linked, source)) else {
                continue;
            };
            let outer = self.at(document, stretch.span);
            if !outer.speaker().is_some_and(|outer| outer.is_same(&own)) {
                nested.push(Stretch::of(stretch.span, own));
            }
        }
        self.stretches.extend(nested);
        self.stretches
            .sort_by_key(|stretch| (stretch.span.field(), stretch.span.start()));
    }
}

/// Whom a phrase that names a source stands for.
fn speaker(entities: &[Entity], linked: &Linked, source: Span) -> Option<Speaker> {
    let entity = linked.get(&(source.field(), source.start(), source.end()))?;
    let own = entities.get(*entity)?;
    Some(Speaker {
        entity_id: Some(own.id.clone()),
        name: own.name.clone(),
        span: source,
        paraphrased: false,
    })
}

fn linked(document: &Document, entities: &[Entity]) -> Linked {
    let mut linked = Linked::new();
    for (index, entity) in entities.iter().enumerate() {
        if !speaks(entity.entity_type) {
            continue;
        }
        for mention in &entity.mentions {
            // "It" and "they" are rarely who speaks even where they are linked rightly.
            let person = || {
                matches!(
                    class_of(&document.text(mention.span).to_lowercase()),
                    Some(Class::Person(_))
                )
            };
            let sure = match mention.kind {
                MentionKind::Pronoun => mention.confidence >= SURE && person(),
                MentionKind::Demonym => false,
                _ => true,
            };
            if sure {
                let place = mention.span;
                linked.insert((place.field(), place.start(), place.end()), index);
            }
        }
    }
    linked
}

fn speaks(kind: EntityType) -> bool {
    use EntityType::{Geopolitical, Group, Organization, Person};
    matches!(kind, Person | Organization | Geopolitical | Group)
}
