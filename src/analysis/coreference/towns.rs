//! Which town "the town" is.

use super::candidates::Candidate;
use super::described::Described;
use crate::analysis::countries::{self, CountryName};
use crate::analysis::request::EntityType;
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

impl Described<'_> {
    /// The town that "the town" is: named at least twice so far, and twice as often as any other place with a government.
    pub(super) fn town(&self, own: &Candidate, noun: &str, modifiers: &[String]) -> Option<usize> {
        let wanted = TOWNS.contains(&noun) && modifiers.is_empty();
        if !wanted || !["the", "this"].contains(&own.first()) {
            return None;
        }
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for (index, entity) in self.entities.iter().enumerate() {
            let place = entity.entity_type == EntityType::Geopolitical
                && countries::find(&entity.name).is_none_or(|(_, kind)| kind == CountryName::Seat);
            let place_of = |span: Span| (span.field(), span.start());
            let count = entity
                .mentions
                .partition_point(|mention| place_of(mention.span) < place_of(own.span));
            if place && count > 0 {
                counts.push((count, index));
            }
        }
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let (most, town) = *counts.first()?;
        let rival = counts.get(1).map_or(0, |(count, _)| *count);
        let name = self.entities.get(town)?.name.as_str();
        (most >= 2 && most >= 2 * rival && !STATES.contains(&name)).then_some(town)
    }
}
