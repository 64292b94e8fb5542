//! Scores of coreference chains: MUC (Vilain et al. 1995), B³ (Bagga & Baldwin 1998), CEAF-φ4 (Luo 2005), and their
//! mean, the CoNLL score (Pradhan et al. 2012).

use std::collections::{HashMap, HashSet};

use super::score::percent_of;

/// Chains of mentions, each mention a number.
pub type Chains = Vec<Vec<usize>>;

/// What was reached of what could be, over several documents.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Ratio {
    reached: f64,
    all: f64,
}

impl Ratio {
    fn add(&mut self, reached: f64, all: f64) {
        self.reached += reached;
        self.all += all;
    }

    fn share(self) -> f64 {
        percent_of(self.reached, self.all)
    }
}

/// Recall and precision of one measure.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Measure {
    recall: Ratio,
    precision: Ratio,
}

impl Measure {
    /// In percent.
    pub fn recall(self) -> f64 {
        self.recall.share()
    }

    /// In percent.
    pub fn precision(self) -> f64 {
        self.precision.share()
    }

    /// In percent.
    pub fn f1(self) -> f64 {
        let (r, p) = (self.recall(), self.precision());
        if r + p > 0.0 {
            2.0 * r * p / (r + p)
        } else {
            0.0
        }
    }
}

/// The three measures over several documents. Chains of one mention don't count, in the gold or among those found.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Scores {
    /// By links.
    pub muc: Measure,
    /// By mentions.
    pub b_cubed: Measure,
    /// By chains.
    pub ceaf: Measure,
}

impl Scores {
    /// Counts one document.
    pub fn add(&mut self, gold: &Chains, found: &Chains) {
        let plural = |chains: &Chains| -> Chains {
            chains.iter().filter(|c| c.len() > 1).cloned().collect()
        };
        let (gold, found) = (plural(gold), plural(found));
        for (measure, own, other) in [
            (&mut self.muc.recall, &gold, &found),
            (&mut self.muc.precision, &found, &gold),
        ] {
            let (reached, all) = links(own, other);
            measure.add(reached, all);
        }
        for (measure, own, other) in [
            (&mut self.b_cubed.recall, &gold, &found),
            (&mut self.b_cubed.precision, &found, &gold),
        ] {
            let (reached, all) = shares(own, other);
            measure.add(reached, all);
        }
        let similarity = best_similarity(&gold, &found);
        self.ceaf.recall.add(similarity, gold.len() as f64);
        self.ceaf.precision.add(similarity, found.len() as f64);
    }

    /// The mean of the three F1, in percent.
    pub fn conll(self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }
}

fn chain_of(chains: &Chains) -> HashMap<usize, usize> {
    let pairs = chains.iter().enumerate();
    pairs
        .flat_map(|(at, chain)| chain.iter().map(move |mention| (*mention, at)))
        .collect()
}

/// MUC: the links of `own` that `other` has too, and all of `own`.
fn links(own: &Chains, other: &Chains) -> (f64, f64) {
    let others = chain_of(other);
    let counts = own.iter().map(|chain| {
        let known = chain.iter().filter_map(|mention| others.get(mention));
        let parts = known.clone().collect::<HashSet<_>>().len() + chain.len() - known.count();
        (chain.len() - parts, chain.len() - 1)
    });
    counts.fold((0.0, 0.0), |(reached, all), (r, a)| {
        (reached + r as f64, all + a as f64)
    })
}

/// B³: over the mentions of `own`, the share of each one's chain that `other` joins with it; and the mentions.
fn shares(own: &Chains, other: &Chains) -> (f64, f64) {
    let others = chain_of(other);
    let mut reached = 0.0;
    let mut all = 0.0;
    for chain in own {
        let mut parts: HashMap<usize, usize> = HashMap::new();
        for part in chain.iter().filter_map(|mention| others.get(mention)) {
            *parts.entry(*part).or_default() += 1;
        }
        // In the order of their sizes: a sum of floats depends on its order.
        let mut sizes: Vec<usize> = parts.into_values().collect();
        sizes.sort_unstable();
        reached += sizes.iter().map(|n| (n * n) as f64).sum::<f64>() / chain.len() as f64;
        all += chain.len() as f64;
    }
    (reached, all)
}

/// CEAF: the greatest sum of similarities φ4 = 2|a∩b| / (|a|+|b|) over one-to-one alignments of chains.
fn best_similarity(gold: &Chains, found: &Chains) -> f64 {
    let others = chain_of(found);
    let rows: Vec<Vec<f64>> = gold
        .iter()
        .map(|chain| {
            let mut row = vec![0.0; found.len()];
            for at in chain.iter().filter_map(|mention| others.get(mention)) {
                if let Some(common) = row.get_mut(*at) {
                    *common += 1.0;
                }
            }
            let similar = |(common, other): (f64, &Vec<usize>)| {
                2.0 * common / (chain.len() + other.len()) as f64
            };
            row.into_iter().zip(found).map(similar).collect()
        })
        .collect();
    greatest_assignment(&rows)
}

/// The greatest sum of one-to-one choices from a matrix, by auctions (Bertsekas 1988) to within 1e-6.
fn greatest_assignment(values: &[Vec<f64>]) -> f64 {
    let columns = values.first().map_or(0, Vec::len);
    let step = 1e-6 / (values.len().max(1) as f64);
    let mut prices = vec![0.0; columns];
    let mut owner: Vec<Option<usize>> = vec![None; columns];
    let mut waiting: Vec<usize> = (0..values.len()).collect();
    while let Some(row) = waiting.pop() {
        let gains = values.get(row).into_iter().flatten().zip(&prices);
        let mut best: Option<(usize, f64)> = None;
        // A row may also go without a column, at a gain of nothing.
        let mut second = 0.0;
        for (column, (value, price)) in gains.enumerate() {
            let gain = value - price;
            match best {
                Some((_, most)) if gain <= most => second = f64::max(second, gain),
                _ => {
                    second = best.map_or(second, |(_, most)| f64::max(second, most));
                    best = Some((column, gain));
                }
            }
        }
        let Some((column, gain)) = best.filter(|(_, gain)| *gain > 0.0) else {
            continue;
        };
        if let (Some(price), Some(own)) = (prices.get_mut(column), owner.get_mut(column)) {
            *price += gain - second + step;
            waiting.extend(own.replace(row));
        }
    }
    let chosen = owner.iter().enumerate();
    chosen
        .filter_map(|(column, row)| values.get((*row)?)?.get(column))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_as_the_papers_do() {
        // The example of Pradhan et al. 2014: key {a b c} {d e f g}, response {a b} {c d} {f g h i}.
        let gold = vec![vec![0, 1, 2], vec![3, 4, 5, 6]];
        let found = vec![vec![0, 1], vec![2, 3], vec![5, 6, 7, 8]];
        let mut scores = Scores::default();
        scores.add(&gold, &found);
        let near = |a: f64, b: f64| assert!((a - b).abs() < 0.01, "{a} {b}");
        near(scores.muc.recall(), 40.0);
        near(scores.muc.precision(), 40.0);
        near(scores.b_cubed.recall(), 100.0 * 35.0 / 12.0 / 7.0);
        near(scores.b_cubed.precision(), 50.0);
        near(scores.ceaf.recall(), 65.0);
        near(scores.ceaf.precision(), 130.0 / 3.0);
    }

    #[test]
    fn the_greatest_assignment_is_not_the_greedy_one() {
        let values = [
            vec![0.9, 0.8, 0.0],
            vec![0.85, 0.1, 0.0],
            vec![0.3, 0.0, 0.2],
        ];
        assert!((greatest_assignment(&values) - 1.85).abs() < 1e-5);
        assert_eq!(greatest_assignment(&[]), 0.0);
    }

    #[test]
    fn single_mentions_do_not_count() {
        let mut scores = Scores::default();
        scores.add(&vec![vec![0, 1], vec![2]], &vec![vec![1, 0], vec![3]]);
        assert_eq!(scores.conll(), 100.0);
    }
}
