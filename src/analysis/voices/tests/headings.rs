//! Headlines whose speakers the body tells.

use super::{Person, who};
use crate::analysis::request::EntityType;

const NAMES: [(&str, EntityType); 2] = [("Ada Lund|Lund", Person), ("Radek Osman|Osman", Person)];

#[test]
fn a_quote_in_a_headline_is_said_by_who_says_it_in_the_body() {
    let told = "“Nobody asked us about the pier. Nobody,” said Ada Lund. “It is ours,” she added.";
    for (text, words, speaker) in [
        (
            format!("‘Nobody asked us’: anger at the plan for the pier\n\n{told}"),
            "Nobody asked",
            "Ada Lund",
        ),
        // Nobody says so in the body, where only one speaks at all,
        (
            format!("‘We were never asked’: anger at the plan for the pier\n\n{told}"),
            "never asked",
            "Ada Lund",
        ),
        // or two do.
        (
            format!(
                "‘We were never asked’: anger at the plan for the pier\n\n{told}\n\n“Trains come first,” said Radek Osman."
            ),
            "never asked",
            "?",
        ),
        (
            format!("‘I wait for weeks’: Radek Osman on the pier\n\n{told}"),
            "wait for weeks",
            "Radek Osman",
        ),
        // Who is told to have been called so is not who calls.
        (
            format!(
                "‘He is a liar’: Radek Osman condemned by rivals\n\n{told}\n\n“Trains come first,” said Radek Osman."
            ),
            "is a liar",
            "?",
        ),
        (
            format!("Radek Osman on the pier: ‘I wait for weeks’\n\n{told}"),
            "wait for weeks",
            "Radek Osman",
        ),
        // Two say the same.
        (
            format!(
                "‘Nobody asked us’: anger at the plan for the pier\n\n{told}\n\n“Nobody asked us either,” said Radek Osman."
            ),
            "Nobody asked",
            "?",
        ),
    ] {
        assert_eq!(who(&text, &NAMES, words), speaker, "{text}");
    }
}

#[test]
fn a_description_in_a_headline_is_explained_by_the_body() {
    let headline = "Pier will never reopen, chairman says";
    for (body, speaker) in [
        (
            "The pier was closed by chairman Radek Osman.",
            "Radek Osman",
        ),
        (
            "Radek Osman, the chairman, has closed the pier.",
            "Radek Osman",
        ),
        (
            "Chairman Radek Osman met chairman Ada Lund on the pier.",
            "“chairman”",
        ),
        ("Radek Osman has closed the pier.", "“chairman”"),
    ] {
        let text = format!("{headline}\n\n{body}");
        assert_eq!(who(&text, &NAMES, "never reopen"), speaker, "{body}");
    }
}
