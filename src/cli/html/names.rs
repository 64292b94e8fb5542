//! The numbers by which the page knows its parts: entities by salience, voices and what they say by their order.
//!
//! Each part has a key, `entity-1`, `voice-2`, `stance-1`, `passage-4`, which is the `id` of the place that tells of it
//! and what the marks in the text name in `data-of`.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::Analysis;
use crate::analysis::result::{Entity, Speaker};
use crate::article::Span;

/// So many entities, the most salient, have a colour of their own.
const COLOURS: usize = 8;

/// Words that are somebody's, as the page shows them.
pub struct Said {
    pub span: Span,
    /// The voice, an index into [`Names::voices`].
    pub voice: usize,
    /// Whether they stand between quotation marks.
    pub quoted: bool,
}

/// The numbers of entities and voices.
pub struct Names<'a> {
    pub analysis: &'a Analysis,
    /// Those who speak, in the order in which they first do; `None` stands for all whom nothing names.
    pub voices: Vec<Option<Speaker>>,
    /// What they say, in order.
    pub said: Vec<Said>,
    entities: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    pub fn of(analysis: &'a Analysis) -> Self {
        let entities = analysis.entities.iter().enumerate();
        let mut names = Names {
            analysis,
            voices: Vec::new(),
            said: Vec::new(),
            entities: entities
                .map(|(index, entity)| (entity.id.as_str(), index))
                .collect(),
        };
        names.find_said();
        names
    }

    fn find_said(&mut self) {
        let Analysis {
            document, voices, ..
        } = self.analysis;
        let mut unattributed = vec![true; document.quoted.len()];
        let mut all: Vec<(Span, Option<&Speaker>, bool)> = Vec::new();
        for stretch in voices.stretches() {
            let parts = overlapped(&document.quoted, stretch.span);
            all.push((stretch.span, stretch.speaker.as_ref(), !parts.is_empty()));
            if let Some(flags) = unattributed.get_mut(parts) {
                flags.fill(false);
            }
        }
        let parts = document.quoted.iter().zip(unattributed);
        all.extend(
            parts
                .filter(|(_, alone)| *alone)
                .map(|(part, _)| (*part, None, true)),
        );
        all.sort_by_key(|(span, ..)| *span);
        for (span, speaker, quoted) in all {
            let voice = self.voice(speaker).unwrap_or_else(|| {
                self.voices.push(speaker.cloned());
                self.voices.len() - 1
            });
            self.said.push(Said {
                span,
                voice,
                quoted,
            });
        }
    }

    /// The number of a voice that speaks somewhere.
    pub fn voice(&self, speaker: Option<&Speaker>) -> Option<usize> {
        self.voices.iter().position(|owner| match (owner, speaker) {
            (Some(owner), Some(speaker)) => owner.is_same(speaker),
            (None, None) => true,
            _ => false,
        })
    }

    /// The entity that a speaker is: its place among the analysis's.
    pub fn entity_of(&self, speaker: &Speaker) -> Option<usize> {
        self.index_of(speaker.entity_id.as_deref()?)
    }

    /// The index of an entity in the answer.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.entities.get(id).copied()
    }
}

/// Which of the spans overlap one; they are in order and none overlaps another.
fn overlapped(spans: &[Span], one: Span) -> Range<usize> {
    let field = one.field();
    let start = spans.partition_point(|s| (s.field(), s.end()) <= (field, one.start()));
    let end = spans.partition_point(|s| (s.field(), s.start()) < (field, one.end()));
    start..end.max(start)
}

/// The number of an entity as a reader sees it, and its style class.
pub struct Badge {
    pub number: usize,
    pub class: String,
}

impl Badge {
    /// Of the entity in this place among the analysis's.
    pub fn of(entity: usize) -> Self {
        let class = if entity < COLOURS {
            format!("c{}", entity + 1)
        } else {
            "c0".to_owned()
        };
        Badge {
            number: entity + 1,
            class,
        }
    }
}

/// Whether an entity is shown at once; the others are behind "more".
pub fn is_prominent(entity: usize) -> bool {
    entity < COLOURS
}

/// "1 mention", "2 mentions".
pub fn count(number: usize, thing: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{ending}")
}

/// How many places name an entity.
pub fn mentions(entity: &Entity) -> String {
    count(entity.mentions.len(), "mention")
}
