//! The article's stance toward targets: passages that bear on a target, judged, and combined by holder.

mod commentary;
mod holders;
mod passages;
mod sources;
mod target;

pub use self::commentary::is_commentary;
use std::collections::HashSet;

use self::holders::{holder_of, holders, told};
use self::passages::{bearing_on, mentions_of};
pub use self::sources::{Source, sources};
use self::target::{affirmative_of, claim_of, kind_of};
use super::request::{EvidenceLevel, StanceTarget, TargetKind};
use super::result::{
    Abstention, Entity, Evidence, Holder, HolderStance, Speaker, Stance, StanceResult,
};
use super::voices::Voices;
use super::{AnalyzeError, Interrupt, targets};
use crate::article::Document;
use crate::model::{Models, Polarity, Tokens};

/// For an entity as target, the reader's sentiment toward its mentions weighs so much, the judge the rest.
const SENTIMENT_SHARE: f32 = 0.75;
/// The weight of the answer to "… is good" beside the answer to a bare name; chosen on VAST's dev split.
const CLAIM_SHARE: f32 = 0.4;
/// The weight of the opposite of the answer to a negated proposition's affirmative form, which the judge reads better.
const AFFIRMATIVE_SHARE: f32 = 0.9;
/// A source's words weigh so much in the answer for the whole article beside its own.
const SOURCE_WEIGHT: f32 = 0.5;
/// For a target that claims something, the paragraphs nearest to it, judged together, weigh so much beside the passages one
/// by one; chosen on FNC-1's dev bodies.
const NEAREST_SHARE: f32 = 1.0;
/// Favour and against both weigh so much: the passages contradict each other, or the judge can't tell.
const CONFLICT: f32 = 0.38;
/// Without a threshold of the caller's, an answer needs this probability.
const MIN_CONFIDENCE: f32 = 0.4;

/// A passage that bears on the target, judged.
struct Judged {
    sentence: usize,
    holder: Holder,
    speaker: Option<Speaker>,
    weight: f32,
    polarity: Polarity,
}

/// What every target of one article shares.
pub struct Context<'a> {
    /// The article.
    pub document: &'a Document,
    /// Its entities.
    pub entities: &'a [Entity],
    /// Whose words stand where.
    pub voices: &'a Voices,
    /// Each sentence's content stems.
    pub terms: &'a [Vec<String>],
    /// Those who speak in it.
    pub sources: &'a [Source],
    /// Whether it argues in its own name: see [`is_commentary`].
    pub commentary: bool,
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
    let wording = Wording::of(&target.text, context.models);
    for passage in passages {
        interrupt.check()?;
        let (holder, speaker) = holder_of(context.document, &passage);
        let polarity = match passage.sentiment {
            Some(sentiment) if !passage.named => sentiment,
            sentiment => {
                let text = context.models.tokenize(passages::text(context, &passage));
                let stance = wording.judge(&text, context.models)?;
                sentiment.map_or(stance, |s| mix(s, stance, SENTIMENT_SHARE))
            }
        };
        judged.push(Judged {
            sentence: passage.sentence,
            holder,
            speaker,
            weight: passage.weight,
            polarity,
        });
    }
    let mut polarity = whole(&judged);
    if kind == TargetKind::Proposition
        && wording.claim.is_none()
        && let Some(mean) = polarity
        && let Some(nearest) = passages::nearest(context, &target.text, &target.aliases)
    {
        let nearest = wording.judge(&context.models.tokenize(nearest), context.models)?;
        polarity = Some(mix(nearest, mean, NEAREST_SHARE));
    }
    let told = entity.filter(|_| kind == TargetKind::Entity).map(told);
    let holders = holders(context, judged.iter().chain(told.iter().flatten()));
    let found = Found {
        kind,
        entity,
        judged: &judged,
        polarity,
    };
    Ok(answer(context, target, &found, holders))
}

/// A target as it is put to the judge.
struct Wording {
    text: Tokens,
    /// For a bare name, that it is good.
    claim: Option<Tokens>,
    /// For a negated proposition, what it negates: being for that is being against the target.
    affirmative: Option<Tokens>,
}

impl Wording {
    fn of(text: &str, models: &dyn Models) -> Self {
        let tokenize = |text: String| models.tokenize(&text);
        Wording {
            text: models.tokenize(text),
            claim: claim_of(text).map(tokenize),
            affirmative: affirmative_of(text).map(tokenize),
        }
    }

    fn judge(&self, passage: &Tokens, models: &dyn Models) -> Result<Polarity, AnalyzeError> {
        let stance = models.stance(&self.text, passage)?;
        if let Some(affirmative) = &self.affirmative {
            let opposite = opposite(models.stance(affirmative, passage)?);
            return Ok(mix(opposite, stance, AFFIRMATIVE_SHARE));
        }
        Ok(match &self.claim {
            Some(claim) => mix(models.stance(claim, passage)?, stance, CLAIM_SHARE),
            None => stance,
        })
    }
}

/// For where it was against.
fn opposite(polarity: Polarity) -> Polarity {
    Polarity {
        negative: polarity.positive,
        neutral: polarity.neutral,
        positive: polarity.negative,
    }
}

/// The mean in which `a` has this share.
fn mix(a: Polarity, b: Polarity, share: f32) -> Polarity {
    Polarity::mean([(a, share), (b, 1.0 - share)]).unwrap_or(Polarity::NEUTRAL)
}

/// The stance of the article as a whole: it reports its sources' words, and holds its own.
fn whole(judged: &[Judged]) -> Option<Polarity> {
    Polarity::mean(judged.iter().map(|j| {
        let weight = if j.holder == Holder::Source {
            SOURCE_WEIGHT
        } else {
            1.0
        };
        (j.polarity, j.weight * weight)
    }))
}

/// What was found about a target.
struct Found<'a> {
    kind: TargetKind,
    entity: Option<&'a Entity>,
    judged: &'a [Judged],
    /// The article's as a whole; `None` where nothing bears on the target.
    polarity: Option<Polarity>,
}

fn answer(
    context: &Context<'_>,
    target: &StanceTarget,
    found: &Found<'_>,
    holders: Vec<HolderStance>,
) -> StanceResult {
    let Found {
        kind,
        entity,
        judged,
        polarity,
    } = *found;
    let threshold = context.min_confidence.unwrap_or(MIN_CONFIDENCE);
    let (stance, abstention) = match polarity {
        None => (Stance::None, Some(Abstention::TargetNotFound)),
        Some(p) if p.positive >= CONFLICT && p.negative >= CONFLICT => {
            let reason = if disagree(judged) {
                Abstention::ConflictingEvidence
            } else {
                Abstention::LowConfidence
            };
            (Stance::None, Some(reason))
        }
        Some(p) if p.confidence() < threshold => (Stance::None, Some(Abstention::LowConfidence)),
        Some(p) => (class_of(p), None),
    };
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

/// Whether some passages are for the target and others against it.
fn disagree(judged: &[Judged]) -> bool {
    let holds = |stance: Stance| judged.iter().any(|j| class_of(j.polarity) == stance);
    holds(Stance::Favor) && holds(Stance::Against)
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
    // The article and whom it reports may take a side in one sentence: it is shown once.
    let mut shown = HashSet::new();
    sorted.retain(|j| shown.insert(j.sentence));
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
                speaker: j.speaker.clone(),
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
