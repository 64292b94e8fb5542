//! What can be told of a pair of candidates: whether they may stand for one thing at all, and the link head's features.

use std::collections::{HashMap, VecDeque};

use super::candidates::{Candidate, Form};
use super::institutions::is_institution;
use crate::analysis::descriptions::Descriptions;
use crate::analysis::pronouns::Class;
use crate::analysis::request::EntityType;
use crate::analysis::result::Entity;
use crate::analysis::voices::described::is_epithet;
use crate::analysis::voices::gender::{self, Gender};
use crate::article::Document;
use crate::model::links::FEATURES;
use crate::model::phrases::TYPES;

/// So many candidates before an anaphor, and so many sentences, are looked through.
const NEAR: usize = 40;
const PRONOUN_REACH: usize = 5;
const NOMINAL_REACH: usize = 15;
const INTRODUCTORY_REACH: usize = 6;

/// A noun phrase may stand for so many of the entities named farther off, those named last: bounds the pairs.
const FAR: usize = 32;

/// What is known of the document's entities.
#[derive(Default)]
pub struct Known {
    /// Each one's type.
    pub types: Vec<EntityType>,
    /// Each one's gender.
    pub genders: Vec<Option<Gender>>,
    /// Each one's name, in lower case.
    pub names: Vec<String>,
    /// By which nouns they are introduced.
    pub descriptions: Descriptions,
}

impl Known {
    /// What the document tells of its entities.
    pub fn of(document: &Document, entities: &[Entity]) -> Self {
        let genders = entities.iter().map(|entity| gender::of(document, entity));
        Known {
            types: entities.iter().map(|entity| entity.entity_type).collect(),
            genders: genders.collect(),
            names: entities.iter().map(|own| own.name.to_lowercase()).collect(),
            descriptions: Descriptions::of(document, entities),
        }
    }

    fn is_named(&self, entity: usize, word: &str) -> bool {
        let mut words = self
            .names
            .get(entity)
            .into_iter()
            .flat_map(|n| n.split(' '));
        words.any(|own| own == word)
    }

    /// The type of a candidate's entity.
    pub fn type_of(&self, candidate: &Candidate) -> Option<EntityType> {
        self.types.get(candidate.entity?).copied()
    }

    /// The gender that a candidate itself, or its entity's name, tells.
    pub fn gender_of(&self, candidate: &Candidate) -> Option<Gender> {
        match (candidate.form, candidate.entity) {
            (Form::Pronoun(Class::Person(gender)), _) => Some(gender),
            (_, Some(entity)) => self.genders.get(entity).copied().flatten(),
            _ => None,
        }
    }
}

/// What was named before a candidate.
pub struct Earlier {
    /// How often each entity.
    counts: Vec<usize>,
    /// The candidate by which each was named last.
    latest: Vec<Option<usize>>,
    /// The last names of the entities named last, [`NEAR`] and [`FAR`] of them, in their order.
    recent: VecDeque<usize>,
    /// How many entities of its own type were named after each.
    later: Vec<usize>,
    /// How many of them more often.
    more: Vec<usize>,
    /// How often entities of each type.
    of_type: HashMap<EntityType, usize>,
}

impl Earlier {
    /// Nothing yet of so many entities.
    pub fn new(entities: usize) -> Self {
        Earlier {
            counts: vec![0; entities],
            latest: vec![None; entities],
            recent: VecDeque::new(),
            later: vec![0; entities],
            more: vec![0; entities],
            of_type: HashMap::new(),
        }
    }

    /// Notes a candidate's entity.
    pub fn pass(&mut self, at: usize, candidate: &Candidate, known: &Known) {
        let Some(entity) = candidate.entity else {
            return;
        };
        let (Some(&count), Some(&before), Some(own_type)) = (
            self.counts.get(entity),
            self.latest.get(entity),
            known.types.get(entity),
        ) else {
            return;
        };
        *self.of_type.entry(*own_type).or_default() += 1;
        // Those named since, or as often, fall behind it.
        let mut as_often = 0;
        let ranks = self.later.iter_mut().zip(&mut self.more);
        let named = self.latest.iter().zip(&self.counts).zip(&known.types);
        for (other, ((later, more), ((last, times), kind))) in ranks.zip(named).enumerate() {
            if kind != own_type {
                continue;
            }
            if other == entity {
                *later = 0;
                continue;
            }
            *later += usize::from(*last >= before);
            *more += usize::from(*times == count);
            as_often += usize::from(*times == count + 1);
        }
        if let Some(more) = self.more.get_mut(entity) {
            *more -= as_often;
        }
        if let (Some(count), Some(latest)) =
            (self.counts.get_mut(entity), self.latest.get_mut(entity))
        {
            *count += 1;
            *latest = Some(at);
            self.recent.retain(|other| Some(*other) != before);
            self.recent.push_back(at);
            if self.recent.len() > NEAR + FAR {
                self.recent.pop_front();
            }
        }
    }

    fn count(&self, entity: Option<usize>) -> usize {
        let count = entity.and_then(|entity| self.counts.get(entity));
        count.copied().unwrap_or(0)
    }
}

/// The candidates that one may take its meaning from: near ones before it, for a noun phrase the last names of entities named
/// farther off too, and for "he" and "she" the names right after.
pub fn antecedents<'a>(
    candidates: &'a [Candidate],
    at: usize,
    known: &'a Known,
    earlier: &'a Earlier,
) -> impl Iterator<Item = usize> + 'a {
    let own = candidates.get(at).filter(|own| own.is_anaphor);
    let cataphoric = own.is_some_and(|own| matches!(own.form, Form::Pronoun(Class::Person(_))));
    let near = at.saturating_sub(NEAR)..candidates.len().min(at + NEAR);
    let nominal = own.is_some_and(|own| own.form == Form::Nominal);
    let named = earlier.recent.iter().rev().copied();
    let far = named.filter(move |&other| nominal && other + NEAR < at);
    let far = far.take(FAR);
    far.chain(near).filter(move |&other| {
        let (Some(own), Some(candidate)) = (own, candidates.get(other)) else {
            return false;
        };
        let reach = match own.form {
            Form::Pronoun(_) => PRONOUN_REACH,
            _ => NOMINAL_REACH,
        };
        let placed = if other < at {
            !own.is_indefinite()
                && (own.sentence - candidate.sentence <= reach || other + NEAR < at)
        } else {
            let ahead = candidate.sentence - own.sentence;
            candidate.form == Form::Name
                && (cataphoric && ahead == 0 || own.is_introductory && ahead <= INTRODUCTORY_REACH)
        };
        placed && !own.span.overlaps(candidate.span) && may_be_one(own, candidate, known)
    })
}

/// Whether number, gender and kind allow that an anaphor stands for what a candidate stands for.
fn may_be_one(anaphor: &Candidate, candidate: &Candidate, known: &Known) -> bool {
    let entity_type = known.type_of(candidate);
    let is_person = entity_type == Some(EntityType::Person);
    let unsure = matches!(entity_type, None | Some(EntityType::Other));
    match (anaphor.form, candidate.form) {
        (Form::Name, _) => false,
        (Form::Pronoun(Class::Person(gender)), Form::Pronoun(other)) => {
            other == Class::Person(gender)
        }
        (Form::Pronoun(Class::Person(gender)), _) => {
            (is_person || unsure)
                && candidate.plural != Some(true)
                && known.gender_of(candidate).is_none_or(|own| own == gender)
        }
        (Form::Pronoun(Class::Thing), Form::Pronoun(other)) => other == Class::Thing,
        (Form::Pronoun(Class::Thing), _) => !is_person && candidate.plural != Some(true),
        (Form::Pronoun(Class::Several), Form::Pronoun(other)) => other == Class::Several,
        (Form::Pronoun(Class::Several), Form::Name) => !is_person,
        (Form::Pronoun(Class::Several), Form::Nominal) => true,
        (Form::Pronoun(Class::Speaker | Class::Hearer), Form::Pronoun(other)) => {
            matches!(other, Class::Speaker | Class::Hearer)
        }
        (Form::Pronoun(Class::Speaker | Class::Hearer), _) => false,
        (Form::Pronoun(Class::Speakers), other) => other == Form::Pronoun(Class::Speakers),
        (Form::Nominal, Form::Pronoun(_)) => false,
        (Form::Nominal, Form::Name) => !(is_person && anaphor.plural == Some(true)),
        (Form::Nominal, Form::Nominal) => anaphor.plural == candidate.plural,
    }
}

/// The features of a pair, as the link head was taught them.
pub fn of_pair(
    document: &Document,
    candidates: &[Candidate],
    known: &Known,
    earlier: &Earlier,
    (at, other): (usize, usize),
) -> [f32; FEATURES] {
    let mut features = Features::default();
    let (Some(own), Some(candidate)) = (candidates.get(at), candidates.get(other)) else {
        return features.values;
    };
    let class = match own.form {
        Form::Pronoun(class) => Some(class),
        _ => None,
    };
    features.flag(matches!(class, Some(Class::Person(Gender::Masculine))));
    features.flag(matches!(class, Some(Class::Person(Gender::Feminine))));
    features.flag(class == Some(Class::Thing));
    features.flag(class == Some(Class::Several));
    features.flag(class == Some(Class::Speaker));
    features.flag(class == Some(Class::Hearer));
    features.flag(class == Some(Class::Speakers));
    features.flag(candidate.form == Form::Name);
    features.flag(candidate.form == Form::Nominal);
    features.flag(candidate.form == Form::Pronoun(Class::Hearer));

    let sentences = own.sentence.abs_diff(candidate.sentence);
    let paragraph = |c: &Candidate| document.sentences.get(c.sentence).map(|s| s.paragraph);
    features.flag(sentences == 0);
    features.flag(sentences == 1);
    features.flag(sentences == 2);
    features.add((sentences as f32).ln_1p() / 3.0);
    features.add((at.abs_diff(other) as f32).ln_1p() / 4.0);
    features.flag(other > at);
    features.flag(paragraph(own) == paragraph(candidate));
    features.flag(own.words == candidate.words);
    features.flag(own.head() == candidate.head());
    features.flag(candidate.words.iter().any(|word| word == own.head()));

    let genders = (known.gender_of(own), known.gender_of(candidate));
    features.flag(genders.0.is_some() && genders.0 == genders.1);
    features.flag(genders.1.is_none());
    features.flag(own.plural.is_some() && own.plural == candidate.plural);
    features.flag(candidate.plural.is_none());
    features.flag(candidate.place.0 < 3);
    features.flag(own.place.0 < 3);
    features.add(candidate.place.0 as f32 / candidate.place.1.max(1) as f32);
    features.add((earlier.count(candidate.entity) as f32).ln_1p() / 3.0);
    features.flag(candidate.quoted);
    features.flag(own.quoted);
    features.flag(own.quoted == candidate.quoted);
    let next = document.source.field(candidate.span.field());
    let next = next.get(candidate.span.end()..).unwrap_or("");
    features.flag(next.starts_with("'s") || next.starts_with("’s"));
    features.flag(next.starts_with([',', ';']));
    features.flag(own.first() == "the");
    features.flag(matches!(own.first(), "this" | "that" | "these" | "those"));
    features.flag(matches!(
        own.first(),
        "his" | "her" | "its" | "their" | "my" | "our"
    ));
    features.flag(candidate.first() == "the");

    let alike = own.types.iter().zip(&candidate.types).map(|(a, b)| a * b);
    features.add(alike.sum());
    features.all(own.types.iter().take(TYPES.len() - 1));
    features.all(candidate.types.iter().take(TYPES.len() - 1));
    features.all(own.roles.iter().take(4));
    features.all(candidate.roles.iter().take(4));
    let same_role = own.roles.iter().zip(&candidate.roles).map(|(a, b)| a * b);
    features.add(same_role.sum());
    let entity_type = known.type_of(candidate);
    features.flag(entity_type == Some(EntityType::Person));
    features.flag(entity_type == Some(EntityType::Organization));
    features.flag(entity_type == Some(EntityType::Geopolitical));
    features.flag(entity_type == Some(EntityType::Location));
    features.flag(entity_type == Some(EntityType::Group));
    features.flag(entity_type == Some(EntityType::Event));
    features.flag(entity_type == Some(EntityType::Other));
    if let Some(entity) = candidate.entity {
        let person = entity_type == Some(EntityType::Person);
        features.add(if person { own.personal } else { 0.0 });
        features.add(if person { 0.0 } else { own.personal });
        let rank = |ranks: &[usize]| ranks.get(entity).copied().unwrap_or(0);
        let (later, more) = (rank(&earlier.later), rank(&earlier.more));
        features.flag(later == 0);
        features.add((later as f32).ln_1p() / 2.0);
        features.flag(more == 0);
        features.add((more as f32).ln_1p() / 2.0);
        let all = entity_type.and_then(|own| earlier.of_type.get(&own));
        let count = earlier.count(candidate.entity) as f32;
        features.add(count / all.copied().unwrap_or(0).max(1) as f32);
        features.flag(known.is_named(entity, own.head()));
        let described = match own.form {
            Form::Nominal => known.descriptions.fitting(own.head(), &[], Some(own.span)),
            _ => Vec::new(),
        };
        let fits = described.iter().any(|(other, _)| *other == entity);
        features.flag(fits);
        features.flag(fits && described.len() == 1);
    } else {
        features.skip(10);
    }
    let heading = |c: &Candidate| {
        let own = document.sentences.get(c.sentence);
        own.is_some_and(|own| document.role_of(own).is_heading())
    };
    features.flag(own.is_introductory);
    features.flag(heading(own));
    features.flag(heading(candidate));
    if own.form == Form::Nominal {
        features.flag(is_epithet(own.head(), own.words.iter().map(String::as_str)));
        features.flag(own.owner_end().is_some());
        features.flag(is_institution(own.head()));
        let next = document.after(own.span);
        features.flag(next.starts_with(" of ") || next.starts_with(" for "));
        features.flag(next.starts_with(" who ") || next.starts_with(" that "));
        features.flag(own.plural == Some(true));
        features.flag(own.is_predicate);
    }
    features.values
}

/// Values written one after another.
struct Features {
    values: [f32; FEATURES],
    next: usize,
}

impl Default for Features {
    fn default() -> Self {
        Features {
            values: [0.0; FEATURES],
            next: 0,
        }
    }
}

impl Features {
    fn add(&mut self, value: f32) {
        if let Some(place) = self.values.get_mut(self.next) {
            *place = value;
        }
        self.next += 1;
    }

    fn flag(&mut self, value: bool) {
        self.add(f32::from(u8::from(value)));
    }

    fn skip(&mut self, count: usize) {
        self.next += count;
    }

    fn all<'a>(&mut self, values: impl Iterator<Item = &'a f32>) {
        values.for_each(|value| self.add(*value));
    }
}
