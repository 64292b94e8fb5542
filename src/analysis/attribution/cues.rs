//! Words that introduce somebody's words: how often they do, by what follows them.
//!
//! The table is set by judgement, for classes of words of one behaviour; it holds nothing of any data set.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tokens::{Class, Token, Tokens};

const TABLE: &str = include_str!("cues.tsv");

/// For each word: in how many of ten uses it introduces somebody's words, by the [`Following`] token.
static CUES: LazyLock<HashMap<&'static str, [u8; 8]>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let (word, shares) = row.split_once('\t')?;
        let mut digits = shares.bytes().map(|digit| digit.saturating_sub(b'0'));
        Some((word, std::array::from_fn(|_| digits.next().unwrap_or(0))))
    })
    .collect()
});

/// What stands after a word, in the order of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Following {
    That,
    Quote,
    Colon,
    To,
    Mark,
    Preposition,
    Nominal,
    Other,
}

const PREPOSITIONS: [&str; 18] = [
    "of", "on", "about", "for", "in", "at", "as", "with", "by", "against", "over", "from", "into",
    "upon", "toward", "towards", "out", "up",
];

#[rustfmt::skip]
const DETERMINERS: [&str; 41] = [
    "the", "a", "an", "this", "these", "those", "his", "her", "their", "its", "my", "our", "your", "he", "she", "they", "it", "we", "i",
    "you", "there", "what", "who", "why", "how", "whether", "if", "where", "when", "no", "some", "any", "all", "many", "most", "every",
    "each", "both", "one", "two", "three",
];

pub(super) fn is_determiner(word: &str) -> bool {
    DETERMINERS.contains(&word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// What stands after the token.
pub(super) fn following(tokens: &Tokens<'_>, at: usize) -> Following {
    let Some(next) = tokens.get(at + 1) else {
        return Following::Mark;
    };
    let opens = |at: usize| tokens.at(at, |token| token.class == Class::Open);
    if opens(at + 1) || (next.is_any(&[",", ":"]) && opens(at + 2)) {
        return Following::Quote;
    }
    if next.is(":") {
        return Following::Colon;
    }
    if !next.is_word() {
        return Following::Mark;
    }
    match next.lower.as_str() {
        "that" => Following::That,
        "to" => Following::To,
        word if PREPOSITIONS.contains(&word) => Following::Preposition,
        word if DETERMINERS.contains(&word) || next.is_capitalized() => Following::Nominal,
        _ => Following::Other,
    }
}

/// In how many of ten uses such as this one the word introduces somebody's words.
pub(super) fn share(tokens: &Tokens<'_>, at: usize) -> u8 {
    let Some(token) = tokens.get(at).filter(|token| token.is_word()) else {
        return 0;
    };
    // "Half a percentage point", "3 points".
    let counts = |token: &Token<'_>| {
        token.is_any(&["percentage", "basis"])
            || token.text.starts_with(|c: char| c.is_ascii_digit())
    };
    if token.is_any(&["point", "points"]) && tokens.before(at).is_some_and(counts) {
        return 0;
    }
    let shares = CUES.get(token.lower.as_str()).or_else(|| {
        // The table spells as Americans do.
        let (stem, ending) = token.lower.rsplit_once("is")?;
        let ending = matches!(ending, "e" | "es" | "ed" | "ing").then_some(ending)?;
        CUES.get(format!("{stem}iz{ending}").as_str())
    });
    let Some(shares) = shares else {
        return 0;
    };
    let next = following(tokens, at);
    let share = |next: Following| shares.get(next as usize).copied().unwrap_or(0);
    // "Insisted her husband had lied" is as "insisted that her husband had lied".
    let clause = matches!(next, Following::Nominal | Following::Other)
        && share(Following::That) >= SURELY
        && clause_follows(tokens, at);
    if clause {
        return share(Following::That);
    }
    // "Called him “a tired man”": the quote says what.
    let quote = matches!(next, Following::Nominal | Following::Other)
        && share(Following::Quote) >= SURELY
        && quote_follows(tokens, at);
    if quote {
        share(Following::Quote)
    } else {
        share(next)
    }
}

/// Whether a quote opens a few words after a token.
fn quote_follows(tokens: &Tokens<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    let mut near =
        (at + 1..at + REACH).skip_while(|at| tokens.at(*at, |t| t.is_word() && !t.quoted));
    near.next()
        .is_some_and(|at| tokens.at(at, |t| t.class == Class::Open))
}

/// Words that with "that" after them nearly always introduce words.
const SURELY: u8 = 9;

/// Whether a subject and its verb follow a token, without "that".
fn clause_follows(tokens: &Tokens<'_>, at: usize) -> bool {
    const REACH: usize = 9;
    #[rustfmt::skip]
    const FINITE: [&str; 28] = [
        "is", "are", "was", "were", "has", "had", "have", "will", "would", "can", "could", "should", "may", "might", "must", "did", "does",
        "isn't", "wasn't", "weren't", "won't", "wouldn't", "can't", "couldn't", "didn't", "doesn't", "hadn't", "hasn't",
    ];
    let plain = |at: &usize| {
        tokens.at(*at, |t| {
            t.is_word()
                && !t.quoted
                && !t.is_any(&[
                    "who", "which", "that", "whose", "to", "and", "but", "when", "if", "as",
                ])
        })
    };
    let mut subject = (at + 1..at + REACH).take_while(plain).skip(1);
    subject.any(|at| tokens.at(at, |t| t.is_any(&FINITE)))
}

/// Verbs that name the hearer before the words: "told reporters that".
#[rustfmt::skip]
const ADDRESSING: [&str; 24] = [
    "told", "tell", "tells", "telling", "asked", "asks", "asking", "informed", "assured", "assures", "assuring", "reminded", "reminding",
    "warned", "warning", "urged", "urges", "urging", "advised", "notified", "promised", "emailed", "texted", "persuaded",
];

pub(super) fn is_addressing(word: &str) -> bool {
    ADDRESSING.contains(&word)
}

/// Verbs of saying in the narrow sense, those that may stand after the words: "…, she said".
#[rustfmt::skip]
const SAYING: [&str; 82] = [
    "said", "says", "say", "wrote", "writes", "added", "adds", "told", "tells", "asked", "asks", "tweeted", "noted", "notes", "explained",
    "explains", "argued", "argues", "reported", "reports", "announced", "declared", "stated", "states", "continued", "continues", "replied",
    "replies", "responded", "responds", "insisted", "insists", "claimed", "claims", "recalled", "recalls", "warned", "warns", "suggested",
    "suggests", "concluded", "concludes", "admitted", "acknowledged", "acknowledges", "joked", "quipped", "remarked", "observed", "observes",
    "posted", "charged", "countered", "boasted", "conceded", "predicted", "predicts", "shouted", "yelled", "exclaimed", "retorted", "lamented",
    "complained", "mused", "wondered", "opined", "urged", "vowed", "pledged", "cautioned", "emphasized", "stressed", "reiterated", "asserted",
    "asserts", "contended", "contends", "thinks", "believes", "promised", "confirmed", "testified",
];

pub(super) fn is_saying(word: &str) -> bool {
    SAYING.contains(&word)
}
