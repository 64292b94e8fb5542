//! By which nouns the article introduces its entities: "mayor" of "Mayor Ada Lund" and of "Ada Lund, the town's mayor".

use std::collections::HashMap;

mod nouns;
mod reader;

use self::nouns::SHORT;
pub use self::nouns::narrower;
use self::reader::Reader;
use super::result::Entity;
use crate::article::{Document, Span};

/// So many descriptions by one noun are looked through, the last ones before a place.
const NEAR: usize = 50;
/// Words that tell when, how or how well somebody is what a description says; others tell different bearers apart.
#[rustfmt::skip]
const EPITHETICAL: [&str; 22] = [
    "former", "retired", "veteran", "new", "old", "young", "outgoing", "incoming", "late", "then", "embattled", "disgraced", "sacked",
    "ex", "own", "very", "long-serving", "troubled", "struggling", "popular", "controversial", "same",
];
/// Entities by the nouns that introduce them.
#[derive(Debug, Default)]
pub struct Descriptions {
    by_noun: HashMap<String, Vec<Description>>,
}

/// A noun said of an entity.
#[derive(Debug)]
struct Description {
    /// The name that it stands beside.
    name: Span,
    entity: usize,
    /// The words before the noun.
    modifiers: Vec<String>,
}

/// Words that make of a post another one: a vice president is not the president.
const DEPUTIES: [&str; 5] = ["vice", "deputy", "assistant", "shadow", "associate"];

impl Descriptions {
    /// What a document says of each of its entities, beside their names and in them.
    pub fn of(document: &Document, entities: &[Entity]) -> Self {
        let mut reader = Reader {
            document,
            found: Descriptions::default(),
        };
        for (index, entity) in entities.iter().enumerate() {
            reader.read(index, entity);
        }
        let mut found = reader.found;
        for descriptions in found.by_noun.values_mut() {
            descriptions.sort_by_key(|own| (own.name.field(), own.name.start()));
        }
        found
    }

    /// The entities that a phrase of this noun and these modifiers may stand for, of those described before a place, or with
    /// none, anywhere; each once, with the name that the description stands beside.
    pub fn fitting(
        &self,
        noun: &str,
        modifiers: &[String],
        before: Option<Span>,
    ) -> Vec<(usize, Span)> {
        let own = self.bearers(noun, modifiers, before);
        if !own.is_empty() {
            return own;
        }
        if let Some((_, long)) = SHORT.iter().find(|(short, _)| *short == noun) {
            let (head, rest) = long.split_last().unwrap_or((&"", &[]));
            let rest = rest.iter().map(|word| (*word).to_owned());
            let modifiers: Vec<String> = modifiers.iter().cloned().chain(rest).collect();
            return self.bearers(head, &modifiers, before);
        }
        let mut found: Vec<(usize, Span)> = narrower(noun)
            .iter()
            .flat_map(|noun| self.bearers(noun, modifiers, before))
            .collect();
        found.sort_unstable();
        found.dedup_by_key(|(entity, _)| *entity);
        found
    }

    fn bearers(
        &self,
        noun: &str,
        modifiers: &[String],
        before: Option<Span>,
    ) -> Vec<(usize, Span)> {
        let all = self.by_noun.get(noun).map_or(&[][..], Vec::as_slice);
        let end = before.map_or(all.len().min(NEAR), |place| {
            all.partition_point(|own| {
                (own.name.field(), own.name.end()) <= (place.field(), place.start())
            })
        });
        let near = all.get(end.saturating_sub(NEAR)..end).unwrap_or(&[]);
        let amount = |word: &str| word.contains(|c: char| c.is_ascii_digit());
        let telling: Vec<&String> = modifiers
            .iter()
            .filter(|word| !EPITHETICAL.contains(&word.as_str()) && !amount(word))
            .collect();
        let deputy = |words: &[String]| words.iter().any(|w| DEPUTIES.contains(&w.as_str()));
        let fits = near
            .iter()
            .filter(|own| telling.iter().all(|word| own.modifiers.contains(word)))
            .filter(|own| deputy(&own.modifiers) == deputy(modifiers));
        let mut found: Vec<(usize, Span)> = fits.map(|own| (own.entity, own.name)).collect();
        found.sort_unstable();
        found.dedup_by_key(|(entity, _)| *entity);
        found
    }
}

#[cfg(test)]
mod tests;
