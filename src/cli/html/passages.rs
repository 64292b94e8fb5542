//! The sentences that the summary and the stances rest on, each once whatever it serves.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::article::Span;

/// Sentences and what each serves.
pub struct Passages {
    uses: BTreeMap<Span, Uses>,
}

/// What a passage serves.
#[derive(Default)]
pub struct Uses {
    /// Its number, from 1 in the order of the text.
    pub number: usize,
    /// Whether the summary holds it.
    pub summary: bool,
    /// The stances that it is evidence for: places among the analysis's.
    pub stances: Vec<usize>,
}

impl Passages {
    pub fn of(analysis: &Analysis) -> Self {
        let mut uses: BTreeMap<Span, Uses> = BTreeMap::new();
        for sentence in analysis.summary.iter().flat_map(|s| &s.sentences) {
            uses.entry(sentence.span).or_default().summary = true;
        }
        for (stance, result) in analysis.stances.iter().enumerate() {
            for evidence in &result.evidence {
                let stances = &mut uses.entry(evidence.span).or_default().stances;
                if stances.last() != Some(&stance) {
                    stances.push(stance);
                }
            }
        }
        for (number, passage) in (1..).zip(uses.values_mut()) {
            passage.number = number;
        }
        Passages { uses }
    }

    /// The number of the passage over a span of the summary or of evidence.
    pub fn number(&self, span: Span) -> usize {
        self.uses.get(&span).map_or(0, |passage| passage.number)
    }

    /// All of them, in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = (Span, &Uses)> {
        self.uses.iter().map(|(span, uses)| (*span, uses))
    }
}
