//! Everything in a document that may stand for something: names, noun phrases, pronouns.

use crate::analysis::passages::{PhraseTag, SentenceReading};
use crate::analysis::pronouns::{self, Class};
use crate::analysis::result::{Entity, MentionKind};
use crate::analysis::{AnalyzeError, Interrupt};
use crate::article::{Document, Role, Span};
use crate::model::Models;
use crate::model::phrases::{Bound, ROLES, TYPES};

/// Nouns in the plural without an s.
#[rustfmt::skip]
const PLURALS: [&str; 8] = ["people", "men", "women", "children", "police", "media", "folk", "spokesmen"];
/// What a noun phrase that takes up an earlier one begins with, unless with a possessor's name.
#[rustfmt::skip]
const DEFINITE: [&str; 13] = [
    "the", "this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "your", "both",
];
/// What stands for a thing within its own sentence, or for none.
const RELATIVE: [&str; 9] = [
    "who", "whom", "whose", "which", "that", "what", "there", "whoever", "whatever",
];
const INDEFINITE: [&str; 5] = ["a", "an", "one", "another", "some"];
const ARTICLES: [&str; 3] = ["the", "a", "an"];
/// What stands before a noun and seldom for one.
const ADJECTIVES: [&str; 10] = [
    "former",
    "retired",
    "veteran",
    "new",
    "old",
    "young",
    "outgoing",
    "honourable",
    "disgraced",
    "controversial",
];
/// Words after a noun phrase that the tags take into it.
const PARTICLES: [&str; 8] = ["down", "up", "out", "off", "back", "away", "over", "twice"];
/// So probably a phrase must be a subject to begin a clause after "," and "as".
const SUBJECT: f32 = 0.5;
/// So many paragraphs open a text.
const OPENING: usize = 2;
const CURRENCIES: [char; 4] = ['$', '£', '€', '¥'];
/// After these a noun phrase says what something is.
const COPULAS: [&str; 10] = [
    "is", "was", "are", "were", "be", "been", "being", "as", "became", "become",
];

/// How a candidate is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By a name.
    Name,
    /// By a noun phrase.
    Nominal,
    /// By a pronoun.
    Pronoun(Class),
}

/// Something that may stand for something.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// The sentence, an index into the document's.
    pub sentence: usize,
    /// How it is worded.
    pub form: Form,
    /// The entity whose mention it is, an index, where that is known.
    pub entity: Option<usize>,
    /// Whether what it stands for may be looked for before it.
    pub is_anaphor: bool,
    /// Whether what it stands for may be named after it: in headings and in the first sentences of the text.
    pub is_introductory: bool,
    /// Whether it says what something is: "is the mayor".
    pub is_predicate: bool,
    /// Its words, in lower case.
    pub words: Vec<String>,
    /// Whether it is in the plural, where that is known.
    pub plural: Option<bool>,
    /// Whether it stands in a quote.
    pub quoted: bool,
    /// How many words of its sentence stand before it, and how many words that has.
    pub place: (usize, usize),
    /// Probabilities of what it stands for.
    pub types: [f32; TYPES.len()],
    /// Probabilities of its part in the sentence.
    pub roles: [f32; ROLES.len()],
    /// How probably its last word stands for a person.
    pub personal: f32,
    /// As the reader sees it.
    pub state: Vec<f32>,
}

impl Candidate {
    /// The last word, in lower case.
    pub fn head(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The first word, in lower case.
    pub fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// Whether it introduces somebody: "a rival" is nobody named before.
    pub fn is_indefinite(&self) -> bool {
        INDEFINITE.contains(&self.first())
    }

    /// How many of its words name whose it is, if it says so: two of "the union's president".
    pub fn owner_end(&self) -> Option<usize> {
        let words = self.words.iter();
        words
            .clone()
            .position(|word| matches!(word.as_str(), "'" | "’" | "'s" | "’s"))
    }

    /// How probably it is a subject.
    pub fn subject(&self) -> f32 {
        let [subject, ..] = self.roles;
        subject
    }

    /// How probably it is a possessive.
    pub fn possessive(&self) -> f32 {
        let [_, _, _, possessive, _] = self.roles;
        possessive
    }
}

/// All candidates, in order.
pub fn find(
    document: &Document,
    readings: &[SentenceReading],
    models: &dyn Models,
    interrupt: &dyn Interrupt,
    entities: &[Entity],
) -> Result<Vec<Candidate>, AnalyzeError> {
    let mut named: Vec<Vec<(Span, MentionKind, usize)>> = vec![Vec::new(); readings.len()];
    for (index, entity) in entities.iter().enumerate() {
        for mention in &entity.mentions {
            if let Some(own) = named.get_mut(mention.sentence) {
                own.push((mention.span, mention.kind, index));
            }
        }
    }
    let opening = opening_end(document);
    let mut candidates = Vec::new();
    for (at, (reading, known)) in readings.iter().zip(&named).enumerate() {
        interrupt.check()?;
        let Some(sentence) = document.sentences.get(at) else {
            continue;
        };
        let tags = reading.phrases(document, sentence.span, models)?;
        let mut own: Vec<Candidate> = Vec::new();
        let opens = at < opening;
        let mut add = |span: Span, form: Form, entity: Option<usize>| {
            let place = (at, span, opens);
            own.extend(candidate(document, reading, &tags, place, form, entity));
        };
        for &(span, kind, entity) in known {
            let form = if kind == MentionKind::Nominal {
                Form::Nominal
            } else {
                Form::Name
            };
            add(span, form, Some(entity));
        }
        let taken = |span: Span| known.iter().any(|(other, ..)| other.overlaps(span));
        let words: Vec<String> = tags
            .iter()
            .map(|tag| document.text(tag.span).to_lowercase())
            .collect();
        for (at, (tag, word)) in tags.iter().zip(&words).enumerate() {
            if let Some(class) = pronouns::class_of(word)
                && !taken(tag.span)
                && document.text(tag.span) != "US"
                && !pronouns::stands_for_nothing(&words, at)
            {
                add(tag.span, Form::Pronoun(class), None);
            }
        }
        for span in noun_phrases(document, &tags, &taken) {
            let last = tags.iter().rfind(|tag| span.contains(tag.span));
            let ends_in_name = last.is_none_or(|last| taken(last.span));
            let text = document.text(span).to_lowercase();
            let pronoun = pronouns::class_of(&text).is_some() || RELATIVE.contains(&text.as_str());
            let known = known.iter().any(|(other, ..)| other.contains(span));
            if !ends_in_name && !pronoun && !known && starts_with_word(document, span) {
                add(span, Form::Nominal, None);
            }
        }
        // "The union" of "the union's president".
        let owners: Vec<Span> = own
            .iter()
            .filter(|candidate| candidate.form == Form::Nominal && candidate.entity.is_none())
            .filter_map(|candidate| owner(document, &tags, candidate))
            .filter(|owner| !taken(*owner))
            .collect();
        own.extend(owners.into_iter().filter_map(|span| {
            candidate(
                document,
                reading,
                &tags,
                (at, span, opens),
                Form::Nominal,
                None,
            )
        }));
        own.sort_by_key(|candidate| (candidate.span.start(), candidate.span.end()));
        candidates.append(&mut own);
    }
    Ok(candidates)
}

fn starts_with_word(document: &Document, span: Span) -> bool {
    let text = document.text(span);
    let letters = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    letters(text.chars().next()) && letters(text.chars().next_back())
}

/// The noun phrases that words' tags mark; a possessive and what it belongs to are one.
fn noun_phrases(
    document: &Document,
    tags: &[PhraseTag],
    named: &dyn Fn(Span) -> bool,
) -> Vec<Span> {
    let is_article = |word: Span| {
        let text = document.text(word).to_lowercase();
        ARTICLES.contains(&text.as_str())
    };
    let is_dash = |word: Span| document.text(word) == "-";
    let mut phrases: Vec<Vec<Span>> = Vec::new();
    let mut open = false;
    for tag in tags {
        let inside = tag.word.bound != Bound::Outside;
        let belongs = phrases.last().is_some_and(|last| {
            let (Some(first), Some(end)) = (last.first(), last.last()) else {
                return false;
            };
            let beside = end.end() + 1 == tag.span.start() && is_article(*first);
            let lower = document.text(tag.span).chars().all(char::is_lowercase);
            // "The Civic Alliance leader" is one phrase, and so is "the Leeds-based firm".
            let compound = last.iter().rev().nth(1).is_some_and(|dash| is_dash(*dash));
            let headless = inside && last.len() > 1 && lower && (named(*end) || compound);
            // An article alone is no phrase, nor is "the former": what follows belongs to it.
            let bare = last.len() == 1
                || last.len() == 2 && lower && ADJECTIVES.contains(&document.text(*end));
            beside && (bare || headless)
        });
        // "46-year-old" is one word here.
        let hyphened = phrases
            .last()
            .and_then(|last| last.last())
            .is_some_and(|end| {
                end.end() == tag.span.start() && (is_dash(*end) || is_dash(tag.span))
            });
        let goes_on = open && tag.word.bound == Bound::Inside || hyphened;
        match phrases.last_mut() {
            Some(last) if belongs || goes_on => last.push(tag.span),
            _ if inside || is_article(tag.span) => phrases.push(vec![tag.span]),
            _ => {}
        }
        open = inside || hyphened;
    }
    phrases.retain(|words| words.len() > 1 || !words.iter().any(|word| is_article(*word)));
    // "The firm £112,000" are two things.
    let ends = |word: &Span| {
        let text = document.text(*word);
        text.starts_with(char::is_alphabetic) && !PARTICLES.contains(&text)
    };
    let spans = phrases.into_iter().filter_map(|words| {
        let last = words.iter().rposition(ends)?;
        let first_number = words
            .iter()
            .skip(1)
            .position(|word| document.text(*word).starts_with(CURRENCIES));
        let last = first_number.map_or(last, |at| last.min(at));
        words.first()?.cover(*words.get(last)?).into()
    });
    spans.collect()
}

/// Whom what a noun phrase names belongs to, if that is a noun phrase with an article of its own.
fn owner(document: &Document, tags: &[PhraseTag], phrase: &Candidate) -> Option<Span> {
    let mark = phrase.owner_end()?;
    let first = ["the", "this", "that"].contains(&phrase.first());
    let mut words = tags.iter().filter(|tag| phrase.span.overlaps(tag.span));
    let owner = words.nth(mark.checked_sub(1)?)?.span;
    let span = document.source.span_within(
        phrase.span,
        0..owner.end().checked_sub(phrase.span.start())?,
    )?;
    (first && mark > 1).then_some(span)
}

fn candidate(
    document: &Document,
    reading: &SentenceReading,
    tags: &[PhraseTag],
    (sentence, span, opens): (usize, Span, bool),
    form: Form,
    entity: Option<usize>,
) -> Option<Candidate> {
    let own: Vec<&PhraseTag> = tags.iter().filter(|tag| span.overlaps(tag.span)).collect();
    let before = tags.iter().filter(|tag| tag.span.end() <= span.start());
    let place = (before.count(), tags.len());
    let words: Vec<String> = own
        .iter()
        .map(|tag| document.text(tag.span).to_lowercase())
        .collect();
    let (mut types, mut roles) = ([0.0; TYPES.len()], [0.0; ROLES.len()]);
    let share = 1.0 / own.len().max(1) as f32;
    for tag in &own {
        add(&mut types, &tag.word.types, share);
        add(&mut roles, &tag.word.roles, share);
    }
    let within = document.sentences.get(sentence)?.span;
    let before = place.0.checked_sub(1).and_then(|at| tags.get(at));
    let last = before
        .map_or("", |tag| document.text(tag.span))
        .to_lowercase();
    // "Fans cheer as captain quits"
    let heading = document
        .sentences
        .get(sentence)
        .is_some_and(|own| document.role_of(own).is_heading());
    let [subject, ..] = roles;
    let begins_clause = subject >= SUBJECT;
    let copula = COPULAS.contains(&last.as_str()) && !(last == "as" && (heading || begins_clause));
    let is_introductory = form == Form::Nominal && entity.is_none() && (heading || opens);
    let is_anaphor = match form {
        Form::Name => false,
        Form::Pronoun(_) => true,
        // "Hugo Delgado, the ambassador" and "is the ambassador" say what somebody is.
        Form::Nominal => {
            let first = words.first().map_or("", String::as_str);
            entity.is_none()
                && first != "s"
                && (is_introductory
                    || DEFINITE.contains(&first)
                    || words.iter().any(|word| word == "s"))
                && !copula
                && (last != "," || begins_clause)
        }
    };
    Some(Candidate {
        span,
        sentence,
        form,
        entity,
        is_anaphor,
        is_introductory,
        is_predicate: copula,
        plural: plural(form, &words),
        words,
        quoted: document.is_quoted(span),
        place,
        types,
        roles,
        personal: own.last().map_or(0.0, |tag| person(&tag.word.types)),
        state: reading.mention(within, span)?,
    })
}

/// The end of the sentences of the first paragraphs of the text.
fn opening_end(document: &Document) -> usize {
    let body = document
        .paragraphs
        .iter()
        .filter(|own| own.role == Role::Body);
    let last = body.take(OPENING).last();
    last.map_or(0, |paragraph| paragraph.sentences.end)
}

fn person(types: &[f32; TYPES.len()]) -> f32 {
    let [person, ..] = types;
    *person
}

fn add<const N: usize>(sum: &mut [f32; N], other: &[f32; N], share: f32) {
    for (x, y) in sum.iter_mut().zip(other) {
        *x += share * y;
    }
}

fn plural(form: Form, words: &[String]) -> Option<bool> {
    match form {
        Form::Pronoun(Class::Several | Class::Speakers) => Some(true),
        Form::Pronoun(Class::Hearer) | Form::Name => None,
        Form::Pronoun(_) => Some(false),
        Form::Nominal => {
            let head = words.last().map_or("", String::as_str);
            let ending = head.ends_with('s')
                && !["ss", "us", "is", "'s", "’s"]
                    .iter()
                    .any(|end| head.ends_with(end));
            Some(ending || PLURALS.contains(&head))
        }
    }
}
