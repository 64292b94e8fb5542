//! Places with a government, as towns and regions have, apart from those without, as rivers and streets are.

/// Words of a name for a place that nobody governs.
#[rustfmt::skip]
const UNGOVERNED: [&str; 66] = [
    "africa", "airport", "alley", "america", "antarctica", "arctic", "arena", "asia", "avenue", "basin", "bay", "beach", "boulevard", "bridge",
    "canal", "canyon", "cape", "castle", "cathedral", "cave", "centre", "church", "coast", "continent", "creek", "desert", "esplanade",
    "europe", "falls", "field", "fields", "forest", "glacier", "gulf", "hall", "harbor", "harbour", "highway", "hospital", "house", "hotel",
    "island", "islands", "lake", "lane", "mount", "mountain", "mountains", "museum", "ocean", "park", "peninsula", "plains", "plateau",
    "reef", "ridge", "river", "road", "sea", "square", "stadium", "station", "strait", "street", "tower", "valley",
];

/// Words for a part of the world where no other stands beside them: "Middle East" but not "West Virginia".
#[rustfmt::skip]
const DIRECTIONS: [&str; 11] = [
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "middle", "midwest", "far",
];

/// Names that hold one of these words and are governed all the same.
#[rustfmt::skip]
const GOVERNED: [&str; 11] = [
    "rhode island", "prince edward island", "salt lake city", "long beach", "virginia beach", "miami beach", "cape town", "green bay",
    "niagara falls", "grand island", "highland park",
];

/// Whether a place of this name most likely has a government: a town, county, state or region.
pub(super) fn is_governed(name: &str) -> bool {
    let lower = name.to_lowercase();
    if GOVERNED.contains(&lower.as_str()) {
        return true;
    }
    let mut words = lower.split([' ', '-']);
    !words.clone().all(|word| DIRECTIONS.contains(&word))
        && !words.any(|word| UNGOVERNED.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_governed;

    #[test]
    fn towns_and_regions_are_governed_and_rivers_and_streets_are_not() {
        for name in [
            "Nevada",
            "Boise",
            "St. Louis County",
            "South Australia",
            "Rhode Island",
            "Stoke-on-Trent",
            "West Virginia",
        ] {
            assert!(is_governed(name), "{name}");
        }
        for name in [
            "River Wex",
            "Mill Lane",
            "Gulf of Finland",
            "Europe",
            "Middle East",
            "South",
            "Heathrow Airport",
        ] {
            assert!(!is_governed(name), "{name}");
        }
    }
}
