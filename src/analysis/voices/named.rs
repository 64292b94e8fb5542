//! Sources with a name: at the head of the phrase, at its end, or beside a description.

use super::continued::CLAUSAL;
use super::sources::names_one;
use super::speakers::{Place, Resolver};
use crate::analysis::countries::{self, CountryName};
use crate::analysis::request::EntityType;
use crate::analysis::result::MentionKind;
use crate::article::Span;

/// What ends the first noun phrase of a source.
const PHRASE_ENDS: [&str; 13] = [
    ",", " who ", " of ", " for ", " from ", " in ", " at ", " (", " on ", " with ", " to ", " –",
    " —",
];
/// What stands after a surname to tell its bearers apart.
const NAMESAKES: [&str; 4] = ["senior", "junior", "the elder", "the younger"];
/// A description between a comma and a name has at most so many words.
const DESCRIPTION: usize = 3;
/// Offices whose title may go on after "of", before the name.
#[rustfmt::skip]
const OFFICES: [&str; 22] = [
    "chief", "head", "minister", "secretary", "director", "president", "chairman", "chairwoman", "chair", "leader", "ambassador", "governor",
    "mayor", "commissioner", "professor", "speaker", "editor", "founder", "dean", "bishop", "archbishop", "prefect",
];

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
        if let Some(last) = self.at_end(phrase).or_else(|| self.ending(source, phrase)) {
            // "Three Americans", "the Croatian": people, not their country.
            let text = self.document.text(phrase).to_lowercase();
            let alone = text
                .strip_prefix("the ")
                .is_some_and(|rest| !rest.contains(' '));
            let people = last.kind == MentionKind::Demonym
                && (alone || self.document.text(last.span).ends_with('s'));
            if !people && self.speaks(last.entity) {
                return Some(self.government(last));
            }
        }
        if let Some(apposed) = self.apposed(phrase).or_else(|| self.apposed(source)) {
            return Some(apposed);
        }
        self.mouthpiece(source, phrase)
    }

    /// The name that ends a phrase: "Lund" of "Mayor Lund", "Roe Jr." of "Senator Roe Jr".
    fn at_end(&self, phrase: Span) -> Option<&Place> {
        let before = self.places_before(phrase);
        let after = self.places.get(before..)?;
        let inside = after.iter().take_while(|place| {
            place.span.field() == phrase.field() && place.span.start() < phrase.end()
        });
        let last = inside.last()?;
        let field = self.document.source.field(phrase.field());
        let rest = field.get(last.span.end()..phrase.end().max(last.span.end()))?;
        let ends = rest
            .chars()
            .all(|c| matches!(c, '.' | '"' | '”' | '’' | '\''));
        (ends || NAMESAKES.contains(&rest.trim())).then_some(last)
    }

    /// The person whose name ends a source after a long title: "chief of staff of the presidency Ada Lund".
    fn ending(&self, source: Span, phrase: Span) -> Option<&Place> {
        let last = self.at_end(source)?;
        let field = self.document.source.field(source.field());
        let title = field
            .get(source.start()..last.span.start())?
            .strip_suffix(' ')?;
        let titled = OFFICES.contains(&self.head(phrase).as_str())
            && !title.contains([',', '(', '–', '—'])
            && ![" of", " for", " to", " with", "'s", "’s"]
                .iter()
                .any(|s| title.ends_with(s));
        (titled && self.is_person(last.entity)).then_some(last)
    }

    /// Whom a name stands for where it speaks: a capital for its country, if the article names that as well.
    fn government(&self, place: &Place) -> usize {
        let name = self.document.text(place.span);
        let country = countries::find(name).filter(|(_, how)| *how == CountryName::Seat);
        let named = country.and_then(|(country, _)| self.countries.get(country.name));
        named.copied().unwrap_or(place.entity)
    }

    /// By the surname alone, where only one person bears it: "Ms. Lund", read as no name.
    pub fn by_surname(&self, phrase: Span) -> Option<usize> {
        let text = self.document.text(phrase);
        let (titles, surname) = text.rsplit_once(' ').unwrap_or(("", text));
        let capital = surname.starts_with(char::is_uppercase) && surname.len() > 2;
        let title = titles.is_empty() || titles.ends_with('.') || titles == "Miss";
        if !capital
            || !title
            || self
                .inside(phrase)
                .any(|place| self.is_institution(place.entity))
        {
            return None;
        }
        *self.surnames.get(surname)?
    }

    /// "The mayor, Ada Lund": the name beside the description.
    fn apposed(&self, phrase: Span) -> Option<usize> {
        let next = self.document.after(phrase);
        let name = next.strip_prefix(", ").or_else(|| next.strip_prefix(' '))?;
        let start = phrase.end() + next.len() - name.len();
        let place = self.places.get(self.places_before(phrase)..)?;
        let place = place.iter().find(|place| place.span.start() >= start)?;
        // "The group's founder, retired teacher Ada Lund"
        let between =
            next.get(next.len() - name.len()..place.span.start().checked_sub(phrase.end())?);
        let described = between.is_some_and(|between| {
            let mut words = between.split_whitespace();
            words.clone().count() <= DESCRIPTION
                && words.all(|word| {
                    let plain = word.chars().all(|c| c.is_lowercase() || c == '-');
                    plain && !CLAUSAL.contains(&word)
                })
                && (between.is_empty() || names_one(between.trim()))
        });
        let beside = place.span.field() == phrase.field() && described;
        // "According to police, Ada Lund fled" has the name in what is said.
        (beside && !self.owns(place) && !self.is_said(place) && self.is_person(place.entity))
            .then_some(place.entity)
    }

    /// A phrase's last word, in lower case.
    pub fn head(&self, phrase: Span) -> String {
        let text = self.document.text(phrase);
        let head = text.rsplit(char::is_whitespace).next().unwrap_or("");
        head.to_lowercase()
    }
}
