//! Speakers named by a description.

use super::{Organization, Person, who};
use crate::analysis::request::EntityType;

const NAMES: [(&str, EntityType); 5] = [
    ("Ada Lund|Lund", Person),
    ("Radek Osman|Osman", Person),
    ("Nora Lund", Person),
    ("Northern Rail", Organization),
    ("Drivers' Union of Selin", Organization),
];

#[test]
fn descriptions_and_those_who_speak_for_others_find_their_entities() {
    for (text, words, speaker) in [
        (
            "Its chief executive, Radek Osman, told analysts that fares would rise.",
            "fares would rise",
            "Radek Osman",
        ),
        (
            "The Selin transport minister, Ada Lund, called the plan “a pot of poison”.",
            "a pot of poison",
            "Ada Lund",
        ),
        (
            "“We told them in March,” says the union's secretary, Radek Osman. “They never wrote back.”",
            "never wrote back",
            "Radek Osman",
        ),
        (
            "“We told them in March,” the club's chairwoman, Ada Lund, said.",
            "told them in March",
            "Ada Lund",
        ),
        (
            "Dad-of-three Radek Osman, 46, yelled back: “Then send the bill to them!”",
            "send the bill",
            "Radek Osman",
        ),
        (
            "Supporters' group Northern Rail demanded an apology, saying the plan was “a sick joke”.",
            "a sick joke",
            "Northern Rail",
        ),
        (
            "Radek Osman, who turns 85 next week, takes the bus to hospital.\n\n“A taxi is too dear,” said the retired tailor.",
            "A taxi is too dear",
            "Radek Osman",
        ),
        // A judge is nobody just because somebody was named before.
        (
            "Radek Osman, who turned 85 last week, stole a bus.\n\n“That was not right,” said the judge.",
            "was not right",
            "“the judge”",
        ),
        (
            "Northern Rail insisted there had been no delay. A spokesman said: “Every train was on time.”",
            "Every train",
            "Northern Rail",
        ),
        (
            "Northern Rail insisted there had been no delay. A spokesman said: “Every train was on time.”",
            "had been no delay",
            "Northern Rail",
        ),
        (
            "Northern Rail was late.\n\nThe Drivers' Union of Selin was not. It was hot.\n\nA spokesman said: “Every train was on time.”",
            "Every train",
            "Drivers' Union of Selin",
        ),
        (
            "The Drivers' Union of Selin voted on Monday.\n\nTrains were late.\n\nThe union said that the vote had been clear.",
            "had been clear",
            "Drivers' Union of Selin",
        ),
        (
            "Radek Osman denied everything.\n\nThe mayor said that the plan was dead.",
            "plan was dead",
            "“The mayor”",
        ),
    ] {
        assert_eq!(who(text, &NAMES, words), speaker, "{text}");
    }
}

#[test]
fn kin_of_one_surname_are_known_by_their_relation() {
    let names = [("Radek Lund|Lund", Person), ("Nora Lund", Person)];
    let text =
        "Radek Lund took the money, but his wife says he is a scapegoat.\n\nNora Lund, 59, wept.";
    assert_eq!(who(text, &names, "is a scapegoat"), "Nora Lund");
    let names = [
        ("Radek Lund|Lund", Person),
        ("Nora Lund", Person),
        ("Ada Lund", Person),
    ];
    let text = "Radek Lund took the money, but his wife says he is a scapegoat.\n\nNora Lund and Ada Lund wept.";
    assert_eq!(who(text, &names, "is a scapegoat"), "“his wife”");
}
