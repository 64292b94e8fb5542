//! Where the things that a caller names stand in the article.

use super::countries;
use super::request::EntityTarget;
use super::result::Entity;
use crate::article::{Document, Span};

/// The entity that a name stands for: by its name, by an alias in the text, or as the same country.
pub fn entity_named(entities: &[Entity], document: &Document, name: &str) -> Option<usize> {
    let wanted = plain(name);
    let country = countries::find(name.trim()).map(|(country, _)| country.name);
    entities
        .iter()
        .position(|e| plain(&e.name) == wanted || country.is_some_and(|c| c == e.name))
        .or_else(|| {
            entities.iter().position(|entity| {
                let mut texts = entity.mentions.iter().map(|m| document.text(m.span));
                texts.any(|text| plain(text) == wanted)
            })
        })
        .or_else(|| {
            // "Taras Kuzio" for an article that only says "Kuzio", "Putin" for "Vladimir Putin".
            let last = wanted.rsplit(' ').next()?.to_owned();
            let mut alike = entities.iter().enumerate().filter(|(_, entity)| {
                let own = plain(&entity.name);
                let parts = (own.split(' ').count(), wanted.split(' ').count());
                matches!(parts, (1, 2..) | (2.., 1)) && own.rsplit(' ').next() == Some(&last)
            });
            let (at, _) = alike.next()?;
            alike.next().is_none().then_some(at)
        })
}

fn plain(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

/// The places of a caller's entity: its spans that lie in analysed sentences, and its names wherever they stand.
pub fn occurrences(document: &Document, target: &EntityTarget) -> Vec<(Span, usize)> {
    let mut places: Vec<(Span, usize)> = target
        .spans
        .iter()
        .filter_map(|span| {
            let place = (span.field(), span.start());
            let after = document
                .sentences
                .partition_point(|s| (s.span.field(), s.span.start()) <= place);
            let at = after.checked_sub(1)?;
            let sentence = document.sentences.get(at)?;
            sentence.span.contains(*span).then_some((*span, at))
        })
        .collect();
    let names = std::iter::once(&target.name).chain(&target.aliases);
    for name in names
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
    {
        for (at, sentence) in document.sentences.iter().enumerate() {
            places.extend(matches(document, sentence.span, name).map(|span| (span, at)));
        }
    }
    places.sort_by_key(|(span, _)| (span.field(), span.start()));
    places.dedup_by(|b, a| a.0.overlaps(b.0));
    places
}

/// Whole-word occurrences of a name in a span, in its own case.
fn matches<'a>(
    document: &'a Document,
    within: Span,
    name: &'a str,
) -> impl Iterator<Item = Span> + 'a {
    let text = document.text(within);
    text.match_indices(name).filter_map(move |(start, found)| {
        let end = start + found.len();
        let before = text.get(..start)?.chars().next_back();
        let after = text.get(end..)?.chars().next();
        let bounded = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        (bounded(before) && bounded(after))
            .then(|| document.source.span_within(within, start..end))
            .flatten()
    })
}
