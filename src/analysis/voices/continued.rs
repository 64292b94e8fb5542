//! Whose a quote is that no words introduce: whom the text just before it is about, or who goes on speaking.

use std::cmp::Reverse;

use super::sources::can_speak;
use super::speakers::{Place, Resolver, Said};
use crate::analysis::attribution::Attribution;
use crate::article::{Role, Span};

/// Words that may open a sentence before its subject.
#[rustfmt::skip]
const CONNECTIVES: [&str; 16] = [
    "but", "and", "then", "yet", "meanwhile", "afterwards", "afterward", "later", "still", "now", "also", "so", "today", "instead", "however",
    "elsewhere",
];
/// Words that no description before a name holds.
#[rustfmt::skip]
pub(super) const CLAUSAL: [&str; 56] = [
    "of", "by", "with", "to", "for", "in", "on", "at", "from", "about", "that", "when", "as", "if", "after", "before", "than", "and", "or",
    "is", "was", "are", "were", "has", "had", "have", "said", "says", "told", "like", "while", "because", "since", "who", "which", "where",
    "what", "how", "there", "it", "he", "she", "they", "we", "i", "you", "not", "against", "say", "claim", "claims",
    "claimed", "believe", "believes", "think", "insist",
];
/// Words that open a clause or an adverbial before the main clause.
#[rustfmt::skip]
const LEADING: [&str; 21] = [
    "asked", "after", "before", "when", "while", "as", "in", "on", "at", "during", "for", "with", "despite", "since", "although", "though",
    "following", "because", "if", "by", "under",
];
/// Verbs that show where a subject ends, beside those in "-ed".
#[rustfmt::skip]
const FINITE: [&str; 24] = [
    "is", "was", "are", "were", "has", "had", "have", "does", "did", "do", "will", "would", "can", "could", "says", "said", "told", "went", "came",
    "shook", "took", "gave", "put", "felt",
];
/// Ways to bring somebody in whose answer follows.
const ASKING: [&str; 8] = [
    "asked ",
    "put this to ",
    "put it to ",
    "put that to ",
    "spoke to ",
    "spoke with ",
    "talked to ",
    "reply came from ",
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
        // A heading begins something new.
        if self.is_heading(span) {
            return Some(Said::ByAnybody);
        }
        let before = sentence.checked_sub(1)?;
        let previous = self.document.sentences.get(before)?;
        let text = self.document.text(previous.span);
        let introduced = text.ends_with(':');
        // Nearer words than the text before name who speaks, or the text before does: "As the Post reports:".
        let opens = own.span.start() == span.start();
        let announced = introduced
            && quote
                .source
                .is_some_and(|source| previous.span.contains(source));
        // "Ada Lund, its director, is scathing: “…”"
        let field = self.document.source.field(span.field());
        let lead = field.get(own.span.start()..span.start()).unwrap_or("");
        if !opens
            && lead
                .trim_end_matches([' ', '“', '"', '‘', '\''])
                .ends_with(':')
        {
            let (name, entity) = self.subject(sentence)?;
            return self.said_by(entity, name, sentence);
        }
        if !opens || announced {
            return None;
        }
        if !introduced && self.is_attributed(before) {
            let going_on = self.going_on.as_ref();
            let going_on = going_on.filter(|(paragraph, _)| *paragraph == previous.paragraph);
            return going_on.map(|(_, said)| said.clone());
        }
        if previous.paragraph == own.paragraph && text.ends_with('?') {
            let (entity, _) = self.main_speaker()?;
            return self.said_by(entity, span, sentence);
        }
        // A time or a by-line between them begins something new; an advertisement doesn't.
        let between = previous.paragraph + 1..own.paragraph;
        let between = self.document.paragraphs.get(between).unwrap_or(&[]);
        if between.iter().any(|p| p.role == Role::Byline) {
            return None;
        }
        // An interview's answer
        if let Some(interviewee) = self.interviewee.filter(|_| text.ends_with('?')) {
            return self.said_by(interviewee, span, sentence);
        }
        if let Some((name, entity)) = self
            .subject(before)
            .or_else(|| self.asked(previous.paragraph))
        {
            return self.said_by(entity, name, sentence);
        }
        if let Some(phrase) = self.described_subject(before) {
            return Some(self.speaker(phrase));
        }
        // Somebody else than who spoke before may have been brought in.
        let range = self.document.paragraphs.get(previous.paragraph)?;
        let attributed = range.sentences.clone().any(|at| self.is_attributed(at));
        let brought_in = self.inside(range.span).any(|place| {
            self.is_person(place.entity) && self.last.is_some_and(|(last, _)| last != place.entity)
        });
        (!attributed && brought_in).then_some(Said::ByAnybody)
    }

    /// Whom a paragraph says the author asks: "I put this to Ada Lund."
    fn asked(&self, paragraph: usize) -> Option<(Span, usize)> {
        let own = self.document.paragraphs.get(paragraph)?;
        let field = self.document.source.field(own.span.field());
        let mut people = self.inside(own.span).filter(|place| {
            let before = field
                .get(own.span.start()..place.span.start())
                .unwrap_or("");
            self.is_person(place.entity) && ASKING.iter().any(|asking| before.ends_with(asking))
        });
        people.next().map(|place| (place.span, place.entity))
    }

    /// Who has spoken far more often than anybody else so far.
    fn main_speaker(&self) -> Option<(usize, usize)> {
        const OFTEN: usize = 3;
        let mut spoken: Vec<(usize, usize)> = self.spoken.iter().map(|(e, n)| (*e, *n)).collect();
        spoken.sort_by_key(|(entity, times)| (Reverse(*times), *entity));
        let rival = spoken.get(1).map_or(0, |(_, times)| *times);
        let first = *spoken.first()?;
        (first.1 >= OFTEN && first.1 >= 2 * rival && self.is_person(first.0)).then_some(first)
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

    /// Whom a sentence of the article's own is about: a person whose name or pronoun opens it, or its main clause.
    pub fn subject(&self, sentence: usize) -> Option<(Span, usize)> {
        let (word, lower) = self.opening_word(sentence)?;
        if matches!(lower.as_str(), "he" | "she") {
            return Some((word, self.of_pronoun(word, sentence, &lower)?));
        }
        self.name_opening(sentence)
            .map(|place| (place.span, place.entity))
    }

    /// The description that opens a sentence's main clause, of somebody who may speak: "Her son is calmer."
    fn described_subject(&self, sentence: usize) -> Option<Span> {
        const LONGEST: usize = 4;
        let (word, lower) = self.opening_word(sentence)?;
        if !["the", "his", "her", "their", "its", "my"].contains(&lower.as_str()) {
            return None;
        }
        let own = self.document.sentences.get(sentence)?;
        let words = self.document.words.get(own.words.clone())?;
        let from = words.iter().position(|own| *own == word)?;
        let words = words.get(from..)?;
        (2..=LONGEST).rev().find_map(|length| {
            let last = words.get(length - 1)?;
            let verb = self.document.text(*words.get(length)?);
            let phrase = word.cover(*last);
            let text = self.document.text(phrase);
            let acts = FINITE.contains(&verb) || verb.ends_with("ed");
            (acts && can_speak(text, false) && !text.contains(',')).then_some(phrase)
        })
    }

    /// The first word of a sentence's main clause, and the same in lower case.
    fn opening_word(&self, sentence: usize) -> Option<(Span, String)> {
        let own = self.document.sentences.get(sentence)?;
        let start = own.span.start() + self.main_clause(sentence)?;
        let words = self.document.words.get(own.words.clone())?;
        let mut opening = words
            .iter()
            .filter(|word| word.start() >= start)
            .map(|word| (*word, self.document.text(*word).to_lowercase()));
        opening.find(|(_, word)| !CONNECTIVES.contains(&word.as_str()))
    }

    /// Where a sentence's main clause starts, in bytes of the sentence: after the clause or the adverbial that opens it.
    fn main_clause(&self, sentence: usize) -> Option<usize> {
        let own = self.document.sentences.get(sentence)?;
        let text = self.document.text(own.span);
        let first = text.split(' ').next()?.to_lowercase();
        let comma = text
            .find(", ")
            .filter(|_| LEADING.contains(&first.as_str()));
        Some(comma.map_or(0, |comma| comma + 2))
    }

    /// The person whose name opens a sentence of the article's own, after a description at most: "Her brother Ali Roe".
    pub fn name_opening(&self, sentence: usize) -> Option<&Place> {
        self.opening(sentence)
            .filter(|place| self.is_person(place.entity))
    }

    /// The name that opens a sentence, whosever it is; after a clause or an adverbial before the main clause, if there is one.
    pub fn opening(&self, sentence: usize) -> Option<&Place> {
        let own = self.document.sentences.get(sentence)?;
        let clause = self.main_clause(sentence)?;
        self.opened_by(own.span, 0)
            .or_else(|| self.opened_by(own.span, clause))
    }

    /// The name that opens the rest of a sentence from a byte on.
    fn opened_by(&self, sentence: Span, from: usize) -> Option<&Place> {
        let start = sentence.start() + from;
        let mut places = self.inside(sentence);
        let place = places.find(|place| place.span.start() >= start)?;
        let opening = self.document.source.field(sentence.field());
        let opening = opening.get(start..place.span.start())?;
        let mut words = opening.split_whitespace().map(str::to_lowercase);
        let describes = words.clone().count() <= LONGEST_DESCRIPTION
            && words.all(|word| {
                !CLAUSAL.contains(&word.trim_matches(',')) || CONNECTIVES.contains(&word.as_str())
            });
        let after = self.document.after(place.span);
        let more = ["'s", "’s", "'", "’", " and "]
            .iter()
            .any(|next| after.starts_with(next));
        (describes && !more && !place.quoted).then_some(place)
    }
}
