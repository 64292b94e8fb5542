//! How rare a word is in the news at large: inverse document frequency (Spärck Jones 1972).
//!
//! The counts are of US news articles, made by `training/frequencies.py`.

use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("data/frequencies.tsv");

/// The articles that were counted.
const ARTICLES: f32 = 3_000.0;

/// The count of a stem that the table leaves out.
const RARE: f32 = 9.0;

static COUNTS: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(stem, count)| Some((stem, count.parse().ok()?)))
        .collect()
});

/// A stem's rarity: 0 for what stands in every article, up to 5.7 for what stands in hardly any.
pub fn of(stem: &str) -> f32 {
    let count = COUNTS.get(stem).copied().unwrap_or(RARE);
    ((ARTICLES + 1.0) / (count + 1.0)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_weigh_little_and_unknown_ones_most() {
        let rarities = ["year", "govern", "parad", "kazakhstan"].map(of);
        assert!(rarities.is_sorted(), "{rarities:?}");
        assert!(rarities[0] > 0.0 && rarities[0] < 1.0, "{rarities:?}");
        assert_eq!(of("skarvøy"), of("zzyzx"));
    }
}
