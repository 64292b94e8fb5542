//! Whose words stand where: the article's own, or somebody's whom it quotes or reports, as one of its entities.

mod continued;
pub(super) mod described;
mod dispatches;
mod echoes;
pub(super) mod gender;
mod interviews;
mod named;
mod pronouns;
mod representatives;
mod settled;
mod sources;
mod speakers;
mod titled;

use std::collections::HashSet;

use self::pronouns::is_pronoun;
use self::settled::Awaiting;
use self::speakers::{Resolver, Said};
use super::attribution::{self, Attribution, Attributions, Kind};
use super::request::EntityType;
use super::result::{Entity, Speaker};
use crate::article::{Document, Field, Sentence, Span};

/// Words are taken for somebody's only where the attribution is as sure as this.
const SURE: f32 = 0.6;
/// So many stretches before a place are looked through for the one that holds it; stretches hardly nest.
const NEAR: usize = 16;

/// The stretches of a document that are not in its own voice.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Voices {
    /// In order of their starts.
    stretches: Vec<Stretch>,
    /// The phrases that name who says them, in order of their starts.
    sources: Vec<Span>,
    /// What quotes report of others, whom only the linking of mentions tells.
    reported: Vec<Stretch>,
    /// The phrases that name who says something while it isn't known yet which entity that is.
    awaiting: Awaiting,
}

/// Words that are somebody's, without a break.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Where they stand.
    pub span: Span,
    /// Whose they are, where it is known.
    pub speaker: Option<Speaker>,
    /// The phrase or pronoun that names whose they are, where the speaker doesn't say it.
    source: Option<Span>,
}

/// Whose words a place stands in.
#[derive(Debug, Clone, PartialEq)]
pub enum Voice {
    /// The article's own.
    Article,
    /// Somebody's, quoted or reported; `None` where it is unknown whose.
    Other(Option<Speaker>),
}

impl Voices {
    /// Finds the attributions of a document and who speaks in each, as one of the entities where it is one.
    pub fn of(document: &Document, entities: &[Entity]) -> Self {
        let Attributions {
            narrated: attributions,
            quoted,
        } = attribution::find(document);
        let mut resolver = Resolver::new(document, entities);
        let speakers = resolver.resolve(&attributions);
        let people = entities
            .iter()
            .filter(|e| e.entity_type == EntityType::Person);
        let people: HashSet<&str> = people.map(|entity| entity.id.as_str()).collect();
        let (mut stretches, mut sources) = (Vec::new(), Vec::new());
        let mut unclear = Vec::new();
        for (attribution, said) in attributions.iter().zip(speakers) {
            let speaker = said.speaker();
            let heard = is_sure(attribution, speaker, &people) && is_speech(document, attribution);
            // A label need not name anybody, and yet somebody speaks.
            let reported = attribution.kind == Kind::Indirect && attribution.cue.is_some();
            if !heard || reported && said == Said::ByNobody {
                continue;
            }
            let source = attribution.source.filter(|_| said != Said::ByAnybody);
            let own = attribution.content.iter().map(|span| Stretch {
                span: *span,
                speaker: speaker.cloned(),
                source,
            });
            let named = source.is_some_and(|span| !is_pronoun(&document.text(span).to_lowercase()));
            if speaker.is_none() && (!named || said == Said::ByNobody) {
                unclear.extend(own);
            } else {
                stretches.extend(own);
            }
            sources.extend(source);
        }
        let answers = interviews::answers(document, entities);
        // "Said in a statement that …", "A: It was": the words are those of whoever makes the statement or answers.
        let known = stretches.iter().filter(|own| own.speaker.is_some());
        let known: Voices = known.chain(&answers).cloned().collect();
        unclear.retain(|own| {
            let holder = known.innermost(own.span);
            let marked = |span| document.is_quoted(span);
            holder.is_none_or(|holder| marked(own.span) && !marked(holder.span))
        });
        stretches.extend(unclear);
        let labels: HashSet<(Field, usize)> = answers
            .iter()
            .map(|answer| (answer.span.field(), answer.span.start()))
            .collect();
        // "ROE: We won.": the label, which need not be read as a name, is told by the interview.
        stretches.retain(|own| {
            let unknown = own.speaker.as_ref().filter(|s| s.entity_id.is_none());
            !unknown.is_some_and(|s| labels.contains(&(s.span.field(), s.span.start())))
        });
        stretches.extend(answers);
        stretches.extend(resolver.dispatches());
        sources.sort_by_key(|source| (source.field(), source.start()));
        let reported = quoted.into_iter().flat_map(|own| {
            let source = own.source;
            let content = own.content.into_iter();
            content.map(move |span| Stretch {
                span,
                speaker: None,
                source,
            })
        });
        let mut voices = Voices {
            sources,
            reported: reported.collect(),
            ..stretches.into_iter().collect()
        };
        voices.awaiting = Awaiting::of(voices.stretches.iter().chain(&voices.reported));
        voices
    }

    fn add(&mut self, stretches: impl IntoIterator<Item = Stretch>) {
        self.stretches.extend(stretches);
        self.stretches
            .sort_by_key(|stretch| (stretch.span.field(), stretch.span.start()));
    }

    /// Whether a span stands in the phrase that names who says something.
    pub fn names_source(&self, span: Span) -> bool {
        let after = self.sources.partition_point(|source| {
            (source.field(), source.start()) <= (span.field(), span.start())
        });
        let before = self.sources.get(..after).unwrap_or(&[]);
        before
            .iter()
            .rev()
            .take(NEAR)
            .any(|source| source.contains(span))
    }

    /// The stretches that are somebody's, in order of their starts; they may nest. Quotation marks with no word of who
    /// speaks make none.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Who speaks in each stretch where it is known, in order.
    pub fn speakers(&self) -> impl Iterator<Item = &Speaker> {
        self.stretches.iter().filter_map(|own| own.speaker.as_ref())
    }

    /// Whose words a span stands in: of nested stretches the innermost counts.
    pub fn at(&self, document: &Document, span: Span) -> Voice {
        let quoted = document.is_quoted(span);
        match self.innermost(span) {
            Some(stretch) => Voice::Other(stretch.speaker.clone().map(|speaker| Speaker {
                paraphrased: !quoted,
                ..speaker
            })),
            None if quoted => Voice::Other(None),
            None => Voice::Article,
        }
    }

    /// The shortest stretch that holds a span.
    fn innermost(&self, span: Span) -> Option<&Stretch> {
        let after = self.stretches.partition_point(|stretch| {
            (stretch.span.field(), stretch.span.start()) <= (span.field(), span.start())
        });
        let before = self.stretches.get(..after).unwrap_or(&[]);
        let near = before.iter().rev().take(NEAR);
        near.filter(|stretch| stretch.span.contains(span))
            .min_by_key(|stretch| stretch.span.len())
    }

    /// The voice of most of a sentence's words.
    pub fn of_sentence(&self, document: &Document, sentence: &Sentence) -> Voice {
        let words = document.words.get(sentence.words.clone()).unwrap_or(&[]);
        let mut counts: Vec<(Voice, usize)> = Vec::new();
        for word in words {
            let voice = self.at(document, *word);
            match counts.iter_mut().find(|(known, _)| known.is_same(&voice)) {
                Some((_, count)) => *count += 1,
                None => counts.push((voice, 1)),
            }
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        most.map_or(Voice::Article, |(voice, _)| voice)
    }
}

impl FromIterator<Stretch> for Voices {
    fn from_iter<I: IntoIterator<Item = Stretch>>(stretches: I) -> Self {
        let mut voices = Voices::default();
        voices.add(stretches);
        voices
    }
}

impl Stretch {
    /// Words of a known speaker.
    pub fn of(span: Span, speaker: Speaker) -> Self {
        Stretch {
            span,
            speaker: Some(speaker),
            source: None,
        }
    }

    /// The phrase that names whose they are, if one does.
    fn named(&self) -> Option<Span> {
        let speaker = self.speaker.as_ref().map(|speaker| speaker.span);
        speaker.or(self.source)
    }

    /// Whether it is known which entity speaks.
    fn is_known(&self) -> bool {
        let speaker = self.speaker.as_ref();
        speaker.is_some_and(|speaker| speaker.entity_id.is_some())
    }
}

impl Voice {
    /// Who speaks, where it is somebody known.
    pub fn speaker(&self) -> Option<&Speaker> {
        match self {
            Voice::Article => None,
            Voice::Other(speaker) => speaker.as_ref(),
        }
    }

    /// Whether both are one voice; all unknown speakers are.
    pub fn is_same(&self, other: &Voice) -> bool {
        match (self, other) {
            (Voice::Article, Voice::Article) | (Voice::Other(None), Voice::Other(None)) => true,
            (Voice::Other(Some(a)), Voice::Other(Some(b))) => a.is_same(b),
            _ => false,
        }
    }
}

/// Whether an attribution moves its words out of the article's voice. A label before a colon ("Doe: we won", but also
/// "Selin: ferry sinks") needs a person's name.
fn is_sure(attribution: &Attribution, speaker: Option<&Speaker>, people: &HashSet<&str>) -> bool {
    let id = speaker.and_then(|speaker| speaker.entity_id.as_deref());
    let person = id.is_some_and(|id| people.contains(id));
    attribution.confidence >= SURE || attribution.cue.is_none() && person
}

/// Whether somebody else's words are given, and not what somebody does ("refused to go") or what the author says.
fn is_speech(document: &Document, attribution: &Attribution) -> bool {
    let source = attribution.source.map_or("", |span| document.text(span));
    let first = attribution
        .content
        .first()
        .map_or("", |span| document.text(*span));
    let act = attribution.kind == Kind::Indirect && first.starts_with("to ");
    let author = attribution.kind == Kind::Indirect && matches!(source, "I" | "We" | "we");
    !act && !author
}

#[cfg(test)]
mod tests;
