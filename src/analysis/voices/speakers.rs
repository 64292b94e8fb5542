//! From the phrase that names a source to one of the article's entities. A wrong speaker is worse than none.

use super::gender::{self, Gender};
use super::pronouns::is_pronoun;
use super::sources::can_speak;
use crate::analysis::attribution::Attribution;
use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, MentionKind, Speaker};
use crate::article::{Document, Span};

/// A source that is no entity is named by at most so many words.
const LONGEST_NAME: usize = 7;

/// A description's person was named among so many names before.
const NEAR: usize = 300;

/// What ends the first noun phrase of a source.
const PHRASE_ENDS: [&str; 12] = [
    ",", " who ", " of ", " for ", " from ", " in ", " at ", " (", " on ", " with ", " –", " —",
];
/// People who speak for whom they work for.
#[rustfmt::skip]
const MOUTHPIECES: [&str; 22] = [
    "spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen", "representative", "representatives", "official", "officials",
    "government", "ministry", "authorities", "police", "embassy", "administration", "company", "army", "military", "leadership", "lawyers",
    "executives", "presidency",
];

/// A place where a person is named.
pub(super) struct Place {
    pub span: Span,
    pub sentence: usize,
    pub entity: usize,
    /// Whether it stands in somebody's words.
    pub quoted: bool,
}

pub(super) struct Resolver<'a> {
    document: &'a Document,
    entities: &'a [Entity],
    /// Every mention by name, in order.
    pub places: Vec<Place>,
    pub genders: Vec<Option<Gender>>,
    /// Who spoke last: the entity, and the sentence of its source.
    pub last: Option<(usize, usize)>,
}

/// Whose words an attribution gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    By(Speaker),
    /// It is unknown whose.
    BySomebody,
    /// What stands in a source's place can't speak.
    ByNobody,
}

impl Said {
    pub fn speaker(&self) -> Option<&Speaker> {
        match self {
            Said::By(speaker) => Some(speaker),
            Said::BySomebody | Said::ByNobody => None,
        }
    }
}

/// Who speaks in each attribution.
pub(super) fn resolve(
    document: &Document,
    entities: &[Entity],
    attributions: &[Attribution],
) -> Vec<Said> {
    let mut places: Vec<Place> = entities
        .iter()
        .enumerate()
        .flat_map(|(index, entity)| {
            let named = entity
                .mentions
                .iter()
                .filter(|m| m.kind != MentionKind::Pronoun);
            named.map(move |mention| Place {
                span: mention.span,
                sentence: mention.sentence,
                entity: index,
                quoted: mention.quoted,
            })
        })
        .collect();
    places.sort_by_key(|place| (place.span.field(), place.span.start()));
    let genders = entities
        .iter()
        .map(|entity| gender::of(document, entity))
        .collect();
    let mut resolver = Resolver {
        document,
        entities,
        places,
        genders,
        last: None,
    };
    attributions
        .iter()
        .map(|attribution| match attribution.source {
            Some(source) => resolver.speaker(source),
            None => Said::BySomebody,
        })
        .collect()
}

impl Resolver<'_> {
    fn speaker(&mut self, source: Span) -> Said {
        let phrase = self.first_phrase(source);
        let text = self.document.text(phrase);
        let Some(sentence) = self.sentence_of(source) else {
            return Said::BySomebody;
        };
        let lower = text.to_lowercase();
        let pronoun = is_pronoun(&lower);
        let entity = if pronoun {
            self.of_pronoun(source, sentence, &lower)
        } else {
            self.named(source, phrase)
                .or_else(|| self.described(phrase))
        };
        if let Some((at, own)) = entity.and_then(|at| Some((at, self.entities.get(at)?))) {
            self.last = Some((at, sentence));
            return Said::By(Speaker {
                entity_id: Some(own.id.clone()),
                name: own.name.clone(),
                span: phrase,
                paraphrased: false,
            });
        }
        if pronoun || text.split_whitespace().count() > LONGEST_NAME {
            return Said::BySomebody;
        }
        let start = self.document.sentences.get(sentence);
        let opens = start.is_some_and(|own| own.span.start() == phrase.start());
        if !can_speak(text, opens) {
            return Said::ByNobody;
        }
        Said::By(Speaker {
            entity_id: None,
            name: text.to_owned(),
            span: phrase,
            paraphrased: false,
        })
    }

    /// A source's first noun phrase, without what follows it: an apposition, a clause, "of" and "for".
    fn first_phrase(&self, source: Span) -> Span {
        let text = self.document.text(source);
        let ends = PHRASE_ENDS
            .iter()
            .filter_map(|end| text.find(end))
            .filter(|at| *at > 0);
        // "Department of Labor" is one name.
        let end = ends
            .filter(|at| !self.cuts_a_name(source, *at))
            .min()
            .unwrap_or(text.len());
        let end = text
            .get(..end)
            .map_or(text.len(), |phrase| phrase.trim_end().len());
        self.document
            .source
            .span_within(source, 0..end)
            .unwrap_or(source)
    }

    fn cuts_a_name(&self, source: Span, at: usize) -> bool {
        let at = source.start() + at;
        self.inside(source)
            .any(|place| place.span.start() < at && at < place.span.end())
    }

    fn inside(&self, span: Span) -> impl Iterator<Item = &Place> {
        let from = self.places.partition_point(|place| {
            (place.span.field(), place.span.start()) < (span.field(), span.start())
        });
        let places = self.places.iter().skip(from);
        places
            .take_while(move |place| span.overlaps(place.span))
            .filter(move |place| span.contains(place.span))
    }

    pub fn type_of(&self, entity: usize) -> Option<EntityType> {
        self.entities.get(entity).map(|entity| entity.entity_type)
    }

    fn speaks(&self, entity: usize) -> bool {
        !matches!(
            self.type_of(entity),
            None | Some(EntityType::Location | EntityType::Event | EntityType::Other)
        )
    }

    fn is_institution(&self, entity: usize) -> bool {
        matches!(
            self.type_of(entity),
            Some(EntityType::Organization | EntityType::Geopolitical)
        )
    }

    /// By a name in the source: at the head of its first phrase, or whom its apposition or its spokesperson names.
    fn named(&self, source: Span, phrase: Span) -> Option<usize> {
        let text = self.document.text(phrase);
        let head = text
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or("")
            .to_lowercase();
        if let Some(last) = self.inside(phrase).last() {
            let rest = self
                .document
                .source
                .field(phrase.field())
                .get(last.span.end()..phrase.end());
            let ends = rest.is_some_and(|rest| {
                rest.chars()
                    .all(|c| matches!(c, '.' | '"' | '”' | '’' | '\''))
            });
            if ends && self.speaks(last.entity) {
                return Some(last.entity);
            }
        }
        // "the mayor, Ada Lund": the name beside the description.
        let beside = self
            .inside(source)
            .find(|place| place.span.start() >= phrase.end());
        if let Some(place) = beside {
            let between = self
                .document
                .source
                .field(phrase.field())
                .get(phrase.end()..place.span.start())
                .unwrap_or("");
            if between.trim_matches([',', ' ']).is_empty()
                && self.type_of(place.entity) == Some(EntityType::Person)
            {
                return Some(place.entity);
            }
        }
        if !MOUTHPIECES.contains(&head.as_str()) {
            return None;
        }
        let mut institutions = self
            .inside(source)
            .filter(|place| self.is_institution(place.entity));
        institutions.next().map(|place| place.entity)
    }

    /// By a description given beside a name before: "the mayor" after "Mayor Ada Lund" or "Ada Lund, the mayor".
    fn described(&self, phrase: Span) -> Option<usize> {
        let text = self.document.text(phrase).to_lowercase();
        let (article, noun) = text.split_once(' ')?;
        if !matches!(article, "the" | "this") || noun.len() < 4 {
            return None;
        }
        let before = self.places.partition_point(|place| {
            (place.span.field(), place.span.start()) < (phrase.field(), phrase.start())
        });
        let people = self
            .places
            .get(..before)?
            .iter()
            .rev()
            .take(NEAR)
            .filter(|place| self.type_of(place.entity) == Some(EntityType::Person));
        let mut found = people
            .filter(|place| self.is_described(place.span, noun))
            .map(|place| place.entity);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// Whether the words right before a name, or the apposition after it, hold this noun.
    fn is_described(&self, name: Span, noun: &str) -> bool {
        const WINDOW: usize = 60;
        let field = self.document.source.field(name.field());
        let start = field.floor_char_boundary(name.start().saturating_sub(WINDOW));
        let before = field.get(start..name.start()).unwrap_or("").to_lowercase();
        let end = field.floor_char_boundary(field.len().min(name.end() + WINDOW));
        let after = field.get(name.end()..end).unwrap_or("").to_lowercase();
        let own = self.document.text(name).to_lowercase();
        let title = before.trim_end().ends_with(noun) && before.ends_with(' ');
        let apposed = after
            .strip_prefix(", ")
            .and_then(|rest| rest.split([',', '.', '\n']).next())
            .is_some_and(|rest| format!(" {rest} ").contains(&format!(" {noun} ")));
        title || apposed || own.starts_with(&format!("{noun} "))
    }

    fn sentence_of(&self, span: Span) -> Option<usize> {
        let sentences = &self.document.sentences;
        let after = sentences
            .partition_point(|s| (s.span.field(), s.span.start()) <= (span.field(), span.start()));
        after.checked_sub(1)
    }
}
