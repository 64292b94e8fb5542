//! Which noun phrases stand for an entity by what the article has said of it: "the mayor" after "Mayor Ada Lund".

use std::collections::HashMap;

use super::candidates::{Candidate, Form};
use super::chains::Chains;
use super::features::Known;
use super::headlines::{self, HEADLINED};
use super::institutions::{Focus, is_institution};
use super::towns;
use crate::analysis::descriptions::narrower;
use crate::analysis::pronouns::Class;
use crate::analysis::request::EntityType;
use crate::analysis::result::Entity;
use crate::analysis::voices::described::{KIN, is_epithet, surname};
use crate::analysis::voices::gender::Gender;
use crate::article::{Document, Span};

/// How sure a link is: to whom the voices name as a source,
const SOURCE: f32 = 0.85;
/// to the only one described so,
const ONLY: f32 = 0.8;
/// to the one of several that was mentioned last,
const LAST: f32 = 0.6;
/// or to whom the sentence before is about.
const TAKEN_UP: f32 = 0.6;
/// Of several described alike one is meant that was mentioned within so many sentences.
const NEAR: usize = 3;
/// An owner is named within so many bytes of a description.
const WINDOW: usize = 80;
/// So probably a phrase must stand for a person to be one that is described,
const PERSON: f32 = 0.3;
/// so probably where the article has called that person so,
const CALLED_PERSON: f32 = 0.08;
/// and at most so probably to be anything else that is.
const NO_PERSON: f32 = 0.7;
/// So many of those called by one noun are remembered.
const CALLED: usize = 8;
/// Relatives of either gender.
const EITHER: [&str; 3] = ["cousin", "sibling", "twin"];
/// One relative beside the owner is the only one; so many tell that there are more.
const FAMILY: usize = 3;

/// What people are called by the institution that they lead or play for.
#[rustfmt::skip]
const LEADERS: [&str; 19] = [
    "leader", "co-leader", "boss", "chief", "captain", "coach", "manager", "star", "striker", "midfielder", "defender", "goalkeeper", "winger",
    "forward", "hopeful", "skipper", "quarterback", "chairman", "chairwoman",
];
/// What the person is called whom an article is about, though it never says so beside the name.
#[rustfmt::skip]
const UNTOLD: [&str; 16] = [
    "minister", "mayor", "governor", "senator", "director", "producer", "professor", "coach", "champion", "runner", "athlete", "player",
    "bishop", "ambassador", "congressman", "congresswoman",
];
/// Nouns for bodies of which an article means several without naming them all.
const COMMON: [&str; 8] = [
    "party",
    "newspaper",
    "paper",
    "church",
    "committee",
    "panel",
    "state",
    "school",
];
/// What stands after "the" for a part of something.
const QUANTITIES: [&str; 5] = ["most", "least", "rest", "former", "latter"];
/// Words for somebody else than who is named.
const OTHERS: [&str; 9] = [
    "next", "other", "another", "new", "future", "previous", "first", "last", "acting",
];
const DEFINITE: [&str; 3] = ["the", "this", "that"];
const OWNERS: [&str; 8] = ["his", "her", "its", "their", "my", "our", "your", "own"];
const INDEFINITE: [&str; 9] = [
    "a", "an", "one", "some", "any", "no", "each", "every", "another",
];

/// Resolves descriptions as the candidates are read from the first to the last.
pub struct Described<'a> {
    pub(super) document: &'a Document,
    pub(super) entities: &'a [Entity],
    pub(super) candidates: &'a [Candidate],
    known: &'a Known,
    /// The phrases that name who says something, with the entities that these are.
    sources: HashMap<Span, usize>,
    /// What entities were called so far, beside what they were introduced by.
    called: HashMap<&'a str, Vec<(usize, Span)>>,
    /// Whom people work for.
    pub(super) employers: HashMap<usize, usize>,
    /// A few of the people of each surname and gender.
    families: HashMap<(&'a str, Gender), Vec<usize>>,
    /// Which "the town" may be.
    pub(super) towns: Vec<usize>,
    pub(super) focus: Focus,
    /// The one person whom the headline names.
    pub(super) headlined: Option<usize>,
    /// The sentence in which each entity was mentioned last.
    pub(super) seen: HashMap<usize, usize>,
}

impl<'a> Described<'a> {
    pub fn new(
        document: &'a Document,
        entities: &'a [Entity],
        candidates: &'a [Candidate],
        known: &'a Known,
        sources: HashMap<Span, usize>,
    ) -> Self {
        let mut families: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, entity) in entities.iter().enumerate() {
            let person = entity.entity_type == EntityType::Person;
            let gender = known.genders.get(index).copied().flatten();
            if let (true, Some(family), Some(gender)) = (person, surname(entity), gender) {
                let own = families.entry((family, gender)).or_default();
                if own.len() < FAMILY {
                    own.push(index);
                }
            }
        }
        Described {
            document,
            entities,
            towns: towns::most_named(entities),
            focus: Focus::default(),
            headlined: headlines::named(document, entities),
            candidates,
            known,
            sources,
            families,
            called: HashMap::new(),
            employers: HashMap::new(),
            seen: HashMap::new(),
        }
    }

    /// Notes where the candidate's entity was mentioned last.
    pub fn pass(&mut self, at: usize, chains: &Chains<'_>) {
        if let (Some((entity, _)), Some(own)) = (chains.entity_of(at), self.candidates.get(at)) {
            if let Some((person, employer)) = self.employer(at, chains) {
                self.employers.entry(person).or_insert(employer);
            }
            self.seen.insert(entity, own.sentence);
            self.focus_on(own, entity);
            if own.form == Form::Nominal {
                let called = self.called.entry(own.head()).or_default();
                called.retain(|(other, _)| *other != entity);
                called.push((entity, own.span));
                if called.len() > CALLED {
                    called.remove(0);
                }
            }
        }
    }

    pub(super) fn is_person(&self, entity: usize) -> bool {
        let known = self.entities.get(entity).map(|own| own.entity_type);
        known == Some(EntityType::Person)
    }

    /// The entity that a phrase stands for beyond doubt, and how sure that is.
    pub fn entity_of(&self, at: usize, chains: &Chains<'_>) -> Option<(usize, f32)> {
        let own = self.candidates.get(at).filter(|own| own.entity.is_none())?;
        match own.form {
            Form::Name => None,
            Form::Pronoun(Class::Person(_) | Class::Thing | Class::Several) => {
                let source = self.sources.get(&own.span)?;
                Some((*source, SOURCE))
            }
            Form::Pronoun(_) => None,
            Form::Nominal => self.nominal(at, own, chains),
        }
    }

    fn nominal(&self, at: usize, own: &Candidate, chains: &Chains<'_>) -> Option<(usize, f32)> {
        let sentence = self.document.sentences.get(own.sentence)?;
        let heading = self.document.role_of(sentence).is_heading();
        let inner = self.inner(at, own);
        let owned = own.owner_end();
        // "The club" of "Ada Lund is the club's president" says whose.
        let owns = self.document.after(own.span).starts_with(['\'', '’']);
        if own.first() == "s" || !owns && (own.is_predicate || self.is_apposed(at, own)) {
            return None;
        }
        if own.plural == Some(true) {
            return None;
        }
        if let Some(entity) = self
            .headlined(own)
            .or_else(|| self.taken_from_headline(own, chains))
        {
            return Some((entity, HEADLINED));
        }
        let first = own.first();
        let definite = DEFINITE.contains(&first) || is_owned(own);
        let before_it = self.document.before(own.span);
        let indefinite = INDEFINITE.contains(&first)
            || ["a ", "an ", "A ", "An "]
                .iter()
                .any(|article| before_it.ends_with(article));
        if !definite && (!heading || indefinite) {
            return None;
        }
        let noun_from = match owned {
            Some(mark) if own.words.get(mark + 1).is_some_and(|word| word == "s") => mark + 2,
            Some(mark) => mark + 1,
            None => usize::from(definite),
        };
        let phrase = own.words.get(noun_from..)?;
        let (noun, modifiers) = phrase.split_last()?;
        if QUANTITIES.contains(&noun.as_str()) {
            return None;
        }
        let within: Vec<usize> = inner
            .filter_map(|(at, _)| chains.entity_of(at).map(|(entity, _)| entity))
            .collect();
        let fits = |entity: usize| !within.contains(&entity) && self.fits(own, entity);
        // What a person is called hardly needs a look at the phrase.
        let called = |entity: usize| {
            let person = self.is_person(entity);
            let certain =
                person && own.personal >= CALLED_PERSON || !person && is_institution(noun);
            !within.contains(&entity) && (certain || self.fits(own, entity))
        };
        if let Some(source) = self.sources.get(&own.span).filter(|entity| fits(**entity)) {
            return Some((*source, SOURCE));
        }
        let next = self.document.after(own.span);
        let complement = next.starts_with(" of ") || next.starts_with(" for ");
        let nominal_owner = owned.is_some() && DEFINITE.contains(&first);
        let before = (!heading).then_some(own.span);
        let named = self.inner_names(at, own);
        let bare: Vec<String> = modifiers
            .iter()
            .filter(|word| !named.iter().any(|name| name.contains(word.as_str())))
            .cloned()
            .collect();
        let mut described = self.known.descriptions.fitting(noun, &bare, before);
        if described.is_empty() || modifiers.is_empty() {
            let nouns = std::iter::once(noun.as_str()).chain(narrower(noun).iter().copied());
            let known = nouns.filter_map(|noun| self.called.get(noun)).flatten();
            let recent = known.filter(|(entity, span)| {
                !described.iter().any(|(e, _)| e == entity) && self.has_words(*span, modifiers)
            });
            let recent: Vec<(usize, Span)> = recent.copied().collect();
            described.extend(recent);
        }
        // "The party" after another one was named.
        let recent = |entity: usize| {
            let seen = self.seen.get(&entity).copied();
            !COMMON.contains(&noun.as_str()) || seen.is_some_and(|at| at + NEAR >= own.sentence)
        };
        described.retain(|(entity, name)| {
            // "Their president" may be anybody's.
            called(*entity)
                && recent(*entity)
                && !complement
                && (nominal_owner || !is_owned(own))
                && named.iter().all(|owner| self.is_beside(*name, owner))
        });
        match described.as_slice() {
            [] => {}
            [(entity, _)] => return Some((*entity, ONLY)),
            several => {
                let last = |(entity, _): &&(usize, Span)| self.seen.get(entity).copied();
                if heading {
                    return None;
                }
                let latest = several.iter().max_by_key(last)?;
                let at = last(&latest)?;
                let alone = several
                    .iter()
                    .filter(|other| last(other) == Some(at))
                    .count()
                    == 1;
                if alone && at + NEAR >= own.sentence {
                    return Some((latest.0, LAST));
                }
                let entities = several.iter().map(|(entity, _)| *entity);
                return Some((self.most_named(own, entities)?, LAST));
            }
        }
        if !complement
            && let Some(found) = self.institution(own, noun, modifiers, (&within, heading))
        {
            return Some(found);
        }
        if let Some(accused) = self.accused(own, noun, &within).filter(|_| !heading) {
            return Some((accused, TAKEN_UP));
        }
        if let Some(kin) = self.kin(own, noun, &within) {
            return Some((kin, ONLY));
        }
        if let Some(town) = self.town(own, noun, modifiers).filter(|_| !complement) {
            return Some((town, ONLY));
        }
        let listed = is_epithet(noun, modifiers.iter().map(String::as_str));
        // "The National Union leader"
        let of_institution = LEADERS.contains(&noun.as_str())
            && !named.is_empty()
            && !modifiers.iter().any(|word| OTHERS.contains(&word.as_str()));
        // "The minister" where the article calls nobody else so.
        let untold = UNTOLD.contains(&noun.as_str())
            && owned.is_none()
            && !heading
            && !modifiers.iter().any(|word| OTHERS.contains(&word.as_str()))
            && !self.called.contains_key(noun.as_str())
            && self.known.descriptions.fitting(noun, &[], None).is_empty();
        if first != "the" || complement || !listed && !of_institution && !untold {
            return None;
        }
        let reach = if of_institution || untold { NEAR } else { 1 };
        let topic = self.topic_before(at, own, chains, reach)?;
        called(topic).then_some((topic, TAKEN_UP))
    }

    /// The entity that was named at least twice before a phrase, and twice as often as any other of these.
    pub(super) fn most_named(
        &self,
        own: &Candidate,
        entities: impl Iterator<Item = usize>,
    ) -> Option<usize> {
        let place_of = |span: Span| (span.field(), span.start());
        let (mut best, mut most, mut rival) = (None, 0, 0);
        for index in entities {
            let Some(entity) = self.entities.get(index) else {
                continue;
            };
            let count = entity
                .mentions
                .partition_point(|mention| place_of(mention.span) < place_of(own.span));
            if count > most {
                (best, rival, most) = (Some(index), most, count);
            } else {
                rival = rival.max(count);
            }
        }
        best.filter(|_| most >= 2 && most >= 2 * rival)
    }

    /// Whether what somebody was called has these words too.
    fn has_words(&self, called: Span, words: &[String]) -> bool {
        let text = self.document.text(called).to_lowercase();
        words
            .iter()
            .all(|word| text.split_whitespace().any(|own| own == word))
    }

    /// The candidates within another one.
    fn inner(
        &self,
        at: usize,
        own: &Candidate,
    ) -> impl Iterator<Item = (usize, &Candidate)> + Clone {
        let span = own.span;
        let near = self.candidates.iter().enumerate();
        let near = near.skip(at.saturating_sub(3)).take(10);
        near.filter(move |(other, candidate)| *other != at && span.contains(candidate.span))
    }

    /// The names in a phrase, in lower case, but for its owner.
    fn inner_names(&self, at: usize, own: &Candidate) -> Vec<String> {
        let names = self
            .inner(at, own)
            .filter(|(_, other)| other.form == Form::Name);
        names
            .filter(|(_, other)| !self.document.after(other.span).starts_with(['\'', '’']))
            .map(|(_, other)| self.document.text(other.span).to_lowercase())
            .collect()
    }

    /// Whether a phrase stands beside a name and only says whose that is.
    fn is_apposed(&self, at: usize, own: &Candidate) -> bool {
        let beside = |left: Span, right: Span| {
            left.field() == right.field()
                && left.end() <= right.start()
                && matches!(
                    self.document.after(left).get(..right.start() - left.end()),
                    Some(", " | " " | ", the " | ", a " | ", an ")
                )
        };
        let near = self.candidates.iter().skip(at.saturating_sub(6)).take(12);
        near.filter(|other| other.form == Form::Name && other.sentence == own.sentence)
            .any(|name| {
                let person = self.known.type_of(name) == Some(EntityType::Person);
                let same = person == (own.personal >= 0.5)
                    || person && beside(name.span, own.span) && own.first() == "the";
                same && (beside(name.span, own.span)
                    || beside(own.span, name.span)
                        && (self.document.text(name.span).contains(' ')
                            || self.document.after(own.span).starts_with(' ')))
            })
    }

    /// Whether a noun phrase that the pair scorer links may be a mention of an entity at all: "Lund's claim" is neither a person
    /// nor what Lund owns, and "my brother" hardly whoever was named last.
    pub fn may_be(&self, at: usize, own: &Candidate, entity: usize) -> bool {
        self.fits(own, entity)
            && !is_owned(own)
            && !self.is_apposed(at, own)
            && !self.is_other(own, entity)
    }

    /// Whether a phrase tells somebody else from an entity: "the next leader", or "the culture minister" from the interior minister.
    pub fn is_other(&self, own: &Candidate, entity: usize) -> bool {
        let modifiers = own.words.get(1..own.words.len().max(2) - 1).unwrap_or(&[]);
        let is_it = |modifiers: &[String]| {
            let fitting = self.known.descriptions.fitting(own.head(), modifiers, None);
            fitting.iter().any(|(described, _)| *described == entity)
        };
        modifiers.iter().any(|word| OTHERS.contains(&word.as_str()))
            || !is_owned(own) && is_it(&[]) && !is_it(modifiers)
    }

    fn fits(&self, own: &Candidate, entity: usize) -> bool {
        match self.entities.get(entity).map(|entity| entity.entity_type) {
            Some(EntityType::Person) => own.personal >= PERSON,
            Some(EntityType::Other) => true,
            Some(_) => own.personal <= NO_PERSON,
            None => false,
        }
    }

    fn is_beside(&self, name: Span, owner: &str) -> bool {
        let field = self.document.source.field(name.field());
        let start = field.floor_char_boundary(name.start().saturating_sub(WINDOW));
        let end = field.floor_char_boundary(field.len().min(name.end() + WINDOW));
        let around = field.get(start..end).unwrap_or("").to_lowercase();
        around.contains(owner)
    }

    /// "His wife": the one other person of the owner's surname, if of the right gender.
    fn kin(&self, own: &Candidate, noun: &str, owners: &[usize]) -> Option<usize> {
        let known = KIN.iter().find(|(kin, _)| *kin == noun);
        let genders: &[Gender] = match known {
            Some((_, gender)) => std::slice::from_ref(gender),
            None if EITHER.contains(&noun) => &[Gender::Feminine, Gender::Masculine],
            None => return None,
        };
        let [owner] = owners else {
            return None;
        };
        let family = surname(self.entities.get(*owner)?)?;
        let kin = genders
            .iter()
            .filter_map(|gender| self.families.get(&(family, *gender)));
        let mut others = kin.flatten().filter(|entity| *entity != owner);
        let only = others.next()?;
        (others.next().is_none() && self.fits(own, *only)).then_some(*only)
    }
}

/// Whether a phrase says whose it is.
fn is_owned(phrase: &Candidate) -> bool {
    phrase.owner_end().is_some() || OWNERS.contains(&phrase.first())
}
