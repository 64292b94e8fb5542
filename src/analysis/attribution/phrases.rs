//! Noun phrases without a parser: words up to a verb, a conjunction or a mark, read backwards or forwards.

use std::ops::Range;

use super::cues;
use super::tokens::{Class, Token, Tokens};
use crate::analysis::countries::{self, CountryName};

/// No phrase is longer, in tokens.
const LONGEST: usize = 16;

/// Words of a verb group beside the cue itself.
#[rustfmt::skip]
const AUXILIARIES: [&str; 58] = [
    "has", "have", "had", "is", "are", "was", "were", "be", "been", "being", "do", "does", "did", "will", "would", "can", "could", "may",
    "might", "should", "must", "not", "also", "often", "once", "then", "again", "never", "ever", "still", "even", "just", "now", "later",
    "already", "only", "always", "soon", "too", "himself", "herself", "themselves", "didn't", "doesn't", "don't", "hasn't", "haven't",
    "hadn't", "wasn't", "isn't", "won't", "wouldn't", "can't", "couldn't", "long", "first", "further", "instead",
];

/// Words at which a noun phrase, read backwards, has begun already.
#[rustfmt::skip]
const BEFORE_PHRASES: [&str; 34] = [
    "that", "because", "when", "while", "as", "if", "but", "although", "though", "whether", "where", "how", "what", "why", "than", "since",
    "after", "before", "until", "so", "which", "who", "whom", "whose", "or", "nor", "yet", "once", "during", "despite", "amid", "unless",
    "then", "whereas",
];

#[rustfmt::skip]
const AFTER_PHRASES: [&str; 46] = [
    "that", "because", "when", "while", "as", "if", "but", "although", "though", "whether", "where", "who", "which", "whose", "to", "in",
    "on", "at", "during", "after", "before", "since", "from", "about", "with", "by", "into", "earlier", "last", "this", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "through",
    "he", "she", "it", "they", "we", "i",
];

/// Words that open a noun phrase.
const OPENING: [&str; 9] = ["the", "a", "an", "his", "her", "its", "their", "my", "our"];

/// Words beside the prepositions that tie a phrase to one before it.
const TYING: [&str; 6] = ["to", "all", "both", "half", "among", "inside"];

/// Words that may stand before a subject and are no part of it.
#[rustfmt::skip]
const CONNECTIVES: [&str; 9] = [
    "and", "however", "meanwhile", "nevertheless", "moreover", "furthermore", "additionally", "similarly", "thus",
];

/// Small words within names: "Bill de Blasio".
#[rustfmt::skip]
const PARTICLES: [&str; 16] = [
    "of", "de", "von", "van", "der", "den", "del", "della", "da", "di", "dos", "al", "el", "bin", "la", "du",
];

/// Endings of nouns for people that stand before names.
#[rustfmt::skip]
const TITLED: [&str; 13] = [
    "er", "or", "ist", "ian", "man", "woman", "chief", "president", "secretary", "boss", "captain", "coach", "dean",
];

/// Words with such an ending that are none.
#[rustfmt::skip]
const UNTITLED: [&str; 16] = [
    "remember", "consider", "prefer", "offer", "favor", "honor", "deliver", "enter", "never", "after", "over", "under", "for", "or", "ever", "other",
];

/// Nouns for those who act together, which a nationality or a party stands before: "Republican lawmakers".
#[rustfmt::skip]
const ACTING: [&str; 25] = [
    "officials", "lawmakers", "leaders", "forces", "authorities", "troops", "police", "prosecutors", "ministers", "voters", "lawyers",
    "activists", "diplomats", "senators", "members", "politicians", "protesters", "government", "military", "army", "media", "embassy",
    "regulators", "executives", "guards",
];

pub(super) fn is_auxiliary(word: &str) -> bool {
    AUXILIARIES.contains(&word)
}

/// The noun phrase that ends with this token.
pub(super) fn phrase_before(tokens: &Tokens<'_>, end: usize, floor: usize) -> Option<Range<usize>> {
    let last = tokens.get(end).filter(|token| token.is_word())?;
    if BEFORE_PHRASES.contains(&last.lower.as_str()) {
        return None;
    }
    // "Afterwards she"
    if matches!(
        last.lower.as_str(),
        "he" | "she" | "they" | "it" | "we" | "i"
    ) {
        return Some(end..end + 1);
    }
    let mut start = end;
    while start > floor && end - start < LONGEST {
        let Some(token) = tokens.get(start - 1) else {
            break;
        };
        // "(R) of Iowa": the brackets stand within the phrase.
        let tied = |at: usize| tokens.at(at, |t| t.is_any(&["of", "from"]));
        if tied(start)
            && let Some(bracket) = bracketed(tokens, start - 1, floor)
        {
            start = bracket;
            continue;
        }
        // An article opens a phrase, unless a preposition ties it to the one before.
        let opened =
            tokens.at(start, |t| t.is_any(&OPENING)) && tokens.at(start + 1, |t| t.is_word());
        let tied = cues::is_preposition(&token.lower) || token.is_any(&TYING);
        if opened && !tied {
            break;
        }
        let goes_on = if token.is_word() {
            let word = token.lower.as_str();
            let joins = word != "and" || joins_names(tokens, start - 1);
            let says = cues::is_saying(word) && cues::share(tokens, start - 1) >= 5;
            joins && !says && !BEFORE_PHRASES.contains(&word) && !AUXILIARIES.contains(&word)
        } else {
            is_inner(tokens, start - 1)
        };
        if !goes_on {
            break;
        }
        start -= 1;
    }
    // "In Iowa the senator": what leads up to the phrase is no part of it.
    while start < end
        && tokens.at(start, |t| {
            cues::is_preposition(&t.lower) || t.is_any(&CONNECTIVES) || !t.is_word()
        })
    {
        start += 1;
    }
    Some(start..end + 1)
}

/// Where the brackets open that close here, if nothing but a few words stands in them.
fn bracketed(tokens: &Tokens<'_>, close: usize, floor: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    if !tokens.at(close, |t| t.is(")") && !t.quoted) {
        return None;
    }
    let first = floor.max(close.saturating_sub(LONGEST));
    let open = (first..close)
        .rev()
        .find(|at| tokens.at(*at, |t| t.is("(")));
    open.filter(|at| *at > floor)
}

fn joins_names(tokens: &Tokens<'_>, and: usize) -> bool {
    let capital = |at: Option<usize>| at.is_some_and(|at| tokens.at(at, |t| t.is_capitalized()));
    let title = and > 1 && tokens.at(and - 1, |t| t.is(".")) && capital(and.checked_sub(2));
    (title || capital(and.checked_sub(1))) && capital(Some(and + 1))
}

/// Whether punctuation belongs to a phrase: a title's full stop, a hyphen without spaces.
fn is_inner(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some((token, before)) = tokens.get(at).zip(tokens.before(at)) else {
        return false;
    };
    let touches = before.span.end() == token.span.start();
    let touches_next = tokens.at(at + 1, |next| token.span.end() == next.span.start());
    match token.text {
        "." => touches && before.is_capitalized() && before.text.chars().count() <= 4,
        "-" | "/" | "&" | "–" => touches && touches_next || token.text == "&",
        "'" | "’" => touches,
        "$" | "%" | "#" | "@" => true,
        _ => false,
    }
}

/// The noun phrase that starts with this token.
pub(super) fn phrase_after(
    tokens: &Tokens<'_>,
    start: usize,
    ceiling: usize,
) -> Option<Range<usize>> {
    tokens
        .get(start)
        .filter(|t| t.is_word() && start < ceiling)?;
    let mut end = start + 1;
    while end < ceiling && end - start < LONGEST {
        let Some(token) = tokens.get(end) else { break };
        let goes_on = if token.is_word() {
            let word = token.lower.as_str();
            let joins = word != "and" || joins_names(tokens, end);
            joins && !AFTER_PHRASES.contains(&word) && !AUXILIARIES.contains(&word)
        } else {
            token.class == Class::Punctuation && is_inner(tokens, end)
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    while end > start + 1 && tokens.at(end - 1, |t| !t.is_word()) {
        end -= 1;
    }
    Some(start..end)
}

/// The name that opens the sentence's main clause, or the whole phrase where no name does: "Doe" of "Doe left early".
pub(super) fn main_subject(
    tokens: &Tokens<'_>,
    start: usize,
    ceiling: usize,
) -> Option<Range<usize>> {
    let phrase = phrase_after(tokens, start, ceiling)?;
    let named = tokens.at(start, |t| {
        t.is_capitalized() && !cues::is_determiner(&t.lower) || is_pronoun(&t.lower)
    });
    let lower = |at: usize| {
        tokens.at(at, |t| {
            t.text.starts_with(char::is_lowercase) && !t.is_any(&PARTICLES) && !t.is_any(&ACTING)
        })
    };
    let possessive = |at: usize| {
        tokens.at(at, |t| {
            t.lower.ends_with("'s") || t.lower.ends_with("s'") || t.is("'") || t.text == "’"
        })
    };
    let after_capital =
        |at: usize| tokens.at(at - 1, |t| t.is_capitalized() || is_pronoun(&t.lower));
    // "Finnish coast guards": a noun follows the nationality.
    let national = |at: usize| {
        let of = |t: &Token<'_>| {
            let people = countries::find(t.text);
            people.is_some_and(|(_, how)| how == CountryName::Demonym)
                || t.is("republican")
                || t.is("european")
        };
        let acts = |t: &Token<'_>| t.lower.ends_with("ed") || t.lower.ends_with('s');
        at == start + 1 && tokens.at(start, of) && !tokens.at(at, acts)
    };
    // "Executive producer Martin Oyelaran": a noun for a person before the name.
    let title = |at: usize| {
        let person = |t: &Token<'_>| {
            TITLED.iter().any(|ending| t.lower.ends_with(ending)) && !t.is_any(&UNTITLED)
        };
        tokens.at(at, person) && tokens.at(at + 1, Token::is_capitalized)
    };
    let mut verbs = phrase
        .clone()
        .filter(|at| *at > start && lower(*at) && !national(*at) && !title(*at));
    let verb = verbs.next();
    // "The company issued a plan", "Veltria's foreign ministry welcomed the plan"
    let acts = |at: usize| {
        tokens.at(at, |t| t.lower.ends_with("ed"))
            && tokens.at(at + 1, |t| cues::is_determiner(&t.lower))
    };
    match verb {
        // "Supporters' group Vale Voice demanded": the verb follows the name.
        Some(verb) if named && possessive(verb - 1) => {
            let named = verbs.find(|at| after_capital(*at) || acts(*at));
            Some(named.map_or(phrase.clone(), |at| start..at))
        }
        Some(verb) if named => Some(start..verb),
        // "The Times admits"
        Some(_) => {
            let says = |at: usize| tokens.at(at, |t| cues::is_saying(&t.lower));
            let is_verb = |at: usize| {
                tokens.at(at, |t| t.lower.ends_with("ed")) || cues::share(tokens, at) >= 5
            };
            let mut verbs = phrase.clone().filter(|at| *at > start + 1);
            let verb =
                verbs.find(|at| says(*at) || acts(*at) || after_capital(*at) && is_verb(*at));
            Some(verb.map_or(phrase.clone(), |at| start..at))
        }
        None => Some(phrase),
    }
}

/// Whether one word is the whole phrase: "he" of "he would".
pub(super) fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "they"
            | "it"
            | "we"
            | "i"
            | "you"
            | "him"
            | "her"
            | "them"
            | "us"
            | "me"
            | "everyone"
            | "nobody"
            | "himself"
    )
}

/// What a relative clause is about: the phrase before it as far as a preposition, "of" apart.
pub(super) fn antecedent(tokens: &Tokens<'_>, end: usize, floor: usize) -> Option<Range<usize>> {
    let phrase = phrase_before(tokens, end, floor)?;
    let breaks = |at: usize| {
        tokens.at(at, |t| {
            cues::is_preposition(&t.lower) && !t.is("of") && !t.is("for") || t.is("to")
        })
    };
    let start = (phrase.start..end)
        .rev()
        .find(|at| breaks(*at))
        .map_or(phrase.start, |at| at + 1);
    Some(start..phrase.end)
}
