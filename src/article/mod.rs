//! From an article's text to a [`Document`]: paragraphs with roles, sentences, words, quotes, language.
//!
//! Pure functions over plain types; nothing here knows of the models, the server or threads.

pub mod document;
pub mod source;

pub use document::{Document, Paragraph, Quote, Role, Sentence};
pub use source::{Field, Source, Span};
