//! Surnames in a speaker's own words that are a namesake's: hardly anybody speaks of himself by name.

use std::collections::BTreeMap;

use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, Mention, MentionKind};
use crate::analysis::voices::described::surname;
use crate::analysis::voices::{Voices, gender};
use crate::article::Document;

/// How sure it is that the only other bearer of the surname is meant.
const OTHER: f32 = 0.6;

/// Of a larger family it is not told who is meant.
const BEARERS: usize = 8;

/// Gives a surname that its bearer says to the one other person who bears it.
pub fn tell_apart(document: &Document, entities: &mut [Entity], voices: &Voices) {
    let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, entity) in entities.iter().enumerate() {
        if let (EntityType::Person, Some(family)) = (entity.entity_type, surname(entity)) {
            families.entry(family.to_owned()).or_default().push(index);
        }
    }
    families.retain(|_, bearers| (2..=BEARERS).contains(&bearers.len()));
    let mut moved: Vec<(usize, Mention)> = Vec::new();
    for (family, bearers) in &families {
        for bearer in bearers {
            let others = bearers.iter().filter(|other| *other != bearer);
            let genders: Vec<(usize, Option<gender::Gender>)> = others
                .filter_map(|other| Some((*other, gender::of(document, entities.get(*other)?))))
                .collect();
            let Some(entity) = entities.get_mut(*bearer) else {
                continue;
            };
            let id = entity.id.clone();
            entity.mentions.retain(|mention| {
                let own = mention.kind == MentionKind::Alias
                    && mention.quoted
                    && document.text(mention.span).ends_with(family.as_str())
                    && voices
                        .at(document, mention.span)
                        .speaker()
                        .is_some_and(|speaker| speaker.entity_id.as_ref() == Some(&id));
                if !own {
                    return true;
                }
                let title = gender::of_titled(document, mention.span);
                let mut fitting = genders
                    .iter()
                    .filter(|(_, own)| own.is_none() || title.is_none() || *own == title);
                let (Some((other, _)), None) = (fitting.next(), fitting.next()) else {
                    return true;
                };
                let mention = Mention {
                    confidence: OTHER,
                    ..mention.clone()
                };
                moved.push((*other, mention));
                false
            });
        }
    }
    moved.sort_by_key(|(other, _)| *other);
    for group in moved.chunk_by(|(a, _), (b, _)| a == b) {
        let other = group
            .first()
            .and_then(|(other, _)| entities.get_mut(*other));
        if let Some(entity) = other {
            let mentions = group.iter().map(|(_, mention)| mention.clone());
            entity.mentions.extend(mentions);
            entity
                .mentions
                .sort_by_key(|mention| (mention.span.field(), mention.span.start()));
        }
    }
}
