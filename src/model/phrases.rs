//! What the phrase head tells of each word: whether it stands in a noun phrase, what that stands for, its part in the sentence.

/// What a noun phrase may stand for: GUM's entity types, the rare ones as `thing`.
pub const TYPES: [&str; 7] = [
    "person",
    "organization",
    "place",
    "thing",
    "event",
    "time",
    "abstract",
];
/// A noun phrase's part in its sentence: from the Universal Dependencies relation of its head.
pub const ROLES: [&str; 5] = ["subject", "object", "oblique", "possessive", "other"];
const BOUNDS: [&str; 3] = ["O", "B", "I"];

/// The labels of the head's scores, in their order.
pub fn labels() -> Vec<&'static str> {
    [&BOUNDS[..], &TYPES, &ROLES].concat()
}

/// Where a word stands with regard to base noun phrases (Ramshaw & Marcus 1995).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// In none.
    Outside,
    /// The first of one.
    First,
    /// A further one.
    Inside,
}

/// One word's scores.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseWord {
    /// The likeliest.
    pub bound: Bound,
    /// Probabilities of [`TYPES`].
    pub types: [f32; TYPES.len()],
    /// Probabilities of [`ROLES`].
    pub roles: [f32; ROLES.len()],
}

impl PhraseWord {
    /// From as many logits as there are [`labels`]; `None` of fewer.
    pub fn from_logits(logits: &[f32]) -> Option<Self> {
        let (bounds, rest) = logits.split_at_checked(BOUNDS.len())?;
        let (types, roles) = rest.split_at_checked(TYPES.len())?;
        let best = (0..bounds.len()).max_by(|a, b| {
            let score = |at: &usize| bounds.get(*at).copied().unwrap_or(f32::MIN);
            score(a).total_cmp(&score(b))
        });
        Some(PhraseWord {
            bound: match best {
                Some(1) => Bound::First,
                Some(2) => Bound::Inside,
                _ => Bound::Outside,
            },
            types: softmax(types).try_into().ok()?,
            roles: softmax(roles).try_into().ok()?,
        })
    }
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    super::tags::log_softmax(logits)
        .iter()
        .map(|x| x.exp())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_scores_into_their_groups() {
        let mut logits = vec![0.0; labels().len()];
        logits[1] = 3.0;
        logits[3 + 2] = 9.0;
        logits[10] = 9.0;
        let word = PhraseWord::from_logits(&logits).unwrap();
        assert_eq!(word.bound, Bound::First);
        assert!(word.types[2] > 0.99 && word.roles[0] > 0.99);
        assert_eq!(PhraseWord::from_logits(&logits[..9]), None);
    }
}
