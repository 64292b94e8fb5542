//! What a paragraph looks like, before anything is known of its place: the features that roles are told by.

use super::characters::{is_blank, is_bullet, is_closer, is_dash, is_terminal};

/// Headlines, captions, prompts and links are no longer, in bytes; longer paragraphs are running text.
const LONGEST_FURNITURE: usize = 600;
/// Unfinished lines with more words than this are sentences that lost their full stop.
const LONGEST_LINE_WORDS: usize = 25;

/// A paragraph's look.
pub(super) struct Shape<'a> {
    /// The paragraph itself.
    pub text: &'a str,
    /// Its text in lower case, with plain quotes and single spaces; empty where the paragraph is too long to be anything but text.
    pub folded: String,
    /// Words, as white space divides them; marks alone don't count.
    pub words: usize,
    /// Paragraphs with no blank line between them share a group.
    pub group: usize,
    /// Whether it is the title that came apart from the content.
    pub is_title: bool,
    /// How it ends.
    pub ending: Ending,
}

/// How a paragraph ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// As sentences do: with a full stop or an ellipsis.
    Stop,
    /// With a question or exclamation mark, as sentences and headlines do.
    Exclaimed,
    /// With a comma, colon, semicolon or dash: more is to come.
    Unfinished,
    /// With a word, as headlines, captions and links do.
    Open,
}

impl<'a> Shape<'a> {
    pub fn new(text: &'a str, group: usize, is_title: bool) -> Self {
        let folded = if text.len() <= LONGEST_FURNITURE {
            fold(text)
        } else {
            String::new()
        };
        Shape {
            text,
            folded,
            words: text
                .split_whitespace()
                .filter(|word| word.contains(char::is_alphanumeric))
                .count(),
            group,
            is_title,
            ending: ending(text),
        }
    }

    /// Whether it reads as running text: sentences, whole or cut short, and items of a list.
    pub fn is_prose(&self) -> bool {
        self.ending != Ending::Open
            // “…,” she said
            || self.folded.contains(",\" ")
            || self.folded.is_empty()
            || self.words > LONGEST_LINE_WORDS
            || self.is_item()
    }

    /// Whether it reads as a headline, a link or a caption does: a line without a full stop.
    pub fn is_line(&self) -> bool {
        !self.is_prose()
    }

    /// Whether it is an item of a bulleted list.
    pub fn is_item(&self) -> bool {
        let mut characters = self.text.chars();
        characters.next().is_some_and(is_bullet) && characters.next().is_some_and(is_blank)
    }

    /// The words of it, without the marks around them.
    pub fn tokens(&self) -> impl Iterator<Item = &'a str> {
        self.text
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
    }

    /// Whether every word is capitalised, but for the small words of names: `Ursula von der Leyen`.
    pub fn is_capitalised_throughout(&self) -> bool {
        const PARTICLES: &[&str] = &[
            "and", "of", "the", "de", "der", "da", "van", "von", "al", "bin", "la", "le",
        ];
        self.tokens()
            .all(|word| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word))
    }

    /// Whether the two have a word in common, of more than three letters.
    pub fn shares_word(&self, other: &Shape) -> bool {
        let mut words = self.tokens().filter(|word| word.chars().count() > 3);
        words.any(|word| other.tokens().any(|other| word.eq_ignore_ascii_case(other)))
    }

    /// Whether it has a phrase in lower case, not in the middle of a word.
    pub fn has_phrase(&self, phrase: &str) -> bool {
        self.folded.match_indices(phrase).any(|(at, found)| {
            let before = self.folded.get(..at).unwrap_or("");
            let after = self.folded.get(at + found.len()..).unwrap_or("");
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
    }

    /// Whether it has a word, as a whole, in lower case.
    pub fn has_word(&self, words: &[&str]) -> bool {
        self.folded
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| words.contains(&word))
    }

    /// Whether it gives an e-mail address; a handle such as `@post` is none.
    pub fn has_address(&self) -> bool {
        self.folded.split(' ').any(|word| {
            word.split_once('@').is_some_and(|(name, host)| {
                name.ends_with(char::is_alphanumeric) && host.contains('.')
            })
        })
    }

    /// Whether it is a row of a table: a short line of names and figures.
    pub fn is_table_row(&self) -> bool {
        let figures = self
            .tokens()
            .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            .count();
        self.is_line() && self.words <= 16 && figures * 4 >= self.words && figures > 0
    }
}

/// Whether a word has letters, none of them small.
pub(super) fn is_in_capitals(word: &str) -> bool {
    word.contains(char::is_uppercase) && !word.contains(char::is_lowercase)
}

/// The text in lower case, with plain quotes, hyphens and single spaces.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for character in word.chars() {
            match character {
                '’' | '‘' => folded.push('\''),
                '“' | '”' => folded.push('"'),
                other => folded.extend(other.to_lowercase()),
            }
        }
    }
    folded
}

fn ending(text: &str) -> Ending {
    let bare = text.trim_end_matches(|c| is_closer(c) || is_blank(c));
    match bare.chars().next_back() {
        Some('!' | '?') => Ending::Exclaimed,
        // The stop of "U.S." ends no sentence for sure.
        Some('.') if ends_in_initials(bare) => Ending::Open,
        Some(last) if is_terminal(last) => Ending::Stop,
        Some(',' | ':' | ';') => Ending::Unfinished,
        Some(last) if is_dash(last) => Ending::Unfinished,
        _ => Ending::Open,
    }
}

/// Whether a text ends in a word such as `U.S.` or `p.m.`
fn ends_in_initials(text: &str) -> bool {
    let mut last = text.chars().rev();
    last.next() == Some('.')
        && last.next().is_some_and(char::is_alphabetic)
        && last.next() == Some('.')
        && last.next().is_some_and(char::is_alphabetic)
}
