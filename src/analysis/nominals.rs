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
            if let Some(country) = meant(document, names, span, word, modifiers) {
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

fn meant(
    document: &Document,
    names: &[Name],
    span: Span,
    head: &str,
    modifiers: &[String],
) -> Option<&'static Country> {
    let before: Vec<&'static Country> = names
        .iter()
        .filter(|name| name.span.field() < span.field() || name.span.end() <= span.start())
        .filter_map(|name| countries::find(document.text(name.span)))
        .filter(|(_, kind)| *kind != CountryName::Seat)
        .map(|(country, _)| country)
        .collect();
    if !modifiers.is_empty() {
        let region = before
            .iter()
            .rev()
            .find(|c| lies_in(c.subregion, modifiers));
        return region.copied();
    }
    if head == "state" || head == "republic" {
        return None;
    }
    let count = |country: &Country| before.iter().filter(|c| **c == country).count();
    let best = before.iter().copied().max_by_key(|c| count(c))?;
    let rival = before
        .iter()
        .filter(|c| **c != best)
        .map(|c| count(c))
        .max()
        .unwrap_or(0);
    (count(best) >= DOMINANT && count(best) > rival).then_some(best)
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
