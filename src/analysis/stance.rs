//! The article's stance toward targets: passages that bear on a target, judged, and combined by holder.

use std::ops::Range;

use super::request::{EvidenceLevel, StanceTarget, TargetKind};
use super::result::{Abstention, Entity, Evidence, Holder, HolderStance, Stance, StanceResult};
use super::{AnalyzeError, Interrupt, relevance, targets};
use crate::article::{Document, Role};
use crate::model::{Models, Polarity};

/// At most so many passages are judged for one target.
const MOST_PASSAGES: usize = 8;
/// For an entity as target, the reader's sentiment toward its mentions weighs so much, the judge the rest.
const SENTIMENT_SHARE: f32 = 0.75;
/// The weight of the answer to "… is good" beside the answer to a bare name; chosen on VAST's dev split.
const CLAIM_SHARE: f32 = 0.4;
/// Favour and against both weigh so much: the passages contradict each other.
const CONFLICT: f32 = 0.38;
/// Without a threshold of the caller's, an answer needs this probability.
const MIN_CONFIDENCE: f32 = 0.4;

/// A passage that bears on the target, judged.
struct Judged {
    sentence: usize,
    holder: Holder,
    weight: f32,
    polarity: Polarity,
}

/// What every target of one article shares.
pub struct Context<'a> {
    /// The article.
    pub document: &'a Document,
    /// Its entities.
    pub entities: &'a [Entity],
    /// Each sentence's content stems.
    pub terms: &'a [Vec<String>],
    /// The models.
    pub models: &'a dyn Models,
    /// How much evidence to return.
    pub evidence: EvidenceLevel,
    /// The caller's threshold.
    pub min_confidence: Option<f32>,
}

/// The stance toward one target.
pub fn detect(
    context: &Context<'_>,
    target: &StanceTarget,
    interrupt: &dyn Interrupt,
) -> Result<StanceResult, AnalyzeError> {
    let names = std::iter::once(&target.text).chain(&target.aliases);
    let entity = names
        .clone()
        .find_map(|name| targets::entity_named(context.entities, context.document, name))
        .and_then(|at| context.entities.get(at))
        .filter(|entity| !entity.mentions.is_empty());
    let kind = target.kind.unwrap_or_else(|| kind_of(&target.text, entity));
    let passages = match (kind, entity) {
        (TargetKind::Entity, Some(entity)) => mentions_of(context, entity),
        _ => bearing_on(context, &target.text, &target.aliases),
    };
    let mut judged = Vec::with_capacity(passages.len());
    let wording = context.models.tokenize(&target.text);
    let claim = claim_of(&target.text).map(|claim| context.models.tokenize(&claim));
    for (sentence, weight, sentiment) in passages {
        interrupt.check()?;
        let Some(holder) = holder_of(context.document, sentence) else {
            continue;
        };
        let text = text_of(
            context.document,
            sentences_around(context.document, sentence),
        );
        let passage = context.models.tokenize(text);
        let mut stance = context.models.stance(&wording, &passage)?;
        if let Some(claim) = &claim {
            stance = mix(context.models.stance(claim, &passage)?, stance, CLAIM_SHARE);
        }
        let polarity = sentiment.map_or(stance, |s| mix(s, stance, SENTIMENT_SHARE));
        judged.push(Judged {
            sentence,
            holder,
            weight,
            polarity,
        });
    }
    Ok(answer(context, target, kind, entity, &judged))
}

/// A target that is an entity of the article, or is written as a name, is an entity; any other is a proposition.
fn kind_of(text: &str, entity: Option<&Entity>) -> TargetKind {
    let mut words = text.split_whitespace();
    let name = words.all(|word| word.chars().next().is_some_and(char::is_uppercase));
    if entity.is_some() || name {
        TargetKind::Entity
    } else {
        TargetKind::Proposition
    }
}

/// For a target that claims nothing, the claim that it is good: the judge reads blame of a claim better than of a name.
fn claim_of(text: &str) -> Option<String> {
    const VERBS: [&str; 17] = [
        "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "would",
        "should", "must", "can", "could", "to",
    ];
    // A headline claims something with whatever verb it has.
    const MOST_WORDS: usize = 6;
    let mut words = text.split_whitespace();
    let long = words.clone().count() > MOST_WORDS;
    let claims = words.any(|word| VERBS.contains(&word.to_lowercase().as_str()));
    (!long && !claims).then(|| format!("{} is good", text.trim()))
}

type Passage = (usize, f32, Option<Polarity>);

/// The sentences that mention an entity, each with the sentiment toward it there.
fn mentions_of(context: &Context<'_>, entity: &Entity) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    for group in entity.mentions.chunk_by(|a, b| a.sentence == b.sentence) {
        let polarities = group.iter().map(|m| m.sentiment.probabilities.into());
        let mean = Polarity::mean(polarities.map(|polarity| (polarity, 1.0)));
        let (Some(first), Some(polarity)) = (group.first(), mean) else {
            continue;
        };
        // A sentence without an opinion says little of the stance; one with an opinion says much.
        passages.push((first.sentence, 1.25 - polarity.neutral, Some(polarity)));
    }
    strongest(context.document, passages)
}

/// The sentences that bear on a text or on one of its other wordings.
fn bearing_on(context: &Context<'_>, text: &str, aliases: &[String]) -> Vec<Passage> {
    let document = context.document;
    let wordings = std::iter::once(text).chain(aliases.iter().map(String::as_str));
    let around = |at| sentences_around(document, at);
    let found = relevance::bearing_on(document, context.terms, wordings, around);
    let weighed = found.into_iter();
    let weighed = weighed.map(|(at, covered)| (at, covered * covered, None));
    strongest(document, weighed.collect())
}

/// The passages with the most weight, headline first among equals, in the order of the text.
fn strongest(document: &Document, mut passages: Vec<Passage>) -> Vec<Passage> {
    for (at, weight, _) in &mut passages {
        let sentence = document.sentences.get(*at);
        if sentence.map(|s| document.role_of(s)) == Some(Role::Headline) {
            *weight *= 1.5;
        }
    }
    passages.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    passages.truncate(MOST_PASSAGES);
    passages.sort_by_key(|passage| passage.0);
    passages
}

/// The sentences of the sentence's paragraph where it is short, else the sentence alone: what the judge reads.
fn sentences_around(document: &Document, sentence: usize) -> Range<usize> {
    const SHORT: usize = 600;
    let own = document.sentences.get(sentence);
    own.and_then(|s| document.paragraphs.get(s.paragraph))
        .filter(|paragraph| paragraph.span.len() <= SHORT)
        .map_or(sentence..sentence + 1, |paragraph| {
            paragraph.sentences.clone()
        })
}

fn text_of(document: &Document, sentences: Range<usize>) -> &str {
    match document.sentences.get(sentences).unwrap_or(&[]) {
        [first, .., last] => document.text(first.span.cover(last.span)),
        [only] => document.text(only.span),
        [] => "",
    }
}

fn holder_of(document: &Document, sentence: usize) -> Option<Holder> {
    let sentence = document.sentences.get(sentence)?;
    if document.role_of(sentence) == Role::Headline {
        return Some(Holder::Headline);
    }
    let quoted: usize = document
        .quotes
        .iter()
        .filter(|quote| quote.depth == 0)
        .flat_map(|quote| &quote.parts)
        .filter(|part| part.overlaps(sentence.span))
        .map(|part| part.end().min(sentence.span.end()) - part.start().max(sentence.span.start()))
        .sum();
    if quoted * 2 > sentence.span.len() {
        Some(Holder::Quoted)
    } else {
        Some(Holder::Article)
    }
}

/// The mean in which `a` has this share.
fn mix(a: Polarity, b: Polarity, share: f32) -> Polarity {
    Polarity::mean([(a, share), (b, 1.0 - share)]).unwrap_or(Polarity::NEUTRAL)
}

fn mean<'a>(judged: impl Iterator<Item = &'a Judged>) -> Option<Polarity> {
    Polarity::mean(judged.map(|j| (j.polarity, j.weight)))
}

fn answer(
    context: &Context<'_>,
    target: &StanceTarget,
    kind: TargetKind,
    entity: Option<&Entity>,
    judged: &[Judged],
) -> StanceResult {
    let polarity = mean(judged.iter());
    let threshold = context.min_confidence.unwrap_or(MIN_CONFIDENCE);
    let (stance, abstention) = match polarity {
        None => (Stance::None, Some(Abstention::TargetNotFound)),
        Some(p) if p.positive >= CONFLICT && p.negative >= CONFLICT => {
            (Stance::None, Some(Abstention::ConflictingEvidence))
        }
        Some(p) if p.confidence() < threshold => (Stance::None, Some(Abstention::LowConfidence)),
        Some(p) => (class_of(p), None),
    };
    let holders = [Holder::Headline, Holder::Article, Holder::Quoted]
        .into_iter()
        .filter_map(|holder| {
            let polarity = mean(judged.iter().filter(|j| j.holder == holder))?;
            Some(HolderStance {
                holder,
                stance: class_of(polarity),
                score: polarity.score(),
                probabilities: polarity.into(),
            })
        })
        .collect();
    StanceResult {
        target_id: target.id.clone(),
        target: target.text.clone(),
        kind,
        entity_id: entity.map(|e| e.id.clone()),
        stance,
        abstention,
        score: polarity.map_or(0.0, Polarity::score),
        probabilities: polarity.map(Into::into),
        holders,
        evidence: evidence(context, judged, polarity),
    }
}

/// The passages that weigh most for the answer, the heaviest first.
fn evidence(context: &Context<'_>, judged: &[Judged], polarity: Option<Polarity>) -> Vec<Evidence> {
    let stance = polarity.map(class_of);
    let bears = |j: &Judged| {
        j.weight
            * match stance {
                Some(Stance::Favor) => j.polarity.positive,
                Some(Stance::Against) => j.polarity.negative,
                _ => j.polarity.neutral,
            }
    };
    let total: f32 = judged.iter().map(bears).sum();
    let mut sorted: Vec<&Judged> = judged.iter().collect();
    sorted.sort_by(|a, b| {
        bears(b)
            .total_cmp(&bears(a))
            .then(a.sentence.cmp(&b.sentence))
    });
    sorted
        .into_iter()
        .take(context.evidence.limit())
        .filter_map(|j| {
            let sentence = context.document.sentences.get(j.sentence)?;
            Some(Evidence {
                span: sentence.span,
                paragraph: sentence.paragraph,
                weight: bears(j) / total.max(f32::MIN_POSITIVE),
                score: j.polarity.score(),
            })
        })
        .collect()
}

fn class_of(p: Polarity) -> Stance {
    match p.class() {
        0 => Stance::Against,
        2 => Stance::Favor,
        _ => Stance::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_name_is_made_a_claim() {
        assert_eq!(
            claim_of("solar power").as_deref(),
            Some("solar power is good")
        );
        assert_eq!(claim_of("Kazakhstan should cancel the parade"), None);
        assert_eq!(
            claim_of("Kazakhstan cancels Victory Day parade over virus"),
            None
        );
    }
}
