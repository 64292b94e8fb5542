//! A paragraph as tokens: words and punctuation, each with whether somebody is quoted there.

use std::ops::Range;

use crate::article::{Document, Span};

/// A word, or a single character of punctuation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub span: Span,
    pub text: &'a str,
    /// In lower case, with a straight apostrophe.
    pub lower: String,
    pub class: Class,
    /// Whether it stands within quotation marks.
    pub quoted: bool,
    /// The sentence, an index into the document's.
    pub sentence: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Word,
    /// The mark that opens an outermost quote, or re-opens it in a new paragraph.
    Open,
    /// The mark that closes it.
    Close,
    Punctuation,
}

impl Token<'_> {
    pub fn is_word(&self) -> bool {
        self.class == Class::Word
    }

    /// Whether it is this word or mark.
    pub fn is(&self, text: &str) -> bool {
        self.lower == text
    }

    pub fn is_any(&self, texts: &[&str]) -> bool {
        texts.contains(&self.lower.as_str())
    }

    pub fn is_dash(&self) -> bool {
        matches!(self.text, "-" | "–" | "—" | "―")
    }

    pub fn is_capitalized(&self) -> bool {
        self.is_word() && self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The tokens of a paragraph's sentences, in order.
pub(super) struct Tokens<'a> {
    pub all: Vec<Token<'a>>,
    /// Each sentence's tokens.
    pub sentences: Vec<Range<usize>>,
}

impl<'a> Tokens<'a> {
    pub fn of(document: &'a Document, sentences: Range<usize>) -> Self {
        let mut tokens = Tokens {
            all: Vec::new(),
            sentences: Vec::new(),
        };
        for index in sentences {
            let Some(sentence) = document.sentences.get(index) else {
                continue;
            };
            let first = tokens.all.len();
            let mut at = sentence.span.start();
            for word in document.words.get(sentence.words.clone()).unwrap_or(&[]) {
                tokens.punctuation(document, sentence.span, at..word.start(), index);
                tokens.push(document, *word, Class::Word, index);
                at = word.end();
            }
            tokens.punctuation(document, sentence.span, at..sentence.span.end(), index);
            tokens.sentences.push(first..tokens.all.len());
        }
        tokens
    }

    fn punctuation(
        &mut self,
        document: &'a Document,
        sentence: Span,
        range: Range<usize>,
        index: usize,
    ) {
        let text = document.source.field(sentence.field());
        let mut characters = text
            .get(range.clone())
            .unwrap_or("")
            .char_indices()
            .peekable();
        while let Some((at, character)) = characters.next() {
            let start = range.start + at;
            let mut end = start + character.len_utf8();
            // A double mark typed as two single ones is one token.
            if matches!(character, '\'' | '`')
                && characters.next_if(|(_, next)| *next == character).is_some()
            {
                end += character.len_utf8();
            }
            if let (false, Some(span)) = (
                character.is_whitespace(),
                document.source.span(sentence.field(), start..end),
            ) {
                let class = class_of(document, span);
                self.push(document, span, class, index);
            }
        }
    }

    fn push(&mut self, document: &'a Document, span: Span, class: Class, sentence: usize) {
        let text = document.text(span);
        self.all.push(Token {
            span,
            text,
            lower: text.to_lowercase().replace('’', "'"),
            class,
            quoted: document.is_quoted(span),
            sentence,
        });
    }

    /// The tokens of a quote, as if nobody were quoted: a text of its own.
    pub fn inside(&self, quote: Range<usize>) -> Self {
        let own = self.all.get(quote.clone()).unwrap_or(&[]);
        let all = own.iter().map(|token| Token {
            class: match token.class {
                Class::Word => Class::Word,
                _ => Class::Punctuation,
            },
            quoted: false,
            ..token.clone()
        });
        let first = self.sentences.partition_point(|own| own.end <= quote.start);
        let near = self.sentences.iter().skip(first);
        let near = near.take_while(|own| own.start < quote.end);
        let clipped = near.map(|sentence| {
            let clip = |at: usize| at.clamp(quote.start, quote.end) - quote.start;
            clip(sentence.start)..clip(sentence.end)
        });
        Tokens {
            all: all.collect(),
            sentences: clipped.filter(|sentence| !sentence.is_empty()).collect(),
        }
    }

    pub fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.all.get(at)
    }

    /// Whether the token there, if there is one, is so.
    pub fn at(&self, at: usize, test: impl Fn(&Token<'a>) -> bool) -> bool {
        self.get(at).is_some_and(test)
    }

    /// The token before, if there is one.
    pub fn before(&self, at: usize) -> Option<&Token<'a>> {
        self.get(at.checked_sub(1)?)
    }

    /// The span over a range of tokens; `None` where it is empty.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        match self.all.get(range)? {
            [first, .., last] => Some(first.span.cover(last.span)),
            [only] => Some(only.span),
            [] => None,
        }
    }
}

/// What a mark is, by the quoted stretches beside it. A binary search.
fn class_of(document: &Document, mark: Span) -> Class {
    let from = document
        .quoted
        .partition_point(|part| (part.field(), part.end()) < (mark.field(), mark.start()));
    let mut near = document.quoted.iter().skip(from).take(2);
    let beside = near.find_map(|part| match part {
        part if part.field() != mark.field() => None,
        part if part.end() == mark.start() => Some(Class::Close),
        part if part.start() == mark.end() => Some(Class::Open),
        _ => None,
    });
    beside.unwrap_or(Class::Punctuation)
}
