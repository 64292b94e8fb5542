//! Tells by-lines, dates, time stamps and datelines standing alone by their words.

use super::characters::is_bullet;
use super::shape::{Ending, Shape, is_in_capitals};

/// By-lines are no longer, in words.
const LONGEST_BYLINE: usize = 25;

#[rustfmt::skip]
const BYLINE_OPENINGS: &[&str] = &[
    "by ", "written by ", "words by ", "story by ", "text by ", "report by ", "reporting by ", "(reporting by ", "additional reporting by ",
    "(additional reporting by ", "editing by ", "(editing by ", "compiled by ", "edited by ", "interview by ", "analysis by ", "posted by ",
    "published by ", "from our ", "contributing: ", "writing by ", "(writing by ", "with reporting by ", "as told to ", "with files from ", "produced by ", "with reports from ", "with additional reporting by ",  "reporting from ", "with reports by ", "with assistance by ", "with assistance from ",
    "words: ", "interview: ", "by: ", "author: ", "reporter: ", "reporting: ", "text: ", "live reporting by ", "pictures and words by ", "photographs by ",
];

/// By-lines whose opening needs no name after it.
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "contributed to this report", "contributed reporting", "contributed to this story", "contributed to this article", "contributing:",
    // Who keeps a live blog.
    "(now)", "(earlier)",
];

#[rustfmt::skip]
const JOBS: &[&str] = &[
    "correspondent", "correspondents", "reporter", "reporters", "editor", "columnist", "writer", "staff", "journalist", "journalists",
    "agencies", "contributor", "bureau",
];

/// Those of one who writes.
const WRITERS: [&str; 5] = ["correspondent", "reporter", "editor", "columnist", "writer"];

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
    "leading article", "letters to the editor", "first person", "long reads", "news analysis", "live updates",
];

/// Words that date and time lines are made of.
#[rustfmt::skip]
const TIME_WORDS: &[&str] = &[
    "published", "updated", "posted", "issued", "amended", "modified", "last", "first", "on", "at", "am", "pm", "a", "p", "m", "h", "s", "hr", "hrs", "hour", "hours",
    "min", "mins", "minute", "minutes", "day", "days", "week", "weeks", "month", "months", "sec", "second", "seconds", "ago", "read", "gmt",
    "bst", "utc", "est", "edt", "et", "cet", "cest", "pst", "pdt", "pt", "ct", "ist", "aest", "jst", "date", "time", "created", "today",
    "yesterday", "th", "st", "nd", "rd", "and", "of", "the", "an", "breaking", "just", "now", "d", "yr", "yrs", "year", "years", "noon", "midnight", "local", "sgt", "hkt",
    "aedt", "nzst", "nzdt", "cst", "mst", "mdt", "cdt", "wib", "pkt", "sast", "eat", "wat", "msk", "kst", "min", "key", "event", "latest", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec",
];

/// Whether a paragraph says who wrote the article, or when or where.
pub(super) fn is_byline(shape: &Shape) -> bool {
    is_name_line(shape)
        || is_address_line(shape)
        || is_time_line(shape)
        || is_dateline(shape)
        || is_version_note(shape)
        || is_initials(shape)
        || is_signed_time(shape)
        || is_job_line(shape)
}

/// Whether a line is a name and a job, or a job alone: "Jane Roe, Environment correspondent", "Local Democracy Reporter".
fn is_job_line(shape: &Shape) -> bool {
    const LONGEST: usize = 4;
    let job = |text: &str| {
        let last = text.rsplit(' ').next().unwrap_or("");
        text.split(' ').count() <= LONGEST && WRITERS.contains(&last.to_lowercase().as_str())
    };
    let named = |text: &str| {
        let words = text.split(' ');
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        (2..=LONGEST).contains(&words.clone().count()) && words.into_iter().all(capital)
    };
    let line = shape.ending == Ending::Open && shape.words <= 2 * LONGEST;
    line && match shape.text.split_once(", ") {
        Some((name, rest)) => named(name) && job(rest),
        // "Local Democracy Reporter", but not "Guardian Appoints New Editor"
        None => {
            let verb = |word: &str| word.ends_with('s') || word.ends_with("ed");
            let plain = !shape.tokens().any(verb);
            shape.words < LONGEST && plain && job(shape.text) && shape.is_capitalised_throughout()
        }
    }
}

/// Whether a paragraph names its author: "By Jane Roe", "Reporting by …; editing by …".
fn is_name_line(shape: &Shape) -> bool {
    // "EXCLUSIVE by Jane Roe"
    let (kicker, folded) = match shape.folded.split_once(' ') {
        Some((label, rest)) if rest.starts_with("by ") && KICKERS.contains(&label) => (1, rest),
        _ => (
            0,
            shape
                .folded
                .trim_start_matches(|c: char| is_bullet(c) || c == ' '),
        ),
    };
    if CREDITS.iter().any(|credit| folded.contains(credit)) && shape.words <= 2 * LONGEST_BYLINE {
        return true;
    }
    let Some(opening) = BYLINE_OPENINGS
        .iter()
        .find(|opening| folded.starts_with(**opening))
    else {
        return folded == "by"
            || AGENCIES.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()));
    };
    let desk = opening.contains("reporting") && folded.contains("editing by");
    if shape.words > LONGEST_BYLINE && !desk {
        return false;
    }
    // "By Monday, the storm had passed." opens alike; names go on in capitals, and seldom reach a full stop.
    let name: Vec<&str> = shape
        .tokens()
        .skip(kicker + opening.split_whitespace().count())
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
        "write to ",
    ];
    // "((jane.roe@wire.example; +44 20 7946 0000))", "Jane Roe at jane@wire.example"
    let line = shape.is_line() && shape.words <= 8;
    let names_only = shape.text.split_whitespace().all(|word| {
        !word.starts_with(char::is_lowercase)
            || word.contains('@')
            || matches!(word, "at" | "and" | "on")
    });
    if shape.has_address() && (shape.folded.starts_with("((") || (line && names_only)) {
        return true;
    }
    shape.words <= LONGEST_BYLINE
        && shape.folded.contains('@')
        && openings
            .iter()
            .any(|opening| shape.folded.starts_with(opening))
}

/// Whether a paragraph is a label over the headline: "Opinion".
pub(super) fn is_kicker(shape: &Shape) -> bool {
    is_known_kicker(shape) || (shape.words == 1 && shape.is_line())
}

/// Whether it is one that is known by its words.
pub(super) fn is_known_kicker(shape: &Shape) -> bool {
    // "Interview | Science"
    let labelled = shape
        .folded
        .split_once(" | ")
        .is_some_and(|(label, section)| {
            let short = section.split_whitespace().count() <= 2;
            short && (KICKERS.contains(&label) || label == "interview")
        });
    labelled || KICKERS.contains(&shape.folded.trim_end_matches([':', '|', ' ']))
}

/// Whether a short line of the article's head is a name or a job, which only its neighbours tell from a heading: "Jane Roe", "Political editor".
pub(super) fn is_author_line(shape: &Shape) -> bool {
    let several = shape.folded.contains(',') || shape.folded.contains(" and ");
    let most = if several { 12 } else { 4 };
    let name = (2..=most).contains(&shape.words) && shape.is_capitalised_throughout();
    let job = shape.words <= 10 && shape.has_word(JOBS);
    shape.is_line() && (name || job)
}

/// Whether a paragraph is nothing but a date or a time: "Published 9 May 2022, 14:32 BST", "20m ago".
fn is_time_line(shape: &Shape) -> bool {
    if matches!(
        shape.folded.as_str(),
        "last updated:" | "published:" | "updated:" | "publish date:"
    ) {
        return true;
    }
    let timed =
        shape.folded.contains(|c: char| c.is_ascii_digit()) || shape.folded.ends_with(" ago");
    if shape.words > 20 || !timed {
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
    // "19:20 CAT": any zone after a clock time.
    let zone = shape.text.rsplit_once(' ').filter(|(time, zone)| {
        let clock = time.ends_with(|c: char| c.is_ascii_digit() || c == 'm' || c == '.');
        clock && (2..=5).contains(&zone.len()) && is_in_capitals(zone)
    });
    let zone = zone.map(|(_, zone)| zone.to_lowercase());
    dated && parts.all(|part| is_time_word(part) || zone.as_deref() == Some(part))
}

fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let folded = word.to_lowercase();
    MONTHS.iter().any(|month| folded.starts_with(month)) && is_time_word(&folded)
}

fn is_time_word(word: &str) -> bool {
    TIME_WORDS
        .iter()
        .any(|time| time.eq_ignore_ascii_case(word))
}

/// Whether a line of the article's head holds a date and, but for it, names alone: "Jane Roe - 9 May 2022, 14:32".
pub(super) fn is_dated_line(shape: &Shape) -> bool {
    let is_year =
        |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let mut words = shape.tokens();
    shape.is_line()
        && shape.words <= 16
        && shape.tokens().any(is_month)
        && shape
            .tokens()
            .any(|word| is_year(word) && word.chars().all(|c| c.is_ascii_digit()))
        && words.all(|word| {
            !word.starts_with(char::is_lowercase)
                || is_time_word(word)
                || matches!(word, "by" | "in" | "for")
        })
}

/// Whether a line of the article's head says who reports from where: "Jane Roe in Leeds", "From Jane Roe, Leeds".
pub(super) fn is_posted_line(shape: &Shape) -> bool {
    const LONGEST: usize = 9;
    let named = |text: &str, least: usize| {
        let words = || text.split_whitespace();
        let capital = |word: &str| word.starts_with(char::is_uppercase) || word == "and";
        words().count() >= least && words().all(capital)
    };
    let line = shape.ending == Ending::Open && shape.words <= LONGEST;
    let placed = || {
        let parts = shape
            .text
            .split_once(" in ")
            .or_else(|| shape.text.split_once(" at "));
        parts.is_some_and(|(name, place)| named(name, 2) && named(place, 1))
    };
    let sent = || {
        let parts = shape
            .text
            .strip_prefix("From ")
            .and_then(|rest| rest.split_once(", "));
        parts.is_some_and(|(name, place)| named(name, 2) && named(place, 1))
    };
    line && !shape.tokens().all(is_in_capitals) && (placed() || sent())
}

/// Whether a paragraph is a time with a name: "14:05 | Jane Roe".
fn is_signed_time(shape: &Shape) -> bool {
    const LONGEST: usize = 16;
    let is_time = |part: &str| is_time_line(&Shape::new(part, shape.group, false));
    let is_name = |part: &str| {
        let mut words = part.split_whitespace().peekable();
        words.peek().is_some()
            && words.all(|word| word.starts_with(char::is_uppercase) || word == "and")
    };
    let parts = || shape.text.split('|').map(str::trim);
    shape.words <= LONGEST
        && parts().any(is_time)
        && parts().any(is_name)
        && parts().all(|part| is_time(part) || is_name(part))
}

/// Whether a paragraph is nothing but the initials of those who wrote and edited a wire report: "ko-af/sbk/rox".
fn is_initials(shape: &Shape) -> bool {
    shape.words == 1
        && shape.text.len() <= 24
        && shape.text.contains('/')
        && shape
            .text
            .chars()
            .all(|c| c.is_ascii_lowercase() || matches!(c, '/' | '-'))
}

/// Whether a paragraph is a wire report's note of what this version adds: "(Adds details, quotes; previous LONDON)".
fn is_version_note(shape: &Shape) -> bool {
    #[rustfmt::skip]
    const CHANGES: &[&str] = &[
        "adds", "updates", "recasts", "refiles", "repeats", "rewrites", "writes", "changes", "releads", "recrops", "removes", "new", "edits", "fixes",
        "updating", "adding", "releading", "recasting", "previous",
    ];
    let inside = shape
        .folded
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix([')', '.']));
    let opening = inside.and_then(|inside| inside.split([' ', ',', ';', ':']).next());
    shape.words <= LONGEST_BYLINE && opening.is_some_and(|word| CHANGES.contains(&word))
}

/// Whether a paragraph is a dateline alone: "LONDON, May 9 (Reuters) -", "KYIV, Ukraine (AP)".
fn is_dateline(shape: &Shape) -> bool {
    let in_capitals = shape
        .tokens()
        .next()
        .is_some_and(|word| is_in_capitals(word) && word.chars().count() > 2);
    let dated = shape.tokens().any(is_month) && shape.folded.contains(|c: char| c.is_ascii_digit());
    if shape.words > 10 || !(in_capitals || dated) {
        return false;
    }
    let bare = shape
        .text
        .trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let agency = bare
        .strip_suffix(')')
        .and_then(|head| head.split_once('('))
        .is_some_and(|(place, inside)| {
            let folded = inside.to_lowercase();
            let named = |text: &str| {
                text.split_whitespace()
                    .all(|word| !word.starts_with(char::is_lowercase))
            };
            AGENCIES.contains(&folded.as_str())
                || (place.contains(',')
                    && named(place)
                    && named(inside)
                    && !inside.contains(|c: char| c.is_ascii_digit()))
        });
    let names = shape
        .tokens()
        .all(|word| !word.starts_with(char::is_lowercase));
    agency || (names && shape.text.ends_with(['-', '–', '—']))
}
