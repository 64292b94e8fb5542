//! Those who speak for somebody, and phrases that name somebody by a title.

use super::{Geopolitical, Organization, Person, who};
use crate::analysis::request::EntityType;

const NAMES: [(&str, EntityType); 6] = [
    ("Ada Lund|Lund", Person),
    ("Radek Osman|Osman", Person),
    ("Harbour Trust", Organization),
    ("Selin Post", Organization),
    ("Veltria", Geopolitical),
    ("Norland|Norlanders", Geopolitical),
];

/// Each article, words in it, and who says them.
fn check(cases: &[(&str, &str, &str)]) {
    for (text, words, speaker) in cases {
        assert_eq!(who(text, &NAMES, words), *speaker, "{text}");
    }
}

#[test]
fn a_representative_speaks_for_whom_they_represent() {
    check(&[
        (
            "Lund's office said the pier was safe.",
            "was safe",
            "Ada Lund",
        ),
        (
            "A lawyer for Lund said the pier was safe.",
            "was safe",
            "Ada Lund",
        ),
        (
            "The Lund campaign said the pier was safe.",
            "was safe",
            "Ada Lund",
        ),
        (
            "Ada Lund left.\n\nHer spokesman said the pier was safe.",
            "was safe",
            "Ada Lund",
        ),
        (
            "A Harbour Trust lawyer said the pier was safe.",
            "was safe",
            "Harbour Trust",
        ),
        // Somebody's kin, a country's citizens and police in a town speak for themselves.
        (
            "A lawyer for Lund's brother said the pier was safe.",
            "was safe",
            "“A lawyer”",
        ),
        (
            "A Veltria attorney said the pier was safe.",
            "was safe",
            "“A Veltria attorney”",
        ),
        (
            "Two Norlanders said the pier was safe.",
            "was safe",
            "“Two Norlanders”",
        ),
        (
            "Police in Veltria said the pier was safe.",
            "was safe",
            "“Police”",
        ),
        (
            "Veltria's ambassador to Norland said the pier was safe.",
            "was safe",
            "Veltria",
        ),
    ]);
}

#[test]
fn an_institution_is_taken_up_by_a_noun() {
    let text = "The Harbour Trust said fares would rise. The company said it had no choice.";
    check(&[(text, "had no choice", "Harbour Trust")]);
    let text = "The Harbour Trust met the Selin Post. The company said it had no choice.";
    check(&[(text, "had no choice", "Harbour Trust")]);
    let text =
        "Crowds met the Harbour Trust and the Selin Post. The company said it had no choice.";
    check(&[(text, "had no choice", "“The company”")]);
}

#[test]
fn titles_are_known_by_their_short_forms() {
    check(&[
        (
            "Gov. Ada Lund left.\n\nThe governor said fares would rise.",
            "would rise",
            "Ada Lund",
        ),
        (
            "Gov. Ada Lund of Norland left.\n\nVeltria's governor said fares would rise.",
            "would rise",
            "“Veltria's governor”",
        ),
        (
            "Deputy chief of staff of the presidency Ada Lund called it “a war”.",
            "a war",
            "Ada Lund",
        ),
        (
            "The son of Minister Ada Lund said it rained.",
            "it rained",
            "“The son”",
        ),
        (
            "Senator Ada Lund left.\n\n“It rained,” said Ms. Lund.",
            "It rained",
            "Ada Lund",
        ),
    ]);
}

#[test]
fn nobody_in_particular_has_no_name() {
    check(&[(
        "However many believe that it will rain.",
        "it will rain",
        "?",
    )]);
}

#[test]
fn a_paper_says_what_its_author_says() {
    check(&[
        (
            "Lund's letter said the pier was safe.",
            "was safe",
            "Ada Lund",
        ),
        (
            "The Harbour Trust said fares would rise.\n\n“We had no choice,” the statement said.",
            "no choice",
            "Harbour Trust",
        ),
        (
            "The Harbour Trust said fares would rise.\n\n“We had no choice,” a statement said.",
            "no choice",
            "“a statement”",
        ),
    ]);
}

#[test]
fn of_two_with_one_title_the_one_who_spoke_just_before_is_meant() {
    let both = "Senator Ada Lund met Senator Radek Osman.\n\n";
    check(&[
        (
            &format!("{both}Osman said it leaked.\n\nThe senator said it would float."),
            "would float",
            "Radek Osman",
        ),
        (
            &format!("{both}The senator said it would float."),
            "would float",
            "“The senator”",
        ),
    ]);
}
