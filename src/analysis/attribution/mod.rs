//! Who says what: direct and indirect speech, each with the words that introduce it and the phrase that names its source.
//!
//! No parser stands behind this. A cue word ("said", "according") is known by the words around it, its source by the
//! noun phrase beside it, and the extent of what is said by quotation marks, punctuation and the cues that follow.

mod clauses;
mod cues;
mod direct;
mod extents;
mod formulas;
mod phrases;
mod sources;
mod tokens;

use crate::article::{Document, Role, Span};

use self::tokens::Tokens;

/// Words that the article gives as somebody's.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// What is said, in order; one stretch for each side of the attribution and for each paragraph.
    pub content: Vec<Span>,
    /// The word that introduces it; `None` where only its place tells whose it is.
    pub cue: Option<Span>,
    /// The phrase that names the source; `None` where nothing names it.
    pub source: Option<Span>,
    /// How it is said.
    pub kind: Kind,
    /// How sure it is that somebody is given these words, 0..=1.
    pub confidence: f32,
    /// Whether nothing but the order of the text tells whose it is: a quote without a cue, a signature or a label.
    pub continued: bool,
}

/// How words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Between quotation marks.
    Direct,
    /// In part between quotation marks.
    Partial,
    /// In the article's own words.
    Indirect,
}

/// The attributions of a document, each list in order of the first words of its paragraphs' attributions.
#[derive(Debug, Default)]
pub struct Attributions {
    /// The article's own.
    pub narrated: Vec<Attribution>,
    /// What is reported within quotes: "“He told me he was ill,” Doe said." Only what a verb of saying introduces.
    pub quoted: Vec<Attribution>,
}

/// Every attribution in a document. Linear in the document's length for sentences of bounded length.
pub fn find(document: &Document) -> Attributions {
    let mut found = Attributions::default();
    let mut thread = direct::Thread::default();
    for paragraph in &document.paragraphs {
        let tokens = Tokens::of(document, paragraph.sentences.clone());
        if tokens.all.is_empty() {
            continue;
        }
        let headline = paragraph.role == Role::Headline;
        let mut own = clauses::find(&tokens);
        thread.read(&tokens, headline, &mut own);
        own.sort_by_key(|clause| clause.content.first().map(|range| range.start));
        let own = own.into_iter();
        found
            .narrated
            .extend(own.filter_map(|clause| clause.attribution(&tokens)));
        found.quoted.extend(within_quotes(&tokens));
    }
    found
}

fn within_quotes(tokens: &Tokens<'_>) -> Vec<Attribution> {
    let mut found = Vec::new();
    for quote in direct::quotes(tokens) {
        let inside = tokens.inside(quote);
        let clauses = clauses::find(&inside).into_iter().filter(|clause| {
            let says = |at: usize| inside.at(at, |t| cues::is_saying(&t.lower));
            clause.cue.is_some_and(says) && clause.source.is_some()
        });
        found.extend(clauses.filter_map(|clause| clause.attribution(&inside)));
    }
    found
}

#[cfg(test)]
mod tests;
