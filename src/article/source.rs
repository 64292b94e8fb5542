//! The caller's own text, and spans into it that can't be off a character boundary.

use std::ops::Range;

/// Which of the caller's strings a span points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The article's title, given apart from its content.
    Title,
    /// The article's content.
    Content,
}

/// A half-open range of UTF-8 bytes over one field of a [`Source`], on character boundaries.
///
/// Made only by [`Source::span`] and the narrowing methods here, so that it always holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    field: Field,
    start: usize,
    end: usize,
}

impl Span {
    /// The field this span points into.
    pub fn field(self) -> Field {
        self.field
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly within this span.
    pub fn contains(self, other: Span) -> bool {
        self.field == other.field && self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.field == other.field && self.start < other.end && other.start < self.end
    }

    /// The smallest span over both, which must lie in one field; the first alone otherwise.
    pub fn cover(self, other: Span) -> Span {
        if self.field != other.field {
            return self;
        }
        Span {
            field: self.field,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// The caller's article: an optional title and the content, exactly as they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    title: String,
    content: String,
}

impl Source {
    /// Takes the caller's strings; an empty title means that none was given.
    pub fn new(title: impl Into<String>, content: impl Into<String>) -> Self {
        Source {
            title: title.into(),
            content: content.into(),
        }
    }

    /// The whole text of a field.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => &self.title,
            Field::Content => &self.content,
        }
    }

    /// The span over a byte range, or `None` where the range is outside the text, reversed, or off a character boundary.
    pub fn span(&self, field: Field, range: Range<usize>) -> Option<Span> {
        self.field(field).get(range.clone())?;
        Some(Span {
            field,
            start: range.start,
            end: range.end,
        })
    }

    /// The span over a byte range relative to an outer span's start; `None` as for [`Source::span`] or outside `outer`.
    pub fn span_within(&self, outer: Span, range: Range<usize>) -> Option<Span> {
        if range.end > outer.len() {
            return None;
        }
        self.span(
            outer.field,
            outer.start + range.start..outer.start + range.end,
        )
    }

    /// The text under a span. A span made from another source yields the empty string where it doesn't fit.
    pub fn text(&self, span: Span) -> &str {
        self.field(span.field)
            .get(span.start..span.end)
            .unwrap_or("")
    }
}
