//! Speakers whom only the linking of mentions tells: "the campaign group said", "then he says".

use std::collections::{HashMap, HashSet};

use super::{Stretch, Voices, titled};
use crate::analysis::pronouns::{Class, class_of};
use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, MentionKind, Speaker};
use crate::article::{Document, Field, Span};

/// A pronoun names a speaker only where it is linked as surely as this: a wrong speaker is worse than none.
const SURE: f32 = 0.5;

/// The entities that mentions stand for, by where those stand.
#[derive(Default)]
struct Linked {
    exact: HashMap<(Field, usize, usize), usize>,
    /// Those of noun phrases by where they start alone: "the chief" of "the chief of the islands".
    opening: HashMap<(Field, usize), usize>,
}

/// Where the phrases start and end that name who says something while it isn't known yet which entity that is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Awaiting {
    starts: HashSet<(Field, usize)>,
    ends: HashSet<(Field, usize)>,
}

impl Awaiting {
    pub(super) fn of<'a>(stretches: impl Iterator<Item = &'a Stretch>) -> Self {
        let mut awaiting = Awaiting::default();
        for stretch in stretches.filter(|own| !own.is_known()) {
            if let Some(source) = stretch.named() {
                awaiting.starts.insert((source.field(), source.start()));
                awaiting.ends.insert((source.field(), source.end()));
            }
        }
        awaiting
    }
}

impl Voices {
    /// Gives stretches whose source was linked to an entity that entity as speaker, and then the quotes of headings theirs.
    pub fn settle(&mut self, document: &Document, entities: &[Entity]) {
        let linked = linked(document, entities);
        for stretch in self.stretches.iter_mut().chain(&mut self.reported) {
            if stretch.is_known() {
                continue;
            }
            let speaker = stretch
                .named()
                .and_then(|source| speaker(entities, &linked, source));
            stretch.speaker = speaker.or(stretch.speaker.take());
        }
        let told: Voices = titled::find(document, entities, self).into_iter().collect();
        self.stretches
            .retain(|own| own.is_known() || told.innermost(own.span).is_none());
        self.add(told.stretches);
    }

    /// Whether a phrase names who says something and it isn't known yet which entity that is.
    pub fn awaits(&self, phrase: Span) -> bool {
        let field = phrase.field();
        self.awaiting.starts.contains(&(field, phrase.start()))
            || self.awaiting.ends.contains(&(field, phrase.end()))
    }

    /// Adds what quotes report of others than who is quoted. After everything else: in "he said I was late", "I" is who is quoted.
    pub fn nest(&mut self, document: &Document) {
        let mut reported = std::mem::take(&mut self.reported);
        reported.retain(|stretch| {
            stretch.speaker.as_ref().is_some_and(|own| {
                let outer = self.at(document, stretch.span);
                !outer.speaker().is_some_and(|outer| outer.is_same(own))
            })
        });
        self.add(reported);
    }
}

/// Whom a phrase that names a source stands for.
fn speaker(entities: &[Entity], linked: &Linked, source: Span) -> Option<Speaker> {
    let (field, start) = (source.field(), source.start());
    let exact = linked.exact.get(&(field, start, source.end()));
    let entity = exact.or_else(|| linked.opening.get(&(field, start)))?;
    Some(Speaker::of(entities.get(*entity)?, source))
}

fn linked(document: &Document, entities: &[Entity]) -> Linked {
    let mut linked = Linked::default();
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
                let (field, start) = (place.field(), place.start());
                linked.exact.insert((field, start, place.end()), index);
                if mention.kind == MentionKind::Nominal {
                    linked.opening.entry((field, start)).or_insert(index);
                }
            }
        }
    }
    linked
}

fn speaks(kind: EntityType) -> bool {
    use EntityType::{Geopolitical, Group, Organization, Person};
    matches!(kind, Person | Organization | Geopolitical | Group)
}
