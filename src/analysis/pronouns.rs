//! Personal pronouns: whom they can stand for.

use crate::analysis::voices::gender::Gender;

/// Pronouns that can stand for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// "he", "she".
    Person(Gender),
    /// "it".
    Thing,
    /// "they".
    Several,
    /// "I".
    Speaker,
    /// "you".
    Hearer,
    /// "we".
    Speakers,
}

/// The class of a word in lower case; `None` for what is no personal pronoun.
pub fn class_of(word: &str) -> Option<Class> {
    Some(match word {
        "he" | "him" | "his" | "himself" => Class::Person(Gender::Masculine),
        "she" | "her" | "hers" | "herself" => Class::Person(Gender::Feminine),
        "it" | "its" | "itself" => Class::Thing,
        "they" | "them" | "their" | "theirs" | "themselves" => Class::Several,
        "i" | "me" | "my" | "mine" | "myself" => Class::Speaker,
        "you" | "your" | "yours" | "yourself" => Class::Hearer,
        "we" | "us" | "our" | "ours" | "ourselves" => Class::Speakers,
        _ => return None,
    })
}
