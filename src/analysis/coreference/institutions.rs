//! Which institution or country "the firm", "her party" and "this country" are.

use super::candidates::{Candidate, Form};
use super::described::Described;
use crate::analysis::countries::{self, CountryName};
use crate::analysis::request::EntityType;
use crate::analysis::result::Entity;

/// How sure it is that the last institution of its kind is meant,
const LAST: f32 = 0.55;
/// the one that the owner works for,
const OWNED: f32 = 0.65;
/// or the one that is known by the noun.
const KNOWN: f32 = 0.8;
/// An institution is in focus for so many sentences.
const REACH: usize = 2;
/// One whose name tells its kind for so many.
const FAR: usize = 5;
/// So many are remembered.
const MOST: usize = 8;

/// A kind of institution: what it is called, and words in the names of those that are of it for sure.
struct Kind {
    nouns: &'static [&'static str],
    names: &'static [&'static str],
}

#[rustfmt::skip]
const KINDS: [Kind; 4] = [
    Kind {
        nouns: &["company", "firm", "business"],
        names: &["inc", "ltd", "plc", "corp", "co", "company", "corporation", "holdings", "airlines", "airways", "group", "systems", "motors", "energy"],
    },
    Kind {
        nouns: &["party"],
        names: &["party", "democrats", "republicans", "conservatives", "labour", "greens", "alliance", "coalition", "left", "front", "list"],
    },
    Kind {
        nouns: &["club", "team", "side"],
        names: &["fc", "afc", "rfc", "club", "united", "city", "rovers", "wanderers", "athletic"],
    },
    Kind {
        nouns: &["charity", "group", "organisation", "organization", "nonprofit"],
        names: &["trust", "foundation", "charity", "society", "association", "friends", "coalition", "alliance", "group", "network", "watch"],
    },
];
/// Words in the names of institutions that are called by these rather than by a noun of another kind.
#[rustfmt::skip]
const OTHERS: [&str; 42] = [
    "ministry", "department", "council", "parliament", "court", "commission", "police", "office", "agency", "government", "senate", "congress",
    "committee", "board", "authority", "union", "federation", "school", "university", "college", "academy", "institute", "news", "times", "post",
    "journal", "herald", "tribune", "gazette", "radio", "television", "tv", "army", "navy", "nations", "bank", "house", "bureau", "administration",
    "church", "hospital", "museum",
];
/// Whom news is told to.
const PRESS: [&str; 12] = [
    "reuters",
    "cnn",
    "bbc",
    "afp",
    "ap",
    "nbc",
    "abc",
    "cbs",
    "fox",
    "npr",
    "msnbc",
    "bloomberg",
];
/// What else an owner may work for.
#[rustfmt::skip]
const WORKPLACES: [&str; 16] = [
    "union", "council", "museum", "university", "school", "institute", "airline", "bank", "agency", "department", "ministry", "trust",
    "hospital", "church", "newspaper", "paper",
];
/// What groups do.
const CAMPAIGNING: [&str; 6] = [
    "campaign", "advocacy", "rights", "pressure", "lobby", "industry",
];
const COUNTRY: &str = "country";
/// Nouns that stand for one institution of the world.
const WORLD: [(&str, &[&str]); 2] = [
    ("bloc", &["European Union", "EU"]),
    (
        "alliance",
        &["NATO", "Nato", "North Atlantic Treaty Organization"],
    ),
];

/// Who lead a body, by the last word of their titles.
const LEADERS: [&str; 5] = ["executive", "ceo", "chairman", "chairwoman", "boss"];

/// What was mentioned of late.
struct Recent {
    entity: usize,
    sentence: usize,
}

/// The institutions and countries that the text was about of late, the last mentioned at the end.
#[derive(Default)]
pub(super) struct Focus {
    bodies: Vec<Recent>,
    countries: Vec<Recent>,
}

impl Focus {
    /// The one mentioned last, unless another is mentioned in the same sentence.
    fn latest(
        recent: &[Recent],
        (sentence, reach): (usize, usize),
        eligible: impl Fn(&Recent) -> bool,
    ) -> Option<usize> {
        let near = recent
            .iter()
            .rev()
            .take_while(|own| own.sentence + reach >= sentence);
        let mut near = near.filter(|own| eligible(own));
        let last = near.next()?;
        near.all(|other| other.sentence != last.sentence)
            .then_some(last.entity)
    }
}

/// Whether a noun is what institutions of some kind are called.
pub(super) fn is_kind(noun: &str) -> bool {
    KINDS.iter().any(|kind| kind.nouns.contains(&noun))
}

/// Whether a noun is what institutions are called, of whatever kind.
pub(super) fn is_institution(noun: &str) -> bool {
    is_kind(noun) || WORKPLACES.contains(&noun)
}

fn note(recent: &mut Vec<Recent>, entity: usize, sentence: usize) {
    recent.retain(|own| own.entity != entity);
    recent.push(Recent { entity, sentence });
    if recent.len() > MOST {
        recent.remove(0);
    }
}

impl Described<'_> {
    /// Notes a mention of an institution or a country.
    pub(super) fn focus_on(&mut self, own: &Candidate, entity: usize) {
        let Some(known) = self.entities.get(entity) else {
            return;
        };
        // Whom something is told to is not what the text is about.
        let told = own.form == Form::Name
            && ["told ", "told the "]
                .iter()
                .any(|told| self.document.before(own.span).ends_with(told));
        if known.entity_type == EntityType::Organization && !told {
            note(&mut self.focus.bodies, entity, own.sentence);
        } else if self.is_country(entity) {
            note(&mut self.focus.countries, entity, own.sentence);
        }
    }

    fn is_country(&self, entity: usize) -> bool {
        self.entities.get(entity).is_some_and(|own| {
            own.entity_type == EntityType::Geopolitical
                && countries::find(&own.name).is_some_and(|(_, kind)| kind == CountryName::Common)
        })
    }

    fn name_words(&self, entity: usize) -> Vec<String> {
        let name = self
            .entities
            .get(entity)
            .map_or("", |own| own.name.as_str());
        name.split_whitespace()
            .map(|word| word.trim_end_matches(['.', ',']).to_lowercase())
            .collect()
    }

    /// Whether an institution's name says that it is of a kind.
    fn is_named_as(&self, entity: usize, kind: &Kind) -> bool {
        let words = self.name_words(entity);
        let told = words.iter().any(|word| kind.names.contains(&word.as_str()));
        told && !words.iter().any(|word| OTHERS.contains(&word.as_str()))
    }

    /// Whether an institution may be called by a noun of a kind, for all that its name tells.
    fn is_of(&self, entity: usize, kind: &Kind) -> bool {
        let words = self.name_words(entity);
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let elsewhere = KINDS
            .iter()
            .filter(|other| other.nouns != kind.nouns)
            .any(|other| has(other.names));
        has(kind.names) || !elsewhere && !has(&OTHERS) && !has(&PRESS)
    }

    /// The institution or country that a phrase of this noun stands for, and how sure that is.
    pub(super) fn institution(
        &self,
        own: &Candidate,
        noun: &str,
        modifiers: &[String],
        (owners, heading): (&[usize], bool),
    ) -> Option<(usize, f32)> {
        if own.is_predicate {
            return None;
        }
        if let [owner] = owners {
            return self.workplace(own, noun, *owner);
        }
        let plain = modifiers
            .iter()
            .all(|word| CAMPAIGNING.contains(&word.as_str()));
        if !plain || !matches!(own.first(), "the" | "this" | "that") {
            return None;
        }
        if let Some((_, names)) = WORLD.iter().find(|(known, _)| *known == noun) {
            let named = |entity: &Entity| names.contains(&entity.name.as_str());
            let known = self.entities.iter().position(named)?;
            return self.seen.contains_key(&known).then_some((known, KNOWN));
        }
        let sentence = own.sentence;
        if noun == COUNTRY {
            let all = self.focus.countries.iter().map(|recent| recent.entity);
            let country = Focus::latest(&self.focus.countries, (sentence, REACH), |_| true)
                .or_else(|| self.most_named(own, all))?;
            return Some((country, LAST));
        }
        if heading {
            return None;
        }
        if noun == "government" {
            let country = Focus::latest(&self.focus.countries, (sentence, REACH), |recent| {
                recent.sentence != sentence
            })?;
            return Some((country, LAST));
        }
        let kind = KINDS.iter().find(|kind| kind.nouns.contains(&noun))?;
        // What somebody does to "the company" he hardly does to itself.
        let apart = |recent: &Recent| own.subject() >= 0.5 || recent.sentence != sentence;
        let bodies = &self.focus.bodies;
        let body = Focus::latest(bodies, (sentence, FAR), |recent| {
            apart(recent) && self.is_named_as(recent.entity, kind)
        })
        .or_else(|| {
            Focus::latest(bodies, (sentence, REACH), |recent| {
                apart(recent) && self.is_of(recent.entity, kind)
            })
        })?;
        Some((body, LAST))
    }

    /// "Her party", "his country": what the owner works for.
    fn workplace(&self, own: &Candidate, noun: &str, owner: usize) -> Option<(usize, f32)> {
        if own.owner_end().is_some() {
            return None;
        }
        let employer = *self.employers.get(&owner)?;
        let country = noun == COUNTRY || noun == "government";
        let known = self.entities.get(employer)?.entity_type;
        let fits = match KINDS.iter().find(|kind| kind.nouns.contains(&noun)) {
            _ if country => self.is_country(employer),
            Some(kind) => known == EntityType::Organization && self.is_of(employer, kind),
            None => {
                WORKPLACES.contains(&noun)
                    && self.name_words(employer).iter().any(|word| word == noun)
            }
        };
        fits.then_some((employer, OWNED))
    }

    /// Whom somebody with a bare title works for: "Chief executive Ada Lund" after a sentence about Northern Rail.
    pub(super) fn office_in_focus(&self, own: &Candidate, title: &str) -> Option<usize> {
        let office = title.rsplit(' ').next().unwrap_or("").to_lowercase();
        if !LEADERS.contains(&office.as_str()) {
            return None;
        }
        let near = |recent: &&Recent| recent.sentence + REACH >= own.sentence;
        let mut bodies = self.focus.bodies.iter().filter(near);
        let only = bodies.next()?.entity;
        bodies.all(|other| other.entity == only).then_some(only)
    }

    /// The one institution in focus for an "it" or "they" that opens a sentence.
    pub(super) fn only_body(&self, own: &Candidate) -> Option<usize> {
        let all = self.focus.bodies.iter().chain(&self.focus.countries);
        let mut near = all.filter(|recent| recent.sentence + 1 >= own.sentence);
        let only = near.next()?;
        (near.next().is_none() && only.sentence + 1 == own.sentence).then_some(only.entity)
    }
}
