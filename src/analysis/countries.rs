//! Countries under their names, demonyms, capitals and seats of government.
//!
//! The table is made from mledoze/countries (ODbL 1.0) by `training/countries.py`.

use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("data/countries.tsv");

/// How a word names a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountryName {
    /// "Kazakhstan".
    Common,
    /// "Republic of Kazakhstan", "UK".
    Alternative,
    /// "Kazakh", "Briton".
    Demonym,
    /// "Astana", "the Kremlin".
    Seat,
}

/// One country.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// Its common English name.
    pub name: &'static str,
    /// The part of the world it lies in, as the United Nations name it: "Central Asia".
    pub subregion: &'static str,
}

struct Table {
    countries: Vec<Country>,
    by_name: HashMap<String, (usize, CountryName)>,
}

static COUNTRIES: LazyLock<Table> = LazyLock::new(|| {
    let mut countries = Vec::new();
    let mut by_name = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let mut column = || columns.next().unwrap_or("");
        let (name, alternatives, demonyms, seats, subregion) =
            (column(), column(), column(), column(), column());
        let index = countries.len();
        let kinds = [
            (name, CountryName::Common),
            (alternatives, CountryName::Alternative),
            (demonyms, CountryName::Demonym),
            (seats, CountryName::Seat),
        ];
        for (names, kind) in kinds {
            for name in names.split(';').filter(|name| !name.is_empty()) {
                // The first country to claim a name keeps it; sovereign states stand first.
                by_name.entry(name.to_lowercase()).or_insert((index, kind));
            }
        }
        countries.push(Country { name, subregion });
    }
    Table { countries, by_name }
});

/// The country that a name stands for, and how, whatever its case.
pub fn find(name: &str) -> Option<(&'static Country, CountryName)> {
    let (index, kind) = *COUNTRIES.by_name.get(&name.to_lowercase())?;
    // "us" and "it" are words: a short abbreviation counts only in capitals.
    if name.len() <= 3 && name.chars().any(char::is_lowercase) {
        return None;
    }
    Some((COUNTRIES.countries.get(index)?, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_country_under_all_its_names() {
        for (name, country, kind) in [
            ("Kazakhstan", "Kazakhstan", CountryName::Common),
            ("KAZAKHSTAN", "Kazakhstan", CountryName::Common),
            ("Kazakhstani", "Kazakhstan", CountryName::Demonym),
            ("Kazakh", "Kazakhstan", CountryName::Demonym),
            ("Nur-Sultan", "Kazakhstan", CountryName::Seat),
            ("Moscow", "Russia", CountryName::Seat),
            ("UK", "United Kingdom", CountryName::Alternative),
            ("Britain", "United Kingdom", CountryName::Alternative),
            ("US", "United States", CountryName::Alternative),
        ] {
            let found = find(name).map(|(c, k)| (c.name, k));
            assert_eq!(found, Some((country, kind)), "{name}");
        }
    }

    #[test]
    fn takes_no_word_for_a_country() {
        for word in ["us", "Us", "Putin", "it", "parade", ""] {
            assert_eq!(find(word), None, "{word}");
        }
    }
}
