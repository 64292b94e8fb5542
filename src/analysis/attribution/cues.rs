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
    if token.is("think") && tokens.at(at + 1, |t| t.is_any(&["tank", "tanks"])) {
        return 0;
    }
    // "In the words of Doe, …"
    let beside = |at: Option<usize>, word: &str| at.is_some_and(|at| tokens.at(at, |t| t.is(word)));
    if token.is("words") && beside(Some(at + 1), "of") && beside(at.checked_sub(1), "the") {
        return if beside(at.checked_sub(2), "in") {
            SURELY
        } else {
            0
        };
    }
    // "As Doe put it, …"
    if token.is_any(&["put", "puts"]) {
        return if beside(Some(at + 1), "it") && puts(tokens, at + 1) {
            SURELY
        } else {
            0
        };
    }
    // "“No,” she shot back."
    if is_retort(tokens, at) {
        return SURELY;
    }
    // "Asked whether …, Doe said", "Writing in the Times, Doe said"
    let opens =
        |at: usize| at == 0 || tokens.at(at - 1, |t| t.class == Class::Punctuation && !t.is(","));
    let asked = token.is_any(&["asked", "told", "reminded"]) && token.is_capitalized();
    let writing = token.is_any(&["writing", "speaking", "testifying"]) && token.is_capitalized();
    if opens(at)
        && (asked || writing)
        && !matches!(following(tokens, at), Following::Quote | Following::Colon)
    {
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
        && share(Following::That) >= MOSTLY
        && clause_follows(tokens, at);
    if clause || share(Following::That) >= MOSTLY && that_follows(tokens, at).is_some() {
        return share(Following::That).max(share(next));
    }
    // "Called him “a tired man”": the quote says what.
    let matter = next == Following::Preposition && tokens.at(at + 1, |t| t.is_any(&MATTER));
    let quote = (matches!(next, Following::Nominal | Following::Other) || matter)
        && share(Following::Quote) >= SURELY
        && quote_follows(tokens, at)
        || share(Following::Quote) >= SURELY && quote_as(tokens, at).is_some();
    if quote {
        share(Following::Quote)
    } else {
        share(next)
    }
}

/// Whether somebody hits back with words.
pub(super) fn is_retort(tokens: &Tokens<'_>, at: usize) -> bool {
    let verb = tokens.at(at, |t| {
        t.is_any(&["shot", "shoots", "hit", "hits", "fired", "fires"])
    });
    let beside = |at: usize| {
        tokens.at(at, |t| {
            t.class == Class::Open || t.class == Class::Close || t.is(":")
        })
    };
    let reached = |at: usize| tokens.at(at, |t| t.is_word() && !t.quoted);
    let before = (1..=SUBJECT).find(|back| at < *back || !reached(at - back));
    let quoted = before
        .and_then(|back| at.checked_sub(back))
        .is_some_and(beside);
    verb && tokens.at(at + 1, |t| t.is("back")) && (quoted || beside(at + 2))
}

/// Whether "put it" brings words: a mark ends the clause and a quote stands beside it.
fn puts(tokens: &Tokens<'_>, it: usize) -> bool {
    const REACH: usize = 9;
    let mut near =
        (it + 1..it + REACH).skip_while(|at| tokens.at(*at, |t| t.is_word() && !t.quoted));
    let Some(mark) = near.next() else {
        return false;
    };
    let opens = |at: usize| tokens.at(at, |t| t.class == Class::Open);
    let sentence = tokens.get(it).map(|t| t.sentence);
    let mut before = (0..it)
        .rev()
        .take_while(|at| tokens.get(*at).map(|t| t.sentence) == sentence);
    opens(mark) || opens(mark + 1) || before.any(|at| tokens.at(at, |t| t.class == Class::Close))
}

/// Whether a quote opens a few words after a token.
fn quote_follows(tokens: &Tokens<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    let mut near =
        (at + 1..at + REACH).skip_while(|at| tokens.at(*at, |t| t.is_word() && !t.quoted));
    near.next()
        .is_some_and(|at| tokens.at(at, |t| t.class == Class::Open))
}

/// The quote that says as what somebody speaks of a thing: "described the plan for the pier as “a disgrace”".
pub(super) fn quote_as(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 16;
    const ARTICLES: [&str; 3] = ["a", "an", "the"];
    let plain =
        |t: &Token<'_>| t.is_word() && !t.quoted && !is_saying(&t.lower) && !is_naming(&t.lower);
    let open = (at + 1..at + REACH).find(|at| !tokens.at(*at, plain))?;
    let article = tokens.before(open).is_some_and(|t| t.is_any(&ARTICLES));
    let word = open.checked_sub(1 + usize::from(article))?;
    let opens = tokens.at(open, |t| t.class == Class::Open);
    (opens && word > at && tokens.at(word, |t| t.is("as"))).then_some(open)
}

/// Words beside the prepositions that open an adverbial after a cue.
const ADJUNCTS: [&str; 10] = [
    "via",
    "during",
    "after",
    "before",
    "through",
    "under",
    "outside",
    "following",
    "last",
    "this",
];

pub(super) fn is_adjunct(word: &str) -> bool {
    ADJUNCTS.contains(&word)
}

/// The "that" after words that say when, where or by what something is said: "said on Monday in a statement that".
pub(super) fn that_follows(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 14;
    let first = tokens.get(at + 1)?;
    let adjunct = is_preposition(&first.lower)
        || is_adjunct(&first.lower)
        || super::sources::is_time(&first.lower)
        || first.lower.ends_with("ly");
    let mut near = (at + 1..at + REACH).take_while(|at| {
        tokens.at(*at, |t| {
            t.is_word()
                && !t.quoted
                && !FINITE.contains(&t.lower.as_str())
                && !t.is_any(&["who", "which", "and", "but", "to", "if", "when", "because"])
        })
    });
    let that = near.find(|at| tokens.at(*at, |t| t.is("that")))?;
    // "On that day"
    let points = tokens
        .before(that)
        .is_some_and(|t| is_preposition(&t.lower) || is_adjunct(&t.lower));
    (adjunct && that > at + 1 && !points).then_some(that)
}

/// So many words name who hits back, at most, beside what was said.
const SUBJECT: usize = 6;
/// Prepositions after which a quote says what somebody speaks of: "apologised for “any distress”".
const MATTER: [&str; 6] = ["of", "for", "about", "against", "as", "to"];

/// Words that with "that" after them nearly always, and mostly, introduce words.
const SURELY: u8 = 9;
const MOSTLY: u8 = 7;

#[rustfmt::skip]
const FINITE: [&str; 28] = [
    "is", "are", "was", "were", "has", "had", "have", "will", "would", "can", "could", "should", "may", "might", "must", "did", "does",
    "isn't", "wasn't", "weren't", "won't", "wouldn't", "can't", "couldn't", "didn't", "doesn't", "hadn't", "hasn't",
];

/// Whether a subject and its verb follow a token, without "that".
fn clause_follows(tokens: &Tokens<'_>, at: usize) -> bool {
    const REACH: usize = 9;
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

/// Verbs that give a thing a name.
const NAMING: [&str; 9] = [
    "called",
    "dubbed",
    "named",
    "labeled",
    "labelled",
    "termed",
    "nicknamed",
    "described",
    "branded",
];

pub(super) fn is_naming(word: &str) -> bool {
    NAMING.contains(&word)
}

pub(super) fn is_addressing(word: &str) -> bool {
    ADDRESSING.contains(&word)
}

/// Verbs of saying in the narrow sense, those that may stand after the words: "…, she said".
#[rustfmt::skip]
const SAYING: [&str; 209] = [
    "read", "reads",
    "said", "says", "say", "wrote", "writes", "added", "adds", "told", "tells", "asked", "asks", "tweeted", "noted", "notes", "explained",
    "explains", "argued", "argues", "reported", "reports", "announced", "declared", "stated", "states", "continued", "continues", "replied",
    "replies", "responded", "responds", "insisted", "insists", "claimed", "claims", "recalled", "recalls", "warned", "warns", "suggested",
    "suggests", "concluded", "concludes", "admitted", "acknowledged", "acknowledges", "joked", "quipped", "remarked", "observed", "observes",
    "posted", "charged", "countered", "boasted", "conceded", "predicted", "predicts", "shouted", "yelled", "exclaimed", "retorted", "lamented",
    "complained", "mused", "wondered", "opined", "urged", "vowed", "pledged", "cautioned", "emphasized", "stressed", "reiterated", "asserted",
    "asserts", "contended", "contends", "thinks", "believes", "promised", "confirmed", "testified", "written", "admits", "jokes", "shrugs", "grins",
    "grinned", "laughs", "sighs", "smiles", "nods", "fumed", "stormed", "blasted", "raged", "beamed", "muses", "insisting", "snaps", "snapped",
    "sighed", "offers", "recounts", "alleged", "alleges", "scoffed", "scoffs", "sniffed", "sniffs", "snorted", "snorts", "groaned", "groans",
    "moaned", "moans", "growled", "growls", "barked", "barks", "hissed", "sobbed", "sobs", "wept", "weeps", "gushed", "gushes", "chirped",
    "enthused", "enthuses", "deadpanned", "sneered", "muttered", "mutters", "whispered", "whispers", "cried", "cries", "screamed", "screams",
    "roared", "roars", "thundered", "thunders", "ranted", "bellowed", "chuckled", "chuckles", "giggled", "confided", "confides", "confessed",
    "confesses", "interjected", "protested", "protests", "demanded", "demands", "pleaded", "pleads", "begged", "begs", "commented", "comments",
    "texted", "emailed", "messaged", "messages", "captioned", "penned", "posts", "volunteered", "ventured", "reasoned", "reasons", "repeated",
    "repeats", "marvelled", "marveled", "shrugged", "winked", "nodded", "huffed", "spat", "drawled", "teased", "taunted", "maintained", "maintains",
    "counselled", "promises", "swears", "swore", "proclaims", "proclaimed", "counters", "fumes", "rages", "beams", "shouts", "yells", "retorts",
    "lectured", "hollered", "crowed", "affirmed", "affirms",
];

/// Those that take no object but what is said.
#[rustfmt::skip]
const PLAIN: [&str; 20] = [
    "said", "says", "say", "wrote", "writes", "added", "adds", "reported", "reports", "explained", "explains", "argued", "argues", "noted",
    "notes", "tweeted", "according", "insisted", "announced", "stated",
];

pub(super) fn is_plain(word: &str) -> bool {
    PLAIN.contains(&word)
}

pub(super) fn is_saying(word: &str) -> bool {
    SAYING.contains(&word)
}
