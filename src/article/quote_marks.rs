//! Finds a paragraph's quotation marks, tells opening from closing ones, and leaves apostrophes alone.

use super::characters::{is_blank, is_dash, is_opener};

/// Marks that pair with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Single,
    Guillemet,
    SingleGuillemet,
}

/// What a mark can be, as far as its neighbours tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    /// Nothing to tell by: it closes what is open, or else opens.
    Either,
}

/// A quotation mark of one paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub character: char,
    /// Where it starts, in bytes of the paragraph.
    pub at: usize,
    /// In bytes.
    pub length: usize,
    pub family: Family,
    pub side: Side,
    /// A closing mark that may as well be an apostrophe: `the dogs’ owners`.
    pub maybe_possessive: bool,
}

impl Mark {
    pub fn end(&self) -> usize {
        self.at + self.length
    }
}

/// Short words that an apostrophe opens, where another mark would open a quotation.
const ELISIONS: &[&str] = &[
    "em", "til", "till", "tis", "twas", "n", "round", "bout", "cos", "cuz",
];

/// A paragraph's marks, in order.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = None;
    let mut characters = text.char_indices();
    while let Some((at, mut character)) = characters.next() {
        let mut length = character.len_utf8();
        let mut rest = text.get(at + length..).unwrap_or("");
        if is_typed_double(character, rest) {
            characters.next();
            length *= 2;
            rest = text.get(at + length..).unwrap_or("");
            character = '"';
        }
        if let Some((family, side)) = classify(character, before, rest) {
            let ends_in_s = before.is_some_and(|before| matches!(before, 's' | 'S' | 'x' | 'z'));
            marks.push(Mark {
                character,
                at,
                length,
                family,
                side,
                maybe_possessive: family == Family::Single
                    && ends_in_s
                    && rest.starts_with(is_blank),
            });
        }
        before = Some(character);
    }
    marks
}

/// Whether a double mark is typed as two single ones here. Of three that close, the last two are; of three that open,
/// the first two.
fn is_typed_double(character: char, rest: &str) -> bool {
    matches!(character, '\'' | '`')
        && rest.strip_prefix(character).is_some_and(|after| {
            let third = after.strip_prefix(character);
            third.is_none_or(|rest| rest.starts_with(char::is_alphanumeric))
        })
}

/// What a character is as a quotation mark, by the character before it and the text after it; `None` where it is none.
fn classify(character: char, before: Option<char>, rest: &str) -> Option<(Family, Side)> {
    let after = rest.chars().next();
    let opens_left = before.is_none_or(|before| is_blank(before) || is_opener(before));
    let dash_left = before.is_some_and(is_dash);
    let word_right = after.is_some_and(char::is_alphanumeric);
    let blank_right = after.is_none_or(is_blank);
    let in_word = before.is_some_and(char::is_alphanumeric) && word_right;

    // What a mark without a direction of its own is.
    let straight = if opens_left {
        if blank_right {
            Side::Either
        } else {
            Side::Open
        }
    } else if dash_left {
        if word_right { Side::Open } else { Side::Either }
    } else if word_right {
        Side::Either
    } else {
        Side::Close
    };
    // An opening mark closes in other countries' habits („so“, »so«), and the other way about.
    let mostly_open = if opens_left || dash_left || word_right {
        Side::Open
    } else {
        Side::Close
    };
    let mostly_close = if opens_left && word_right {
        Side::Open
    } else {
        Side::Close
    };

    match character {
        '"' | '＂' => Some((Family::Double, straight)),
        '„' | '‟' => Some((Family::Double, Side::Open)),
        '“' => Some((Family::Double, mostly_open)),
        '”' if opens_left && word_right => Some((Family::Double, Side::Either)),
        '”' => Some((Family::Double, Side::Close)),
        '«' => Some((Family::Guillemet, mostly_open)),
        '»' => Some((Family::Guillemet, mostly_close)),
        '‹' => Some((Family::SingleGuillemet, mostly_open)),
        '›' => Some((Family::SingleGuillemet, mostly_close)),
        '\'' | '‘' | '’' if in_word => None,
        '\'' | '‘' if (opens_left || dash_left) && (blank_right || is_elision(rest)) => None,
        '\'' | '‘' if opens_left || dash_left => Some((Family::Single, Side::Open)),
        '’' if opens_left => None,
        '\'' | '‘' | '’' => Some((Family::Single, Side::Close)),
        _ => None,
    }
}

/// Whether an apostrophe before this text leaves something out: `’90s`, `’em`.
fn is_elision(rest: &str) -> bool {
    let end = rest
        .char_indices()
        .take(5)
        .find(|(_, c)| !c.is_alphanumeric())
        .map_or(rest.len(), |(at, _)| at);
    let word = rest.get(..end).unwrap_or("");
    let decade = word.len() <= 3
        && word.starts_with(|c: char| c.is_ascii_digit())
        && (word.ends_with('s') || word.len() == 2);
    end < rest.len()
        && (decade
            || ELISIONS
                .iter()
                .any(|elision| word.eq_ignore_ascii_case(elision)))
}
