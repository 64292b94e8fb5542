//! The article's paragraphs with their marks, and the notes beside each.

use std::ops::Range;

use super::layers::{self, Piece};
use super::marks::Mark;
use super::names::Names;
use super::passages::Passages;
use crate::article::{Document, Paragraph, Role, Span};
use crate::cli::labels;

/// A paragraph as the page shows it.
pub struct ShownParagraph<'a> {
    /// The element that its role asks for.
    pub tag: &'static str,
    /// Style classes.
    pub class: String,
    pub notes: Vec<Note>,
    pub parts: Vec<Part<'a>>,
}

/// A piece of a paragraph's text. Opens and closes nest.
pub enum Part<'a> {
    Open {
        mark: &'a Mark,
        first: bool,
        last: bool,
    },
    Text(&'a str),
    Close,
}

/// A note beside a paragraph.
pub struct Note {
    pub class: &'static str,
    pub text: String,
    /// Where it leads, and what it lights; a note that leads nowhere has none.
    pub link: Option<Link>,
}

/// A link within the page.
pub struct Link {
    /// An `id`.
    pub to: String,
    /// A key.
    pub lights: String,
}

/// Every paragraph, in reading order.
pub fn show<'a>(
    names: &Names<'a>,
    passages: &Passages,
    marks: &'a [Mark],
) -> Vec<ShownParagraph<'a>> {
    let document = &names.analysis.document;
    let mut notes = notes(names, passages);
    let mut placed: Vec<Vec<(&Mark, Range<usize>)>> = vec![Vec::new(); document.paragraphs.len()];
    for mark in marks {
        for index in within(document, mark.span) {
            let paragraph = document.paragraphs.get(index);
            if let (Some(paragraph), Some(places)) = (paragraph, placed.get_mut(index)) {
                places.push((mark, relative(paragraph.span, mark.span)));
            }
        }
    }
    let paragraphs = document.paragraphs.iter().zip(placed);
    paragraphs
        .enumerate()
        .map(|(index, (paragraph, placed))| ShownParagraph {
            tag: tag(paragraph.role),
            class: class(paragraph),
            notes: notes.get_mut(index).map(std::mem::take).unwrap_or_default(),
            parts: parts(document.text(paragraph.span), paragraph.span, placed),
        })
        .collect()
}

/// The paragraphs that a span touches.
fn within(document: &Document, span: Span) -> Range<usize> {
    let paragraphs = &document.paragraphs;
    let field = span.field();
    let start =
        paragraphs.partition_point(|p| (p.span.field(), p.span.end()) <= (field, span.start()));
    let end =
        paragraphs.partition_point(|p| (p.span.field(), p.span.start()) < (field, span.end()));
    start..end.max(start)
}

/// What of a span lies in a paragraph, in bytes from the paragraph's start.
fn relative(paragraph: Span, span: Span) -> Range<usize> {
    let start = span.start().max(paragraph.start()) - paragraph.start();
    let end = span
        .end()
        .min(paragraph.end())
        .saturating_sub(paragraph.start());
    start..end
}

fn parts<'a>(
    text: &'a str,
    paragraph: Span,
    placed: Vec<(&'a Mark, Range<usize>)>,
) -> Vec<Part<'a>> {
    let (marks, ranges): (Vec<&Mark>, Vec<Range<usize>>) = placed.into_iter().unzip();
    let part = |piece| match piece {
        Piece::Open { mark, first, last } => {
            let mark = *marks.get(mark)?;
            Some(Part::Open {
                mark,
                // A mark that runs over paragraphs starts in one of them and ends in one.
                first: first && paragraph.start() <= mark.span.start(),
                last: last && mark.span.end() <= paragraph.end(),
            })
        }
        Piece::Text(range) => text.get(range).map(Part::Text),
        Piece::Close => Some(Part::Close),
    };
    layers::nest(text.len(), &ranges)
        .into_iter()
        .filter_map(part)
        .collect()
}

fn tag(role: Role) -> &'static str {
    match role {
        Role::Headline => "h3",
        Role::Subheading => "h4",
        _ => "p",
    }
}

fn class(paragraph: &Paragraph) -> String {
    let role = labels::role(paragraph.role).replace(' ', "-");
    let aside = if paragraph.analyzed { "" } else { " set-aside" };
    format!("{role}{aside}")
}

fn notes(names: &Names, passages: &Passages) -> Vec<Vec<Note>> {
    let document = &names.analysis.document;
    let mut notes: Vec<Vec<Note>> = document
        .paragraphs
        .iter()
        .map(|p| role_note(p).into_iter().collect())
        .collect();
    let mut add = |span: Span, note: Note| {
        for index in within(document, span) {
            let Some(notes) = notes.get_mut(index) else {
                continue;
            };
            let known = notes.iter().any(|known| known.text == note.text);
            if !known {
                notes.push(Note {
                    text: note.text.clone(),
                    class: note.class,
                    link: note.link.as_ref().map(|link| Link {
                        to: link.to.clone(),
                        lights: link.lights.clone(),
                    }),
                });
            }
        }
    };
    for said in &names.said {
        let owner = names.voices.get(said.voice).and_then(Option::as_ref);
        let key = format!("voice-{}", said.voice + 1);
        add(
            said.span,
            Note {
                class: "voice",
                text: owner
                    .map_or("speaker not known", |o| o.name.as_str())
                    .to_owned(),
                link: Some(Link {
                    to: key.clone(),
                    lights: key,
                }),
            },
        );
    }
    for (span, uses) in passages.iter() {
        if uses.summary {
            add(
                span,
                Note {
                    class: "summary",
                    text: "in the summary".to_owned(),
                    link: Some(Link {
                        to: "summary".to_owned(),
                        lights: "summary".to_owned(),
                    }),
                },
            );
        }
        for stance in &uses.stances {
            let key = format!("stance-{}", stance + 1);
            add(
                span,
                Note {
                    class: "stance",
                    text: format!("evidence, stance {}", stance + 1),
                    link: Some(Link {
                        to: key.clone(),
                        lights: key,
                    }),
                },
            );
        }
    }
    notes
}

/// What a paragraph is, unless it is running text.
fn role_note(paragraph: &Paragraph) -> Option<Note> {
    let role = labels::role(paragraph.role);
    let text = match (paragraph.role, paragraph.analyzed) {
        (Role::Body, true) => return None,
        (_, true) => role.to_owned(),
        (_, false) => format!("{role}, set aside"),
    };
    Some(Note {
        class: "role",
        text,
        link: None,
    })
}
