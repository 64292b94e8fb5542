//! Tells by-lines, dates, time stamps and datelines standing alone by their words.

use super::shape::{Ending, Shape, is_in_capitals};

/// By-lines are no longer, in words.
const LONGEST_BYLINE: usize = 25;

#[rustfmt::skip]
const BYLINE_OPENINGS: &[&str] = &[
    "by ", "written by ", "words by ", "story by ", "text by ", "report by ", "reporting by ", "(reporting by ", "additional reporting by ",
    "(additional reporting by ", "editing by ", "(editing by ", "compiled by ", "edited by ", "interview by ", "analysis by ", "posted by ",
    "published by ", "from our ",
];

/// By-lines whose opening needs no name after it.
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "contributed to this report", "contributed reporting", "contributed to this story", "the writer is ", "the author is ",
    "is a columnist", "is an opinion columnist", "is a guardian columnist", "is a staff writer", "are their own and do not",
    "views expressed in this", "views expressed are", "opinions expressed in this", "opinions expressed are", "his own and do not",
    "her own and do not", "author's own and do not",
    // Who keeps a live blog.
    "(now)", "(earlier)",
];

#[rustfmt::skip]
const JOBS: &[&str] = &[
    "correspondent", "correspondents", "reporter", "reporters", "editor", "columnist", "writer", "staff", "journalist", "journalists",
    "agencies", "contributor", "bureau",
];

#[rustfmt::skip]
const AGENCIES: &[&str] = &[
    "reuters", "associated press", "the associated press", "ap", "afp", "agence france-presse", "pa media", "press association", "bbc news",
    "bloomberg", "upi", "dpa", "xinhua", "tass", "aap",
];

/// Labels over a headline, of more words than one.
#[rustfmt::skip]
const KICKERS: &[&str] = &[
    "opinion", "comment", "analysis", "exclusive", "live", "breaking", "breaking news", "world news", "uk news", "us news", "local news",
    "guest column", "guest essay", "letters", "editorial", "the observer view", "long read", "the long read", "in depth", "latest news",
];

/// Words that date and time lines are made of.
#[rustfmt::skip]
const TIME_WORDS: &[&str] = &[
    "published", "updated", "posted", "modified", "last", "first", "on", "at", "am", "pm", "a", "p", "m", "h", "s", "hr", "hrs", "hour", "hours",
    "min", "mins", "minute", "minutes", "day", "days", "week", "weeks", "month", "months", "sec", "second", "seconds", "ago", "read", "gmt",
    "bst", "utc", "est", "edt", "et", "cet", "cest", "pst", "pdt", "pt", "ct", "ist", "aest", "jst", "date", "time", "created", "today",
    "yesterday", "th", "st", "nd", "rd", "and", "of", "the", "key", "event", "latest", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec",
];

/// Whether a paragraph says who wrote the article, or when or where.
pub(super) fn is_byline(shape: &Shape) -> bool {
    is_name_line(shape) || is_address_line(shape) || is_time_line(shape) || is_dateline(shape)
}

/// Whether a paragraph names its author: "By Jane Roe", "Reporting by …; editing by …".
fn is_name_line(shape: &Shape) -> bool {
    let folded = shape.folded.as_str();
    if CREDITS.iter().any(|credit| folded.contains(credit)) && shape.words <= 2 * LONGEST_BYLINE {
        return true;
    }
    let Some(opening) = BYLINE_OPENINGS
        .iter()
        .find(|opening| folded.starts_with(**opening))
    else {
        return AGENCIES.contains(&folded);
    };
    if shape.words > LONGEST_BYLINE {
        return false;
    }
    // "By Monday, the storm had passed." opens alike; names go on in capitals, and seldom reach a full stop.
    let name: Vec<&str> = shape
        .tokens()
        .skip(opening.split_whitespace().count())
        .take(2)
        .collect();
    let named = !name.is_empty() && name.iter().all(|word| word.starts_with(char::is_uppercase));
    let job = shape.has_word(JOBS);
    let names_agency = AGENCIES
        .iter()
        .any(|agency| folded.strip_prefix("by ") == Some(*agency));
    let short = shape.words <= 5 && shape.is_capitalised_throughout();
    match shape.ending {
        Ending::Stop => named && (short || folded.contains("editing by")),
        Ending::Open => {
            (named && !is_time_word(name.first().unwrap_or(&""))) || job || names_agency
        }
        Ending::Exclaimed | Ending::Unfinished => false,
    }
}

/// Whether a paragraph says how to reach its author: "Reach Jane Roe at jane@post.example."
fn is_address_line(shape: &Shape) -> bool {
    let openings = [
        "reach ",
        "contact ",
        "email ",
        "e-mail ",
        "follow ",
        "you can reach ",
    ];
    shape.words <= LONGEST_BYLINE
        && shape.folded.contains('@')
        && openings
            .iter()
            .any(|opening| shape.folded.starts_with(opening))
}

/// Whether a paragraph is a label over the headline: "Opinion".
pub(super) fn is_kicker(shape: &Shape) -> bool {
    let known = KICKERS.contains(&shape.folded.trim_end_matches([':', '|', ' ']));
    known || (shape.words == 1 && shape.is_line())
}

/// Whether a short line of the article's head is a name or a job, which only its neighbours tell from a heading: "Jane Roe", "Political editor".
pub(super) fn is_author_line(shape: &Shape) -> bool {
    let name = (2..=4).contains(&shape.words) && shape.is_capitalised_throughout();
    let job = shape.words <= 10 && shape.has_word(JOBS);
    shape.is_line() && (name || job)
}

/// Whether a paragraph is nothing but a date or a time: "Published 9 May 2022, 14:32 BST", "20m ago".
fn is_time_line(shape: &Shape) -> bool {
    if shape.words > 20 || !shape.folded.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut parts = shape
        .folded
        .split(|c: char| !c.is_alphabetic())
        .filter(|part| !part.is_empty());
    let digits = shape.folded.chars().filter(char::is_ascii_digit).count();
    // A bare number is a score or a list's, unless it is a clock time or a date by its marks.
    let dated = shape.folded.contains([':', '/'])
        || shape.folded.contains(char::is_alphabetic)
        || (digits >= 6 && shape.folded.contains('-'));
    dated && parts.all(is_time_word)
}

fn is_time_word(word: &str) -> bool {
    TIME_WORDS
        .iter()
        .any(|time| time.eq_ignore_ascii_case(word))
}

/// Whether a paragraph is a dateline alone: "LONDON, May 9 (Reuters) -", "KYIV, Ukraine (AP)".
fn is_dateline(shape: &Shape) -> bool {
    if shape.words > 9 || !shape.tokens().next().is_some_and(is_in_capitals) {
        return false;
    }
    let bare = shape
        .folded
        .trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let agency = bare
        .strip_suffix(')')
        .and_then(|head| head.rsplit_once('('))
        .is_some_and(|(_, inside)| AGENCIES.contains(&inside));
    let dash = shape.text.ends_with(['-', '–', '—']) && shape.is_capitalised_throughout();
    agency || dash
}
