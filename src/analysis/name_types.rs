//! What kind of thing a name stands for, by all the places where it stands.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::countries;
use super::names::Name;
use super::request::EntityType;
use super::voices::gender;
use crate::article::Document;

/// Prepositions of place.
const LOCATING: [&str; 14] = [
    "in", "at", "near", "from", "to", "of", "around", "outside", "across", "through", "into",
    "between", "the", "toward",
];

/// The tag of an institution as sure as this is not taken for a person's.
const CERTAIN: f32 = 0.8;

/// How much a tag counts that takes such a name for a person's.
const UNLIKELY: f32 = 0.85;

/// A name that is nobody's surname, that no title and no given name shows to be a person's, and that stands for something
/// else as well, is no person's: a ship is easily taken for one.
pub(super) fn settle_unlikely_people(
    document: &Document,
    names: &[Name],
    texts: &[Vec<&str>],
    types: &mut [EntityType],
) {
    let parts: HashSet<&str> = people_in_full(texts, types).flatten().copied().collect();
    let mut weights: HashMap<&[&str], BTreeMap<EntityType, f32>> = HashMap::new();
    let mut people: HashSet<&[&str]> = HashSet::new();
    for ((words, own), name) in texts.iter().zip(types.iter()).zip(names) {
        let known = words.len() == 1 && words.iter().any(|word| parts.contains(word))
            || gender::of_titled(document, name.span).is_some()
            || gender::of_name(&words.join(" ")).is_some();
        if known {
            people.insert(words);
        }
        let with_article = ["the ", "The "]
            .iter()
            .any(|a| document.before(name.span).ends_with(a));
        let weight = match own {
            EntityType::Person if with_article => 0.0,
            EntityType::Person => UNLIKELY * name.confidence,
            _ => name.confidence,
        };
        *weights.entry(words).or_default().entry(*own).or_default() += weight;
    }
    for (words, own) in texts.iter().zip(types) {
        let Some(known) = weights.get(words.as_slice()).filter(|all| all.len() > 1) else {
            continue;
        };
        if !known.contains_key(&EntityType::Person) || people.contains(words.as_slice()) {
            continue;
        }
        if let Some((kind, _)) = known.iter().max_by(|a, b| a.1.total_cmp(b.1)) {
            *own = *kind;
        }
    }
}

/// The words of the people's names of more than one.
fn people_in_full<'a, 'b>(
    texts: &'b [Vec<&'a str>],
    types: &'b [EntityType],
) -> impl Iterator<Item = &'b Vec<&'a str>> {
    let full = texts.iter().zip(types);
    full.filter(|(words, kind)| **kind == EntityType::Person && words.len() > 1)
        .map(|(words, _)| words)
}

/// A place or an institution that bears the surname of somebody whom the article names in full, and that nothing shows to be
/// one, is that person: "Orsk said" after "Dalia Orsk".
pub(super) fn settle_surnames(
    document: &Document,
    names: &[Name],
    texts: &[Vec<&str>],
    types: &mut [EntityType],
) {
    let full = people_in_full(texts, types);
    let surnames: HashSet<&str> = full.filter_map(|words| words.last().copied()).collect();
    let opening: HashSet<&str> = texts
        .iter()
        .zip(types.iter())
        .filter(|(words, own)| **own == EntityType::Organization && words.len() > 1)
        .filter_map(|(words, _)| words.first().copied())
        .collect();
    for ((words, own), name) in texts.iter().zip(types).zip(names) {
        let place = matches!(own, EntityType::Location | EntityType::Geopolitical);
        let [word] = words.as_slice() else { continue };
        let body = matches!(own, EntityType::Organization | EntityType::Other)
            && name.confidence < CERTAIN
            && !opening.contains(word)
            && !document.before(name.span).ends_with("he ");
        if (place || body)
            && surnames.contains(word)
            && countries::find(word).is_none()
            && !is_placed(document, name)
        {
            *own = EntityType::Person;
        }
    }
}

/// Whether the word before a name shows that it is a place's.
fn is_placed(document: &Document, name: &Name) -> bool {
    let before = document.before(name.span);
    let word = before.trim_end().rsplit(char::is_whitespace).next();
    let word = word.unwrap_or("").to_lowercase();
    let after = document.after(name.span);
    // "Orsk, Russia", but not "Orsk, the former assistant"
    let region = after.strip_prefix(", ");
    LOCATING.contains(&word.as_str())
        || after.starts_with('-')
        || region.is_some_and(|region| region.starts_with(char::is_uppercase))
}

/// One name bears one type throughout, unless it is used for several things about as often.
pub(super) fn settled(texts: &[Vec<&str>], names: &[Name]) -> Vec<EntityType> {
    let mut counts: HashMap<&[&str], HashMap<EntityType, usize>> = HashMap::new();
    for (words, name) in texts.iter().zip(names) {
        *counts
            .entry(words)
            .or_default()
            .entry(name.entity_type)
            .or_default() += 1;
    }
    texts
        .iter()
        .zip(names)
        .map(|(words, name)| {
            let Some(types) = counts.get(words.as_slice()) else {
                return name.entity_type;
            };
            let total: usize = types.values().sum();
            let own = types.get(&name.entity_type).copied().unwrap_or(0);
            let most = types
                .iter()
                .max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)))
                .map_or(name.entity_type, |(kind, _)| *kind);
            if own * 3 <= total {
                most
            } else {
                name.entity_type
            }
        })
        .collect()
}
