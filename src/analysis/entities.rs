//! Entities with their mentions, salience, sentiment and evidence.

use std::collections::{HashMap, HashSet};

use super::aliases::{self, Cluster};
use super::names::{self, Name};
use super::nominals;
use super::passages::SentenceReading;
use super::request::{EntityOptions, EntityOrder, EntityType, EvidenceLevel};
use super::result::{Entity, Evidence, Mention, MentionKind, Sentiment, SentimentLabel, Speaker};
use super::voices::{Voice, Voices};
use super::{AnalyzeError, Interrupt, sentiment, targets};
use crate::article::{Document, Role, Span};
use crate::model::{Models, Polarity, Register};

/// A mention before its sentiment is known.
struct Place {
    cluster: usize,
    span: Span,
    sentence: usize,
    kind: MentionKind,
    confidence: f32,
}

impl Place {
    fn unjudged(&self, document: &Document) -> Mention {
        let place = (self.span, self.sentence);
        unjudged(document, place, self.kind, self.confidence)
    }
}

/// Finds every entity of a document that has a name, in the order of first mention, with its mentions by name.
///
/// No mention has a sentiment yet: see [`judge`].
pub fn find(document: &Document, readings: &[SentenceReading]) -> Vec<Entity> {
    let names = names::find(document, readings);
    let nominals = nominals::find(document, &names);
    let clusters = aliases::cluster(document, &names);
    let places = places(&clusters, &names, &nominals);

    let mut entities: Vec<Entity> = clusters
        .into_iter()
        .map(|cluster| Entity::unmentioned(cluster.name, cluster.entity_type))
        .collect();
    for place in &places {
        if let Some(entity) = entities.get_mut(place.cluster) {
            entity.mentions.push(place.unjudged(document));
        }
    }
    entities.retain(|entity| !entity.mentions.is_empty());
    entities.sort_by_key(|entity| {
        entity
            .mentions
            .first()
            .map(|m| (m.span.field(), m.span.start()))
    });
    for (number, entity) in (1..).zip(&mut entities) {
        entity.id = format!("e{number}");
    }
    entities
}

/// Fills in what follows from the entities' mentions and from whose words these stand in.
pub fn complete(
    document: &Document,
    voices: &Voices,
    entities: &mut [Entity],
    evidence: EvidenceLevel,
) {
    for entity in entities.iter_mut() {
        for mention in &mut entity.mentions {
            if voices.names_source(mention.span) {
                mention.sentiment = sentiment::of_source(mention.sentiment);
            }
        }
        summarize(document, entity, evidence);
    }
    share_salience(document, entities);
}

/// What the caller wants of the entities: those it names, of its types, so many, in its order.
pub fn select(entities: Vec<Entity>, options: &EntityOptions) -> Vec<Entity> {
    let mut wanted: Vec<Entity> = entities
        .into_iter()
        .filter(|e| options.types.is_empty() || options.types.contains(&e.entity_type))
        .filter(|e| options.targets.is_empty() || !e.target_id.is_empty())
        .collect();
    wanted.sort_by(|a, b| b.salience.total_cmp(&a.salience));
    wanted.truncate(options.max_entities.unwrap_or(usize::MAX));
    if options.order == EntityOrder::FirstMention {
        wanted.sort_by_key(|e| e.mentions.first().map(|m| (m.span.field(), m.span.start())));
    }
    wanted
}

/// Gives the caller's entities their ids: an entity found under one of their names, or a new one at their spans.
///
/// A target that is not in the text becomes an entity without mentions.
pub fn resolve_targets(document: &Document, entities: &mut Vec<Entity>, options: &EntityOptions) {
    for target in &options.targets {
        let names = std::iter::once(&target.name).chain(&target.aliases);
        let known = names
            .filter(|name| !name.trim().is_empty())
            .find_map(|name| targets::entity_named(entities, document, name))
            .or_else(|| {
                entities.iter().position(|entity| {
                    let mentions = entity.mentions.iter();
                    mentions
                        .clone()
                        .any(|m| target.spans.iter().any(|s| s.overlaps(m.span)))
                })
            });
        if let Some(entity) = known.and_then(|at| entities.get_mut(at)) {
            entity.target_id.clone_from(&target.id);
            continue;
        }
        let places: Vec<Place> = targets::occurrences(document, target)
            .into_iter()
            .map(|(span, sentence)| Place {
                cluster: 0,
                span,
                sentence,
                kind: MentionKind::Proper,
                confidence: 1.0,
            })
            .collect();
        entities.push(Entity {
            id: format!("e{}", entities.len() + 1),
            target_id: target.id.clone(),
            mentions: places.iter().map(|p| p.unjudged(document)).collect(),
            ..Entity::unmentioned(target.name.clone(), EntityType::Other)
        });
    }
}

fn places(clusters: &[Cluster], names: &[Name], nominals: &[nominals::Nominal]) -> Vec<Place> {
    let mut places = Vec::new();
    for (index, cluster) in clusters.iter().enumerate() {
        let named = cluster.mentions.iter().filter_map(|(at, kind)| {
            let name = names.get(*at)?;
            // "Asian" in "the central Asian nation" is part of that description, no mention of its own.
            let place = (name.span.field(), name.span.start());
            let from = nominals.partition_point(|n| (n.span.field(), n.span.end()) <= place);
            let nominal = nominals.get(from);
            let described = nominal.is_some_and(|n| n.span.overlaps(name.span));
            (!described).then_some(Place {
                cluster: index,
                span: name.span,
                sentence: name.sentence,
                kind: *kind,
                confidence: name.confidence,
            })
        });
        places.extend(named);
        let Some(country) = cluster.country else {
            continue;
        };
        places.extend(
            nominals
                .iter()
                .filter(|n| n.country == country)
                .map(|n| Place {
                    cluster: index,
                    span: n.span,
                    sentence: n.sentence,
                    kind: MentionKind::Nominal,
                    confidence: 0.5,
                }),
        );
    }
    places.sort_by_key(|place| (place.span.field(), place.span.start()));
    places
}

/// A mention at a place (a span, and its sentence) before its voice and its sentiment are known.
pub(super) fn unjudged(
    document: &Document,
    (span, sentence): (Span, usize),
    kind: MentionKind,
    confidence: f32,
) -> Mention {
    Mention {
        span,
        kind,
        sentence,
        quoted: document.is_quoted(span),
        attributed: false,
        speaker: None,
        sentiment: sentiment::of_mention(Polarity::NEUTRAL),
        confidence,
    }
}

/// Tells of every mention whose words it stands in.
pub fn attribute(document: &Document, voices: &Voices, entities: &mut [Entity]) {
    for mention in entities.iter_mut().flat_map(|own| &mut own.mentions) {
        let voice = voices.at(document, mention.span);
        mention.attributed = voice != Voice::Article;
        mention.speaker = voice.speaker().cloned();
    }
}

/// Fills in the sentiment of every mention, sentence by sentence, by the head for whoever's words it stands in.
pub fn judge(
    document: &Document,
    readings: &[SentenceReading],
    models: &dyn Models,
    interrupt: &dyn Interrupt,
    entities: &mut [Entity],
) -> Result<(), AnalyzeError> {
    let mut mentions: Vec<&mut Mention> = entities
        .iter_mut()
        .flat_map(|entity| &mut entity.mentions)
        .collect();
    mentions.sort_by_key(|mention| mention.sentence);
    for group in mentions.chunk_by_mut(|a, b| a.sentence == b.sentence) {
        interrupt.check()?;
        let at = group.first().map_or(0, |mention| mention.sentence);
        let (Some(sentence), Some(reading)) = (document.sentences.get(at), readings.get(at)) else {
            continue;
        };
        let (said, narrated): (Vec<_>, Vec<_>) =
            group.iter_mut().partition(|mention| mention.attributed);
        for (own, register) in [(narrated, Register::Narrated), (said, Register::Said)] {
            let spans: Vec<Span> = own.iter().map(|mention| mention.span).collect();
            let asked = (spans.as_slice(), register);
            let polarities =
                reading.sentiment(document, sentence.span, asked, models, interrupt)?;
            for (mention, polarity) in own.into_iter().zip(polarities) {
                mention.sentiment = sentiment::of_mention(polarity);
            }
        }
    }
    Ok(())
}

/// An entity's aliases, its sentiment by voice, and the evidence of it.
fn summarize(document: &Document, entity: &mut Entity, evidence: EvidenceLevel) {
    let mut known = HashSet::from([entity.name.as_str()]);
    for mention in &entity.mentions {
        let text = document.text(mention.span);
        let named = mention.kind != MentionKind::Nominal && mention.kind != MentionKind::Pronoun;
        if named && known.insert(text) {
            entity.aliases.push(text.to_owned());
        }
    }
    let weighted = |keep: &dyn Fn(&Mention) -> bool| -> Vec<(Sentiment, f32)> {
        let kept = entity.mentions.iter().filter(|m| keep(m));
        kept.map(|m| (m.sentiment, sentiment::weight_of(m)))
            .collect()
    };
    entity.sentiment = sentiment::combine(&weighted(&|_| true));
    entity.narration_sentiment = sentiment::combine(&weighted(&|m| !m.attributed));
    entity.quoted_sentiment = sentiment::combine(&weighted(&|m| m.attributed));
    entity.speaker_sentiments = sentiment::by_speaker(&entity.mentions);
    if sentiment::voices_disagree(entity)
        && let Some(sentiment) = &mut entity.sentiment
    {
        sentiment.label = SentimentLabel::Mixed;
    }
    entity.evidence = evidence_of(document, entity, evidence.limit());
}

/// Who speaks in a sentence, as far as the entity is mentioned there: nobody where several voices mention it.
fn speaker_in(entity: &Entity, sentence: usize) -> Option<Speaker> {
    let from = entity.mentions.partition_point(|m| m.sentence < sentence);
    let mut speakers = entity
        .mentions
        .iter()
        .skip(from)
        .take_while(|m| m.sentence == sentence)
        .map(|m| m.speaker.as_ref());
    let first = speakers.next()??;
    let alone = speakers.all(|other| other.is_some_and(|other| other.is_same(first)));
    alone.then(|| first.clone())
}

/// The sentences that weigh most for the entity's label, the heaviest first.
fn evidence_of(document: &Document, entity: &Entity, limit: usize) -> Vec<Evidence> {
    let Some(overall) = entity.sentiment else {
        return Vec::new();
    };
    let bears = |mention: &Mention| {
        let p = mention.sentiment.probabilities;
        match overall.label {
            SentimentLabel::Positive => p.positive,
            SentimentLabel::Negative => p.negative,
            SentimentLabel::Neutral => p.neutral,
            SentimentLabel::Mixed => p.positive.max(p.negative),
        }
    };
    let mut by_sentence: HashMap<usize, (f32, f32, usize)> = HashMap::new();
    for mention in &entity.mentions {
        let entry = by_sentence.entry(mention.sentence).or_default();
        entry.0 += bears(mention);
        entry.1 += mention.sentiment.score;
        entry.2 += 1;
    }
    let total: f32 = entity.mentions.iter().map(bears).sum();
    let mut found: Vec<(usize, Evidence)> = by_sentence
        .into_iter()
        .filter_map(|(at, (weight, score, count))| {
            let sentence = document.sentences.get(at)?;
            let evidence = Evidence {
                span: sentence.span,
                paragraph: sentence.paragraph,
                weight: weight / total.max(f32::MIN_POSITIVE),
                score: score / count.max(1) as f32,
                speaker: None,
            };
            Some((at, evidence))
        })
        .collect();
    found.sort_by(|(i, a), (j, b)| b.weight.total_cmp(&a.weight).then(i.cmp(j)));
    found.truncate(limit);
    let spoken = found.into_iter().map(|(at, evidence)| Evidence {
        speaker: speaker_in(entity, at),
        ..evidence
    });
    spoken.collect()
}

/// A pronoun tells so much less than a name of what an article is about; chosen on GUM's train documents.
const PRONOUN: f32 = 0.25;

/// Salience: mentions count more in the headline and standfirst, and the earlier in the body the more.
fn share_salience(document: &Document, entities: &mut [Entity]) {
    let sentences = document.sentences.len().max(1) as f32;
    let weight = |mention: &Mention| {
        let sentence = document.sentences.get(mention.sentence);
        let place = match sentence.map(|s| document.role_of(s)) {
            Some(Role::Headline) => 4.0,
            Some(Role::Standfirst) => 2.5,
            _ => 1.5 - mention.sentence as f32 / sentences,
        };
        match mention.kind {
            MentionKind::Pronoun => PRONOUN * place,
            _ => place,
        }
    };
    let raw: Vec<f32> = entities
        .iter()
        .map(|e| e.mentions.iter().map(weight).sum())
        .collect();
    let total: f32 = raw.iter().sum();
    for (entity, weight) in entities.iter_mut().zip(raw) {
        entity.salience = if total > 0.0 { weight / total } else { 0.0 };
    }
}

/// The sentiment of the article: of its entities, each by its salience.
pub fn document_sentiment(entities: &[Entity]) -> Option<Sentiment> {
    let weighted: Vec<(Sentiment, f32)> = entities
        .iter()
        .filter_map(|entity| Some((entity.sentiment?, entity.salience)))
        .collect();
    sentiment::combine(&weighted)
}
