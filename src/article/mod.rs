//! From an article's text to a [`Document`]: paragraphs with roles, sentences, words, quotes, language.
//!
//! Pure functions over plain types; nothing here knows of the models, the server or threads.
//! [`read`] takes any text whatever, can't fail, and is linear in the text's length.

pub mod document;
pub mod language;
pub mod offsets;
pub mod sentences;
pub mod source;

mod abbreviations;
mod bylines;
mod captions;
mod characters;
mod head;
mod interviews;
mod links;
mod lists;
mod notes;
mod paragraphs;
mod prompts;
mod quote_marks;
mod quotes;
mod read;
mod roles;
mod shape;
mod tail;
mod words;

pub use document::{Document, Paragraph, Quote, Role, Sentence};
pub use language::{Detection, LanguageUnsupported, check_english};
pub use offsets::{OffsetEncoding, OffsetMap};
pub use read::{ReadOptions, read};
pub use source::{Field, Source, Span};
