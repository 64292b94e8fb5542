//! Classification and span scores, in percent.

use std::collections::BTreeSet;

/// Macro-averaged F1 and accuracy over (gold, found) classes `0..classes`.
pub fn macro_f1_and_accuracy(pairs: &[(usize, usize)], classes: usize) -> (f64, f64) {
    let f1 = (0..classes).map(|class| class_f1(pairs, class));
    let right = pairs.iter().filter(|(gold, found)| gold == found).count();
    (
        f1.sum::<f64>() / classes as f64,
        percent(right, pairs.len()),
    )
}

/// F1 of one class over (gold, found) classes.
pub fn class_f1(pairs: &[(usize, usize)], class: usize) -> f64 {
    let hits = pairs
        .iter()
        .filter(|p| p.0 == class && p.1 == class)
        .count();
    let gold = pairs.iter().filter(|p| p.0 == class).count();
    let found = pairs.iter().filter(|p| p.1 == class).count();
    percent(2 * hits, gold + found)
}

/// Micro-averaged counts of exact matches.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Matches {
    /// Found and right.
    pub hits: usize,
    /// Found.
    pub found: usize,
    /// To be found.
    pub gold: usize,
}

impl Matches {
    /// Counts one text's items.
    pub fn add<T: Ord>(&mut self, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.hits += gold.intersection(found).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    /// Of what was found.
    pub fn precision(self) -> f64 {
        percent(self.hits, self.found)
    }

    /// Of what was to be found.
    pub fn recall(self) -> f64 {
        percent(self.hits, self.gold)
    }

    /// Their harmonic mean.
    pub fn f1(self) -> f64 {
        percent(2 * self.hits, self.found + self.gold)
    }
}

/// `part` of `whole` in percent; 0 of nothing.
pub fn percent(part: usize, whole: usize) -> f64 {
    percent_of(part as f64, whole as f64)
}

/// The same of sums.
pub fn percent_of(part: f64, whole: f64) -> f64 {
    if whole == 0.0 {
        0.0
    } else {
        100.0 * part / whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macro_f1_weighs_classes_alike() {
        let pairs = [(0, 0), (0, 0), (0, 1), (1, 1)];
        let (f1, accuracy) = macro_f1_and_accuracy(&pairs, 2);
        assert!((f1 - (80.0 + 200.0 / 3.0) / 2.0).abs() < 1e-9);
        assert!((accuracy - 75.0).abs() < 1e-9);
    }

    #[test]
    fn matches_are_exact() {
        let mut matches = Matches::default();
        matches.add(
            &BTreeSet::from([(0, 2), (3, 4)]),
            &BTreeSet::from([(0, 2), (3, 5), (6, 7)]),
        );
        assert_eq!((matches.hits, matches.found, matches.gold), (1, 3, 2));
        assert!((matches.f1() - 40.0).abs() < 1e-9);
    }
}
