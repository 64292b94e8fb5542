//! Quotes without a cue, and pronouns.

use super::{Geopolitical, Organization, Person, who};
use crate::analysis::request::EntityType;

const NAMES: [(&str, EntityType); 5] = [
    ("Ada Lund|Lund", Person),
    ("Radek Osman|Osman", Person),
    ("Nora Wick|Wick", Person),
    ("Northern Rail", Organization),
    ("Veltria", Geopolitical),
];

/// Each article, words in it, and who says them.
fn check(cases: &[(&str, &str, &str)]) {
    for (text, words, speaker) in cases {
        assert_eq!(who(text, &NAMES, words), *speaker, "{text}");
    }
}

#[test]
fn a_quote_is_said_by_whom_the_text_before_it_is_about() {
    check(&[
        (
            "Osman said fares would rise.\n\nNora Wick, 34, from Selin, was waiting on the platform.\n\n“There was no train at all. None.\n\n“And nobody told us why.”",
            "nobody told us",
            "Nora Wick",
        ),
        (
            "“Nobody asked us,” said Osman.\n\nLund laughs, not quite happily. “He counts the trains very well, I think.”",
            "He counts the trains",
            "Ada Lund",
        ),
        (
            "Osman said fares would rise.\n\nNora Wick, who takes the train to school, said:\n\n“My mother starts work at six.”",
            "starts work at six",
            "Nora Wick",
        ),
        (
            "Osman said fares would rise.\n\nBut his rival Nora Wick took his side.\n\n“Good for him, the trains are late,”\n\nshe said outside.",
            "Good for him",
            "Nora Wick",
        ),
        (
            "Osman said fares would rise.\n\nI put this to Nora Wick, a driver. There was a long silence.\n\n“The trains have been late for a year.”",
            "late for a year",
            "Nora Wick",
        ),
        // Somebody brought in whom nothing says to speak makes the last speaker doubtful.
        (
            "Osman said fares would rise.\n\nThe trains are driven by Nora Wick and her crew.\n\n“The trains have been late for a year.”",
            "late for a year",
            "?",
        ),
        (
            "“We said no,” Lund said. “We wrote to them,” she said. “We called,” she added.\n\nOsman was angry.\n\nWas he? “Yes, he shouted at all of us.”",
            "he shouted at all",
            "Ada Lund",
        ),
        (
            "Osman said fares would rise.\n\nAsked about the trains, Lund laughed. “He counts them very well, I think.”",
            "He counts them",
            "Ada Lund",
        ),
        (
            "Osman said fares would rise.\n\nNora Wick, its director, is scathing: “The trains were late all year. Nobody cared.”",
            "were late all year",
            "Nora Wick",
        ),
        // An epithet is whom the text is about; an occupation may be somebody else's.
        (
            "Osman said fares would rise.\n\nNora Wick waited for hours.\n\n“There was no train at all,” the cellist said. “None.”",
            "no train at all",
            "Nora Wick",
        ),
        (
            "Osman said fares would rise.\n\nNora Wick waited for hours.\n\n“There was no train at all,” the firefighter said. “None.”",
            "no train at all",
            "“the firefighter”",
        ),
        (
            "“Trains are late,” said the union's founder, retired driver Nora Wick.",
            "Trains are late",
            "Nora Wick",
        ),
        (
            "Nora Wick said fares would rise.\n\nHer son is calmer. “The trains were late all year.”",
            "were late all year",
            "“Her son”",
        ),
    ]);
}

#[test]
fn pronouns_mean_whom_the_paragraph_is_about() {
    check(&[
        (
            "Ada Lund said fares would rise.\n\nRadek Osman, who leads the drivers, was more careful. He said it was too soon to tell.",
            "too soon to tell",
            "Radek Osman",
        ),
        (
            "Nora Wick, 59, sat in the gallery. Afterwards she insisted her husband had been wronged.",
            "had been wronged",
            "Nora Wick",
        ),
        (
            "Nora Wick wants a new line. It is long.\n\nTrains are slow.\n\nBuses are slower.\n\nRoads are closed.\n\n“If they can do it, why can’t we?” she asked in Selin.",
            "why can’t we",
            "Nora Wick",
        ),
        (
            "Nora Wick wants a new line. The trouble is the price. When Lei Otway, the chief economist, put it at $280bn, she called him “a salesman of windmills”.",
            "salesman of windmills",
            "Nora Wick",
        ),
        // Two women were named, and neither lately.
        (
            "Nora Wick met Ada Lund.\n\nTrains are slow.\n\nBuses are slower.\n\nRoads are closed.\n\nBoats are safe.\n\n“If they can do it, why can’t we?” she asked in Selin.",
            "why can’t we",
            "?",
        ),
    ]);
}

#[test]
fn what_somebody_sends_is_theirs() {
    check(&[
        (
            "Our correspondent Nora Wick is at the station and sends this:\n\nI have seen no train for an hour.\n\nThe station is old.",
            "no train for an hour",
            "Nora Wick",
        ),
        (
            "Our correspondent Nora Wick is at the station and sends this:\n\nI have seen no train for an hour.\n\nThe station is old.",
            "station is old",
            "article",
        ),
        (
            "Nora Wick has three reasons:\n\nThe trains are late every morning.",
            "late every morning",
            "article",
        ),
    ]);
}

#[test]
fn marked_answers_are_of_whom_the_interview_is_with() {
    let text = "Nora Wick on trains and time\n\nNora Wick has driven trains for thirty years.\n\nHow did it begin?\n\n\
                “With a toy. I never gave it back.”\n\nRadek Osman called your book a timetable. Did that hurt?\n\n\
                “It was the best line in the paper that week.”\n\nWhat comes next?\n\n“Sleep, and a long breakfast.”";
    check(&[
        (text, "With a toy", "Nora Wick"),
        (text, "the best line", "Nora Wick"),
        (text, "a long breakfast", "Nora Wick"),
    ]);
}
