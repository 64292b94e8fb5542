//! Who is spoken for: an institution by its officials, anybody by a spokesperson, a lawyer or an office without a name.

use super::speakers::{Place, Resolver};
use crate::analysis::request::EntityType;
use crate::article::Span;

/// People and bodies that speak for the institution they belong to.
#[rustfmt::skip]
const MOUTHPIECES: [&str; 24] = [
    "spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen", "representative", "representatives", "official", "officials",
    "government", "ministry", "authorities", "police", "embassy", "administration", "company", "army", "military", "leadership", "lawyers",
    "executives", "presidency", "ambassador", "envoy",
];
/// Those that speak for anybody, a person too.
#[rustfmt::skip]
const AGENTS: [&str; 17] = [
    "spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen", "representative", "representatives", "lawyer", "lawyers",
    "attorney", "attorneys", "solicitor", "solicitors", "publicist", "office", "campaign", "agent",
];
/// What somebody puts out who spoke just before.
const PAPERS: [&str; 5] = ["statement", "letter", "memo", "email", "release"];
/// What an institution named just before is called.
#[rustfmt::skip]
const INSTITUTIONS: [&str; 31] = [
    "utility", "startup", "association", "carrier", "operator", "chain", "brand",
    "company", "firm", "group", "airline", "retailer", "carmaker", "automaker", "bank", "club", "paper", "newspaper", "magazine",
    "broadcaster", "network", "charity", "union", "agency", "organization", "organisation", "developer", "manufacturer", "giant",
    "publisher", "watchdog",
];
/// Somebody who speaks for an institution is named after it within so many sentences.
const REPRESENTED: usize = 2;

impl Resolver<'_> {
    /// The institution in a source whose head speaks for it: "officials of the Harbour Trust", but no "police in Selin".
    pub fn mouthpiece(&self, source: Span, phrase: Span) -> Option<usize> {
        if !MOUTHPIECES.contains(&self.head(phrase).as_str()) {
            return None;
        }
        let field = self.document.source.field(source.field());
        let mut institutions = self.inside(source).filter(|place| {
            let before = field.get(source.start()..place.span.start()).unwrap_or("");
            self.is_institution(place.entity) && !before.ends_with(" in ")
        });
        institutions.next().map(|place| place.entity)
    }

    /// Whom "Lund's office", "a lawyer for Lund" or "her spokesman" speaks for.
    pub fn principal(&self, source: Span, phrase: Span, sentence: usize) -> Option<usize> {
        let head = self.head(phrase);
        let paper = PAPERS.contains(&head.as_str());
        if !paper && !AGENTS.contains(&head.as_str()) {
            return None;
        }
        let text = self.document.text(phrase).to_lowercase();
        let owner = match text.split(' ').next() {
            Some("his") => Some("he"),
            Some("her") => Some("she"),
            Some("its") if !paper => Some("it"),
            Some("their") if !paper => Some("they"),
            _ => None,
        };
        if let Some(owner) = owner {
            return self.of_pronoun(phrase, sentence, owner);
        }
        let speaks =
            |place: &&Place| self.is_person(place.entity) || self.is_institution(place.entity);
        let field = self.document.source.field(source.field());
        let after =
            |place: &Place, end: usize| field.get(place.span.end()..end).unwrap_or("").to_owned();
        if let Some(owner) = self.inside(phrase).filter(speaks).last() {
            let rest = after(owner, phrase.end());
            let owned = ["'s ", "’s ", "' ", "’ "]
                .iter()
                .any(|s| rest.starts_with(s));
            let named = rest.trim_start() == "campaign"
                || !paper && self.type_of(owner.entity) == Some(EntityType::Organization);
            return (owned || named).then_some(owner.entity);
        }
        if paper {
            return None;
        }
        let mut later = self
            .inside(source)
            .filter(|place| place.span.start() >= phrase.end());
        let place = later.next().filter(speaks)?;
        let between = field.get(phrase.end()..place.span.start())?;
        let tied = [" for ", " of ", " from ", " representing "]
            .iter()
            .any(|tie| between.starts_with(tie));
        let owns = ["'s", "’s", " family"]
            .iter()
            .any(|s| self.document.after(place.span).starts_with(s));
        (tied && !owns && between.split_whitespace().count() <= 4).then_some(place.entity)
    }

    /// The institution that "a spokesman" speaks for, or that is "the company": the one that spoke or was named just before.
    pub fn represented(&self, phrase: Span, sentence: usize) -> Option<usize> {
        let text = self.document.text(phrase).to_lowercase();
        let (article, noun) = text.split_once(' ')?;
        let speaks = matches!(article, "a" | "the" | "its") && noun.starts_with("spokes");
        let is = article == "the" && INSTITUTIONS.contains(&self.head(phrase).as_str());
        if !speaks && !is && !PAPERS.contains(&noun) {
            return None;
        }
        let near = |at: usize| at + REPRESENTED >= sentence;
        // "The statement said": of whoever spoke by it.
        if PAPERS.contains(&noun) {
            let (last, at) = self.last.filter(|_| article == "the")?;
            return near(at).then_some(last);
        }
        let body = |entity: usize| self.type_of(entity) == Some(EntityType::Organization);
        if self.inside(phrase).next().is_some() {
            return None;
        }
        let fits = |entity: usize| body(entity) || speaks && self.is_institution(entity);
        if let Some((entity, _)) = self.last.filter(|(e, at)| fits(*e) && near(*at)) {
            return Some(entity);
        }
        let subject = sentence.checked_sub(1).and_then(|at| self.opening(at));
        if let Some(subject) = subject.filter(|place| is && body(place.entity)) {
            return Some(subject.entity);
        }
        let before = self.places.get(..self.places_before(phrase))?;
        let recent: Vec<&Place> = before
            .iter()
            .rev()
            .take_while(|place| near(place.sentence))
            .filter(|place| body(place.entity))
            .collect();
        let first = recent.first()?.entity;
        recent.iter().all(|p| p.entity == first).then_some(first)
    }
}
