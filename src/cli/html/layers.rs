//! Marks that may nest, touch or cross, as pieces of text with properly nested starts and ends.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

/// A piece of marked text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A mark starts, or goes on after another that it crosses has ended.
    Open {
        /// Which of the marks.
        mark: usize,
        /// Whether it starts here.
        first: bool,
        /// Whether it ends with its next [`Piece::Close`].
        last: bool,
    },
    /// Text, as a range of bytes.
    Text(Range<usize>),
    /// The mark that was opened last ends, or is interrupted.
    Close,
}

/// Cuts the text `0..length` at the ends of marks. A mark that crosses another's end is interrupted there, so that
/// the pieces nest; of two marks over the same range the first is the outer one. What lies outside the text is left
/// out, and so are empty marks. Takes time `n log n` in the number of pieces.
pub fn nest(length: usize, marks: &[Range<usize>]) -> Vec<Piece> {
    let mut waiting: BinaryHeap<Reverse<(usize, Reverse<usize>, usize)>> = marks
        .iter()
        .enumerate()
        .map(|(mark, range)| Reverse((range.start, Reverse(range.end.min(length)), mark)))
        .filter(|Reverse((start, Reverse(end), _))| start < end)
        .collect();
    let mut weaver = Weaver::default();
    while let Some(Reverse((start, Reverse(mut end), mark))) = waiting.pop() {
        weaver.close_until(start);
        if let Some(outer) = weaver.open.last().copied().filter(|outer| *outer < end) {
            waiting.push(Reverse((outer, Reverse(end), mark)));
            end = outer;
        }
        weaver.text_until(start);
        weaver.open.push(end);
        let whole = marks.get(mark).cloned().unwrap_or_default();
        weaver.pieces.push(Piece::Open {
            mark,
            first: start == whole.start,
            last: end == whole.end.min(length),
        });
    }
    weaver.close_until(length);
    weaver.text_until(length);
    weaver.pieces
}

#[derive(Default)]
struct Weaver {
    pieces: Vec<Piece>,
    /// The ends of the open marks; none is before that of a mark opened later.
    open: Vec<usize>,
    at: usize,
}

impl Weaver {
    /// Closes the marks that end at `place` or before it.
    fn close_until(&mut self, place: usize) {
        while let Some(end) = self.open.pop_if(|end| *end <= place) {
            self.text_until(end);
            self.pieces.push(Piece::Close);
        }
    }

    fn text_until(&mut self, place: usize) {
        if self.at < place {
            self.pieces.push(Piece::Text(self.at..place));
            self.at = place;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pieces as text: marks as letters in brackets, `-` where a mark is interrupted or goes on.
    fn shown(text: &str, marks: &[Range<usize>]) -> String {
        let mut open = Vec::new();
        let pieces = nest(text.len(), marks)
            .into_iter()
            .map(|piece| match piece {
                Piece::Open { mark, first, last } => {
                    let name = char::from(b'A' + u8::try_from(mark).unwrap());
                    open.push(if last { "" } else { "-" });
                    format!("[{}{name} ", if first { "" } else { "-" })
                }
                Piece::Text(range) => text[range].to_owned(),
                Piece::Close => format!("{}]", open.pop().unwrap()),
            });
        pieces.collect()
    }

    #[test]
    fn marks_nest_and_interrupt_each_other() {
        let cases: [(&[(usize, usize)], &str); 9] = [
            (&[], "abcdef"),
            (&[(1, 3)], "a[A bc]def"),
            (&[(0, 6), (1, 3)], "[A a[B bc]def]"),
            (&[(1, 3), (0, 6)], "[B a[A bc]def]"),
            (&[(1, 3), (1, 3)], "a[A [B bc]]def"),
            (&[(1, 3), (3, 5)], "a[A bc][B de]f"),
            (&[(0, 3), (2, 5)], "[A ab[B c-]][-B de]f"),
            (&[(0, 3), (1, 5), (2, 6)], "[A a[B b[C c-]-]][-C [-B de]f]"),
            (&[(2, 2), (4, 9), (7, 8), (5, 3)], "abcd[B ef]"),
        ];
        for (marks, expected) in cases {
            let marks: Vec<Range<usize>> = marks.iter().map(|(start, end)| *start..*end).collect();
            assert_eq!(shown("abcdef", &marks), expected, "{marks:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_added_or_marked_wrongly(
            length in 0_usize..60,
            marks in proptest::collection::vec((0_usize..70, 0_usize..70), 0..30),
        ) {
            let marks: Vec<Range<usize>> = marks.into_iter().map(|(start, end)| start..end).collect();
            let mut open = Vec::new();
            let mut at = 0;
            let mut covered = vec![Vec::new(); marks.len()];
            let (mut starts, mut ends) = (vec![0; marks.len()], vec![0; marks.len()]);
            for piece in nest(length, &marks) {
                match piece {
                    Piece::Open { mark, first, last } => {
                        open.push(mark);
                        starts[mark] += usize::from(first);
                        ends[mark] += usize::from(last);
                    }
                    Piece::Text(range) => {
                        prop_assert_eq!(range.start, at);
                        prop_assert!(!range.is_empty());
                        at = range.end;
                        for mark in &open {
                            covered[*mark].extend(range.clone());
                        }
                    }
                    Piece::Close => prop_assert!(open.pop().is_some()),
                }
            }
            prop_assert_eq!(at, length);
            prop_assert!(open.is_empty());
            for (index, mark) in marks.into_iter().enumerate() {
                let expected: Vec<usize> = (mark.start..mark.end.min(length)).collect();
                let once = usize::from(!expected.is_empty());
                prop_assert_eq!(&covered[index], &expected);
                prop_assert_eq!((starts[index], ends[index]), (once, once));
            }
        }
    }
}
