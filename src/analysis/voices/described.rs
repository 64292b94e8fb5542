//! Sources that a description names: "the mayor" after "Mayor Ada Lund", "the union" after "the Seafarers' Union".

use super::gender::Gender;
use super::speakers::{Place, Resolver};
use crate::analysis::request::EntityType;
use crate::analysis::result::Entity;
use crate::article::Span;

/// A description's person was named among so many names before.
const NEAR: usize = 300;
/// How far around a name its description is looked for, in bytes.
const WINDOW: usize = 80;
/// Somebody who spoke so many sentences before, at most, spoke just before.
const LATELY: usize = 2;
/// Short forms of descriptions in headlines, and how the body words them.
const SHORT: [(&str, &str); 8] = [
    ("pm", "prime minister"),
    ("dad", "father"),
    ("mum", "mother"),
    ("mom", "mother"),
    ("boss", "chief executive"),
    ("ceo", "chief executive"),
    ("mp", "member of parliament"),
    ("ex-pm", "former prime minister"),
];
/// Titles as they stand before names, and the nouns that take them up.
#[rustfmt::skip]
const TITLES: [(&str, &str); 22] = [
    ("governor", "gov."), ("senator", "sen."), ("congressman", "rep."), ("congresswoman", "rep."), ("representative", "rep."),
    ("professor", "prof."), ("doctor", "dr."), ("doctor", "dr"), ("physician", "dr."), ("lieutenant", "lt."), ("general", "gen."),
    ("general", "gen"), ("colonel", "col."), ("captain", "capt."), ("sergeant", "sgt."), ("sergeant", "sgt"), ("detective", "det."),
    ("pastor", "rev."), ("vicar", "rev"), ("councillor", "cllr"), ("inspector", "insp."), ("president", "pres."),
];
/// What people are called who were named just before, and who are hardly ever known by it before they are named.
#[rustfmt::skip]
const EPITHETS: [&str; 62] = [
    "pensioner", "grandmother", "grandfather", "mother-of-two", "mother-of-three", "father-of-two", "father-of-three", "mum-of-two",
    "mum-of-three", "dad-of-two", "dad-of-three", "striker", "midfielder", "defender", "goalkeeper", "winger", "singer", "actor", "actress",
    "novelist", "author", "writer", "poet", "playwright", "comedian", "painter", "sculptor", "composer", "footballer", "cyclist", "sprinter",
    "swimmer", "boxer", "golfer", "teenager", "billionaire", "millionaire", "tycoon", "businessman", "businesswoman",
    "great-grandmother", "great-grandfather", "grandma", "grandad", "gran", "nan", "widow", "widower", "favourite", "favorite", "star", "icon",
    "legend", "heartthrob", "hunk", "ace", "musician", "drummer", "guitarist", "cellist", "carpenter", "seamstress",
];
/// Words before a noun that don't say of what kind.
const PLAIN: [&str; 15] = [
    "the", "a", "an", "his", "her", "its", "their", "my", "our", "former", "acting", "new", "and",
    "as", "of",
];
/// Words that make any description one of somebody named just before: "the retired seamstress".
const EPITHETICAL: [&str; 3] = ["retired", "former", "veteran"];

/// Relations of a family whose members bear one surname, with the gender that each word tells.
#[rustfmt::skip]
pub(in crate::analysis) const KIN: [(&str, Gender); 14] = [
    ("wife", Gender::Feminine), ("husband", Gender::Masculine), ("mother", Gender::Feminine), ("father", Gender::Masculine),
    ("mum", Gender::Feminine), ("dad", Gender::Masculine), ("sister", Gender::Feminine), ("brother", Gender::Masculine),
    ("daughter", Gender::Feminine), ("son", Gender::Masculine), ("widow", Gender::Feminine), ("widower", Gender::Masculine),
    ("boy", Gender::Masculine), ("girl", Gender::Feminine),
];

impl Resolver<'_> {
    /// "His wife" beside "Ali Roe": the one woman of his surname.
    pub fn related(&self, phrase: Span, sentence: usize) -> Option<usize> {
        let text = self.document.text(phrase).to_lowercase();
        let (owner, _) = text.split_once(' ')?;
        let owner = match owner {
            "his" => Gender::Masculine,
            "her" => Gender::Feminine,
            _ => return None,
        };
        let head = self.head(phrase);
        let (_, wanted) = KIN.iter().find(|(kin, _)| *kin == head)?;
        let own = self.document.sentences.get(sentence)?;
        let before = self
            .inside(own.span)
            .take_while(|place| place.span.start() < phrase.start())
            .filter(|place| self.is_person(place.entity));
        let relative = before
            .filter(|place| self.gender_of(place.entity) != Some(other(owner)))
            .last()?
            .entity;
        let surname = |entity: usize| self.entities.get(entity).and_then(surname);
        let family = surname(relative)?;
        let mut kin = (0..self.entities.len()).filter(|entity| {
            *entity != relative
                && self.is_person(*entity)
                && surname(*entity) == Some(family)
                && self.gender_of(*entity) == Some(*wanted)
        });
        let only = kin.next()?;
        kin.next().is_none().then_some(only)
    }

    /// By a description given beside a name: before, or for one in a headline, anywhere.
    pub fn described(&self, phrase: Span) -> Option<usize> {
        let heading = self.is_heading(phrase);
        let text = self.document.text(phrase).to_lowercase();
        let noun = description(&text, heading)?;
        let places = if heading {
            self.places.get(..NEAR.min(self.places.len()))?
        } else {
            let before = self.places_before(phrase);
            self.places.get(before.saturating_sub(NEAR)..before)?
        };
        // "Ohio's governor" is no other state's.
        let owner = text.split_once("'s ").or_else(|| text.split_once("’s "));
        let owner = owner.map(|(owner, _)| owner.strip_prefix("the ").unwrap_or(owner));
        let head = noun.rsplit(' ').next().unwrap_or(noun);
        let long = SHORT.iter().find(|(short, _)| *short == head);
        let whole = noun;
        let wordings = [
            Some(noun),
            (head != noun).then_some(head),
            long.map(|l| l.1),
        ];
        wordings.into_iter().flatten().find_map(|noun| {
            let people = places.iter().filter(|place| self.is_person(place.entity));
            let people = people.filter(|place| {
                self.is_described(place.span, noun)
                    // "The prime minister" is not the defence minister.
                    && (noun == whole || noun != head || !self.is_modified(place.span, head))
                    && owner
                        .is_none_or(|owner| heading || self.is_beside(place.span, owner, phrase))
            });
            let people: Vec<&Place> = people.collect();
            only(people.iter().copied())
                .or_else(|| self.latest(&people, phrase, noun))
                .or_else(|| self.institution_called(places, noun))
        })
    }

    /// Of several who are described alike, the one who spoke last, if that was just before.
    fn latest(&self, people: &[&Place], phrase: Span, noun: &str) -> Option<usize> {
        let (last, at) = self.last?;
        let near = self.sentence_of(phrase)? <= at + LATELY;
        let described = people
            .iter()
            .any(|place| place.entity == last && self.is_titled(place.span, noun));
        (near && described).then_some(last)
    }

    /// "The union" after "the Seafarers' Union".
    fn institution_called(&self, places: &[Place], noun: &str) -> Option<usize> {
        if noun.contains(' ') || noun.len() < 4 {
            return None;
        }
        let institutions = places
            .iter()
            .filter(|place| self.type_of(place.entity) == Some(EntityType::Organization));
        only(institutions.filter(|place| {
            let name = self.document.text(place.span);
            let mut words = name.split(' ').map(str::to_lowercase);
            name.contains(' ') && words.any(|word| word == noun)
        }))
    }

    /// Whether a word stands near a name, before the phrase that takes it up.
    fn is_beside(&self, name: Span, word: &str, phrase: Span) -> bool {
        let field = self.document.source.field(name.field());
        let start = field.floor_char_boundary(name.start().saturating_sub(WINDOW));
        let end = field.floor_char_boundary(phrase.start().min(name.end() + WINDOW));
        let near = field.get(start..end).unwrap_or("").to_lowercase();
        near.contains(word)
    }

    /// Whether the words right before a name, or its first ones, are this noun or its short form: "Gov. Doe".
    fn is_titled(&self, name: Span, noun: &str) -> bool {
        let field = self.document.source.field(name.field());
        let start = field.floor_char_boundary(name.start().saturating_sub(WINDOW));
        let before = field.get(start..name.start()).unwrap_or("").to_lowercase();
        let own = self.document.text(name).to_lowercase();
        let before = before
            .strip_suffix(", ")
            .or_else(|| before.strip_suffix(' '));
        let short = TITLES.iter().filter(|(long, _)| *long == noun);
        let mut titles = short.map(|(_, short)| *short).chain([noun]);
        titles.any(|title| {
            let ends = before
                .and_then(|before| before.strip_suffix(title))
                .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
            ends || own.starts_with(&format!("{title} "))
        })
    }

    /// Whether the words right before a name, or the apposition after it, hold this noun.
    fn is_described(&self, name: Span, noun: &str) -> bool {
        let field = self.document.source.field(name.field());
        let end = field.floor_char_boundary(field.len().min(name.end() + WINDOW));
        let after = field.get(name.end()..end).unwrap_or("").to_lowercase();
        // "Doe, 52, the mayor"
        let mut apposition = after
            .strip_prefix(", ")
            .unwrap_or("")
            .split([',', '.', '\n']);
        let first = apposition.next().unwrap_or("");
        let aged = first.trim().parse::<u8>().is_ok();
        let said = if aged {
            apposition.next().unwrap_or("")
        } else {
            first
        };
        let apposed = !said.starts_with("who ")
            && !said.starts_with("whose ")
            && format!(" {} ", said.trim()).contains(&format!(" {noun} "));
        let copula = [
            " is the ",
            " is a ",
            ", who is the ",
            ", who is a ",
            ", who is also the ",
        ];
        let is = copula.iter().any(|copula| {
            after.strip_prefix(copula).is_some_and(|rest| {
                rest.strip_prefix(noun)
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
        });
        self.is_titled(name, noun) || apposed || is
    }

    /// Whether a noun in the description beside a name has a word before it that says of what kind: "Defence Minister Roe".
    fn is_modified(&self, name: Span, noun: &str) -> bool {
        let field = self.document.source.field(name.field());
        let start = field.floor_char_boundary(name.start().saturating_sub(WINDOW));
        let end = field.floor_char_boundary(field.len().min(name.end() + WINDOW));
        let before = field.get(start..name.start()).unwrap_or("").to_lowercase();
        let title = before.trim_end_matches([',', ' ']).strip_suffix(noun);
        let after = field.get(name.end()..end).unwrap_or("").to_lowercase();
        let apposition = after.split([',', '.', '\n']).nth(1).unwrap_or("");
        let apposed = apposition.find(noun).and_then(|at| apposition.get(..at));
        [title, apposed].into_iter().flatten().any(|before| {
            let words = before.rsplit(|c: char| c.is_whitespace() || c.is_ascii_punctuation());
            let mut words = words.skip_while(|word| word.is_empty());
            before.ends_with(' ') && words.next().is_some_and(|word| !PLAIN.contains(&word))
        })
    }

    /// "The retired seamstress": whom the sentence before is about.
    pub fn taken_up(&self, phrase: Span, sentence: usize) -> Option<usize> {
        let text = self.document.text(phrase).to_lowercase();
        let noun = text.strip_prefix("the ")?;
        let head = noun.rsplit(' ').next().unwrap_or(noun);
        if !is_epithet(head, noun.split(' ')) {
            return None;
        }
        let subject = self.name_opening(sentence.checked_sub(1)?);
        let subject = subject.or_else(|| self.name_opening(sentence));
        let only = || self.only_before(sentence);
        subject.map(|place| place.entity).or_else(only)
    }

    /// The only person whom the paragraph before and this one so far name.
    fn only_before(&self, sentence: usize) -> Option<usize> {
        let own = self.document.sentences.get(sentence)?;
        let before = own.paragraph.checked_sub(1)?;
        let before = self.document.paragraphs.get(before)?;
        let places = self.places.get(..self.places_before(own.span))?.iter();
        let near = places
            .rev()
            .take_while(|place| place.sentence >= before.sentences.start);
        only(near.filter(|place| self.is_person(place.entity)))
    }
}

/// Whether a noun with these words before it is what somebody named just before is called.
pub(in crate::analysis) fn is_epithet<'a>(
    noun: &str,
    mut modifiers: impl Iterator<Item = &'a str>,
) -> bool {
    EPITHETS.contains(&noun)
        || noun.ends_with("-year-old")
        || modifiers.any(|word| EPITHETICAL.contains(&word))
}

/// The last word of a name of several.
pub(in crate::analysis) fn surname(entity: &Entity) -> Option<&str> {
    entity.name.rsplit_once(' ').map(|(_, surname)| surname)
}

fn other(gender: Gender) -> Gender {
    match gender {
        Gender::Feminine => Gender::Masculine,
        Gender::Masculine => Gender::Feminine,
    }
}

/// What a phrase says of somebody who may be known by it: "mayor" of "the mayor", "the town's mayor", or in a heading
/// of "mayor".
fn description(text: &str, heading: bool) -> Option<&str> {
    let owned = text
        .split_once("'s ")
        .or_else(|| text.split_once("’s "))
        .map(|(_, noun)| noun);
    let (first, rest) = text.split_once(' ').unwrap_or(("", text));
    let noun = match (owned, first) {
        (Some(noun), _) => noun,
        (_, "the" | "this" | "his" | "her" | "its" | "their") => rest,
        _ if heading => text,
        _ => return None,
    };
    (noun.len() >= 4 || heading).then_some(noun)
}

/// The one entity that all these places name.
fn only<'a>(mut places: impl Iterator<Item = &'a Place>) -> Option<usize> {
    let first = places.next()?.entity;
    places.all(|other| other.entity == first).then_some(first)
}
