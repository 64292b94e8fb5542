//! Whose a quote is that no words introduce: whom the text just before it is about, or who goes on speaking.

use super::speakers::{Place, Resolver, Said};
use crate::analysis::attribution::Attribution;
use crate::article::Span;

/// Words that may open a sentence before its subject.
#[rustfmt::skip]
const CONNECTIVES: [&str; 16] = [
    "but", "and", "then", "yet", "meanwhile", "afterwards", "afterward", "later", "still", "now", "also", "so", "today", "instead", "however",
    "elsewhere",
];
/// Words that no description before a name holds.
#[rustfmt::skip]
const CLAUSAL: [&str; 48] = [
    "of", "by", "with", "to", "for", "in", "on", "at", "from", "about", "that", "when", "as", "if", "after", "before", "than", "and", "or",
    "is", "was", "are", "were", "has", "had", "have", "said", "says", "told", "like", "while", "because", "since", "who", "which", "where",
    "what", "how", "there", "it", "he", "she", "they", "we", "i", "you", "not", "against",
];
/// A description before a name has at most so many words.
const LONGEST_DESCRIPTION: usize = 6;

impl Resolver<'_> {
    /// Who says a quote without a cue, where its place tells; otherwise whoever the attribution itself goes by.
    pub fn of_continued(&mut self, quote: &Attribution) -> Option<Said> {
        let span = *quote.content.first()?;
        let sentence = self.sentence_of(span)?;
        let own = self.document.sentences.get(sentence)?;
        if let Some((name, entity)) = self.attributed_after(span, sentence) {
            return self.said_by(entity, name, sentence);
        }
        let before = sentence.checked_sub(1)?;
        let previous = self.document.sentences.get(before)?;
        let introduced = self.document.text(previous.span).ends_with(':');
        // Nearer words than the text before name who speaks.
        let opens = own.span.start() == span.start();
        if !opens || !introduced && self.is_attributed(before) {
            return None;
        }
        let nearest = previous.paragraph == own.paragraph
            || previous.paragraph + 1 == own.paragraph
            || introduced;
        let (name, entity) = self.subject(before).filter(|_| nearest)?;
        self.said_by(entity, name, sentence)
    }

    /// A quote that ends with a comma is attributed by the paragraph after it: "she said outside."
    fn attributed_after(&self, quote: Span, sentence: usize) -> Option<(Span, usize)> {
        let text = self.document.text(quote);
        let comma = text.trim_end_matches(['”', '"', '’', '\'']).ends_with(',');
        let paragraph = self.document.sentences.get(sentence)?.paragraph;
        let mut later = self
            .document
            .sentences
            .iter()
            .enumerate()
            .skip(sentence + 1);
        let (next, _) = later.find(|(_, other)| other.paragraph > paragraph)?;
        if comma { self.subject(next) } else { None }
    }

    /// Whether a sentence holds somebody's words already, quoted or reported.
    fn is_attributed(&self, sentence: usize) -> bool {
        let Some(own) = self.document.sentences.get(sentence) else {
            return false;
        };
        let place = (own.span.field(), own.span.start());
        let from = self
            .document
            .quoted
            .partition_point(|part| (part.field(), part.end()) <= place);
        let quoted = self.document.quoted.get(from);
        quoted.is_some_and(|part| part.overlaps(own.span)) || self.cued.contains(&sentence)
    }

    /// Whom a sentence of the article's own is about: a person whose name or pronoun opens it.
    fn subject(&self, sentence: usize) -> Option<(Span, usize)> {
        let own = self.document.sentences.get(sentence)?;
        let words = self.document.words.get(own.words.clone())?;
        let mut opening = words
            .iter()
            .map(|word| (*word, self.document.text(*word).to_lowercase()));
        let (word, lower) = opening.find(|(_, word)| !CONNECTIVES.contains(&word.as_str()))?;
        if matches!(lower.as_str(), "he" | "she") {
            return Some((word, self.of_pronoun(word, sentence, &lower)?));
        }
        self.name_opening(sentence)
            .map(|place| (place.span, place.entity))
    }

    /// The person whose name opens a sentence of the article's own, after a description at most: "Her brother Ali Roe".
    pub fn name_opening(&self, sentence: usize) -> Option<&Place> {
        let own = self.document.sentences.get(sentence)?;
        let place = self.inside(own.span).next()?;
        let opening = self.document.source.field(own.span.field());
        let opening = opening.get(own.span.start()..place.span.start())?;
        let mut words = opening.split_whitespace().map(str::to_lowercase);
        let describes = words.clone().count() <= LONGEST_DESCRIPTION
            && words.all(|word| {
                !CLAUSAL.contains(&word.trim_matches(',')) || CONNECTIVES.contains(&word.as_str())
            });
        let after = self.after(place.span);
        let more = ["'s", "’s", "'", "’", " and "]
            .iter()
            .any(|next| after.starts_with(next));
        (describes && !more && !place.quoted && self.is_person(place.entity)).then_some(place)
    }
}
