//! Where a sentence names the source of its words: the noun phrase before the cue, or after it.

use std::ops::Range;

use super::cues;
use super::extents::is_spaced;
use super::phrases::{antecedent, is_auxiliary, phrase_before};
use super::tokens::{Class, Token, Tokens};

/// Who speaks, by the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// The phrase names them; `relative` where the cue stands in a clause on it: "Doe, who said …".
    Phrase { at: Range<usize>, relative: bool },
    /// Whoever the sentence is about so far: "…, saying", "and said".
    Shared,
    /// Nobody is named.
    Missing,
}

/// Where the cue's verb group starts: "has also" of "has also said".
pub(super) fn verb_start(tokens: &Tokens<'_>, cue: usize, floor: usize) -> usize {
    let mut at = cue;
    while at > floor {
        let light = tokens.at(at - 1, |token| {
            token.is_word() && (is_light(&token.lower) || is_time(&token.lower))
        });
        // "on Tuesday said"
        let day = at > floor + 1
            && tokens.at(at - 1, |t| is_time(&t.lower))
            && tokens.at(at - 2, |t| t.is("on"));
        // "last week said"
        let dated = day
            || at > floor + 1
                && tokens.at(at - 1, |t| {
                    t.is_any(&["week", "month", "year", "night", "fall", "spring", "summer"])
                })
                && tokens.at(at - 2, |t| t.is_any(&["last", "this", "earlier"]));
        at -= match (light, dated) {
            (_, true) => 2,
            (true, _) => 1,
            _ => break,
        };
    }
    at
}

/// Whether the cue is said of whom its subject names, not by them: "was criticised".
pub(super) fn is_passive(tokens: &Tokens<'_>, verb: usize, cue: usize) -> bool {
    const BE: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "wasn't"];
    const IRREGULAR: [&str; 9] = [
        "told", "seen", "shown", "said", "found", "known", "thought", "read", "written",
    ];
    // Participles that say how the subject feels.
    const FELT: [&str; 12] = [
        "worried",
        "opposed",
        "convinced",
        "concerned",
        "scared",
        "pleased",
        "disappointed",
        "committed",
        "determined",
        "excited",
        "surprised",
        "interested",
    ];
    let is_participle = tokens.at(cue, |t| {
        (t.lower.ends_with("ed") || t.is_any(&IRREGULAR)) && !t.is_any(&FELT)
    });
    is_participle && (verb..cue).any(|at| tokens.at(at, |t| t.is_any(&BE)))
}

/// Words that say when, without a preposition.
pub(super) fn is_time(word: &str) -> bool {
    matches!(
        word,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "today"
            | "yesterday"
            | "later"
            | "earlier"
            | "recently"
            | "again"
            | "afterward"
            | "afterwards"
            | "repeatedly"
            | "publicly"
            | "simply"
            | "flatly"
    )
}

fn is_light(word: &str) -> bool {
    is_auxiliary(word) || (word.ends_with("ly") && word.len() > 4 && word != "family")
}

/// Words that a description of somebody, or what somebody's is, opens with.
const DESCRIBING: [&str; 5] = ["the", "his", "her", "its", "their"];

/// Whether a description opens here: "the union's secretary".
pub(super) fn opens_description(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.at(at, |t| t.is_any(&DESCRIBING))
}

/// What is issued to say a thing.
pub(super) const PAPERS: [&str; 9] = [
    "statement",
    "letter",
    "email",
    "tweet",
    "message",
    "memo",
    "note",
    "post",
    "video",
];

/// The subject of the cue's clause.
pub(super) fn subject(tokens: &Tokens<'_>, cue: usize, floor: usize) -> Subject {
    let verb = verb_start(tokens, cue, floor);
    let Some(before) = verb.checked_sub(1).filter(|at| *at >= floor) else {
        return Subject::Missing;
    };
    let Some(token) = tokens.get(before) else {
        return Subject::Missing;
    };
    let phrase = |end: usize, relative: bool| match phrase_before(tokens, end, floor) {
        Some(at) => Subject::Phrase { at, relative },
        None => Subject::Missing,
    };
    if token.is_any(&["who", "which", "that"]) {
        let comma = before > floor && tokens.at(before - 1, |token| token.is(","));
        return match before.checked_sub(1 + usize::from(comma)) {
            Some(end) if end >= floor => match antecedent(tokens, end, floor) {
                Some(at) => Subject::Phrase { at, relative: true },
                None => Subject::Missing,
            },
            _ => Subject::Missing,
        };
    }
    // "Roe, who wrote and said"
    if token.is_any(&["and", "or"]) {
        let breaks = |at: &usize| tokens.at(*at, |t| !t.is_word() || t.quoted);
        let mut clause = (floor..before).rev().take_while(|at| !breaks(at));
        let relative = clause.find(|at| tokens.at(*at, |t| t.is("who")));
        let comma = |at: usize| usize::from(tokens.at(at, |t| t.is(",")));
        let end = relative
            .filter(|at| *at > floor + 1)
            .map(|at| at - 1 - comma(at - 1));
        if let Some(at) = end.and_then(|end| antecedent(tokens, end, floor)) {
            return Subject::Phrase { at, relative: true };
        }
    }
    // "Quoted Doe as saying"
    if token.is("as") && tokens.at(cue, |t| t.is("saying")) {
        const REACH: usize = 8;
        let mut near = (floor.max(before.saturating_sub(REACH))..before).rev();
        let Some(quoting) =
            near.find(|at| tokens.at(*at, |t| t.is_any(&["quoted", "quotes", "cited"])))
        else {
            return Subject::Missing;
        };
        if quoting + 1 == before {
            return subject(tokens, quoting, floor);
        }
        return Subject::Phrase {
            at: quoting + 1..before,
            relative: false,
        };
    }
    // "Blasted the plan saying": the plan says nothing.
    if tokens.at(cue, |t| {
        t.is_any(&["saying", "adding", "noting", "insisting", "claiming"])
    }) && token.is_word()
        && let Some(object) = phrase_before(tokens, before, floor)
        && object.start > floor
        && opens_description(tokens, object.start)
        && tokens.at(object.start - 1, |t| {
            t.lower.ends_with("ed") || t.is("to") || cues::is_preposition(&t.lower)
        })
    {
        return Subject::Shared;
    }
    // "Issued a statement saying": whoever issues it says so.
    let paper = |at: usize| tokens.at(at, |t| t.is_any(&PAPERS));
    if paper(before) && tokens.at(cue, |t| t.lower.ends_with("ing")) {
        let article = (floor..before)
            .rev()
            .find(|at| tokens.at(*at, |t| t.is_any(&["a", "an"])));
        let verb = article.filter(|at| before - at <= 3 && *at > floor);
        if verb
            .is_some_and(|at| tokens.at(at - 1, |t| t.is_word() && !cues::is_preposition(&t.lower)))
        {
            return Subject::Shared;
        }
    }
    if token.is_any(&[
        "to", "and", "or", "but", "by", "in", "on", "at", "with", "for", "of", "from", "without",
        "while", "when", "after", "before",
    ]) {
        return Subject::Shared;
    }
    if token.is(",") || token.is_dash() || token.is(")") {
        if tokens.at(cue, |token| token.lower.ends_with("ing")) {
            return Subject::Shared;
        }
        // What stands before a quote's end is no part of who said it.
        let quoted = (floor..before)
            .rev()
            .find(|at| tokens.at(*at, |t| t.class == Class::Close));
        let beside = quoted.and_then(|close| apposition(tokens, before, close + 1));
        return match beside.or_else(|| apposition(tokens, before, floor)) {
            Some(at) => Subject::Phrase {
                at,
                relative: false,
            },
            None => Subject::Shared,
        };
    }
    if token.is_word() {
        phrase(before, false)
    } else {
        Subject::Missing
    }
}

/// Whether a verb of saying and its subject follow a quote: "“Why not?” she asked in May".
pub(super) fn follow_quote(tokens: &Tokens<'_>, cue: usize, floor: usize) -> bool {
    if !tokens.at(cue, |token| cues::is_saying(&token.lower)) && !ends_speech(tokens, cue, floor) {
        return false;
    }
    let inverted = tokens.before(cue).is_some_and(|t| t.class == Class::Close);
    let paper = || {
        let reads = tokens.at(cue, |t| t.is_any(&["read", "reads"]));
        let named = |at: usize| tokens.at(at, |t| t.is_any(&PAPERS));
        reads && (named(cue + 1) || named(cue + 2))
    };
    if inverted && (ends_speech(tokens, cue, floor) || paper()) {
        return true;
    }
    let Subject::Phrase { at, .. } = subject(tokens, cue, floor) else {
        return false;
    };
    let before = tokens.before(at.start);
    before.is_some_and(|token| token.class == Class::Close)
}

/// Whether a verb stands in the clause after a quote with a comma at its end, which no other verb can take: "“We won,” beamed
/// Doe".
pub(super) fn ends_speech(tokens: &Tokens<'_>, verb: usize, floor: usize) -> bool {
    const REACH: usize = 6;
    let lower = tokens.at(verb, |t| {
        t.text.starts_with(char::is_lowercase) && t.lower.len() > 4
    });
    let past = lower && tokens.at(verb, |t| t.lower.ends_with("ed"));
    let present = lower && tokens.at(verb, |t| t.lower.ends_with('s'));
    if !past && !present {
        return false;
    }
    let mut before = (floor.max(verb.saturating_sub(REACH))..verb).rev();
    let close = before.find(|at| tokens.at(*at, |t| !t.is_word() && !t.is(".") && !t.is("-")));
    close.is_some_and(|close| {
        let named = close + 1 == verb && tokens.at(verb + 1, Token::is_capitalized)
            || past
                && tokens.at(close + 1, |t| {
                    t.is_capitalized() || matches!(t.lower.as_str(), "he" | "she")
                });
        named
            && tokens.at(close, |t| t.class == Class::Close)
            && opens_sentence(tokens, close, floor)
            && close > 0
            && tokens.at(close - 1, |t| t.is(","))
    })
}

/// Whether the quote that ends here opens its sentence, or the one before.
fn opens_sentence(tokens: &Tokens<'_>, close: usize, floor: usize) -> bool {
    let open = (floor..close)
        .rev()
        .find(|at| tokens.at(*at, |t| t.class == Class::Open));
    open.is_none_or(|open| open == floor)
}

/// The phrase that an apposition ending at this mark stands by: "Doe" of "Doe, the mayor, said".
fn apposition(tokens: &Tokens<'_>, mark: usize, floor: usize) -> Option<Range<usize>> {
    let is_mark = |at: usize| {
        let dash = |t: &Token<'_>| t.is_dash() && is_spaced(tokens, at);
        tokens.at(at, |t| !t.quoted && (t.is(",") || dash(t) || t.is("(")))
    };
    let marks: Vec<usize> = (floor + 1..mark).filter(|at| is_mark(*at)).collect();
    // "The union's secretary, Ada Lund, said": the name, rather than what it is.
    let named = |phrase: Range<usize>| {
        let described = opens_description(tokens, phrase.start)
            && !tokens.at(phrase.end - 1, Token::is_capitalized);
        let name = phrase_before(tokens, mark.checked_sub(1)?, phrase.end + 1)
            .filter(|_| described && tokens.at(phrase.end, |t| t.is(",")))
            .filter(|name| name.start == phrase.end + 1 && name.len() > 1)
            .filter(|name| {
                let capital = |at: usize| tokens.at(at, |t| t.is_capitalized() || !t.is_word());
                name.clone()
                    .all(|at| capital(at) || at > name.start && at + 1 < name.end)
            });
        Some(name.unwrap_or(phrase))
    };
    let fits = |at: usize| {
        let phrase = phrase_before(tokens, at.checked_sub(1)?, floor)?;
        let first = tokens.get(phrase.start)?;
        let leads =
            phrase.start == floor || tokens.at(phrase.start - 1, |t| !t.is(",") || t.quoted);
        let dated =
            first.is_any(&["this", "last", "earlier", "later", "next"]) || is_time(&first.lower);
        let adverbial = cues::is_preposition(&first.lower)
            || dated
            || phrase.start == floor
                && (first.lower.ends_with("ing") || first.lower.ends_with("ed"));
        (!adverbial && leads).then_some(phrase)
    };
    marks.iter().find_map(|at| named(fits(*at)?)).or_else(|| {
        let last = *marks.last()?;
        phrase_before(tokens, last.checked_sub(1)?, floor)
    })
}
