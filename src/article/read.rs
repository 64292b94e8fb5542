//! Reads an article: paragraphs, their roles, then the sentences, words and quotes of those that are analysed.

use std::cmp::Reverse;

use super::document::{Document, Paragraph, Role, Sentence};
use super::paragraphs;
use super::quotes::{self, Passage};
use super::roles;
use super::sentences;
use super::shape::Shape;
use super::source::{Field, Source, Span};
use super::words;

/// How to read an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Analyse captions, links, prompts and by-lines too.
    pub boilerplate_included: bool,
}

/// Reads an article. Takes any text whatever, in time linear in its length.
pub fn read(source: Source, options: &ReadOptions) -> Document {
    let blocks = blocks(&source);
    let shapes: Vec<Shape> = blocks
        .iter()
        .map(|(span, group)| Shape::new(source.text(*span), *group, span.field() == Field::Title))
        .collect();
    let roles = roles::assign(&shapes);

    let mut paragraphs = Vec::with_capacity(blocks.len());
    let mut sentences = Vec::new();
    let mut words = Vec::new();
    let mut passages = Vec::new();
    for ((span, _), role) in blocks.iter().zip(roles) {
        let analyzed = options.boilerplate_included || role.is_article_text();
        let first = sentences.len();
        if analyzed {
            read_sentences(&source, *span, paragraphs.len(), &mut sentences, &mut words);
            passages.push(Passage {
                span: *span,
                runs_on: matches!(role, Role::Body | Role::Quote),
            });
        }
        paragraphs.push(Paragraph {
            span: *span,
            role,
            analyzed,
            sentences: first..sentences.len(),
        });
    }
    let quotes = quotes::find(&source, &passages);
    let quoted = outermost(quotes.iter().flat_map(|quote| quote.parts.iter().copied()));
    Document {
        source,
        paragraphs,
        sentences,
        words,
        quotes,
        quoted,
    }
}

/// The blocks of the title and the content, each with its group.
fn blocks(source: &Source) -> Vec<(Span, usize)> {
    let title = source.field(Field::Title);
    let bare = title.trim_matches(super::characters::is_blank);
    let start = title.len() - title.trim_start_matches(super::characters::is_blank).len();
    let title = source
        .span(Field::Title, start..start + bare.len())
        .filter(|span| !span.is_empty());
    let content = paragraphs::split(source.field(Field::Content)).into_iter();
    let content =
        content.filter_map(|block| Some((source.span(Field::Content, block.range)?, block.group)));
    title
        .map(|span| (span, 0))
        .into_iter()
        .chain(content)
        .collect()
}

/// Adds a paragraph's sentences and their words.
fn read_sentences(
    source: &Source,
    paragraph: Span,
    index: usize,
    sentences: &mut Vec<Sentence>,
    words: &mut Vec<Span>,
) {
    for range in sentences::split(source.text(paragraph)) {
        let Some(span) = source.span_within(paragraph, range) else {
            continue;
        };
        let first = words.len();
        words.extend(
            words::split(source.text(span)).filter_map(|word| source.span_within(span, word)),
        );
        sentences.push(Sentence {
            span,
            paragraph: index,
            words: first..words.len(),
        });
    }
}

/// The stretches that stand in no other one, in order. A quote's depth doesn't tell: one that quotes nothing is none.
fn outermost(parts: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut parts: Vec<Span> = parts.collect();
    parts.sort_by_key(|part| (part.field(), part.start(), Reverse(part.end())));
    let mut kept: Vec<Span> = Vec::new();
    for part in parts {
        if !kept.last().is_some_and(|last| last.contains(part)) {
            kept.push(part);
        }
    }
    kept
}
