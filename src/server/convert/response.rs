//! From an [`Analysis`] to the protocol, with every offset in the caller's unit.

use std::collections::HashSet;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::offsets::Offsets;
use super::{int, labels};
use crate::analysis::Analysis;
use crate::analysis::result::{
    Attitude, Entity, Evidence, HolderStance, Mention, Sentiment, Speaker, SpeakerSentiment,
    StanceProbabilities, StanceResult, Summary, Warning,
};
use crate::article::offsets::OffsetEncoding;
use crate::article::{Document, Field, Span};
use crate::model::Manifest;
use crate::server::pb;

/// How an answer is to be written.
#[derive(Debug, Clone)]
pub struct Shape {
    /// The caller's id of the article.
    pub article_id: String,
    /// The unit of offsets.
    pub encoding: OffsetEncoding,
    /// Whether to list the paragraphs.
    pub segments: bool,
}

/// Writes everything found; the call's own figures (request id, durations) are left to the caller.
pub fn respond(
    analysis: &Analysis,
    shape: Shape,
    manifest: &Manifest,
    pipeline_version: &str,
) -> pb::AnalyzeArticleResponse {
    let document = &analysis.document;
    let writer = Writer {
        document,
        offsets: Offsets::new(&document.source, shape.encoding),
        returned: analysis.entities.iter().map(|e| e.id.as_str()).collect(),
    };
    pb::AnalyzeArticleResponse {
        summary: analysis
            .summary
            .as_ref()
            .map(|summary| writer.summary(summary)),
        entities: analysis
            .entities
            .iter()
            .map(|entity| writer.entity(entity))
            .collect(),
        document_sentiment: analysis.document_sentiment.map(sentiment),
        stances: analysis
            .stances
            .iter()
            .map(|stance| writer.stance(stance))
            .collect(),
        segments: if shape.segments {
            writer.segments()
        } else {
            Vec::new()
        },
        metadata: Some(writer.metadata(analysis, shape, manifest, pipeline_version)),
    }
}

/// For an answer whose caller didn't ask for entities: keeps those that a stance refers to.
pub fn keep_referenced_entities(answer: &mut pb::AnalyzeArticleResponse) {
    let stances = &answer.stances;
    let speakers = stances.iter().flat_map(|stance| {
        let holders = stance.holders.iter().flat_map(|holder| &holder.speaker);
        let evidence = stance
            .evidence
            .iter()
            .flat_map(|evidence| &evidence.speaker);
        holders
            .chain(evidence)
            .map(|speaker| speaker.entity_id.as_str())
    });
    let targets = stances.iter().map(|stance| stance.entity_id.as_str());
    let ids: HashSet<&str> = targets.chain(speakers).collect();
    let referenced = |id: &str| ids.contains(id);
    answer
        .entities
        .retain(|entity| referenced(&entity.entity_id));
    let summary = answer.summary.iter_mut();
    for sentence in summary.flat_map(|summary| &mut summary.sentences) {
        sentence.entity_ids.clear();
    }
}

struct Writer<'a> {
    document: &'a Document,
    offsets: Offsets<'a>,
    /// The ids of the entities returned.
    returned: HashSet<&'a str>,
}

impl Writer<'_> {
    fn span(&self, span: Span) -> Option<pb::TextSpan> {
        Some(self.offsets.write(span))
    }

    fn segment_of(&self, span: Span) -> i32 {
        let place = (span.field(), span.start());
        let paragraphs = &self.document.paragraphs;
        let after = paragraphs.partition_point(|p| (p.span.field(), p.span.start()) <= place);
        int(after.saturating_sub(1))
    }

    /// Those of these entities that the answer has: the caller's types, targets and limit may leave out others.
    fn in_answer<'b>(
        &self,
        ids: impl IntoIterator<Item = &'b String>,
    ) -> impl Iterator<Item = &'b String> {
        ids.into_iter()
            .filter(|id| self.returned.contains(id.as_str()))
    }

    /// This entity's id where the answer has it, else empty.
    fn only_id(&self, id: &Option<String>) -> String {
        self.in_answer(id).next().cloned().unwrap_or_default()
    }

    fn segment_of_sentence(&self, sentence: usize) -> i32 {
        let sentence = self.document.sentences.get(sentence);
        int(sentence.map_or(0, |sentence| sentence.paragraph))
    }

    fn summary(&self, summary: &Summary) -> pb::Summary {
        let sentences = summary
            .sentences
            .iter()
            .map(|sentence| pb::SummarySentence {
                span: self.span(sentence.span),
                rank: int(sentence.rank),
                score: sentence.score,
                segment_index: self.segment_of(sentence.span),
                entity_ids: self.in_answer(&sentence.entity_ids).cloned().collect(),
            });
        pb::Summary {
            text: summary.text.clone(),
            sentences: sentences.collect(),
            compression_ratio: summary.compression_ratio,
        }
    }

    fn entity(&self, entity: &Entity) -> pb::Entity {
        pb::Entity {
            entity_id: entity.id.clone(),
            target_id: entity.target_id.clone(),
            name: entity.name.clone(),
            r#type: labels::entity_type(entity.entity_type).into(),
            aliases: entity.aliases.clone(),
            salience: entity.salience,
            mentions: entity
                .mentions
                .iter()
                .map(|mention| self.mention(mention))
                .collect(),
            sentiment: entity.sentiment.map(sentiment),
            narration_sentiment: entity.narration_sentiment.map(sentiment),
            quoted_sentiment: entity.quoted_sentiment.map(sentiment),
            speaker_sentiments: entity
                .speaker_sentiments
                .iter()
                .map(|by| self.speaker_sentiment(by))
                .collect(),
            evidence: self.evidence(&entity.evidence),
            attitudes: entity
                .attitudes
                .iter()
                .map(|attitude| self.attitude(attitude))
                .collect(),
        }
    }

    fn attitude(&self, attitude: &Attitude) -> pb::Attitude {
        let sentence = self.document.sentences.get(attitude.sentence);
        pb::Attitude {
            holder_id: self.only_id(&Some(attitude.holder_id.clone())),
            holder_name: attitude.holder_name.clone(),
            sentiment: Some(sentiment(attitude.sentiment)),
            span: sentence.and_then(|sentence| self.span(sentence.span)),
            segment_index: self.segment_of_sentence(attitude.sentence),
        }
    }

    fn mention(&self, mention: &Mention) -> pb::EntityMention {
        pb::EntityMention {
            span: self.span(mention.span),
            kind: labels::mention_kind(mention.kind).into(),
            segment_index: self.segment_of_sentence(mention.sentence),
            quoted: mention.quoted,
            speaker: mention
                .speaker
                .as_ref()
                .map(|speaker| self.speaker(speaker)),
            sentiment: Some(sentiment(mention.sentiment)),
            confidence: mention.confidence,
        }
    }

    fn speaker(&self, speaker: &Speaker) -> pb::Speaker {
        pb::Speaker {
            entity_id: self.only_id(&speaker.entity_id),
            name: speaker.name.clone(),
            span: self.span(speaker.span),
            paraphrased: speaker.paraphrased,
        }
    }

    fn speaker_sentiment(&self, by: &SpeakerSentiment) -> pb::SpeakerSentiment {
        pb::SpeakerSentiment {
            speaker: Some(self.speaker(&by.speaker)),
            sentiment: Some(sentiment(by.sentiment)),
            mention_count: int(by.mentions),
        }
    }

    fn stance(&self, result: &StanceResult) -> pb::StanceResult {
        pb::StanceResult {
            target_id: result.target_id.clone(),
            text: result.target.clone(),
            kind: labels::target_kind(result.kind).into(),
            entity_id: self.only_id(&result.entity_id),
            stance: labels::stance(result.stance).into(),
            abstention: labels::abstention(result.abstention).into(),
            score: result.score,
            probabilities: result.probabilities.map(stance_probabilities),
            holders: result
                .holders
                .iter()
                .map(|holder| self.holder_stance(holder))
                .collect(),
            evidence: self.evidence(&result.evidence),
        }
    }

    fn holder_stance(&self, holder: &HolderStance) -> pb::HolderStance {
        pb::HolderStance {
            holder: labels::holder(holder.holder).into(),
            speaker: holder.speaker.as_ref().map(|speaker| self.speaker(speaker)),
            stance: labels::stance(holder.stance).into(),
            score: holder.score,
            probabilities: Some(stance_probabilities(holder.probabilities)),
        }
    }

    fn evidence(&self, evidence: &[Evidence]) -> Vec<pb::Evidence> {
        let evidence = evidence.iter().map(|evidence| pb::Evidence {
            span: self.span(evidence.span),
            segment_index: int(evidence.paragraph),
            weight: evidence.weight,
            score: evidence.score,
            speaker: evidence
                .speaker
                .as_ref()
                .map(|speaker| self.speaker(speaker)),
        });
        evidence.collect()
    }

    fn segments(&self) -> Vec<pb::Segment> {
        let paragraphs = self.document.paragraphs.iter().enumerate();
        let segments = paragraphs.map(|(index, paragraph)| pb::Segment {
            index: int(index),
            kind: labels::segment_kind(paragraph.role).into(),
            span: self.span(paragraph.span),
            analyzed: paragraph.analyzed,
        });
        segments.collect()
    }

    fn metadata(
        &self,
        analysis: &Analysis,
        shape: Shape,
        manifest: &Manifest,
        pipeline_version: &str,
    ) -> pb::AnalysisMetadata {
        let source = &self.document.source;
        let models = manifest.models.iter().map(|model| pb::ModelVersion {
            name: model.name.clone(),
            version: model.version.clone(),
            sha256: model.digest.sha256.clone(),
        });
        let analyzed = self
            .document
            .paragraphs
            .iter()
            .filter(|paragraph| paragraph.analyzed);
        let analyzed = analyzed.map(|paragraph| characters(self.document.text(paragraph.span)));
        let total =
            characters(source.field(Field::Title)) + characters(source.field(Field::Content));
        pb::AnalysisMetadata {
            article_id: shape.article_id,
            request_id: String::new(),
            language_code: analysis.language.code.to_owned(),
            language_confidence: analysis.language.confidence,
            pipeline_version: pipeline_version.to_owned(),
            models: models.collect(),
            content_sha256: sha256(source.field(Field::Content)),
            offset_encoding: labels::offset_encoding(shape.encoding).into(),
            analyzed_characters: int(analyzed.sum()),
            total_characters: int(total),
            tokens: int(analysis.tokens),
            warnings: analysis
                .warnings
                .iter()
                .map(|warning| self.warning(warning))
                .collect(),
            queue_duration: None,
            compute_duration: None,
        }
    }

    fn warning(&self, warning: &Warning) -> pb::Warning {
        pb::Warning {
            code: labels::warning_code(warning.kind).into(),
            message: warning.message.clone(),
            span: warning.span.and_then(|span| self.span(span)),
        }
    }
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

fn sha256(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // Writing to a String can't fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

fn sentiment(sentiment: Sentiment) -> pb::Sentiment {
    pb::Sentiment {
        label: labels::sentiment_label(sentiment.label).into(),
        score: sentiment.score,
        probabilities: Some(pb::SentimentProbabilities {
            positive: sentiment.probabilities.positive,
            neutral: sentiment.probabilities.neutral,
            negative: sentiment.probabilities.negative,
        }),
    }
}

fn stance_probabilities(probabilities: StanceProbabilities) -> pb::StanceProbabilities {
    pb::StanceProbabilities {
        favor: probabilities.favor,
        neutral: probabilities.neutral,
        against: probabilities.against,
    }
}
