//! Whose stance is which: the headline's, the article's own, and that of each who speaks or is told to feel something.

use super::passages::Passage;
use super::{Context, Judged, class_of};
use crate::analysis::result::{Entity, Holder, HolderStance, Speaker, Stance};
use crate::analysis::voices::Voice;
use crate::article::{Document, Role};
use crate::model::Polarity;

/// A report takes a stance of its own only with words as strong as this score; set by judgement.
const REPORT_SCORE: f32 = 0.6;
/// Somebody quoted or reported takes a side only with a score as strong as this; chosen on articles of the golden set's seen half.
const SOURCE_SCORE: f32 = 0.1;

/// Whose stance a passage tells: the headline's whoever it quotes, else that of the voice it is in.
pub(super) fn holder_of(document: &Document, passage: &Passage) -> (Holder, Option<Speaker>) {
    let sentence = document.sentences.get(passage.sentence);
    if sentence.is_some_and(|s| document.role_of(s) == Role::Headline) {
        return (Holder::Headline, None);
    }
    match &passage.voice {
        Voice::Article => (Holder::Article, None),
        Voice::Other(speaker) => (Holder::Source, speaker.clone()),
    }
}

/// What the narration tells that others feel about an entity: a stance of theirs, and none of the article's.
pub(super) fn told(entity: &Entity) -> Vec<Judged> {
    let told = entity.attitudes.iter().map(|attitude| Judged {
        sentence: attitude.sentence,
        holder: Holder::Source,
        speaker: Some(Speaker {
            entity_id: Some(attitude.holder_id.clone()),
            name: attitude.holder_name.clone(),
            span: attitude.holder_span,
            paraphrased: true,
        }),
        weight: 1.0,
        polarity: attitude.sentiment.probabilities.into(),
    });
    told.collect()
}

/// The stance of each holder: the headline, the article's own voice, the sources as they first speak.
pub(super) fn holders<'a>(
    context: &Context<'_>,
    judged: impl Iterator<Item = &'a Judged>,
) -> Vec<HolderStance> {
    let mut groups: Vec<(&Judged, Vec<(Polarity, f32)>)> = Vec::new();
    for one in judged {
        let same = |known: &Judged| {
            known.holder == one.holder
                && match (&known.speaker, &one.speaker) {
                    (Some(a), Some(b)) => a.is_same(b),
                    (a, b) => a.is_none() && b.is_none(),
                }
        };
        match groups.iter_mut().find(|(known, _)| same(known)) {
            Some((_, polarities)) => polarities.push((one.polarity, one.weight)),
            None => groups.push((one, vec![(one.polarity, one.weight)])),
        }
    }
    groups.sort_by_key(|(first, _)| match first.holder {
        Holder::Headline => 0,
        Holder::Article => 1,
        Holder::Source => 2,
    });
    let stances = groups.into_iter().filter_map(|(first, polarities)| {
        let polarity = Polarity::mean(polarities)?;
        let least = match first.holder {
            Holder::Article if !context.commentary => REPORT_SCORE,
            Holder::Source => SOURCE_SCORE,
            Holder::Article | Holder::Headline => 0.0,
        };
        Some(HolderStance {
            holder: first.holder,
            speaker: first.speaker.clone(),
            stance: if polarity.score().abs() < least {
                Stance::Neutral
            } else {
                class_of(polarity)
            },
            score: polarity.score(),
            probabilities: polarity.into(),
        })
    });
    stances.collect()
}
