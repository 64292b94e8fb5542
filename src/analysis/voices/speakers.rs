//! From the phrase that names a source to one of the article's entities. A wrong speaker is worse than none.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::gender::{self, Gender};
use super::interviews;
use super::pronouns::is_pronoun;
use super::sources::{can_speak, is_indefinite, names_one};
use crate::analysis::attribution::Attribution;
use crate::analysis::pronouns::{Class, class_of};
use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, MentionKind, Speaker};
use crate::article::{Document, Span};

/// A source that is no entity is named by at most so many words.
const LONGEST_NAME: usize = 7;

/// A place where an entity is named.
pub(super) struct Place {
    pub span: Span,
    pub sentence: usize,
    pub entity: usize,
    pub kind: MentionKind,
    /// Whether it stands in somebody's words.
    pub quoted: bool,
}

/// What is known of a document's entities as its sources are read from the first to the last.
pub(super) struct Resolver<'a> {
    pub document: &'a Document,
    pub entities: &'a [Entity],
    /// The sentences in which a source is said to say something.
    pub cued: HashSet<usize>,
    /// Every mention by name, in order.
    pub places: Vec<Place>,
    pub genders: Vec<Option<Gender>>,
    /// Who bears each surname; `None` where several do.
    pub surnames: HashMap<&'a str, Option<usize>>,
    /// The countries and towns by their names.
    pub countries: HashMap<&'a str, usize>,
    /// Who spoke last: the entity, and the sentence of its source.
    pub last: Option<(usize, usize)>,
    /// The words of the attribution whose source is read.
    pub said: Vec<Span>,
    /// Who spoke last, if it is somebody without a name.
    pub unnamed: Option<Unnamed>,
    /// Who says the quote just read, where no cue introduces it, and its paragraph.
    pub going_on: Option<(usize, Said)>,
    /// How often each entity has spoken.
    pub spoken: BTreeMap<usize, usize>,
    /// Whom an interview with marked answers is with.
    pub interviewee: Option<usize>,
}

/// Somebody without a name who spoke: "a retired teacher", "a spokesman for the bank".
#[derive(Debug, Clone, Copy)]
pub(super) struct Unnamed {
    /// Whom they speak for.
    pub entity: Option<usize>,
    pub phrase: Span,
}

/// Whose words an attribution gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    By(Speaker),
    /// It is unknown whose.
    BySomebody,
    /// It is unknown whose, and nothing before tells it.
    ByAnybody,
    /// What stands in a source's place can't speak.
    ByNobody,
}

impl Said {
    pub fn speaker(&self) -> Option<&Speaker> {
        match self {
            Said::By(speaker) => Some(speaker),
            Said::BySomebody | Said::ByAnybody | Said::ByNobody => None,
        }
    }
}

impl<'a> Resolver<'a> {
    /// Who speaks in each attribution, in their order.
    pub fn resolve(&mut self, attributions: &[Attribution]) -> Vec<Said> {
        let cues = attributions.iter().filter(|a| a.source.is_some());
        let cues = cues.filter_map(|attribution| self.sentence_of(attribution.cue?));
        self.cued = cues.collect();
        let mut all = Vec::with_capacity(attributions.len());
        for attribution in attributions {
            self.said.clone_from(&attribution.content);
            let placed = attribution
                .continued
                .then(|| self.of_continued(attribution));
            let said = match (placed.flatten(), attribution.source) {
                (Some(said), _) => said,
                (None, Some(source)) => self.speaker(source),
                (None, None) => Said::BySomebody,
            };
            let quote = attribution.content.last().filter(|_| attribution.continued);
            self.going_on = quote
                .and_then(|quote| self.paragraph_of(*quote))
                .map(|paragraph| (paragraph, said.clone()));
            all.push(said);
        }
        all
    }

    pub fn new(document: &'a Document, entities: &'a [Entity]) -> Self {
        let named = entities.iter().enumerate().flat_map(|(index, entity)| {
            let named = entity
                .mentions
                .iter()
                .filter(|m| m.kind != MentionKind::Pronoun);
            named.map(move |mention| Place {
                span: mention.span,
                sentence: mention.sentence,
                entity: index,
                kind: mention.kind,
                quoted: mention.quoted,
            })
        });
        let mut places: Vec<Place> = named.collect();
        places.sort_by_key(|place| (place.span.field(), place.span.start()));
        let genders = entities.iter().map(|entity| gender::of(document, entity));
        let (mut surnames, mut countries) = (HashMap::new(), HashMap::new());
        for (index, entity) in entities.iter().enumerate() {
            match (entity.entity_type, entity.name.rsplit_once(' ')) {
                (EntityType::Person, Some((_, surname))) => {
                    let bearer = surnames.entry(surname);
                    bearer.and_modify(|own| *own = None).or_insert(Some(index));
                }
                (EntityType::Geopolitical, _) => {
                    countries.entry(entity.name.as_str()).or_insert(index);
                }
                _ => {}
            }
        }
        Resolver {
            surnames,
            countries,
            document,
            entities,
            cued: HashSet::new(),
            places,
            genders: genders.collect(),
            last: None,
            said: Vec::new(),
            unnamed: None,
            going_on: None,
            spoken: BTreeMap::new(),
            interviewee: interviews::asked(document, entities),
        }
    }

    pub fn speaker(&mut self, source: Span) -> Said {
        let phrase = self.first_phrase(source);
        let text = self.document.text(phrase);
        let Some(sentence) = self.sentence_of(source) else {
            return Said::BySomebody;
        };
        let lower = text.to_lowercase();
        // "One of the sponsors, Ada Lund"
        let pronoun = is_pronoun(&lower) && phrase == source;
        let entity = if pronoun {
            self.of_pronoun(source, sentence, &lower)
        } else {
            self.named(source, phrase)
                .or_else(|| self.principal(source, phrase, sentence))
                .or_else(|| self.described(phrase))
                .or_else(|| self.related(phrase, sentence))
                .or_else(|| self.represented(phrase, sentence))
                .or_else(|| self.taken_up(phrase, sentence))
                .or_else(|| self.by_surname(phrase))
        };
        if !pronoun {
            let named = entity.is_some_and(|entity| self.is_person(entity));
            let unnamed = !named && names_one(text);
            self.unnamed = unnamed.then_some(Unnamed { entity, phrase });
        }
        if let Some(said) = entity.and_then(|entity| self.said_by(entity, phrase, sentence)) {
            if let (Some(Class::Person(gender)), Some(entity)) = (class_of(&lower), entity)
                && let Some(known) = self.genders.get_mut(entity)
            {
                known.get_or_insert(gender);
            }
            return said;
        }
        if pronoun || text.split_whitespace().count() > LONGEST_NAME {
            return Said::BySomebody;
        }
        let start = self.document.sentences.get(sentence);
        let opens = start.is_some_and(|own| own.span.start() == phrase.start());
        if !can_speak(text, opens) {
            return Said::ByNobody;
        }
        // "Many": nobody in particular.
        if is_indefinite(text) {
            return Said::BySomebody;
        }
        Said::By(Speaker {
            entity_id: None,
            name: text.to_owned(),
            span: phrase,
            paraphrased: false,
        })
    }

    /// Notes that an entity speaks in a sentence, named by a phrase.
    pub fn said_by(&mut self, entity: usize, phrase: Span, sentence: usize) -> Option<Said> {
        let own = self.entities.get(entity)?;
        self.last = Some((entity, sentence));
        *self.spoken.entry(entity).or_default() += 1;
        Some(Said::By(Speaker::of(own, phrase)))
    }

    pub fn type_of(&self, entity: usize) -> Option<EntityType> {
        self.entities.get(entity).map(|entity| entity.entity_type)
    }

    pub fn is_person(&self, entity: usize) -> bool {
        self.type_of(entity) == Some(EntityType::Person)
    }

    pub fn is_institution(&self, entity: usize) -> bool {
        matches!(
            self.type_of(entity),
            Some(EntityType::Organization | EntityType::Geopolitical)
        )
    }

    pub fn sentence_of(&self, span: Span) -> Option<usize> {
        let sentences = &self.document.sentences;
        let after = sentences
            .partition_point(|s| (s.span.field(), s.span.start()) <= (span.field(), span.start()));
        after.checked_sub(1)
    }

    fn paragraph_of(&self, span: Span) -> Option<usize> {
        let sentence = self.document.sentences.get(self.sentence_of(span)?)?;
        Some(sentence.paragraph)
    }

    /// Whether a span stands in a headline, standfirst or subheading, whose names often come only in the body.
    pub fn is_heading(&self, span: Span) -> bool {
        let sentence = self
            .sentence_of(span)
            .and_then(|at| self.document.sentences.get(at));
        sentence.is_some_and(|own| self.document.role_of(own).is_heading())
    }

    /// How many places stand before a span.
    pub fn places_before(&self, span: Span) -> usize {
        self.places.partition_point(|place| {
            (place.span.field(), place.span.start()) < (span.field(), span.start())
        })
    }

    /// The places within a span.
    pub fn inside(&self, span: Span) -> impl Iterator<Item = &Place> {
        let places = self.places.iter().skip(self.places_before(span));
        places
            .take_while(move |place| span.overlaps(place.span))
            .filter(move |place| span.contains(place.span))
    }
}
