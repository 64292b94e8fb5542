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

#[cfg(test)]
mod tests {
    use super::super::source::Field;
    use super::*;

    /// The quotes of paragraphs of running text: depth, parts joined by a slash, and a tilde where no mark closes it.
    fn quotes(paragraphs: &[&str]) -> Vec<String> {
        let content = paragraphs.join("\n");
        let source = Source::new("", content);
        let mut at = 0;
        let mut passages = Vec::new();
        for paragraph in paragraphs {
            let span = source
                .span(Field::Content, at..at + paragraph.len())
                .unwrap();
            passages.push(Passage {
                span,
                runs_on: true,
            });
            at += paragraph.len() + 1;
        }
        let found = find(&source, &passages).into_iter().map(|quote| {
            let parts: Vec<&str> = quote.parts.iter().map(|part| source.text(*part)).collect();
            format!(
                "{}{} {}",
                quote.depth,
                if quote.closed { "" } else { "~" },
                parts.join("/")
            )
        });
        found.collect()
    }

    #[test]
    fn marks_pair_within_a_paragraph() {
        let cases: [(&str, &[&str]); 25] = [
            ("He said “no”.", &["0 no"]),
            (
                "He said \"no\", \"yes\" and \"maybe\".",
                &["0 no", "0 yes", "0 maybe"],
            ),
            (
                "Losing allies 'in own backyard' as Putin's men go",
                &["0 in own backyard"],
            ),
            (
                "“He said ‘no’ to me,” she said.",
                &["0 He said ‘no’ to me,", "1 no"],
            ),
            (
                "\"He said 'no' to me,\" she said.",
                &["0 He said 'no' to me,", "1 no"],
            ),
            (
                "‘He said “no” to me,’ she said.",
                &["0 He said “no” to me,", "1 no"],
            ),
            (
                "« Non », dit-il. »Nein«, sagte sie. „Ja“, sagte er.",
                &["0  Non ", "0 Nein", "0 Ja"],
            ),
            // Two single marks typed for a double one.
            ("''No,'' he said, ''yes.''", &["0 No,", "0 yes."]),
            ("``No,'' he said.", &["0 No,"]),
            (
                "''He said 'no,''' she wrote.",
                &["0 He said 'no,'", "1 no,"],
            ),
            // Apostrophes.
            ("The dogs’ owners don’t like the ’90s or ’em.", &[]),
            (
                "The dogs' owners don't like the '90s or 'em, rock 'n' roll.",
                &[],
            ),
            (
                "He called ‘the dogs’ owners’ fools.",
                &["0 the dogs’ owners"],
            ),
            (
                "He called 'the dogs' owners' fools.",
                &["0 the dogs' owners"],
            ),
            ("‘It’s James’s,’ he said.", &["0 It’s James’s,"]),
            ("'Tis the season, and 'twas.", &[]),
            ("He is 6'2\" tall.", &[]),
            // Marks against brackets, dashes and each other.
            (
                "(“No.”)—“Yes”—he said—\"why\"—so.",
                &["0 No.", "0 Yes", "0 why"],
            ),
            ("\"I--\" she said.", &["0 I--"]),
            ("\"...and then.\"", &["0 ...and then."]),
            ("“It’s ‘over’”", &["0 It’s ‘over’", "1 over"]),
            // What isn't closed, and what was never opened.
            ("He said “no and left.", &["0~ no and left."]),
            ("He said no” and left.", &[]),
            ("It was “”.", &[]),
            ("“A “b” c” d.", &["0 A “b” c", "1 b"]),
        ];
        for (text, expected) in cases {
            assert_eq!(quotes(&[text]), expected, "{text}");
        }
    }

    #[test]
    fn a_quote_runs_over_paragraphs_that_reopen_it() {
        let running = quotes(&["He said: “One.", "“Two.", "“Three.” He left.", "“Four.”"]);
        assert_eq!(running, ["0 One./Two./Three.", "0 Four."]);
        assert_eq!(quotes(&["\"One.", "\"Two.\""]), ["0 One./Two."]);
        assert_eq!(
            quotes(&["“One ‘two.", "“‘Three’ four.”"]),
            ["0 One ‘two./‘Three’ four.", "1 two./Three"]
        );
    }

    #[test]
    fn an_unclosed_quote_ends_with_its_paragraph() {
        assert_eq!(
            quotes(&["He said: “One.", "Two “three”."]),
            ["0~ One.", "0 three"]
        );
        assert_eq!(quotes(&["“One.", "‘Two.’"]), ["0~ One.", "0 Two."]);
    }

    #[test]
    fn a_quote_goes_on_after_what_stands_between() {
        let source = Source::new("", "“One.\nA caption “with” words\n“Two.”");
        let passage = |range, runs_on| Passage {
            span: source.span(Field::Content, range).unwrap(),
            runs_on,
        };
        let first = "“One.".len();
        let second = first + 1 + "A caption “with” words".len();
        let all = source.field(Field::Content).len();
        let found = find(
            &source,
            &[
                passage(0..first, true),
                passage(first + 1..second, false),
                passage(second + 1..all, true),
            ],
        );
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].parts.len(), found[0].closed), (2, true));
        assert_eq!(source.text(found[1].parts[0]), "with");
    }

    #[test]
    fn a_paragraph_is_filled_by_one_quote() {
        for text in [
            "“No.”",
            "\"No. Yes.\"",
            "‘The dogs’ owners left.’",
            "“It goes on.",
            "“He said ‘no’.”",
            "« Non. »",
        ] {
            assert!(fill(text), "{text}");
        }
        for text in [
            "“No,” he said.",
            "He said “no”.",
            "'Tis the season.",
            "“No,” he said. “Yes.”",
            "",
            "’Twas over.",
        ] {
            assert!(!fill(text), "{text}");
        }
    }
}
