//! What the caller should know that is no error.

use super::passages::SentenceReading;
use super::result::{Warning, WarningKind};
use crate::article::Document;

/// Text with fewer words gets a warning.
const LITTLE_TEXT: usize = 20;

/// The warnings about a document, in the order of their kinds and places.
pub fn of(
    document: &Document,
    readings: &[SentenceReading],
    language_reliable: bool,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |kind, message: &str, span| {
        warnings.push(Warning {
            kind,
            message: message.to_owned(),
            span,
        });
    };
    for paragraph in document.paragraphs.iter().filter(|p| !p.analyzed) {
        warn(
            WarningKind::BoilerplateSkipped,
            "not analysed: no part of the article proper",
            Some(paragraph.span),
        );
    }
    for (sentence, _) in document
        .sentences
        .iter()
        .zip(readings)
        .filter(|(_, r)| r.is_split())
    {
        warn(
            WarningKind::SentenceSplit,
            "read in pieces: longer than the models read at once",
            Some(sentence.span),
        );
    }
    for quote in document.quotes.iter().filter(|quote| !quote.closed) {
        warn(
            WarningKind::UnbalancedQuote,
            "this quotation is never closed",
            Some(quote.span),
        );
    }
    if document.words.len() < LITTLE_TEXT {
        warn(
            WarningKind::LittleText,
            "there is little text to go by",
            None,
        );
    }
    if !language_reliable {
        warn(
            WarningKind::LanguageUncertain,
            "the language could not be told for certain; taken to be English",
            None,
        );
    }
    warnings
}
