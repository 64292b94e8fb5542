//! What an answer takes, told before it is written: its texts are copies, and a hostile article has many of them.

use super::response::Shape;
use crate::analysis::Analysis;
use crate::analysis::result::{Entity, Evidence, Mention, Speaker};
use crate::article::{Document, Span};
use crate::server::pb;

/// Bytes of memory that the answer to an article takes, about; never much less than it does.
pub fn answer_memory(analysis: &Analysis, shape: &Shape) -> usize {
    let size = Size(&analysis.document);
    let entities = analysis.entities.iter().map(|entity| size.entity(entity));
    let summary = analysis.summary.iter().map(|summary| {
        let sentences = summary.sentences.iter().map(|sentence| {
            let ids = sentence.entity_ids.iter().map(|id| STRING + id.len());
            size_of::<pb::SummarySentence>() + size.text(sentence.span) + ids.sum::<usize>()
        });
        summary.text.len() + sentences.sum::<usize>()
    });
    let stances = analysis.stances.iter().map(|stance| {
        let holders = stance.holders.iter().map(|holder| {
            size_of::<pb::HolderStance>() + holder.speaker.as_ref().map_or(0, |s| size.speaker(s))
        });
        let target = stance.target.len() + stance.target_id.len();
        size_of::<pb::StanceResult>()
            + target
            + size.evidence(&stance.evidence)
            + holders.sum::<usize>()
    });
    let paragraphs = analysis
        .document
        .paragraphs
        .iter()
        .filter(|_| shape.segments);
    let segments = paragraphs.map(|p| size_of::<pb::Segment>() + size.text(p.span));
    let warnings = analysis.warnings.iter().map(|warning| {
        let text = warning.span.map_or(0, |span| size.text(span));
        size_of::<pb::Warning>() + warning.message.len() + text
    });
    entities
        .chain(summary)
        .chain(stances)
        .chain(segments)
        .chain(warnings)
        .sum()
}

/// A string in a list, without its text, as the allocator rounds it.
const STRING: usize = 40;

struct Size<'a>(&'a Document);

impl Size<'_> {
    fn text(&self, span: Span) -> usize {
        STRING + self.0.text(span).len()
    }

    fn entity(&self, entity: &Entity) -> usize {
        let aliases = entity.aliases.iter().map(|alias| STRING + alias.len());
        let mentions = entity.mentions.iter().map(|mention| self.mention(mention));
        let speakers = entity
            .speaker_sentiments
            .iter()
            .map(|by| size_of::<pb::SpeakerSentiment>() + self.speaker(&by.speaker));
        let attitudes = entity.attitudes.iter().map(|attitude| {
            let sentence = self.0.sentences.get(attitude.sentence);
            size_of::<pb::Attitude>()
                + 2 * STRING
                + attitude.holder_name.len()
                + sentence.map_or(0, |sentence| self.text(sentence.span))
        });
        size_of::<pb::Entity>()
            + 2 * STRING
            + entity.name.len()
            + aliases
                .chain(mentions)
                .chain(speakers)
                .chain(attitudes)
                .sum::<usize>()
            + self.evidence(&entity.evidence)
    }

    fn mention(&self, mention: &Mention) -> usize {
        let speaker = mention.speaker.as_ref().map_or(0, |s| self.speaker(s));
        size_of::<pb::EntityMention>() + self.text(mention.span) + speaker
    }

    fn speaker(&self, speaker: &Speaker) -> usize {
        2 * STRING + speaker.name.len() + self.text(speaker.span)
    }

    fn evidence(&self, evidence: &[Evidence]) -> usize {
        let evidence = evidence.iter().map(|evidence| {
            let speaker = evidence.speaker.as_ref().map_or(0, |s| self.speaker(s));
            size_of::<pb::Evidence>() + self.text(evidence.span) + speaker
        });
        evidence.sum()
    }
}
