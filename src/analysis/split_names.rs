//! Names that the tagger takes apart: "University of" and "Iceland", "Hellenic" and "Coast Guard".

use std::collections::HashSet;

use super::countries;
use super::names::Name;
use super::request::EntityType;
use crate::article::{Document, Span};

/// Puts together what the tagger takes apart.
pub(super) fn join(document: &Document, names: Vec<Name>) -> Vec<Name> {
    let pairs = names.iter().zip(names.iter().skip(1));
    let touching: HashSet<Span> = pairs
        .filter(|(first, second)| beside(document, first, second))
        .flat_map(|(first, second)| [first.span, second.span])
        .collect();
    let alone = names.iter().filter(|name| !touching.contains(&name.span));
    let alone: HashSet<&str> = alone.map(|name| document.text(name.span)).collect();
    let mut whole: Vec<Name> = Vec::with_capacity(names.len());
    for name in names {
        match whole.last_mut() {
            Some(last) if beside(document, last, &name) => {
                match joined(document, last, &name, &alone) {
                    Some(entity_type) => {
                        *last = Name {
                            span: last.span.cover(name.span),
                            entity_type,
                            is_group: false,
                            ..name
                        };
                    }
                    None => whole.push(name),
                }
            }
            _ => whole.push(name),
        }
    }
    whole
}

/// Whether one name follows another after a space.
fn beside(document: &Document, first: &Name, second: &Name) -> bool {
    first.span.field() == second.span.field()
        && first.sentence == second.sentence
        && first.span.end() + 1 == second.span.start()
        && document.after(first.span).starts_with(' ')
}

/// What two names are that stand side by side, if they are one; `alone` are those that stand by themselves elsewhere.
fn joined(
    document: &Document,
    first: &Name,
    second: &Name,
    alone: &HashSet<&str>,
) -> Option<EntityType> {
    let apart = [first, second]
        .iter()
        .all(|name| alone.contains(document.text(name.span)));
    let is_place = |name: &Name| {
        !name.is_group
            && matches!(
                name.entity_type,
                EntityType::Geopolitical | EntityType::Location
            )
    };
    let (own, next) = (first.entity_type, second.entity_type);
    let text = document.text(first.span);
    let demonym = first.is_group && countries::find(text).is_some();
    let heading = document
        .sentences
        .get(first.sentence)
        .is_some_and(|sentence| document.role_of(sentence).is_heading());
    match (own, next) {
        // "University of" and "Iceland"
        (EntityType::Organization, _) if text.ends_with(" of") => Some(own),
        // "Shanghai" and "Cooperation Organisation"
        (_, EntityType::Organization) if is_place(first) => Some(next),
        _ if heading || demonym || apart => None,
        // "Forward" and "Slovenia"
        (EntityType::Organization, _) if is_place(second) && !text.contains(' ') => Some(own),
        // "Hellenic" and "Coast Guard"
        (EntityType::Group | EntityType::Organization, EntityType::Organization)
        | (EntityType::Other, EntityType::Other) => Some(next),
        _ => None,
    }
}
