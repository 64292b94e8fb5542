//! Entity tags: the two tag schemes, and the best valid BIO sequence over a sentence's tag scores.

/// A set of entity types, tagged BIO: index 0 is `O`, then `B-` and `I-` of each type in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// The types of English Worldwide Newswire; what the analyses use.
    Newswire,
    /// The types of CoNLL-2003.
    Conll,
}

impl Scheme {
    /// The entity types in the order of their tags.
    pub fn types(self) -> &'static [&'static str] {
        match self {
            Scheme::Newswire => &[
                "Location",
                "Person",
                "Organization",
                "NORP",
                "Date",
                "Misc",
                "Money",
                "Facility",
                "Product",
            ],
            Scheme::Conll => &["PER", "ORG", "LOC", "MISC"],
        }
    }

    /// The tags' names, by index.
    pub fn tag_names(self) -> Vec<String> {
        let inside = self.types().iter();
        let inside = inside.flat_map(|kind| [format!("B-{kind}"), format!("I-{kind}")]);
        std::iter::once("O".to_owned()).chain(inside).collect()
    }

    /// How many tags there are.
    pub fn tags(self) -> usize {
        1 + 2 * self.types().len()
    }
}

/// One entity found: words `start..end`, an index into the scheme's types, and its mean tag probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaggedWords {
    /// The first word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// The type, an index into [`Scheme::types`].
    pub kind: usize,
    /// 0..=1.
    pub confidence: f32,
}

/// Whether tag `next` may follow tag `last`: `I-X` only after `B-X` or `I-X`.
fn may_follow(last: Option<usize>, next: usize) -> bool {
    let inside = next > 0 && next.is_multiple_of(2);
    !inside || last == Some(next) || last == Some(next - 1)
}

/// The entities of the most probable valid tag sequence (Viterbi over hard transitions).
///
/// `scores` holds one row of logits for each word.
pub fn decode(scores: &[&[f32]]) -> Vec<TaggedWords> {
    let rows: Vec<Vec<f32>> = scores.iter().map(|row| log_softmax(row)).collect();
    let path = best_path(&rows);
    let mut found: Vec<TaggedWords> = Vec::new();
    for (word, (&tag, row)) in path.iter().zip(&rows).enumerate() {
        let probability = row.get(tag).map_or(0.0, |p| p.exp());
        if tag == 0 {
            continue;
        }
        let kind = (tag - 1) / 2;
        match found.last_mut() {
            Some(open) if tag.is_multiple_of(2) && open.end == word && open.kind == kind => {
                open.end = word + 1;
                open.confidence += probability;
            }
            _ => found.push(TaggedWords {
                start: word,
                end: word + 1,
                kind,
                confidence: probability,
            }),
        }
    }
    for entity in &mut found {
        entity.confidence /= (entity.end - entity.start) as f32;
    }
    found
}

fn best_path(rows: &[Vec<f32>]) -> Vec<usize> {
    let mut best: Vec<f32> = Vec::new();
    let mut back: Vec<Vec<usize>> = Vec::new();
    for row in rows {
        let (scores, from): (Vec<f32>, Vec<usize>) = row
            .iter()
            .enumerate()
            .map(|(tag, score)| {
                if back.is_empty() {
                    let start = if may_follow(None, tag) {
                        *score
                    } else {
                        f32::NEG_INFINITY
                    };
                    return (start, 0);
                }
                let (last, sum) = best
                    .iter()
                    .enumerate()
                    .filter(|&(last, _)| may_follow(Some(last), tag))
                    .fold((0, f32::NEG_INFINITY), |most, (last, &sum)| {
                        if sum > most.1 { (last, sum) } else { most }
                    });
                (sum + score, last)
            })
            .unzip();
        best = scores;
        back.push(from);
    }
    let mut tag = best
        .iter()
        .enumerate()
        .fold((0, f32::NEG_INFINITY), |most, (tag, &sum)| {
            if sum > most.1 { (tag, sum) } else { most }
        })
        .0;
    let mut path = Vec::with_capacity(rows.len());
    for from in back.iter().rev() {
        path.push(tag);
        tag = from.get(tag).copied().unwrap_or(0);
    }
    path.reverse();
    path
}

/// Logits to log-probabilities.
pub fn log_softmax(logits: &[f32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = logits.iter().map(|x| (x - most).exp()).sum();
    logits.iter().map(|x| x - most - sum.ln()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_b_and_i_tags_into_entities() {
        // O, B-X, I-X, B-Y, I-Y
        let rows: Vec<[f32; 5]> = vec![
            [0., 9., 0., 0., 0.],
            [0., 0., 9., 0., 0.],
            [0., 9., 0., 0., 0.],
            [9., 0., 0., 0., 0.],
            [0., 0., 0., 9., 0.],
        ];
        let rows: Vec<&[f32]> = rows.iter().map(|r| r.as_slice()).collect();
        let found: Vec<_> = decode(&rows)
            .iter()
            .map(|e| (e.start, e.end, e.kind))
            .collect();
        assert_eq!(found, [(0, 2, 0), (2, 3, 0), (4, 5, 1)]);
    }

    #[test]
    fn never_lets_an_inside_tag_open_an_entity() {
        let rows: Vec<[f32; 5]> = vec![[0., 0., 5., 4., 0.], [0., 0., 0., 0., 9.]];
        let rows: Vec<&[f32]> = rows.iter().map(|r| r.as_slice()).collect();
        let found: Vec<_> = decode(&rows)
            .iter()
            .map(|e| (e.start, e.end, e.kind))
            .collect();
        assert_eq!(found, [(0, 2, 1)]);
    }

    #[test]
    fn an_empty_sentence_has_no_entities() {
        assert!(decode(&[]).is_empty());
    }
}
