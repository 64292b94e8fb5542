//! Pronouns that name a source, and speakers told by the text around.

use super::{Geopolitical, Organization, Person, who};
use crate::analysis::request::EntityType;

const NAMES: [(&str, EntityType); 4] = [
    ("Ada Lund|Lund", Person),
    ("Radek Osman|Osman", Person),
    ("Harbour Trust", Organization),
    ("Norland", Geopolitical),
];

/// Each article, words in it, and who says them.
fn check(cases: &[(&str, &str, &str)]) {
    for (text, words, speaker) in cases {
        assert_eq!(who(text, &NAMES, words), *speaker, "{text}");
    }
}

#[test]
fn a_pronoun_goes_on_for_somebody_without_a_name() {
    check(&[
        (
            "Osman was there.\n\n“It leaks,” a retired teacher said.\n\n“It always leaked,” he said.",
            "always leaked",
            "?",
        ),
        (
            "Osman was there.\n\n“It leaks,” a spokesman for the Harbour Trust said.\n\n“It always leaked,” he said.",
            "always leaked",
            "Harbour Trust",
        ),
    ]);
}

#[test]
fn a_pronoun_means_whom_its_sentence_is_about() {
    check(&[
        (
            "Radek Osman said it leaked.\n\nAda Lund asked for patience, saying she thought it would float.",
            "it would float",
            "Ada Lund",
        ),
        (
            "“It leaks,” said Radek Osman.\n\nBefore the Trust met, Ada Lund was on the pier. She said it would float.",
            "it would float",
            "Ada Lund",
        ),
        // A name that only owns something is no rival.
        (
            "Radek Osman said it leaked. Speaking before Mr Lund's visit, he said it would sink.",
            "it would sink",
            "Radek Osman",
        ),
    ]);
}

#[test]
fn institutions_go_on_as_it_and_they() {
    check(&[
        (
            "The Harbour Trust closed the pier on Monday. They said it leaked.",
            "it leaked",
            "Harbour Trust",
        ),
        (
            "Norland closed the pier on Monday. It said it leaked.",
            "it leaked",
            "Norland",
        ),
        (
            "Norland closed the pier on Monday. They said it leaked.",
            "it leaked",
            "?",
        ),
    ]);
}

#[test]
fn a_paragraph_that_ends_with_a_colon_names_who_speaks_next() {
    check(&[(
        "Lund left.\n\nAs the Harbour Trust reports:\n\n“The pier leaks. It always leaked, and it will go on leaking.”",
        "go on leaking",
        "Harbour Trust",
    )]);
}

#[test]
fn unclear_words_within_somebodys_are_theirs() {
    check(&[(
        "Lund said the claim that it “leaks and sinks” was wrong.",
        "leaks and sinks",
        "Ada Lund",
    )]);
}
