//! Finds the quotations of a text by their marks: curly and straight, double and single, nested, over several paragraphs.

use std::ops::Range;

use super::document::Quote;
use super::quote_marks::{Family, Mark, Side, marks};
use super::source::{Source, Span};

/// A paragraph to search.
pub(super) struct Passage {
    pub span: Span,
    /// Whether a quote may run on from it, or into it, over other paragraphs: true of running text.
    pub runs_on: bool,
}

/// Quotes within quotes deeper than this are noise, and aren't told apart. Bounds the search for a mark's partner.
const DEEPEST: usize = 8;

/// A quote whose closing mark is still to come.
struct Open {
    mark: Mark,
    depth: usize,
    /// The whole quote's first byte.
    start: Span,
    /// Its parts in earlier paragraphs.
    parts: Vec<Span>,
    /// Where its part in this paragraph starts, in bytes of the paragraph.
    part_start: usize,
}

/// The quotes of the passages, in order of their starts. Linear in the passages' length.
///
/// A quote that is open at a passage's end goes on in the next running text that opens with the same mark; otherwise it ends there, unclosed.
pub(super) fn find(source: &Source, passages: &[Passage]) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut carried: Vec<Open> = Vec::new();
    for passage in passages {
        let text = source.text(passage.span);
        let marks = marks(text);
        if passage.runs_on {
            let open = resume(carried, &marks, &mut quotes);
            carried = pair(source, passage.span, &marks, open, &mut quotes);
        } else {
            let open = pair(source, passage.span, &marks, Vec::new(), &mut quotes);
            quotes.extend(open.into_iter().filter_map(|quote| settle(quote, None)));
        }
    }
    quotes.extend(carried.into_iter().filter_map(|quote| settle(quote, None)));
    quotes.sort_by_key(|quote| quote.span);
    quotes
}

/// Whether one quote, or its continuation, fills the whole text.
pub(super) fn fill(text: &str) -> bool {
    let marks = marks(text);
    let Some(first) = marks
        .first()
        .filter(|mark| mark.at == 0 && mark.side != Side::Close)
    else {
        return false;
    };
    let mut depth = 1_usize;
    for (index, mark) in marks
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, mark)| mark.family == first.family)
    {
        match mark.side {
            Side::Open => depth += 1,
            Side::Close | Side::Either if mark.maybe_possessive && closes_later(&marks, index) => {}
            Side::Close | Side::Either => depth -= 1,
        }
        if depth == 0 {
            return !text
                .get(mark.end()..)
                .unwrap_or("")
                .contains(char::is_alphanumeric);
        }
    }
    // An apostrophe opens a text too; a quote that goes on in the next paragraph is told by its curly or double mark.
    first.character != '\''
}

/// The carried quotes that the paragraph's first marks re-open; the others end unclosed.
fn resume(carried: Vec<Open>, marks: &[Mark], quotes: &mut Vec<Quote>) -> Vec<Open> {
    let mut open = Vec::new();
    let mut at = 0;
    for (index, mut quote) in carried.into_iter().enumerate() {
        let reopening = marks.get(index).filter(|mark| {
            open.len() == index
                && mark.at == at
                && mark.family == quote.mark.family
                && mark.side != Side::Close
        });
        match reopening {
            Some(mark) => {
                at = mark.end();
                quote.part_start = at;
                open.push(quote);
            }
            None => quotes.extend(settle(quote, None)),
        }
    }
    open
}

/// Pairs a paragraph's marks; gives back the quotes still open at its end, with their parts in it.
///
/// `open` holds the quotes that go on from earlier paragraphs, whose re-opening marks stand first.
fn pair(
    source: &Source,
    paragraph: Span,
    marks: &[Mark],
    mut open: Vec<Open>,
    quotes: &mut Vec<Quote>,
) -> Vec<Open> {
    let span = |range: Range<usize>| source.span_within(paragraph, range);
    for (index, mark) in marks.iter().enumerate().skip(open.len()) {
        let partner = open
            .iter()
            .rposition(|quote| quote.mark.family == mark.family);
        let closes = match mark.side {
            Side::Open => false,
            Side::Close | Side::Either => {
                partner.is_some() && !(mark.maybe_possessive && closes_later(marks, index))
            }
        };
        if closes {
            // What was opened within and never closed was no quote of its own, or ends with this one.
            let within = open.split_off(partner.unwrap_or(0));
            for (order, mut quote) in within.into_iter().enumerate() {
                quote.parts.extend(span(quote.part_start..mark.at));
                let closing = if order == 0 {
                    span(mark.at..mark.end())
                } else {
                    None
                };
                quotes.extend(settle(quote, closing));
            }
            continue;
        }
        let opens = match mark.side {
            Side::Open => mark.character != '\'' || closes_later(marks, index),
            Side::Either => mark.family != Family::Single,
            Side::Close => false,
        };
        if let (true, Some(start)) = (opens && open.len() < DEEPEST, span(mark.at..mark.end())) {
            open.push(Open {
                mark: *mark,
                depth: open.len(),
                start,
                parts: Vec::new(),
                part_start: mark.end(),
            });
        }
    }
    for quote in &mut open {
        quote.parts.extend(span(quote.part_start..paragraph.len()));
    }
    open
}

/// Whether, after the mark at `index`, a single quote closes before another opens.
fn closes_later(marks: &[Mark], index: usize) -> bool {
    let next = marks
        .iter()
        .skip(index + 1)
        .find(|mark| mark.family == Family::Single);
    next.is_some_and(|mark| mark.side == Side::Close)
}

/// The quote as found; `None` where it quotes nothing.
fn settle(open: Open, closing: Option<Span>) -> Option<Quote> {
    let parts: Vec<Span> = open
        .parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let last = closing.or(parts.last().copied())?;
    if parts.is_empty() {
        return None;
    }
    Some(Quote {
        span: open.start.cover(last),
        parts,
        depth: open.depth,
        closed: closing.is_some(),
    })
}
