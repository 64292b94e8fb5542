//! Which names stand for one entity: countries under all their names, people by surname, organisations by acronym.

use std::collections::{HashMap, HashSet};

use super::acronyms::{self, acronyms};
use super::countries::{self, Country, CountryName};
use super::name_types;
use super::names::Name;
use super::request::EntityType;
use super::result::MentionKind;
use super::voices::gender::{self, Gender};
use crate::article::Document;

/// The names of one entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// What kind of thing it is.
    pub entity_type: EntityType,
    /// Its fullest name.
    pub name: String,
    /// The country, where it is one.
    pub country: Option<&'static Country>,
    /// Its mentions: indexes into the names, with how each names it.
    pub mentions: Vec<(usize, MentionKind)>,
}

/// Whether a word is a title that stands before names.
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

const TITLES: [&str; 34] = [
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Dr",
    "Prof",
    "Professor",
    "Sir",
    "Dame",
    "Lord",
    "Lady",
    "Baroness",
    "President",
    "Vice",
    "Prime",
    "Minister",
    "Chancellor",
    "Premier",
    "Senator",
    "Sen",
    "Rep",
    "Representative",
    "Governor",
    "Gov",
    "Mayor",
    "General",
    "Gen",
    "Colonel",
    "Captain",
    "Judge",
    "King",
    "Queen",
    "Prince",
    "Pope",
];
const CORPORATE: [&str; 9] = ["Inc", "Ltd", "Corp", "Co", "PLC", "Plc", "plc", "LLC", "AG"];
/// So many people of one surname are told apart by their titles.
const BEARERS: usize = 8;
/// So many of the shorter forms of an institution's name are known.
const ENDINGS: usize = 6;
/// Letters of the shortest middle name that somebody may be called by.
const MIDDLE: usize = 4;
/// Words of institutions' names that stand alone for others.
#[rustfmt::skip]
const OPENING: [&str; 16] = [
    "Senate", "House", "Congress", "Congressional", "Parliament", "Democratic", "Republican", "European", "National", "American", "Federal",
    "International", "Supreme", "State", "World", "Conservative",
];

/// Groups names by entity, in the order of first mention.
pub fn cluster(document: &Document, names: &[Name]) -> Vec<Cluster> {
    let texts: Vec<Vec<&str>> = names
        .iter()
        .map(|name| bare(document.text(name.span), name.entity_type))
        .collect();
    let mentioned = countries_named(document, names);
    let mut types = name_types::settled(&texts, names);
    name_types::settle_unlikely_people(document, names, &texts, &mut types);
    name_types::settle_surnames(document, names, &texts, &mut types);
    let fullest = Fullest::of(&texts, &types);
    let bracketed = acronyms::bracketed(document, names, &types);
    // "Northgate" is hardly a person beside "Northgate Holdings".
    for (words, own) in texts.iter().zip(&mut types) {
        if *own == EntityType::Person && fullest.opens_an_organization(words) {
            *own = EntityType::Organization;
        }
    }

    let mut clusters: Vec<Cluster> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut last_full: HashMap<String, String> = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        let (Some(words), Some(&entity_type)) = (texts.get(index), types.get(index)) else {
            continue;
        };
        let text = document.text(name.span);
        let country = country_of(document, name, text, &mentioned, &fullest);
        let (key, kind) = match country {
            Some((country, kind)) => (format!("country {}", country.name), kind),
            None => {
                let own = key_of(words, entity_type);
                let gender = gender::of_titled(document, name.span);
                let short = words.first().filter(|_| words.len() == 1);
                let full = short
                    .filter(|_| entity_type != EntityType::Person)
                    .and_then(|short| bracketed.get(*short))
                    .and_then(|at| Some(key_of(texts.get(*at)?, *types.get(*at)?)))
                    .or_else(|| fullest.of_alias(words, entity_type, gender, &last_full));
                let alias = full.as_ref().is_some_and(|full| *full != own);
                let key = full.unwrap_or(own);
                if entity_type == EntityType::Person && !alias {
                    remember(words, &key, &mut last_full);
                }
                let kind = if alias {
                    MentionKind::Alias
                } else {
                    MentionKind::Proper
                };
                (key, kind)
            }
        };
        let at = *by_key.entry(key).or_insert(clusters.len());
        if at == clusters.len() {
            clusters.push(Cluster {
                entity_type,
                name: String::new(),
                country: country.map(|(country, _)| country),
                mentions: Vec::new(),
            });
        }
        if let Some(cluster) = clusters.get_mut(at) {
            cluster.mentions.push((index, kind));
            if cluster.country.is_some() {
                cluster.entity_type = EntityType::Geopolitical;
            }
            let candidate = cluster
                .country
                .map_or_else(|| words.join(" "), |c| c.name.to_owned());
            if kind != MentionKind::Alias && candidate.len() > cluster.name.len() {
                cluster.name = candidate;
            }
        }
    }
    for cluster in &mut clusters {
        if cluster.name.is_empty() {
            let first = cluster.mentions.first().and_then(|(i, _)| texts.get(*i));
            cluster.name = first.map(|words| words.join(" ")).unwrap_or_default();
        }
    }
    clusters
}

/// A name's words without titles, corporate forms and full stops at their ends.
fn bare(text: &str, entity_type: EntityType) -> Vec<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let stop = |word: &str| word.trim_end_matches(['.', ',']).to_owned();
    let mut kept = words.as_slice();
    if entity_type == EntityType::Person {
        while let [first, rest @ ..] = kept {
            if rest.is_empty() || !TITLES.contains(&stop(first).as_str()) {
                break;
            }
            kept = rest;
        }
    } else {
        while let [rest @ .., last] = kept {
            if rest.is_empty() || !CORPORATE.contains(&stop(last).as_str()) {
                break;
            }
            kept = rest;
        }
    }
    kept.iter().map(|word| word.trim_end_matches(',')).collect()
}

/// Countries named by a name or a demonym of theirs: only these may be meant by their capitals.
fn countries_named(document: &Document, names: &[Name]) -> HashSet<&'static str> {
    names
        .iter()
        .filter_map(|name| countries::find(document.text(name.span)))
        .filter(|(_, kind)| *kind != CountryName::Seat)
        .map(|(country, _)| country.name)
        .collect()
}

fn country_of(
    document: &Document,
    name: &Name,
    text: &str,
    mentioned: &HashSet<&'static str>,
    fullest: &Fullest,
) -> Option<(&'static Country, MentionKind)> {
    let (country, kind) = countries::find(text)?;
    let is_place = matches!(
        name.entity_type,
        EntityType::Geopolitical | EntityType::Location
    );
    // A seat that acts is easily taken for a person or an organisation, unless somebody bears its name.
    let is_seat = kind == CountryName::Seat && !fullest.people.contains_key(&text.to_lowercase());
    if !is_place && !is_seat {
        return None;
    }
    match kind {
        CountryName::Common => Some((country, MentionKind::Proper)),
        CountryName::Alternative => Some((country, MentionKind::Alias)),
        CountryName::Demonym => Some((country, MentionKind::Demonym)),
        CountryName::Seat if mentioned.contains(country.name) && acts(document, name) => {
            Some((country, MentionKind::Metonym))
        }
        CountryName::Seat => None,
    }
}

/// Whether a seat of government is spoken of as an actor, not as a place one is in or goes to.
fn acts(document: &Document, name: &Name) -> bool {
    const PLACE: [&str; 12] = [
        "in", "at", "near", "outside", "around", "across", "from", "through", "over", "via",
        "central", "downtown",
    ];
    const MOTION: [&str; 18] = [
        "train",
        "flight",
        "road",
        "march",
        "walk",
        "journey",
        "travelled",
        "traveled",
        "travel",
        "flew",
        "fly",
        "went",
        "trip",
        "visit",
        "returned",
        "came",
        "drove",
        "moved",
    ];
    let Some(sentence) = document.sentences.get(name.sentence) else {
        return false;
    };
    let words = document.words.get(sentence.words.clone()).unwrap_or(&[]);
    let before: Vec<String> = words
        .iter()
        .take_while(|word| word.start() < name.span.start())
        .map(|word| document.text(*word).to_lowercase())
        .collect();
    let last = before.last().map_or("", String::as_str);
    let moved = before
        .iter()
        .rev()
        .take(4)
        .any(|word| MOTION.contains(&word.as_str()));
    let after = sentence.span.end().min(name.span.end() + 4);
    let source = &document.source;
    let next = source
        .field(name.span.field())
        .get(name.span.end()..after)
        .unwrap_or("");
    // "At Moscow's decision", unlike "at Moscow": there it decides.
    let owns = ["'s", "’s"].iter().any(|ending| next.starts_with(ending));
    let placed = PLACE.contains(&last) && !(owns && matches!(last, "at" | "from" | "over"));
    // "Oslo-listed", and "But he lives in Oslo, and Oslo has trees."
    let listed = |ending: &str| ending.starts_with(char::is_lowercase);
    let based = next.strip_prefix('-').is_some_and(listed);
    // "An Oslo museum"
    let attributive = matches!(last, "a" | "an") && !owns;
    let own = document.text(name.span).to_lowercase();
    let lived_in = before.windows(2).any(
        |pair| matches!(pair, [place, seat] if PLACE.contains(&place.as_str()) && *seat == own),
    );
    // "Washington DC" and "Washington, D.C." are the place.
    let district = next.trim_start_matches([',', ' ']).starts_with('D');
    !placed && !moved && !district && !based && !attributive && !lived_in
}

fn key_of(words: &[&str], entity_type: EntityType) -> String {
    let class = match entity_type {
        EntityType::Person => "person",
        EntityType::Organization => "organization",
        EntityType::Geopolitical | EntityType::Location => "place",
        EntityType::Group => "group",
        EntityType::Event | EntityType::Other => "other",
    };
    let text = words.join(" ").to_lowercase().replace('.', "");
    let singular = if entity_type == EntityType::Group {
        text.trim_end_matches('s')
    } else {
        &text
    };
    format!("{class} {singular}")
}

fn lower(words: &[&str]) -> String {
    words.join(" ").to_lowercase()
}

fn remember(words: &[&str], key: &str, last_full: &mut HashMap<String, String>) {
    if let [first, .., last] = words {
        last_full.insert(last.to_lowercase(), key.to_owned());
        last_full.insert(first.to_lowercase(), key.to_owned());
    }
}

/// The full names of a document, to be found by their parts. Each in constant time, however many share a part.
struct Fullest {
    /// First or last name to the key of the one person who bears it; `None` where several do.
    people: HashMap<String, Option<String>>,
    /// First or last name to the keys of those who bear it, a few of them.
    bearers: HashMap<String, Vec<String>>,
    /// First and last name to the key of the first person so called.
    by_both: HashMap<(String, String), String>,
    /// Names within people's full names to the key of the one who bears it: "Tavares" and "Tavares Lima" of "Ada Tavares Lima".
    inner: HashMap<String, Option<String>>,
    /// Acronym or first word to the key of the one organisation (or other) that it may stand for; `None` where there are several.
    organizations: HashMap<String, Option<String>>,
    /// The last words of an organisation's name, two or more, to the key of the one that may be called so.
    endings: HashMap<String, Option<String>>,
}

impl Fullest {
    fn opens_an_organization(&self, words: &[&str]) -> bool {
        let [word] = words else { return false };
        let word = word.to_lowercase();
        !self.people.contains_key(&word) && matches!(self.organizations.get(&word), Some(Some(_)))
    }

    /// The one bearer of a surname whom "Mr" or "Mrs" fits, where several bear it.
    fn titled(&self, surname: &str, gender: Gender) -> Option<String> {
        let bearers = self.bearers.get(surname).filter(|all| all.len() > 1)?;
        let own = |key: &str| gender::of_name(key.strip_prefix("person ")?);
        let only = |fits: &dyn Fn(&String) -> bool| {
            let mut fitting = bearers.iter().filter(|key| fits(key));
            let first = fitting.next()?;
            fitting.next().is_none().then(|| first.clone())
        };
        only(&|key| own(key) == Some(gender))
            .or_else(|| only(&|key| own(key).is_none_or(|own| own == gender)))
    }

    fn of(texts: &[Vec<&str>], types: &[EntityType]) -> Self {
        let mut fullest = Fullest {
            people: HashMap::new(),
            bearers: HashMap::new(),
            by_both: HashMap::new(),
            inner: HashMap::new(),
            organizations: HashMap::new(),
            endings: HashMap::new(),
        };
        for (words, &entity_type) in texts.iter().zip(types) {
            if entity_type == EntityType::Person {
                fullest.add_inner(words, &key_of(words, entity_type));
            }
        }
        for (words, &entity_type) in texts.iter().zip(types) {
            let ([first, .., last], key) = (words.as_slice(), key_of(words, entity_type)) else {
                continue;
            };
            match entity_type {
                EntityType::Person if fullest.inner.contains_key(&lower(words)) => {}
                EntityType::Person => {
                    let (first, last) = (first.to_lowercase(), last.to_lowercase());
                    let bearers = fullest.bearers.entry(last.clone()).or_default();
                    if bearers.len() < BEARERS && !bearers.contains(&key) {
                        bearers.push(key.clone());
                    }
                    add(&mut fullest.people, last.clone(), &key);
                    add(&mut fullest.people, first.clone(), &key);
                    let both = (first.replace('.', ""), last);
                    fullest.by_both.entry(both).or_insert(key);
                }
                EntityType::Organization | EntityType::Event | EntityType::Other => {
                    for acronym in acronyms(words) {
                        add(&mut fullest.organizations, acronym, &key);
                    }
                    if entity_type == EntityType::Organization
                        && countries::find(first).is_none()
                        && first.chars().count() >= 4
                        && !OPENING.contains(first)
                    {
                        add(&mut fullest.organizations, first.to_lowercase(), &key);
                    }
                    for from in (1..words.len() - 1).take(ENDINGS) {
                        let ending = words.get(from..).unwrap_or(&[]).join(" ").to_lowercase();
                        add(&mut fullest.endings, ending, &key);
                    }
                    // "Rovers" of "Calder Rovers", no place as in "Bank of Veltria"
                    let before = words.iter().rev().nth(1).copied().unwrap_or("");
                    if entity_type == EntityType::Organization
                        && last.chars().count() >= 4
                        && !OPENING.contains(last)
                        && !before.starts_with(char::is_lowercase)
                    {
                        add(&mut fullest.organizations, last.to_lowercase(), &key);
                    }
                }
                _ => {}
            }
        }
        fullest
    }

    fn add_inner(&mut self, words: &[&str], key: &str) {
        if words.len() < 3 {
            return;
        }
        for from in 1..words.len() - 1 {
            let (end, rest) = (words.get(from..).unwrap_or(&[]), words.get(from..=from));
            add(&mut self.inner, lower(end), key);
            let middle = lower(rest.unwrap_or(&[]));
            if middle.chars().count() >= MIDDLE {
                add(&mut self.inner, middle, key);
            }
        }
    }

    /// The key of the one fuller name that a name is short for; for a person's part the one last named in full.
    fn of_alias(
        &self,
        words: &[&str],
        entity_type: EntityType,
        gender: Option<Gender>,
        last_full: &HashMap<String, String>,
    ) -> Option<String> {
        match (entity_type, words) {
            (EntityType::Person, [part]) => {
                let part = part.to_lowercase();
                if let Some(only) = gender.and_then(|gender| self.titled(&part, gender)) {
                    return Some(only);
                }
                last_full
                    .get(&part)
                    .cloned()
                    .or_else(|| self.people.get(&part).cloned().flatten())
                    .or_else(|| self.inner.get(&part)?.clone())
            }
            (EntityType::Person, _) if self.inner.contains_key(&lower(words)) => {
                self.inner.get(&lower(words))?.clone()
            }
            (EntityType::Person, [first, .., last]) => {
                // "Joseph R. Biden" is "Joseph Biden": the same first and last name.
                let both = (first.to_lowercase(), last.to_lowercase());
                self.by_both.get(&both).cloned()
            }
            (_, [word]) if word.chars().all(|c| c.is_uppercase() || c == '.') => {
                self.organizations.get(&word.replace('.', ""))?.clone()
            }
            (EntityType::Organization, [word]) => {
                self.organizations.get(&word.to_lowercase())?.clone()
            }
            // "Freedom Caucus" of "House Freedom Caucus"
            (EntityType::Organization, _) => {
                self.endings.get(&words.join(" ").to_lowercase())?.clone()
            }
            _ => None,
        }
    }
}

/// Notes that a part of a name may stand for this key.
fn add(map: &mut HashMap<String, Option<String>>, part: String, key: &str) {
    map.entry(part)
        .and_modify(|only| {
            if only.as_deref() != Some(key) {
                *only = None;
            }
        })
        .or_insert_with(|| Some(key.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Field, ReadOptions, Source, read};

    /// The clusters of a text whose names are given as (name, type) in the order in which they stand.
    fn clusters(text: &str, given: &[(&str, EntityType)]) -> Vec<(String, Vec<MentionKind>)> {
        let document = read(Source::new("", text), &ReadOptions::default());
        let mut from = 0;
        let names: Vec<Name> = given
            .iter()
            .map(|(name, entity_type)| {
                let start = from + text[from..].find(name).unwrap();
                from = start + name.len();
                let span = document.source.span(Field::Content, start..from).unwrap();
                Name {
                    span,
                    sentence: document
                        .sentences
                        .iter()
                        .position(|s| s.span.contains(span))
                        .unwrap(),
                    entity_type: *entity_type,
                    is_group: false,
                    confidence: 1.0,
                }
            })
            .collect();
        cluster(&document, &names)
            .into_iter()
            .map(|c| {
                (
                    c.name,
                    c.mentions.into_iter().map(|(_, kind)| kind).collect(),
                )
            })
            .collect()
    }

    use EntityType::{Geopolitical, Location, Organization, Person};
    use MentionKind::{Alias, Demonym, Metonym, Proper};

    #[test]
    fn people_are_one_under_full_name_surname_and_title() {
        let found = clusters(
            "Dr Amara Okafor spoke first. Okafor was cheered. Professor Okafor then left with Amara Okafor’s sister.",
            &[
                ("Dr Amara Okafor", Person),
                ("Okafor", Person),
                ("Professor Okafor", Person),
                ("Amara Okafor", Person),
            ],
        );
        assert_eq!(
            found,
            [(
                "Amara Okafor".to_owned(),
                vec![Proper, Alias, Alias, Proper]
            )]
        );
    }

    #[test]
    fn two_people_with_one_surname_stay_two_and_the_surname_is_the_last_named() {
        let found = clusters(
            "Anna Reed sued Mark Reed. Reed lost. Anna Reed won.",
            &[
                ("Anna Reed", Person),
                ("Mark Reed", Person),
                ("Reed", Person),
                ("Anna Reed", Person),
            ],
        );
        assert_eq!(
            found,
            [
                ("Anna Reed".to_owned(), vec![Proper, Proper]),
                ("Mark Reed".to_owned(), vec![Proper, Alias]),
            ]
        );
    }

    #[test]
    fn a_bank_is_its_acronym_and_not_its_country() {
        let found = clusters(
            "The Bank of Veltria (BoV) raised rates. BoV, or so Veltria fears, will do it again.",
            &[
                ("Bank of Veltria", Organization),
                ("BoV", Organization),
                ("BoV", Organization),
                ("Veltria", Organization),
            ],
        );
        assert_eq!(
            found,
            [
                ("Bank of Veltria".to_owned(), vec![Proper, Alias, Alias]),
                ("Veltria".to_owned(), vec![Proper]),
            ]
        );
    }

    #[test]
    fn names_joined_by_or_are_two() {
        let found = clusters(
            "Goldman Sachs, or UBS, will lend.",
            &[("Goldman Sachs", Organization), ("UBS", Organization)],
        );
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_title_tells_which_of_two_with_one_surname_is_meant() {
        let found = clusters(
            "Anna Reed sued Mark Reed. Mrs Reed won. Mr Reed lost.",
            &[
                ("Anna Reed", Person),
                ("Mark Reed", Person),
                ("Reed", Person),
                ("Reed", Person),
            ],
        );
        assert_eq!(
            found,
            [
                ("Anna Reed".to_owned(), vec![Proper, Alias]),
                ("Mark Reed".to_owned(), vec![Proper, Alias]),
            ]
        );
    }

    #[test]
    fn people_are_known_by_names_within_their_full_ones() {
        let found = clusters(
            "Ada Tavares Lima and Rui van der Berg spoke. Tavares left. Van der Berg stayed.",
            &[
                ("Ada Tavares Lima", Person),
                ("Rui van der Berg", Person),
                ("Tavares", Person),
                ("Van der Berg", Person),
            ],
        );
        assert_eq!(
            found,
            [
                ("Ada Tavares Lima".to_owned(), vec![Proper, Alias]),
                ("Rui van der Berg".to_owned(), vec![Proper, Alias]),
            ]
        );
    }

    #[test]
    fn what_opens_an_organisations_name_is_no_person() {
        let found = clusters(
            "Northgate Holdings lost. Northgate will sue.",
            &[("Northgate Holdings", Organization), ("Northgate", Person)],
        );
        assert_eq!(
            found,
            [("Northgate Holdings".to_owned(), vec![Proper, Alias])]
        );
    }

    #[test]
    fn a_country_is_one_under_name_demonym_and_capital_that_acts() {
        let found = clusters(
            "Kazakhstan refused. Kazakh officials wondered at Astana’s decision when they met in Astana.",
            &[
                ("Kazakhstan", Location),
                ("Kazakh", Geopolitical),
                ("Astana", Person),
                ("Astana", Location),
            ],
        );
        assert_eq!(
            found,
            [
                ("Kazakhstan".to_owned(), vec![Proper, Demonym, Metonym]),
                ("Astana".to_owned(), vec![Proper]),
            ]
        );
    }

    #[test]
    fn a_capital_is_itself_where_its_country_is_not_named() {
        let found = clusters("Astana won the final.", &[("Astana", Organization)]);
        assert_eq!(found, [("Astana".to_owned(), vec![Proper])]);
    }

    #[test]
    fn an_organisation_is_one_under_acronym_and_first_word() {
        let found = clusters(
            "Northgate Holdings Ltd sued the World Water Forum. The WWF would not comment; Northgate did.",
            &[
                ("Northgate Holdings Ltd", Organization),
                ("World Water Forum", Organization),
                ("WWF", Organization),
                ("Northgate", Organization),
            ],
        );
        assert_eq!(
            found,
            [
                ("Northgate Holdings".to_owned(), vec![Proper, Alias]),
                ("World Water Forum".to_owned(), vec![Proper, Alias]),
            ]
        );
    }

    #[test]
    fn a_person_and_a_company_of_one_name_stay_two() {
        let found = clusters(
            "Hugo Ford drives a Ford.",
            &[("Hugo Ford", Person), ("Ford", Organization)],
        );
        assert_eq!(found.len(), 2);
    }
}
