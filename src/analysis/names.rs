//! The names in a document: what the reader tagged, and the same names where it missed them.

use std::collections::HashMap;
use std::ops::Range;

use super::aliases::is_title;
use super::countries::{self, CountryName};
use super::datelines;
use super::geography;
use super::passages::SentenceReading;
use super::request::EntityType;
use super::split_names;
use crate::article::{Document, Source, Span};

/// The longest name looked for in words, where the reader missed it.
const LONGEST_NAME: usize = 5;
/// Names tagged with less than this are not looked for elsewhere.
const SURE: f32 = 0.7;

/// Country names that are also people's.
const PERSONAL: [&str; 6] = ["Chad", "Georgia", "Israel", "Jordan", "Kenya", "Guinea"];
/// Names that are also words or dates.
const COMMON: [&str; 9] = [
    "April", "August", "Friday", "March", "May", "Monday", "Sunday", "June", "Press",
];

/// Letters after a name that are no part of it.
const POSTNOMINALS: [&str; 10] = [
    " KC", " QC", " MP", " MSP", " MEP", " MBE", " OBE", " CBE", " PhD", " MD",
];

/// A name found.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Where it stands, without a leading article or a trailing possessive.
    pub span: Span,
    /// The sentence, an index into the document's.
    pub sentence: usize,
    /// The kind of thing it names.
    pub entity_type: EntityType,
    /// Whether the reader took it for a nationality, religion or political group.
    pub is_group: bool,
    /// 0..=1.
    pub confidence: f32,
}

/// Every name in the document, in order; no two overlap.
pub fn find(document: &Document, readings: &[SentenceReading]) -> Vec<Name> {
    let mut names = tagged(document, readings);
    let missed = missed(document, &names);
    // "Forward Slovenia" where the tagger saw "Slovenia" alone
    let mut longer: HashMap<usize, Vec<Span>> = HashMap::new();
    for name in &missed {
        longer.entry(name.sentence).or_default().push(name.span);
    }
    names.retain(|name| {
        let own = longer.get(&name.sentence);
        !own.is_some_and(|own| own.iter().any(|longer| longer.contains(name.span)))
    });
    names.extend(missed);
    names.sort_by_key(|name| (name.span.field(), name.span.start()));
    names
}

fn tagged(document: &Document, readings: &[SentenceReading]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (index, (sentence, reading)) in document.sentences.iter().zip(readings).enumerate() {
        for tag in reading.names(document, sentence.span) {
            let Some(entity_type) = type_of(tag.kind, document.text(tag.span)) else {
                continue;
            };
            let span = trim(&document.source, tag.span);
            // Names have a capital; "post" in "post-Soviet" is none.
            if !document.text(span).chars().any(char::is_uppercase) {
                continue;
            }
            if datelines::holds(document, span) {
                continue;
            }
            // "Dame" before "Sandra Pike"
            let mut after = document.after(span).chars();
            let named = after.next() == Some(' ') && after.next().is_some_and(char::is_uppercase);
            if named && is_title(document.text(span)) {
                continue;
            }
            let name = Name {
                span,
                sentence: index,
                entity_type,
                is_group: tag.kind == "NORP",
                confidence: tag.confidence,
            };
            names.push(name);
        }
    }
    split_names::join(document, names)
}

/// The service's type for a tag and its text; `None` for dates and sums of money, which nobody feels anything about.
fn type_of(tag: &str, text: &str) -> Option<EntityType> {
    let country = countries::find(text).is_some();
    Some(match tag {
        "Person" => EntityType::Person,
        "Organization" if country => EntityType::Geopolitical,
        "Organization" => EntityType::Organization,
        "Location" if country || geography::is_governed(text) => EntityType::Geopolitical,
        "Location" | "Facility" => EntityType::Location,
        "NORP" if country => EntityType::Geopolitical,
        "NORP" => EntityType::Group,
        "Misc" if is_event(text) => EntityType::Event,
        "Misc" | "Product" => EntityType::Other,
        _ => return None,
    })
}

fn is_event(text: &str) -> bool {
    const HEADS: [&str; 14] = [
        "Day",
        "Cup",
        "War",
        "Games",
        "Olympics",
        "Festival",
        "Summit",
        "Election",
        "Elections",
        "Championship",
        "Championships",
        "Conference",
        "Week",
        "Prix",
    ];
    text.split_whitespace().any(|word| HEADS.contains(&word))
}

/// Takes a leading "the" and a trailing possessive off a name.
fn trim(source: &Source, span: Span) -> Span {
    let bare = bare(source.text(span));
    source.span_within(span, bare).unwrap_or(span)
}

/// Where the name proper stands in a name as tagged: without a leading "the" and a trailing possessive.
pub(super) fn bare(text: &str) -> Range<usize> {
    let start = ["the ", "The ", "THE "]
        .iter()
        .find(|article| text.starts_with(**article))
        .map_or(0, |article| article.len());
    let end = ["'s", "’s", "'S", "’S", "'", "’"]
        .iter()
        .find_map(|ending| text.strip_suffix(ending))
        .map_or(text.len(), str::len);
    // "Monteiro ‘a coward’", where the tagger takes the mark for the name's.
    let end = text.get(..end).map_or(end, |name| {
        name.trim_end_matches([' ', '‘', '“', '"']).len()
    });
    // "Ruth Okonjo KC"
    let end = text.get(..end).map_or(end, |name| {
        let letters = POSTNOMINALS
            .iter()
            .find_map(|letters| name.strip_suffix(letters));
        letters.map_or(end, |name| name.trim_end_matches([' ', ',']).len())
    });
    if start < end {
        start..end
    } else {
        0..text.len()
    }
}

/// Names that the reader was sure of somewhere, and countries, wherever else they stand.
fn missed(document: &Document, tagged: &[Name]) -> Vec<Name> {
    let known: HashMap<&str, &Name> = tagged
        .iter()
        .filter(|name| name.confidence >= SURE && may_repeat(document.text(name.span)))
        .map(|name| (document.text(name.span), name))
        .collect();
    let mut by_sentence: HashMap<usize, Vec<Span>> = HashMap::new();
    for name in tagged {
        by_sentence
            .entry(name.sentence)
            .or_default()
            .push(name.span);
    }
    let mut found = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let words = document.words.get(sentence.words.clone()).unwrap_or(&[]);
        let taken = by_sentence.entry(index).or_default();
        for start in 0..words.len() {
            let longest = LONGEST_NAME.min(words.len() - start);
            let hit = (1..=longest).rev().find_map(|length| {
                let window = words.get(start..start + length)?;
                let span = window.first()?.cover(*window.last()?);
                let text = document.text(span);
                let sure = known.get(text).copied();
                let name = sure.cloned().or_else(|| country(text, span))?;
                Some(Name {
                    span,
                    sentence: index,
                    ..name
                })
            });
            let whole = |name: &Name, taken: &Span| {
                taken.overlaps(name.span)
                    && !(name.span.contains(*taken) && taken.len() < name.span.len())
            };
            let hit = hit.filter(|name| !datelines::holds(document, name.span));
            if let Some(name) = hit.filter(|name| !taken.iter().any(|t| whole(name, t))) {
                taken.push(name.span);
                found.push(name);
            }
        }
    }
    found
}

fn may_repeat(text: &str) -> bool {
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    let long = text.chars().count() >= 4 || text.chars().all(char::is_uppercase);
    capital && long && !COMMON.contains(&text)
}

fn country(text: &str, span: Span) -> Option<Name> {
    let (_, kind) = countries::find(text)?;
    let named = matches!(kind, CountryName::Common | CountryName::Alternative);
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    if !named || !capital || PERSONAL.contains(&text) {
        return None;
    }
    Some(Name {
        span,
        sentence: 0,
        entity_type: EntityType::Geopolitical,
        is_group: false,
        confidence: 0.5,
    })
}
