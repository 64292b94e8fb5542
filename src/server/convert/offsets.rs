//! Spans between the caller's unit and bytes, over both fields of an article.

use crate::article::offsets::{OffsetEncoding, OffsetMap};
use crate::article::{Field, Source, Span};
use crate::server::pb;

/// The offset maps of one article.
pub(super) struct Offsets<'a> {
    source: &'a Source,
    title: OffsetMap<'a>,
    content: OffsetMap<'a>,
}

impl<'a> Offsets<'a> {
    /// Reads both fields once.
    pub(super) fn new(source: &'a Source, encoding: OffsetEncoding) -> Self {
        Offsets {
            source,
            title: OffsetMap::new(source.field(Field::Title), encoding),
            content: OffsetMap::new(source.field(Field::Content), encoding),
        }
    }

    fn map(&self, field: Field) -> &OffsetMap<'a> {
        match field {
            Field::Title => &self.title,
            Field::Content => &self.content,
        }
    }

    /// The length of a field in the caller's unit.
    pub(super) fn length(&self, field: Field) -> usize {
        self.map(field).to_encoded(self.source.field(field).len())
    }

    /// The span at a caller's offsets; `None` where it is empty, reversed, outside the field or off a boundary.
    pub(super) fn read(&self, field: Field, start: i32, end: i32) -> Option<Span> {
        let map = self.map(field);
        let start = map.to_byte(usize::try_from(start).ok()?)?;
        let end = map.to_byte(usize::try_from(end).ok()?)?;
        self.source
            .span(field, start..end)
            .filter(|span| !span.is_empty())
    }

    /// A span for the caller.
    pub(super) fn write(&self, span: Span) -> pb::TextSpan {
        let map = self.map(span.field());
        let field = match span.field() {
            Field::Title => pb::SourceField::Title,
            Field::Content => pb::SourceField::Content,
        };
        pb::TextSpan {
            field: field.into(),
            start_offset: super::int(map.to_encoded(span.start())),
            end_offset: super::int(map.to_encoded(span.end())),
            text: self.source.text(span).to_owned(),
        }
    }
}
