//! Whether a person is spoken of as a man or a woman: by titles, and by common given names.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::analysis::result::Entity;
use crate::article::{Document, Span};

/// How somebody is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// As a woman.
    Feminine,
    /// As a man.
    Masculine,
}

/// Words right before a man's name.
#[rustfmt::skip]
const MASCULINE_TITLES: [&str; 33] = [
    "mr", "sir", "lord", "king", "prince", "father", "spokesman", "congressman", "chairman", "businessman", "baron", "duke", "pope", "imam",
    "brother", "husband", "dad", "son", "uncle", "grandfather", "grandson", "nephew", "stepfather", "boyfriend", "widower", "fiancé",
    "sportsman", "policeman", "salesman", "fisherman", "actor", "count", "emperor",
];
/// Words right before a woman's name.
#[rustfmt::skip]
const FEMININE_TITLES: [&str; 34] = [
    "mrs", "ms", "miss", "lady", "dame", "queen", "princess", "baroness", "sister", "spokeswoman", "congresswoman", "chairwoman",
    "businesswoman", "actress", "duchess", "wife", "mum", "mom", "mother", "daughter", "aunt", "grandmother", "granddaughter", "niece",
    "stepmother", "girlfriend", "widow", "fiancée", "sportswoman", "policewoman", "seamstress", "countess", "empress", "midwife",
];
/// Endings of surnames that only women bear.
const FEMININE_ENDINGS: [&str; 4] = ["dóttir", "dottir", "skaya", "ovna"];

/// Given names that nearly always are a woman's (after `f`) or a man's (after `m`); our own list.
const NAMES: &str = include_str!("given_names.txt");

static BY_NAME: LazyLock<HashMap<&'static str, Gender>> = LazyLock::new(|| {
    let lines = NAMES.lines().filter_map(|line| line.split_once(' '));
    lines
        .flat_map(|(gender, names)| {
            let gender = if gender == "f" {
                Gender::Feminine
            } else {
                Gender::Masculine
            };
            names.split(' ').map(move |name| (name, gender))
        })
        .collect()
});

/// How the article speaks of a person; `None` where neither a title nor a name tells.
pub(in crate::analysis) fn of(document: &Document, entity: &Entity) -> Option<Gender> {
    let mut mentions = entity.mentions.iter();
    let titled = mentions.find_map(|mention| of_titled(document, mention.span));
    titled.or_else(|| of_name(&entity.name))
}

/// By the title that a name holds or follows: "Mrs Reed", "her brother Reed".
pub(in crate::analysis) fn of_titled(document: &Document, name: Span) -> Option<Gender> {
    let text = document.text(name);
    let first = text.split_whitespace().next().unwrap_or("");
    let before = document.source.field(name.field());
    let before = before.get(..name.start()).unwrap_or("");
    let last = before.split_whitespace().next_back();
    of_title(first).or_else(|| of_title(last.unwrap_or("")))
}

/// By a person's full or given name alone.
pub(in crate::analysis) fn of_name(name: &str) -> Option<Gender> {
    let lower = name.to_lowercase();
    let given = lower.split_whitespace().next()?;
    let womans = FEMININE_ENDINGS
        .iter()
        .any(|ending| lower.ends_with(ending));
    BY_NAME
        .get(given)
        .copied()
        .or(womans.then_some(Gender::Feminine))
}

fn of_title(word: &str) -> Option<Gender> {
    let word = word.trim_end_matches('.').to_lowercase();
    if MASCULINE_TITLES.contains(&word.as_str()) {
        Some(Gender::Masculine)
    } else if FEMININE_TITLES.contains(&word.as_str()) {
        Some(Gender::Feminine)
    } else {
        None
    }
}
