//! Questions and answers in paragraphs of their own.

use super::{Person, who};
use crate::analysis::request::EntityType;

const NAMES: [(&str, EntityType); 3] = [
    ("Ada Lund", Person),
    ("Radek Osman|Osman", Person),
    ("Jori Reed", Person),
];
const INTERVIEW: &str = "The Q&A: Ada Lund on trains, tea and her rival\n\n\
    The mayor has run Selin for ten years. She spoke to Jori Reed on a slow train.\n\n\
    Where are you at this moment?\n\n\
    In my kitchen in Selin. It rains.\n\n\
    What did you think when you won?\n\n\
    That they had miscounted.\n\n\
    I called my mother at once.\n\n\
    Your rival called the result “a bad joke”.\n\n\
    He should know, he tells many. Radek Osman says I am too soft.\n\n\
    Will you stand again?\n\n\
    Mayors do not say. They stand.\n\n\
    Tell us a secret.\n\n\
    I am allergic to trains.";

#[test]
fn answers_are_the_words_of_whom_the_interview_is_with() {
    for (words, speaker) in [
        ("Where are you", "article"),
        ("In my kitchen", "Ada Lund"),
        ("What did you think", "article"),
        ("had miscounted", "Ada Lund"),
        ("called my mother", "Ada Lund"),
        ("Your rival", "article"),
        ("He should know", "Ada Lund"),
        ("am too soft", "Radek Osman"),
        ("Mayors do not say", "Ada Lund"),
        ("Tell us a secret", "article"),
        ("allergic to trains", "Ada Lund"),
    ] {
        assert_eq!(who(INTERVIEW, &NAMES, words), speaker, "{words}");
    }
}

#[test]
fn an_article_with_a_question_or_two_is_no_interview() {
    let text = "Ada Lund wins again\n\nAda Lund has won.\n\nWill she stay?\n\nNobody knows.\n\nWill trains run?\n\nPerhaps.";
    assert_eq!(who(text, &NAMES, "Nobody knows"), "article");
}

#[test]
fn answers_with_labels_are_those_of_whom_the_labels_name() {
    let text = "Ada Lund and Radek Osman on trains\n\n\
        Q: Will trains run?\n\n\
        LUND: We promised it.\n\n\
        Q: And who pays for them?\n\n\
        R.O.: Nobody has told us.\n\n\
        Q: Will you resign?\n\n\
        LUND: Why should I?\n\n\
        Q: Will the council meet?\n\n\
        R.O.: In May.";
    for (words, speaker) in [
        ("We promised it", "Ada Lund"),
        ("Nobody has told us", "Radek Osman"),
        ("Why should I", "Ada Lund"),
        ("In May", "Radek Osman"),
    ] {
        assert_eq!(who(text, &NAMES, words), speaker, "{words}");
    }
}
