//! An article as read: paragraphs with roles, sentences, words and quotes, each with its span.

use std::ops::Range;

use super::source::{Source, Span};

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The article's headline.
    Headline,
    /// The introduction under the headline, set apart from the body.
    Standfirst,
    /// Who wrote it, where or when: by-lines, datelines standing alone, time stamps, what a wire report's version adds.
    Byline,
    /// Running text.
    Body,
    /// A paragraph that is wholly quotation; an interview's answers are, with or without marks.
    Quote,
    /// A heading within the body.
    Subheading,
    /// The text of a picture, video or table, and its credit.
    Caption,
    /// A link to another article: `READ MORE`, `DON'T MISS`, a list of headlines, the section's label over the headline.
    RelatedLink,
    /// A prompt to the reader (newsletters, notifications, sharing, advertising, cookies), or the publisher's note: corrections, disclosures,
    /// the author's biography, where to buy the book.
    Promo,
}

impl Role {
    /// Whether a paragraph of this role heads what follows, whose names often come only there.
    pub fn is_heading(self) -> bool {
        matches!(self, Role::Headline | Role::Standfirst | Role::Subheading)
    }

    /// Whether paragraphs of this role are analysed unless the caller asks for all of them.
    pub fn is_article_text(self) -> bool {
        match self {
            Role::Headline | Role::Standfirst | Role::Body | Role::Quote | Role::Subheading => true,
            Role::Byline | Role::Caption | Role::RelatedLink | Role::Promo => false,
        }
    }
}

/// A paragraph: one block of the text, without the white space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands.
    pub span: Span,
    /// What it is for.
    pub role: Role,
    /// Whether it was analysed; where it wasn't it has no sentences.
    pub analyzed: bool,
    /// Its sentences, as indexes into [`Document::sentences`].
    pub sentences: Range<usize>,
}

/// A sentence, without the white space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Its paragraph, an index into [`Document::paragraphs`].
    pub paragraph: usize,
    /// Its words, as indexes into [`Document::words`].
    pub words: Range<usize>,
}

/// A quotation, by its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// From the opening mark to the closing one, marks included; over several paragraphs where it runs on.
    pub span: Span,
    /// The quoted stretches, marks excluded, one for each paragraph the quote runs over.
    pub parts: Vec<Span>,
    /// How many quotes this one stands in: 0 for an outermost quote.
    pub depth: usize,
    /// Whether a closing mark was found; an unclosed quote ends with its paragraph.
    pub closed: bool,
}

/// An article as read. Paragraphs stand in reading order: the title, where one was given, then the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The caller's own text.
    pub source: Source,
    /// Every non-blank block of it.
    pub paragraphs: Vec<Paragraph>,
    /// The sentences of the analysed paragraphs, in order.
    pub sentences: Vec<Sentence>,
    /// The words (no punctuation, no white space) of the sentences, in order.
    pub words: Vec<Span>,
    /// The quotes of the analysed paragraphs, in order of their starts; an inner quote follows its outer one.
    pub quotes: Vec<Quote>,
    /// The stretches that stand in quotes: the parts of the outermost ones, in order, none overlapping another.
    pub quoted: Vec<Span>,
}

impl Document {
    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.source.text(span)
    }

    /// What stands before a span, in its field.
    pub fn before(&self, span: Span) -> &str {
        let field = self.source.field(span.field());
        field.get(..span.start()).unwrap_or("")
    }

    /// What stands after a span, in its field.
    pub fn after(&self, span: Span) -> &str {
        let field = self.source.field(span.field());
        field.get(span.end()..).unwrap_or("")
    }

    /// The role of the paragraph that a sentence stands in.
    pub fn role_of(&self, sentence: &Sentence) -> Role {
        self.paragraphs
            .get(sentence.paragraph)
            .map_or(Role::Body, |paragraph| paragraph.role)
    }

    /// Whether a span lies wholly inside a quote's words. A binary search.
    pub fn is_quoted(&self, span: Span) -> bool {
        let after = self
            .quoted
            .partition_point(|part| (part.field(), part.start()) <= (span.field(), span.start()));
        let before = after
            .checked_sub(1)
            .and_then(|index| self.quoted.get(index));
        before.is_some_and(|part| part.contains(span))
    }
}
