//! Sources with a name: at the head of the phrase, beside a description, or of whom a spokesperson speaks for.

use super::speakers::{Place, Resolver};
use crate::analysis::request::EntityType;
use crate::article::Span;

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
/// Somebody who speaks for an institution is named after it within so many sentences.
const REPRESENTED: usize = 2;

impl Resolver<'_> {
    /// A source's first noun phrase, without what follows it: an apposition, a clause, "of" and "for".
    pub fn first_phrase(&self, source: Span) -> Span {
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

    fn speaks(&self, entity: usize) -> bool {
        !matches!(
            self.type_of(entity),
            None | Some(EntityType::Location | EntityType::Event | EntityType::Other)
        )
    }

    /// By a name in the source: at the head of its first phrase, or whom its apposition or its spokesperson names.
    pub fn named(&self, source: Span, phrase: Span) -> Option<usize> {
        if let Some(last) = self.inside(phrase).last() {
            let field = self.document.source.field(phrase.field());
            let rest = field.get(last.span.end()..phrase.end());
            let ends = rest.is_some_and(|rest| {
                rest.chars()
                    .all(|c| matches!(c, '.' | '"' | '”' | '’' | '\''))
            });
            if ends && self.speaks(last.entity) {
                return Some(last.entity);
            }
        }
        if let Some(apposed) = self.apposed(phrase) {
            return Some(apposed);
        }
        if !MOUTHPIECES.contains(&self.head(phrase).as_str()) {
            return None;
        }
        let mut institutions = self
            .inside(source)
            .filter(|place| self.is_institution(place.entity));
        institutions.next().map(|place| place.entity)
    }

    /// "The mayor, Ada Lund": the name beside the description.
    fn apposed(&self, phrase: Span) -> Option<usize> {
        let next = self.document.after(phrase);
        let name = next.strip_prefix(", ").or_else(|| next.strip_prefix(' '))?;
        let start = phrase.end() + next.len() - name.len();
        let place = self.places.get(self.places_before(phrase)..)?;
        let place = place.iter().find(|place| place.span.start() >= start)?;
        let beside = place.span.field() == phrase.field() && place.span.start() == start;
        let owns = ["'s", "’s"]
            .iter()
            .any(|s| self.document.after(place.span).starts_with(s));
        (beside && !owns && self.is_person(place.entity)).then_some(place.entity)
    }

    /// A phrase's last word, in lower case.
    pub fn head(&self, phrase: Span) -> String {
        let text = self.document.text(phrase);
        let head = text.rsplit(char::is_whitespace).next().unwrap_or("");
        head.to_lowercase()
    }

    /// The institution that "a spokesman" speaks for: the one that spoke or was named just before.
    pub fn represented(&self, phrase: Span, sentence: usize) -> Option<usize> {
        let text = self.document.text(phrase).to_lowercase();
        let (article, noun) = text.split_once(' ')?;
        if !matches!(article, "a" | "the" | "its") || !noun.starts_with("spokes") {
            return None;
        }
        let near = |at: usize| at + REPRESENTED >= sentence;
        if let Some((entity, _)) = self
            .last
            .filter(|(e, at)| self.is_institution(*e) && near(*at))
        {
            return Some(entity);
        }
        let before = self.places.get(..self.places_before(phrase))?;
        let recent: Vec<&Place> = before
            .iter()
            .rev()
            .take_while(|place| near(place.sentence))
            .filter(|place| self.type_of(place.entity) == Some(EntityType::Organization))
            .collect();
        let first = recent.first()?.entity;
        recent.iter().all(|p| p.entity == first).then_some(first)
    }
}
