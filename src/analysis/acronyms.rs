//! Acronyms of names: those that their first letters make, and those that the article itself gives.

use std::collections::HashMap;

use super::countries;
use super::names::Name;
use super::request::EntityType;
use crate::article::Document;

const SMALL: [&str; 6] = ["of", "the", "and", "for", "in", "de"];

/// Acronyms that follow a name in brackets or after "known as" or ", or", with the name: "Northern Mineworkers' Federation (FMN)".
pub(super) fn bracketed<'a>(
    document: &'a Document,
    names: &[Name],
    types: &[EntityType],
) -> HashMap<&'a str, usize> {
    let pairs = names
        .iter()
        .zip(types)
        .enumerate()
        .zip(names.iter().skip(1));
    let found = pairs.filter_map(|((at, (long, long_type)), short)| {
        let text = document.text(short.span);
        if long.span.field() != short.span.field() {
            return None;
        }
        let between = document.after(long.span);
        let between = between.get(..short.span.start().checked_sub(long.span.end())?)?;
        let after = document.after(short.span);
        let initials = || {
            let words: Vec<&str> = document.text(long.span).split(' ').collect();
            let own = text.to_uppercase();
            acronyms(&words).contains(&own)
        };
        let beside = match between {
            " (" => after.starts_with(')'),
            ", known as " | ", known as the " => true,
            // "Goldman Sachs, or UBS" are two.
            ", or " => initials(),
            _ => false,
        };
        // "BoV" too, where it is one.
        let capitals = text.chars().all(|c| c.is_uppercase() || c == '.');
        let acronym = text.len() >= 2 && (capitals || initials());
        let institution = matches!(
            long_type,
            EntityType::Organization | EntityType::Event | EntityType::Other
        );
        (beside
            && acronym
            && institution
            && document.text(long.span).contains(' ')
            && countries::find(text).is_none())
        .then_some((text, at))
    });
    found.collect()
}

/// "Shanghai Cooperation Organisation" to SCO; with and without small words.
pub(super) fn acronyms(words: &[&str]) -> Vec<String> {
    let initials = |keep_small: bool| {
        words
            .iter()
            .filter(|word| keep_small || !SMALL.contains(&word.to_lowercase().as_str()))
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect::<String>()
    };
    let mut both = vec![initials(false), initials(true)];
    both.dedup();
    both.retain(|acronym| acronym.len() >= 2);
    both
}
