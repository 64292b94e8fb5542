//! What speakers feel about whom and which side they take, found and annotated.

use std::collections::HashMap;

use super::annotation::{Annotation, Voice};
use crate::analysis::Analysis;
use crate::analysis::result::{SentimentLabel, Speaker, Stance};

/// Opinions that were annotated, those told of the same kind, and those told rightly.
#[derive(Debug, Default, Clone, Copy)]
struct Opinions {
    gold: usize,
    told: usize,
    right: usize,
}

/// The speakers' opinions of one half of the golden set: only opinions are annotated, so that what is neutral isn't counted.
#[derive(Debug, Default)]
pub struct Speakers {
    sentiments: Opinions,
    stances: Opinions,
}

/// Entities found and the gold ones that they stand for.
type StandingFor = HashMap<String, usize>;

impl Speakers {
    /// Counts one article.
    pub fn add(&mut self, gold: &Annotation, found: &Analysis, standing_for: &StandingFor) {
        let sentiments = found.entities.iter().flat_map(|entity| {
            let about = standing_for.get(&entity.id).copied();
            let others = entity.speaker_sentiments.iter();
            let others = others.filter(|said| said.speaker.entity_id.as_ref() != Some(&entity.id));
            others.map(move |said| {
                (
                    about,
                    gold_of(&said.speaker, standing_for),
                    said.sentiment.label,
                )
            })
        });
        let told = sentiments
            .filter(|(.., label)| *label != SentimentLabel::Neutral)
            .filter_map(|(about, speaker, label)| Some((about?, speaker, label)));
        let annotated = gold
            .sentiments
            .iter()
            .filter_map(|(about, voice, label)| Some((*about, Some(speaker_of(voice)?), *label)));
        self.sentiments.add(annotated.collect(), told.collect());

        let held = found
            .stances
            .iter()
            .enumerate()
            .flat_map(|(target, stance)| {
                let holders = stance.holders.iter();
                holders.filter_map(move |held| {
                    Some((
                        target,
                        gold_of(held.speaker.as_ref()?, standing_for),
                        held.stance,
                    ))
                })
            });
        let told = held.filter(|(.., stance)| matches!(stance, Stance::Favor | Stance::Against));
        let annotated = gold.targets.iter().enumerate().flat_map(|(target, own)| {
            let holds = own.holds.iter();
            holds.filter_map(move |(voice, stance)| {
                Some((target, Some(speaker_of(voice)?), *stance))
            })
        });
        self.stances.add(annotated.collect(), told.collect());
    }

    /// Each metric with how many are right of how many.
    pub fn figures(&self) -> [(&'static str, usize, usize); 4] {
        let Speakers {
            sentiments,
            stances,
        } = self;
        [
            (
                "voice_sentiment_speakers",
                sentiments.right,
                sentiments.gold,
            ),
            (
                "voice_sentiment_speakers_precision",
                sentiments.right,
                sentiments.told,
            ),
            ("stance_holder_speakers", stances.right, stances.gold),
            (
                "stance_holder_speakers_precision",
                stances.right,
                stances.told,
            ),
        ]
    }
}

impl Opinions {
    /// Counts opinions about something, of the gold speaker that is known, with their labels.
    fn add<L: PartialEq>(
        &mut self,
        annotated: Vec<(usize, Option<usize>, L)>,
        told: Vec<(usize, Option<usize>, L)>,
    ) {
        self.gold += annotated.len();
        self.told += told.len();
        self.right += annotated.iter().filter(|one| told.contains(one)).count();
    }
}

fn speaker_of(voice: &Voice) -> Option<usize> {
    match voice {
        Voice::Speaker(speaker) => Some(*speaker),
        Voice::Article | Voice::Headline => None,
    }
}

fn gold_of(speaker: &Speaker, standing_for: &StandingFor) -> Option<usize> {
    standing_for.get(speaker.entity_id.as_ref()?).copied()
}
