//! Whom people work for, who is meant where they say "we".

use super::candidates::{Candidate, Form};
use super::chains::Chains;
use super::described::Described;
use crate::analysis::request::EntityType;

/// How sure it is that "we" is the institution that speaks itself,
const ITSELF: f32 = 0.85;
/// or the one that its speaker works for.
const EMPLOYER: f32 = 0.6;
/// So many candidates before one are looked through for an employer.
const NEAR: usize = 4;
/// An office is said in so many words.
const ROLE: usize = 5;
/// A title before a name is looked for among so many bytes.
const TITLE: usize = 80;
/// A bare title before a name has at most so many words.
const OFFICE: usize = 3;
/// Words that stand in no office.
const CLAUSAL: [&str; 9] = ["and", "who", "is", "was", "said", "has", "had", "to", "in"];
/// People who hardly speak for whom they work for.
#[rustfmt::skip]
const SCHOLARS: [&str; 12] = [
    "analyst", "economist", "professor", "scientist", "fellow", "expert", "historian", "lecturer", "researcher", "scholar", "student",
    "strategist",
];
/// What somebody does who speaks for an institution: "Reed, who now runs the museum".
const LEADING: [&str; 10] = [
    "runs",
    "leads",
    "heads",
    "chairs",
    "manages",
    "owns",
    "founded",
    "led",
    "directs",
    "represents",
];
/// Offices that stand between an institution and a name: "Northern Rail boss Ada Lund".
#[rustfmt::skip]
const OFFICES: [&str; 30] = [
    "minister", "president", "secretary", "ceo", "boss", "chief", "chairman", "chairwoman", "chair", "director", "spokesman", "spokeswoman",
    "spokesperson", "leader", "manager", "coach", "captain", "mayor", "governor", "executive", "founder", "owner", "head", "commissioner",
    "ambassador", "chancellor", "premier", "co-founder", "co-leader", "treasurer",
];

impl Described<'_> {
    /// The institution that somebody means by "we", and how sure that is: itself, or whom a person is said to work for.
    pub fn speaks_for(&self, speaker: usize) -> Option<(usize, f32)> {
        let entity_type = self.entities.get(speaker)?.entity_type;
        match entity_type {
            EntityType::Organization | EntityType::Geopolitical => Some((speaker, ITSELF)),
            EntityType::Person => Some((*self.employers.get(&speaker)?, EMPLOYER)),
            _ => None,
        }
    }

    /// Whom a person works for: "Greece's shipping minister, …", "…, managing director of Downsway".
    pub(super) fn employer(&self, at: usize, chains: &Chains<'_>) -> Option<(usize, usize)> {
        let own = self.candidates.get(at)?;
        if let Some(employer) = self.titled(at, own, chains) {
            return Some(employer);
        }
        let first = at.saturating_sub(NEAR);
        for other in (first..at).rev() {
            let earlier = self.candidates.get(other)?;
            if earlier.sentence != own.sentence || earlier.span.end() > own.span.start() {
                continue;
            }
            let between = self.document.after(earlier.span);
            let between = between.get(..own.span.start() - earlier.span.end())?;
            let (entity, _) = chains.entity_of(at)?;
            let Some((other, _)) = chains.entity_of(other) else {
                continue;
            };
            let works = if self.is_person(entity) && own.form == Form::Name {
                let owned = ["'s ", "’s "].iter().find_map(|s| between.strip_prefix(s));
                let its = earlier.first() == "its";
                let bare = between.strip_prefix(' ').filter(|title| {
                    let office = title.trim_end().rsplit(' ').next().unwrap_or("");
                    its || OFFICES.contains(&office.to_lowercase().as_str())
                });
                let role = owned
                    .or(bare)
                    .and_then(|title| title.strip_suffix([' ', ',']));
                role.is_some_and(|role| is_role(role.trim_end_matches(',')))
                    .then_some((entity, other))
            } else if self.is_person(other) && earlier.form == Form::Name {
                let role = between.strip_prefix(", ").unwrap_or("");
                let role = role.trim_end_matches(" the");
                let of = [" of", " for", " at"]
                    .iter()
                    .find_map(|of| role.trim_end().strip_suffix(of));
                // "Ada Lund, Norway's prime minister", "Reed, who leads the union"
                let owner = matches!(between, ", " | ", the ")
                    && self
                        .document
                        .after(own.span)
                        .strip_prefix(['\'', '’'])
                        .and_then(|rest| rest.strip_prefix("s "))
                        .and_then(|rest| rest.split([',', '.', '"', '”', '\n']).next())
                        .is_some_and(is_role);
                (of.is_some_and(is_role) || owner || is_leading(between)).then_some((other, entity))
            } else {
                None
            };
            let works = works.filter(|(_, employer)| {
                let known = self.entities.get(*employer).map(|own| own.entity_type);
                matches!(
                    known,
                    // A museum is a place as well.
                    Some(
                        EntityType::Organization | EntityType::Geopolitical | EntityType::Location
                    )
                )
            });
            if works.is_some() {
                return works;
            }
        }
        None
    }

    /// "Chief executive Ada Lund", who leads what the sentence before is about.
    fn titled(&self, at: usize, own: &Candidate, chains: &Chains<'_>) -> Option<(usize, usize)> {
        let (entity, _) = chains.entity_of(at)?;
        if own.form != Form::Name || !self.is_person(entity) {
            return None;
        }
        let before = self.document.before(own.span);
        let near = before.floor_char_boundary(before.len().saturating_sub(TITLE));
        let before = before.get(near..)?;
        let mut marks = before.rmatch_indices(['.', ',', '"', '”', '’', '\n', ':']);
        let start = marks.next().map_or(0, |(at, mark)| at + mark.len());
        let title = before
            .get(start..)?
            .trim_start_matches(|c: char| !c.is_alphabetic())
            .trim();
        let count = title.split_whitespace().count();
        let bare = (1..=OFFICE).contains(&count)
            && title.starts_with(char::is_uppercase)
            && !title.starts_with("The ")
            && !title.starts_with("Former ");
        if !bare {
            return None;
        }
        Some((entity, self.office_in_focus(own, title)?))
    }
}

/// Whether words may be somebody's office: a few, in one phrase.
fn is_role(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (1..=ROLE).contains(&count)
        && !words.contains([',', '.', ';', ':', '"', '“', '”', '(', '—', '–'])
        && !words
            .split(' ')
            .any(|word| CLAUSAL.contains(&word) || SCHOLARS.contains(&word))
}

/// Whether words between somebody and an institution say that the one leads the other.
fn is_leading(words: &str) -> bool {
    let words = words.strip_suffix("the ").unwrap_or(words);
    let words = words.trim_start_matches(", ").trim();
    let words = words.strip_prefix("who ").unwrap_or(words);
    let words = words.strip_prefix("now ").unwrap_or(words);
    // "Leads the opposition"
    let (verb, rest) = words.split_once(" the ").unwrap_or((words, ""));
    LEADING.contains(&verb) && !rest.contains(' ') && !rest.contains(',')
}
