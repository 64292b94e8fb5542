//! Content words by their stems: what texts are compared by.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_stemmers::{Algorithm, Stemmer};

/// Words that say nothing of what a text is about.
const STOP_WORDS: &str = "a about above after again against all also am an and any are as at be because been before \
being below between both but by can could did do does doing don down during each few for from further had has have \
having he her here hers herself him himself his how i if in into is it its itself just may me might more most must my \
myself no nor not now of off on once only or other our ours ourselves out over own said same says say she should so \
some such than that the their theirs them themselves then there these they this those through to too under until up \
upon very was we were what when where which while who whom why will with would you your yours yourself yourselves";

/// Cuts texts into stems of their content words.
pub struct Terms {
    stemmer: Stemmer,
    stop_words: HashSet<&'static str>,
}

impl Default for Terms {
    fn default() -> Self {
        Terms {
            stemmer: Stemmer::create(Algorithm::English),
            stop_words: STOP_WORDS.split_whitespace().collect(),
        }
    }
}

impl Terms {
    /// The stems of a text's content words.
    pub fn of(&self, text: &str) -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 1)
            .filter_map(|word| {
                let lower = word.to_lowercase();
                (!self.stop_words.contains(lower.as_str()))
                    .then(|| self.stemmer.stem(&lower).into_owned())
            })
            .collect()
    }

    /// The distinct stems.
    pub fn set(&self, text: &str) -> HashSet<String> {
        self.of(text).into_iter().collect()
    }
}

/// A sentence's terms with their weights. Ordered, since a floating-point sum depends on its order and answers must not.
pub type Vector<'a> = BTreeMap<&'a str, f32>;

/// Term vectors over the sentences of one article: term frequency by inverse sentence frequency, of unit length.
pub fn vectors(sentences: &[Vec<String>]) -> Vec<Vector<'_>> {
    let mut frequency: HashMap<&str, usize> = HashMap::new();
    for sentence in sentences {
        let distinct: HashSet<&str> = sentence.iter().map(String::as_str).collect();
        for term in distinct {
            *frequency.entry(term).or_default() += 1;
        }
    }
    let count = sentences.len() as f32;
    sentences
        .iter()
        .map(|sentence| {
            let mut vector = Vector::new();
            for term in sentence {
                let rarity =
                    (1.0 + count / frequency.get(term.as_str()).copied().unwrap_or(1) as f32).ln();
                *vector.entry(term).or_default() += rarity;
            }
            let norm = vector.values().map(|x| x * x).sum::<f32>().sqrt();
            if norm > 0.0 {
                vector.values_mut().for_each(|x| *x /= norm);
            }
            vector
        })
        .collect()
}

/// The sum of vectors.
pub fn sum<'a>(vectors: impl IntoIterator<Item = &'a Vector<'a>>) -> Vector<'a> {
    let mut sum = Vector::new();
    for vector in vectors {
        for (term, weight) in vector {
            *sum.entry(*term).or_default() += weight;
        }
    }
    sum
}

/// The dot product of two vectors: the cosine, for those of [`vectors`].
pub fn cosine(a: &Vector<'_>, b: &Vector<'_>) -> f32 {
    let (small, large) = if a.len() < b.len() { (a, b) } else { (b, a) };
    small
        .iter()
        .filter_map(|(term, x)| Some(x * large.get(term)?))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_content_words_by_their_stems() {
        let terms = Terms::default();
        let set = terms.set("Kazakhstan cancels the parade; the cancellation of parades");
        assert!(set.contains("kazakhstan") && set.contains("cancel") && set.contains("parad"));
        assert!(!set.contains("the"));
    }

    #[test]
    fn cosine_is_one_for_the_same_words_and_nothing_for_others() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let sentences = [words("war aid"), words("aid war"), words("dog")];
        let v = vectors(&sentences);
        assert!((cosine(&v[0], &v[1]) - 1.0).abs() < 1e-6);
        assert_eq!(cosine(&v[0], &v[2]), 0.0);
    }
}
