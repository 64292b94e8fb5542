//! From the sentiments of single mentions to one sentiment: weighted means and their label.

use std::collections::HashMap;

use super::result::{
    Entity, Mention, MentionKind, Sentiment, SentimentLabel, Speaker, SpeakerSentiment,
};
use crate::model::Polarity;

/// The share of the mentions' weight that both poles need for a MIXED label.
const MIXED_SHARE: f32 = 0.25;
/// Nearer to zero than this the score of several mentions tells no opinion, and that of one counts for no MIXED label.
const OPINION: f32 = 0.2;
/// Whoever is named as the source of words is hardly judged by them: the share of what the reader felt that is left.
const SOURCE_SHARE: f32 = 0.3;
/// The voices whose words disagree each need this share of the mentions to make a sentiment MIXED.
const VOICE_SHARE: f32 = 1.0 / 6.0;

/// The sentiment of one mention.
pub fn of_mention(polarity: Polarity) -> Sentiment {
    let label = label_of(polarity);
    with_label(polarity, label)
}

/// An opinion that is known to be one: good or bad, whichever is likelier.
pub fn of_opinion(polarity: Polarity) -> Sentiment {
    let good = polarity.positive > polarity.negative;
    let label = if good {
        SentimentLabel::Positive
    } else {
        SentimentLabel::Negative
    };
    with_label(polarity, label)
}

/// The sentiment toward somebody in the phrase that names them as the source of words, which have their own mood.
pub fn of_source(sentiment: Sentiment) -> Sentiment {
    let shares = [
        (sentiment.probabilities.into(), SOURCE_SHARE),
        (Polarity::NEUTRAL, 1.0 - SOURCE_SHARE),
    ];
    Polarity::mean(shares).map_or(sentiment, of_mention)
}

/// A name counts whole, what only stands for its entity as much as that is sure.
pub fn weight_of(mention: &Mention) -> f32 {
    match mention.kind {
        MentionKind::Nominal | MentionKind::Pronoun => mention.confidence,
        _ => 1.0,
    }
}

/// The sentiment over several mentions with weights; `None` without weight.
///
/// Probabilities are the weighted means. The label is MIXED where a quarter of the weight or more is positive and as
/// much negative, else the most probable class if the score is clear enough of zero, else NEUTRAL.
pub fn combine(mentions: &[(Sentiment, f32)]) -> Option<Sentiment> {
    let polarities = mentions.iter().map(|(s, w)| (s.probabilities.into(), *w));
    let polarity = Polarity::mean(polarities)?;
    let total: f32 = mentions.iter().map(|(_, weight)| weight).sum();
    let share = |label: SentimentLabel| {
        let clear = |s: &Sentiment| s.label == label && s.score.abs() >= OPINION;
        let of_label = mentions.iter().filter(|(s, _)| clear(s));
        of_label.map(|(_, w)| w).sum::<f32>() / total
    };
    let mixed = share(SentimentLabel::Positive) >= MIXED_SHARE
        && share(SentimentLabel::Negative) >= MIXED_SHARE;
    let label = match label_of(polarity) {
        _ if mixed => SentimentLabel::Mixed,
        _ if polarity.score().abs() < OPINION => SentimentLabel::Neutral,
        label => label,
    };
    Some(with_label(polarity, label))
}

/// The sentiment in each known speaker's words, in the order in which they first speak.
pub fn by_speaker(mentions: &[Mention]) -> Vec<SpeakerSentiment> {
    let mut speakers: Vec<(&Speaker, Vec<(Sentiment, f32)>)> = Vec::new();
    let mut known = HashMap::new();
    for mention in mentions {
        let Some(speaker) = &mention.speaker else {
            continue;
        };
        let at = *known.entry(speaker.identity()).or_insert(speakers.len());
        match speakers.get_mut(at) {
            Some((_, sentiments)) => sentiments.push((mention.sentiment, weight_of(mention))),
            None => speakers.push((speaker, vec![(mention.sentiment, weight_of(mention))])),
        }
    }
    let combined = speakers.into_iter().filter_map(|(speaker, sentiments)| {
        Some(SpeakerSentiment {
            speaker: speaker.clone(),
            sentiment: combine(&sentiments)?,
            mentions: sentiments.len(),
        })
    });
    combined.collect()
}

/// Whether one voice speaks well of the entity and another ill, each often enough to count.
pub fn voices_disagree(entity: &Entity) -> bool {
    let own = entity.mentions.iter().filter(|m| !m.attributed).count();
    let narration = entity.narration_sentiment.map(|sentiment| (sentiment, own));
    let speakers = entity
        .speaker_sentiments
        .iter()
        .map(|s| (s.sentiment, s.mentions));
    let least = entity.mentions.len() as f32 * VOICE_SHARE;
    let heard: Vec<SentimentLabel> = speakers
        .chain(narration)
        .filter(|(_, mentions)| *mentions as f32 >= least)
        .map(|(sentiment, _)| sentiment.label)
        .collect();
    heard.contains(&SentimentLabel::Positive) && heard.contains(&SentimentLabel::Negative)
}

fn label_of(polarity: Polarity) -> SentimentLabel {
    match polarity.class() {
        0 => SentimentLabel::Negative,
        2 => SentimentLabel::Positive,
        _ => SentimentLabel::Neutral,
    }
}

fn with_label(polarity: Polarity, label: SentimentLabel) -> Sentiment {
    Sentiment {
        label,
        score: polarity.score(),
        probabilities: polarity.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(negative: f32, positive: f32) -> Sentiment {
        of_mention(Polarity {
            negative,
            neutral: 1.0 - negative - positive,
            positive,
        })
    }

    #[test]
    fn labels_by_the_most_probable_class_or_mixed_where_mentions_disagree() {
        let good = mention(0.1, 0.8);
        let bad = mention(0.8, 0.1);
        let plain = mention(0.1, 0.1);
        for (mentions, label) in [
            (vec![good], SentimentLabel::Positive),
            (vec![bad, bad, plain], SentimentLabel::Negative),
            (vec![plain, plain, bad], SentimentLabel::Neutral),
            (vec![good, bad], SentimentLabel::Mixed),
            (vec![good, bad, plain, plain], SentimentLabel::Mixed),
            (vec![good, bad, bad, bad, bad], SentimentLabel::Negative),
        ] {
            let weighted: Vec<_> = mentions.iter().map(|m| (*m, 1.0)).collect();
            assert_eq!(
                combine(&weighted).map(|s| s.label),
                Some(label),
                "{mentions:?}"
            );
        }
        assert_eq!(combine(&[]), None);
    }

    #[test]
    fn means_are_weighted_and_sum_to_one() {
        let both = combine(&[(mention(0.8, 0.1), 3.0), (mention(0.0, 0.5), 1.0)]).unwrap();
        let p = both.probabilities;
        assert!((p.negative - 0.6).abs() < 1e-6 && (p.positive - 0.2).abs() < 1e-6);
        assert!((p.negative + p.neutral + p.positive - 1.0).abs() < 1e-6);
    }
}
