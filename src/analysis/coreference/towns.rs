//! Which town "the town" is.

use super::candidates::Candidate;
use super::described::Described;
use crate::analysis::countries::{self, CountryName};
use crate::analysis::request::EntityType;
use crate::analysis::result::Entity;
use crate::article::Span;

/// What a town is called.
const TOWNS: [&str; 3] = ["town", "village", "city"];
/// States that articles name as often as their cities.
#[rustfmt::skip]
const STATES: [&str; 49] = [
    "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware", "Florida", "Georgia", "Hawaii", "Idaho",
    "Illinois", "Indiana", "Iowa", "Kansas", "Kentucky", "Louisiana", "Maine", "Maryland", "Massachusetts", "Michigan", "Minnesota",
    "Mississippi", "Missouri", "Montana", "Nebraska", "Nevada", "New Hampshire", "New Jersey", "New Mexico", "North Carolina", "North Dakota",
    "Ohio", "Oklahoma", "Oregon", "Pennsylvania", "Rhode Island", "South Carolina", "South Dakota", "Tennessee", "Texas", "Utah", "Vermont",
    "Virginia", "Washington", "West Virginia", "Wisconsin", "Wyoming",
];

/// Of so many places that the article names most often "the town" may be one.
const MOST_NAMED: usize = 16;

/// The places with a government that are no countries, as far as they are named most often.
pub(super) fn most_named(entities: &[Entity]) -> Vec<usize> {
    let places = entities.iter().enumerate().filter(|(_, entity)| {
        entity.entity_type == EntityType::Geopolitical
            && countries::find(&entity.name).is_none_or(|(_, kind)| kind == CountryName::Seat)
    });
    let mut places: Vec<(usize, usize)> = places
        .map(|(index, entity)| (entity.mentions.len(), index))
        .collect();
    places.sort_unstable_by(|(many, a), (few, b)| few.cmp(many).then(a.cmp(b)));
    places.truncate(MOST_NAMED);
    places.into_iter().map(|(_, index)| index).collect()
}

impl Described<'_> {
    /// The town that "the town" is: named at least twice so far, and twice as often as any other place with a government.
    pub(super) fn town(&self, own: &Candidate, noun: &str, modifiers: &[String]) -> Option<usize> {
        let wanted = TOWNS.contains(&noun) && modifiers.is_empty();
        if !wanted || !["the", "this"].contains(&own.first()) {
            return None;
        }
        let place_of = |span: Span| (span.field(), span.start());
        let counts = self.towns.iter().filter_map(|index| {
            let mentions = &self.entities.get(*index)?.mentions;
            let before =
                mentions.partition_point(|mention| place_of(mention.span) < place_of(own.span));
            (before > 0).then_some((before, *index))
        });
        let mut counts: Vec<(usize, usize)> = counts.collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let (most, town) = *counts.first()?;
        let rival = counts.get(1).map_or(0, |(count, _)| *count);
        let name = self.entities.get(town)?.name.as_str();
        (most >= 2 && most >= 2 * rival && !STATES.contains(&name)).then_some(town)
    }
}
