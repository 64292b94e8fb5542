//! Splits a paragraph into sentences: a terminal mark ends one unless what stands around it says otherwise.

use std::ops::Range;

use super::abbreviations::{Abbreviation, classify, follows_clock, starts_sentences};
use super::characters::{is_blank, is_closer, is_dash, is_opener, is_terminal};

/// No word that decides anything is longer, in bytes. Bounds how far a decision looks.
const LONGEST_WORD: usize = 32;
/// A sentence of more bytes is a list, a transcript or noise, and is cut: what is found in a sentence is compared with the rest
/// of it, and is answered with the whole of it, so that its length bounds both time and the answer's size.
const LONGEST_SENTENCE: usize = 2000;
/// How many words an attribution after a quote may hold before its verb: `Prime Minister Boris Johnson said`.
const LONGEST_SPEAKER: usize = 6;

#[rustfmt::skip]
const SPEECH_VERBS: &[&str] = &[
    "said", "says", "asked", "asks", "added", "adds", "told", "tells", "wrote", "writes", "replied", "shouted", "cried", "joked",
    "wondered", "tweeted", "posted", "screamed", "yelled", "exclaimed", "continued", "recalled", "declared",
];

/// Names that end in a terminal mark of their own.
const MARKED_NAMES: &[&str] = &["Yahoo", "Jeopardy", "Yum"];

/// The byte ranges of a paragraph's sentences, in order, without the white space around them.
///
/// Every character that isn't white space lies in one. Linear in the text's length.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = tail(text, at).find(|c| is_terminal(c) || c == ':') {
        if tail(text, at + found).starts_with(':') {
            let sentence = head(tail(text, start), at + found - start);
            if let Some(credit) = credit_start(sentence) {
                push_trimmed(text, start..start + credit, &mut sentences);
                start += credit;
            }
            at += found + 1;
            continue;
        }
        let ending = Ending::at(text, start, at + found);
        at = ending.end;
        if ending.ends_sentence() {
            push_trimmed(text, start..ending.end, &mut sentences);
            start = ending.end;
        }
    }
    push_trimmed(text, start..text.len(), &mut sentences);
    sentences
}

/// A run of terminal marks with the closing marks after it, and what stands around them.
struct Ending<'a> {
    /// The word before, without opening marks; at most [`LONGEST_WORD`] bytes of it.
    word: &'a str,
    /// Whether that word opens its sentence.
    word_is_first: bool,
    terminals: &'a str,
    closers: &'a str,
    /// Where the closing marks end.
    end: usize,
    /// Whether white space follows.
    spaced: bool,
    /// The opening marks that stand before the next word.
    openers: &'a str,
    /// The text from the next word on.
    next: &'a str,
}

impl<'a> Ending<'a> {
    fn at(text: &'a str, sentence_start: usize, terminal: usize) -> Self {
        let after = tail(text, terminal);
        let after_terminals = after.trim_start_matches(is_terminal);
        let after_closers = after_terminals.trim_start_matches(is_closer);
        let rest = after_closers.trim_start_matches(is_blank);
        let next = rest.trim_start_matches(is_opener);
        let before = head(tail(text, sentence_start), terminal - sentence_start);
        let near = tail(before, before.len().saturating_sub(LONGEST_WORD));
        let word = near
            .rsplit(is_blank)
            .next()
            .unwrap_or("")
            .trim_start_matches(is_opener);
        let before_word = head(before, before.len() - word.len());
        Ending {
            word,
            word_is_first: before_word.len() < near.len()
                && before_word.chars().all(|c| is_blank(c) || is_opener(c)),
            terminals: head(after, after.len() - after_terminals.len()),
            closers: head(after_terminals, after_terminals.len() - after_closers.len()),
            end: text.len() - after_closers.len(),
            spaced: rest.len() < after_closers.len(),
            openers: head(rest, rest.len() - next.len()),
            next,
        }
    }

    fn ends_sentence(&self) -> bool {
        if self.next.is_empty() {
            return true;
        }
        let Some(start) = self.next.chars().next() else {
            return true;
        };
        if !self.spaced {
            return self.is_missing_a_space();
        }
        // "(2012)." and "[1]." belong to what they follow, and so does a dash that names a quote's speaker.
        if (start.is_numeric() && self.openers.starts_with(['(', '[']))
            || (is_dash(start) && !self.closers.is_empty())
        {
            return false;
        }
        if !self.next_may_start() {
            // An address in brackets after a sentence stands alone.
            return self.openers.ends_with('(') && self.next.starts_with("http");
        }
        if self.terminals.contains(['!', '?']) {
            return !self.is_interjection()
                && !self.is_attributed()
                && !MARKED_NAMES.contains(&self.word);
        }
        if self.terminals == "." {
            return self.stop_ends_sentence();
        }
        // Speakers hesitate before "I" in mid-sentence.
        let is_ellipsis = self.terminals.contains('…') || self.terminals.len() > 1;
        !(is_ellipsis && self.closers.is_empty() && self.next_word() == "I")
    }

    /// Whether what follows can open a sentence.
    fn next_may_start(&self) -> bool {
        match self.next.chars().next() {
            Some(first) if first.is_lowercase() => self.next_word().contains(char::is_uppercase),
            Some(first) => {
                first.is_alphanumeric()
                    || is_dash(first)
                    || !(first.is_ascii_punctuation() || is_terminal(first) || is_closer(first))
                    || matches!(first, '$' | '#' | '@')
            }
            None => true,
        }
    }

    /// Whether a single full stop ends the sentence.
    fn stop_ends_sentence(&self) -> bool {
        // A list's number: "1. First".
        if self.word_is_first
            && !self.word.is_empty()
            && self.word.chars().all(|c| c.is_ascii_digit())
        {
            return false;
        }
        if !self.closers.is_empty() {
            return true;
        }
        let next_word = self.next_word();
        match classify(self.word) {
            None => true,
            Some(Abbreviation::BeforeName) => false,
            Some(Abbreviation::BeforeNumber) => !next_word.starts_with(char::is_numeric),
            Some(Abbreviation::Anywhere) => starts_sentences(next_word),
            Some(Abbreviation::Clock) => !follows_clock(next_word),
        }
    }

    /// Whether two sentences were glued together when the text was scraped: "ended.The war".
    fn is_missing_a_space(&self) -> bool {
        let mut following = self.next.chars();
        let capital_follows = following.next().is_some_and(char::is_uppercase)
            && following.next().is_some_and(char::is_lowercase);
        let plain_word = self.word.chars().count() > 1
            && self.word.chars().rev().take(2).all(char::is_lowercase);
        capital_follows
            && plain_word
            && self.openers.is_empty()
            && !self.word.contains(['.', '/', '@'])
    }

    /// Whether the marks stand alone in brackets: "(!)".
    fn is_interjection(&self) -> bool {
        self.word.is_empty() && self.closers.starts_with([')', ']'])
    }

    /// Whether a quote's speaker follows: "“Why?” Mr Smith asked."
    fn is_attributed(&self) -> bool {
        if self.closers.is_empty() || !self.openers.is_empty() {
            return false;
        }
        for word in self.next.split_whitespace().take(LONGEST_SPEAKER) {
            if SPEECH_VERBS.contains(&word.trim_end_matches(|c: char| !c.is_alphanumeric())) {
                return true;
            }
            let names = word.starts_with(char::is_uppercase)
                || matches!(word, "the" | "of" | "de" | "van" | "von" | "al");
            if !names {
                return false;
            }
        }
        false
    }

    /// The next word, without what stands after its letters; at most [`LONGEST_WORD`] bytes of it.
    fn next_word(&self) -> &'a str {
        let near = head(self.next, self.next.len().min(LONGEST_WORD));
        let end = near
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(near.len());
        head(near, end)
    }
}

/// Where a picture's credit starts in a text that a colon follows, if it ends in a credit's label after something else.
///
/// Captions seldom have a full stop before it: "Tourists in Almaty Image: Jane Roe".
fn credit_start(before_colon: &str) -> Option<usize> {
    let labels = ["Image", "Images", "Photo", "Photograph", "Picture"];
    let label = labels
        .iter()
        .find(|label| before_colon.ends_with(**label))?;
    let start = before_colon.len() - label.len();
    head(before_colon, start)
        .ends_with(is_blank)
        .then_some(start)
}

/// Adds a sentence without the white space around it; one that is too long is cut between words, if it has any.
fn push_trimmed(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let mut rest = head(tail(text, range.start), range.len());
    let mut at = range.start;
    while !rest.is_empty() {
        let first = head(rest, LONGEST_SENTENCE);
        let cut = if first.len() == rest.len() {
            None
        } else {
            first.rfind(is_blank).filter(|cut| *cut > 0)
        };
        let raw = head(first, cut.unwrap_or(first.len()));
        let trimmed = raw.trim_matches(is_blank);
        if !trimmed.is_empty() {
            let start = at + (raw.len() - raw.trim_start_matches(is_blank).len());
            sentences.push(start..start + trimmed.len());
        }
        at += raw.len();
        rest = tail(rest, raw.len());
    }
}

/// The text from the character boundary at or before a byte on.
fn tail(text: &str, from: usize) -> &str {
    text.split_at(text.floor_char_boundary(from)).1
}

/// The text up to the character boundary at or before a byte.
fn head(text: &str, to: usize) -> &str {
    text.split_at(text.floor_char_boundary(to)).0
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_SENTENCE, split};

    /// Each case is a paragraph with a bar where one sentence ends and the next starts.
    #[test]
    fn splits_where_sentences_end() {
        let cases = [
            "The war goes on. | Nobody knows why.",
            "Is it over? | Not yet! | Perhaps.",
            // Titles, initials and names.
            "Mr. Smith met Dr. Jane Roe. | Gen. Mark Milley left.",
            "It fell, said J. P. Almeida. | See p. 5.",
            "J. K. Rowling spoke. | So did George W. Bush.",
            "They live on St. James St. in London. | He left.",
            "It was I. | He knew.",
            // Abbreviations that may end a sentence.
            "The U.S. Senate met. | He left the U.S. | The vote failed.",
            "Apple Inc. said so. | He left Apple Inc. | The shares fell.",
            "Martin Luther King Jr. spoke on Jan. 5 in Washington, D.C. | It rained.",
            "They met at 6 p.m. Tuesday and left at 9 a.m. | Nobody came at 3 p.m. EST either.",
            "See No. 5, not vol. 2. | The answer was no. | Two of them left.",
            "The IE. | Its goal is plain.",
            // Numbers and addresses.
            "Rates rose 0.5% to 7.25. | See www.example.com/a.b for more.",
            "1. First, do no harm. | Then leave.",
            // Ellipses.
            "Well … I think so. | No... | Maybe.",
            "He said the plan [...] was dead. | It was.",
            // Quotes.
            "“It is over.” | He left.",
            "“Stop!” he said. | “Why?” Mr Smith asked.",
            "“Who are you?” Prime Minister Boris Johnson said. | “Why?” | He left.",
            "“We won. | We are glad,” she said.",
            "He asked \"Why?\" and left. | \"Nobody knows.\" | She wept.",
            "He wrote ‘Who’s Afraid?’ in a week. | It sold.",
            "“It’s a long game.” — Jane Roe",
            // Names with marks of their own, and capitals held back.
            "Yahoo! Inc. fell. | iPhone sales rose. | eBay did not.",
            "He won (again!) and left. | (She did not.) | They wept.",
            "It closed (2012). | The bar stood empty.",
            // A picture's credit.
            "Tourists in Almaty | Image: Jane Roe.",
        ];
        for case in cases {
            let text = case.replace(" | ", " ");
            let found: Vec<&str> = split(&text).into_iter().map(|range| &text[range]).collect();
            let expected: Vec<&str> = case.split(" | ").collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn sentences_need_no_space_between() {
        let text = "The war has ended.The troops\nwent home.\n\nSo it goes.";
        let found: Vec<&str> = split(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(
            found,
            [
                "The war has ended.",
                "The troops\nwent home.",
                "So it goes."
            ]
        );
    }

    #[test]
    fn a_sentence_without_end_is_cut_between_words() {
        for text in ["and on ".repeat(5000), "on".repeat(5000), "é".repeat(5000)] {
            let found: Vec<&str> = split(&text).into_iter().map(|range| &text[range]).collect();
            let together = if text.contains(' ') { " " } else { "" };
            assert_eq!(found.join(together), text.trim_end());
            assert!(
                found
                    .iter()
                    .all(|sentence| sentence.len() <= LONGEST_SENTENCE)
            );
            assert!(found.len() < 2 + text.len() / 1500);
        }
    }

    #[test]
    fn blank_text_has_no_sentences() {
        assert!(split("").is_empty());
        assert!(split(" \n\u{200B}").is_empty());
    }
}
