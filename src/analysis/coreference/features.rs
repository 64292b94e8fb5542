//! What can be told of a pair of candidates: whether they may stand for one thing at all, and the link head's features.

use super::candidates::{Candidate, Form};
use crate::analysis::pronouns::Class;
use crate::analysis::request::EntityType;
use crate::analysis::voices::gender::Gender;
use crate::article::Document;
use crate::model::links::FEATURES;
use crate::model::phrases::TYPES;

/// So many candidates before an anaphor, and so many sentences, are looked through.
const NEAR: usize = 40;
const PRONOUN_REACH: usize = 5;
const NOMINAL_REACH: usize = 15;

/// What is known of the document's entities.
pub struct Known {
    /// Each one's type.
    pub types: Vec<EntityType>,
    /// Each one's gender.
    pub genders: Vec<Option<Gender>>,
}

impl Known {
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

/// The candidates that one may take its meaning from: near ones before it, and for "he" and "she" the names right after.
pub fn antecedents<'a>(
    candidates: &'a [Candidate],
    at: usize,
    known: &'a Known,
) -> impl Iterator<Item = usize> + 'a {
    let own = candidates.get(at).filter(|own| own.is_anaphor);
    let cataphoric = own.is_some_and(|own| matches!(own.form, Form::Pronoun(Class::Person(_))));
    let range = at.saturating_sub(NEAR)..candidates.len().min(at + NEAR);
    range.filter(move |&other| {
        let (Some(own), Some(candidate)) = (own, candidates.get(other)) else {
            return false;
        };
        let reach = match own.form {
            Form::Pronoun(_) => PRONOUN_REACH,
            _ => NOMINAL_REACH,
        };
        let placed = if other < at {
            own.sentence - candidate.sentence <= reach
        } else {
            cataphoric && candidate.form == Form::Name && candidate.sentence == own.sentence
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

/// The features of a pair, as the link head was taught them; `earlier` has how often each entity stands before the anaphor.
pub fn of_pair(
    document: &Document,
    candidates: &[Candidate],
    known: &Known,
    earlier: &[usize],
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
    let mentions = candidate.entity.and_then(|entity| earlier.get(entity));
    features.add((mentions.copied().unwrap_or(0) as f32).ln_1p() / 3.0);
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

    fn all<'a>(&mut self, values: impl Iterator<Item = &'a f32>) {
        values.for_each(|value| self.add(*value));
    }
}
