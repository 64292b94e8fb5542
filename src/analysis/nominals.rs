//! Descriptions that stand for a country named before: "the central Asian nation", "the country".

use super::countries::{self, Country, CountryName};
use super::names::Name;
use crate::article::{Document, Span};

const HEADS: [&str; 4] = ["nation", "country", "republic", "state"];
/// "The country" is a country named at least so often before, more often than any other.
const DOMINANT: usize = 2;

/// A description and the country it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Nominal {
    /// The whole phrase, article included.
    pub span: Span,
    /// The sentence, an index into the document's.
    pub sentence: usize,
    /// The country.
    pub country: &'static Country,
}

/// Every such description in the document whose country is beyond doubt.
pub fn find(document: &Document, names: &[Name]) -> Vec<Nominal> {
    let mut nominals = Vec::new();
    let mut named = Named::nothing(document, names);
    for (index, sentence) in document.sentences.iter().enumerate() {
        let words = document.words.get(sentence.words.clone()).unwrap_or(&[]);
        let lower: Vec<String> = words
            .iter()
            .map(|word| document.text(*word).to_lowercase())
            .collect();
        for (at, word) in lower.iter().enumerate() {
            if !HEADS.contains(&word.as_str()) {
                continue;
            }
            let Some(article) = (at.saturating_sub(3)..at)
                .rev()
                .find(|&i| lower.get(i).is_some_and(|w| w == "the"))
            else {
                continue;
            };
            let modifiers = lower.get(article + 1..at).unwrap_or(&[]);
            let (Some(first), Some(last)) = (words.get(article), words.get(at)) else {
                continue;
            };
            let span = first.cover(*last);
            named.up_to(span);
            if let Some(country) = named.meant(word, modifiers) {
                nominals.push(Nominal {
                    span,
                    sentence: index,
                    country,
                });
            }
        }
    }
    nominals
}

/// The countries named up to some place in the text.
struct Named<'a> {
    document: &'a Document,
    /// The names after that place.
    rest: &'a [Name],
    /// Each country with how often it was named, the one named last at the end. At most as many as the world has.
    countries: Vec<(&'static Country, usize)>,
}

impl<'a> Named<'a> {
    fn nothing(document: &'a Document, names: &'a [Name]) -> Self {
        Named {
            document,
            rest: names,
            countries: Vec::new(),
        }
    }

    /// Moves on to a place further on.
    fn up_to(&mut self, place: Span) {
        while let [name, rest @ ..] = self.rest {
            let span = name.span;
            if span.field() >= place.field() && span.end() > place.start() {
                break;
            }
            self.rest = rest;
            match countries::find(self.document.text(span)) {
                Some((country, kind)) if kind != CountryName::Seat => self.count(country),
                _ => {}
            }
        }
    }

    fn count(&mut self, country: &'static Country) {
        let known = self.countries.iter().position(|(own, _)| *own == country);
        let (_, count) = known.map_or((country, 0), |at| self.countries.remove(at));
        self.countries.push((country, count + 1));
    }

    /// The country that a description here stands for.
    fn meant(&self, head: &str, modifiers: &[String]) -> Option<&'static Country> {
        if !modifiers.is_empty() {
            let mut last_first = self.countries.iter().rev();
            let region = last_first.find(|(country, _)| lies_in(country.subregion, modifiers));
            return region.map(|(country, _)| *country);
        }
        if head == "state" || head == "republic" {
            return None;
        }
        let (best, count) = self.countries.iter().max_by_key(|(_, count)| *count)?;
        let others = self.countries.iter().filter(|(country, _)| country != best);
        let rival = others.map(|(_, count)| *count).max().unwrap_or(0);
        (*count >= DOMINANT && *count > rival).then_some(*best)
    }
}

/// Whether "central asian" is said of "Central Asia", "west african" of "Western Africa".
fn lies_in(subregion: &str, modifiers: &[String]) -> bool {
    let region = subregion.to_lowercase();
    let parts: Vec<&str> = region.split_whitespace().collect();
    parts.len() == modifiers.len()
        && parts
            .iter()
            .zip(modifiers)
            .all(|(part, word)| word.starts_with(part.trim_end_matches("ern")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::request::EntityType;
    use crate::article::{Field, ReadOptions, Source, read};

    fn found(text: &str, countries: &[&str]) -> Vec<(String, &'static str)> {
        let document = read(Source::new("", text), &ReadOptions::default());
        let mut names: Vec<Name> = countries
            .iter()
            .flat_map(|country| text.match_indices(country))
            .map(|(start, country)| {
                let range = start..start + country.len();
                let span = document.source.span(Field::Content, range).unwrap();
                Name {
                    span,
                    sentence: document
                        .sentences
                        .iter()
                        .position(|s| s.span.contains(span))
                        .unwrap(),
                    entity_type: EntityType::Geopolitical,
                    is_group: false,
                    confidence: 1.0,
                }
            })
            .collect();
        names.sort_by_key(|name| name.span.start());
        find(&document, &names)
            .into_iter()
            .map(|n| (document.text(n.span).to_owned(), n.country.name))
            .collect()
    }

    #[test]
    fn a_region_picks_the_country_that_lies_in_it() {
        let text = "Kazakhstan borders Russia. The central Asian nation exports grain, and Ghana does not. \
            The west African country imports it.";
        assert_eq!(
            found(text, &["Kazakhstan", "Russia", "Ghana"]),
            [
                ("The central Asian nation".to_owned(), "Kazakhstan"),
                ("The west African country".to_owned(), "Ghana"),
            ]
        );
    }

    #[test]
    fn the_country_is_the_one_named_most_so_far() {
        let text = "Peru voted. Voters in Peru had waited, also for Chile. They want the country to change.";
        assert_eq!(
            found(text, &["Peru", "Chile"]),
            [("the country".to_owned(), "Peru")]
        );
    }

    #[test]
    fn nothing_is_guessed() {
        for text in [
            "Peru and Chile voted. They want the country to change.",
            "The former Soviet republic said no to Peru.",
            "He toured the countries of Peru.",
        ] {
            assert_eq!(found(text, &["Peru", "Chile"]), [], "{text}");
        }
    }
}
