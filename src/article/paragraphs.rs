//! Splits a text into paragraphs: its blocks, its lines where they stand alone, its wrapped lines re-joined.

use std::ops::Range;

use super::bylines::is_byline;
use super::characters::{is_blank, is_line_break};
use super::prompts::{is_promo, is_share_word};
use super::shape::Shape;

/// Wrapped text is no narrower than this, in characters; shorter lines are lists and verse.
const NARROWEST_WRAP: usize = 40;
/// Wrapped text is no wider than this, in characters; longer lines are paragraphs.
const WIDEST_WRAP: usize = 100;

/// One paragraph's place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Bytes of the text, without the white space around them.
    pub range: Range<usize>,
    /// Blocks with no blank line between them share a group.
    pub group: usize,
}

/// A line that isn't blank.
struct Line<'a> {
    text: &'a str,
    start: usize,
    columns: usize,
    group: usize,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn starts_lowercase(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_lowercase)
    }
}

/// The paragraphs of a text, in order. Every character that isn't white space lies in one of them.
///
/// A line is a paragraph, unless it runs on into the next: in mid-sentence, or because the text was wrapped at a fixed width.
pub(super) fn split(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let wrap = wrap_width(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in &lines {
        match (previous, blocks.last_mut()) {
            (Some(before), Some(block)) if runs_on(before, line, wrap) => {
                block.range.end = line.end()
            }
            _ => blocks.push(Block {
                range: line.start..line.end(),
                group: line.group,
            }),
        }
        previous = Some(line);
    }
    blocks
}

/// The lines that aren't blank, trimmed.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut group = 0;
    let mut offset = 0;
    let mut blank_seen = false;
    for raw in text.split_inclusive(is_line_break) {
        let trimmed = raw.trim_matches(is_blank);
        let start = offset + (raw.len() - raw.trim_start_matches(is_blank).len());
        // The second half of "\r\n" is no line of its own.
        let is_crlf_tail = raw == "\n"
            && text
                .get(..offset)
                .is_some_and(|before| before.ends_with('\r'));
        offset += raw.len();
        if trimmed.is_empty() {
            blank_seen |= !is_crlf_tail;
            continue;
        }
        if blank_seen && !lines.is_empty() {
            group += 1;
        }
        blank_seen = false;
        lines.push(Line {
            text: trimmed,
            start,
            columns: trimmed.chars().count(),
            group,
        });
    }
    lines
}

/// The width a text was wrapped at, if it was: no line is longer, and lines mostly go on in mid-sentence.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    // A long address has nowhere to wrap.
    let wrappable = lines
        .iter()
        .filter(|line| line.text.contains(char::is_whitespace));
    let width = wrappable.map(|line| line.columns).max()?;
    if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&width) {
        return None;
    }
    let breaks = || {
        lines
            .iter()
            .zip(lines.iter().skip(1))
            .filter(|(before, after)| before.group == after.group)
    };
    let lowercase = breaks()
        .filter(|(_, after)| after.starts_lowercase())
        .count();
    (lowercase >= 2 && lowercase * 3 >= breaks().count()).then_some(width)
}

/// Whether a line's paragraph goes on in the next line.
fn runs_on(line: &Line, next: &Line, wrap: Option<usize>) -> bool {
    if line.group != next.group {
        return false;
    }
    let mid_sentence = line
        .text
        .ends_with(|last: char| last.is_alphanumeric() || last == ',')
        && next.starts_lowercase();
    (mid_sentence && !stands_alone(next)) || wrap.is_some_and(|width| is_wrapped(line, next, width))
}

/// Whether a line is furniture that starts small: "by Jane Roe", "published at 18:22", "share".
fn stands_alone(line: &Line) -> bool {
    let shape = Shape::new(line.text, line.group, false);
    is_byline(&shape) || is_promo(&shape) || is_share_word(&shape)
}

/// Whether the next line's first word would not have fitted at the end of this one.
fn is_wrapped(line: &Line, next: &Line, width: usize) -> bool {
    let first_word = next.text.split_whitespace().next().unwrap_or("");
    line.columns + 1 + first_word.chars().count() > width
}

#[cfg(test)]
mod tests {
    use super::split;

    fn paragraphs(text: &str) -> Vec<&str> {
        split(text)
            .into_iter()
            .map(|block| &text[block.range])
            .collect()
    }

    #[test]
    fn blank_lines_and_single_ones_divide() {
        assert_eq!(
            paragraphs("One.\n\nTwo.\r\n\r\nThree."),
            ["One.", "Two.", "Three."]
        );
        assert_eq!(
            paragraphs("One.\nTwo.\r\nThree.\rFour."),
            ["One.", "Two.", "Three.", "Four."]
        );
        assert_eq!(
            paragraphs("\u{FEFF}\n One.\u{A0}\n\t\nTwo. \u{2029}Three."),
            ["One.", "Two.", "Three."]
        );
        assert!(paragraphs(" \r\n\u{200B}\n").is_empty());
    }

    #[test]
    fn lines_of_one_block_share_its_group() {
        let groups: Vec<usize> = split("DON'T MISS:\r\nOne\r\nTwo\r\n\r\nThree")
            .into_iter()
            .map(|block| block.group)
            .collect();
        assert_eq!(groups, [0, 0, 0, 1]);
    }

    #[test]
    fn a_line_that_stops_in_mid_sentence_runs_on() {
        assert_eq!(
            paragraphs("It was said by the\nprime minister\non Monday.\nHe left."),
            ["It was said by the\nprime minister\non Monday.", "He left."]
        );
    }

    #[test]
    fn wrapped_text_is_rejoined() {
        let text = "The council put off the vote for the third time on Tuesday, and\n\
            Mayor Trask said that the city could not afford to pay its part\n\
            of the cost.\n\
            Residents of the Fourth Ward, who have waited for a wall since\n\
            the flood of 1996, were not convinced by what they heard there.\n";
        let found = paragraphs(text);
        assert_eq!(found.len(), 2);
        assert!(found[0].ends_with("of the cost.") && found[1].starts_with("Residents"));
    }
}
