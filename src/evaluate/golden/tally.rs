//! What of the gold was found, over several articles.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::annotation::{Annotation, GoldEntity, Voice};
use super::speakers::Speakers;
use crate::analysis::result::{Entity, Holder, MentionKind, SentimentLabel, Stance, StanceResult};
use crate::analysis::{Analysis, voices};
use crate::evaluate::Figure;
use crate::evaluate::score::{Matches, percent};
use crate::evaluate::stretches::{bytes, overlap, words_in};

/// Whose words a word is taken for: the narration's, or somebody's, known by the gold entity or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Voices {
    Narration,
    Said(Option<usize>),
}

/// Right answers among all.
#[derive(Debug, Default, Clone, Copy)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }
}

/// The counts of one half of the golden set.
#[derive(Debug, Default)]
pub struct Tally {
    roles: Share,
    mentions: Matches,
    names: Share,
    nominals: Share,
    pronouns: Share,
    quoted: Matches,
    speakers: Share,
    speakers_named: Share,
    narration: Share,
    stances: Share,
    opinions: Speakers,
    summary: Share,
}

impl Tally {
    /// Counts one article.
    pub fn add(&mut self, article: &str, gold: &Annotation, found: &Analysis) {
        self.add_roles(article, gold, found);
        let standing_for = self.add_mentions(gold, found);
        self.add_quotes(gold, found, &standing_for);
        self.add_sentiments(gold, found, &standing_for);
        self.add_stances(gold, found);
        self.opinions.add(gold, found, &standing_for);
        for sentence in found.summary.iter().flat_map(|s| &s.sentences) {
            let span = bytes(sentence.span);
            self.summary
                .add(!gold.never.iter().any(|never| overlap(never, &span)));
        }
    }

    /// The figures, under a task's name.
    pub fn figures(&self, task: &'static str) -> Vec<Figure> {
        let figure = |metric, value, n| Figure {
            task,
            metric,
            value,
            n,
        };
        let share =
            |metric, share: Share| figure(metric, percent(share.right, share.all), share.all);
        let opinions = self.opinions.figures();
        let opinions =
            opinions.map(|(metric, right, all)| figure(metric, percent(right, all), all));
        let own = vec![
            share("role_accuracy", self.roles),
            figure("mention_f1", self.mentions.f1(), self.mentions.gold),
            figure(
                "mention_precision",
                self.mentions.precision(),
                self.mentions.found,
            ),
            figure("mention_recall", self.mentions.recall(), self.mentions.gold),
            share("mention_recall_names", self.names),
            share("mention_recall_nominals", self.nominals),
            share("mention_recall_pronouns", self.pronouns),
            figure("quote_f1", self.quoted.f1(), self.quoted.gold),
            share("quote_speaker_accuracy", self.speakers),
            share("quote_speaker_precision", self.speakers_named),
            share("voice_sentiment_article", self.narration),
            share("stance_holder_article", self.stances),
            share("summary_clean", self.summary),
        ];
        own.into_iter().chain(opinions).collect()
    }

    /// A line of the article has the role of the paragraph that it begins in.
    fn add_roles(&mut self, article: &str, gold: &Annotation, found: &Analysis) {
        let mut start = 0;
        let mut roles = gold.paragraphs.iter();
        for line in article.split_inclusive('\n') {
            let at = start + (line.len() - line.trim_start().len());
            start += line.len();
            if line.trim().is_empty() {
                continue;
            }
            let paragraphs = &found.document.paragraphs;
            let own = paragraphs.iter().find(|p| bytes(p.span).contains(&at));
            self.roles.add(own.map(|p| p.role) == roles.next().copied());
        }
    }

    /// Which gold entity each entity found stands for.
    fn add_mentions(&mut self, gold: &Annotation, found: &Analysis) -> HashMap<String, usize> {
        let standing_for = align(&gold.entities, &found.entities);
        let ours: BTreeSet<(usize, usize)> = found
            .entities
            .iter()
            .flat_map(|entity| {
                let own = standing_for.get(&entity.id).copied().unwrap_or(usize::MAX);
                entity.mentions.iter().map(move |m| (m.span.end(), own))
            })
            .collect();
        let theirs: BTreeSet<(usize, usize)> = gold
            .entities
            .iter()
            .enumerate()
            .flat_map(|(at, entity)| entity.mentions.iter().map(move |(span, _)| (span.end, at)))
            .collect();
        self.mentions.add(&theirs, &ours);
        for (at, entity) in gold.entities.iter().enumerate() {
            for (span, kind) in &entity.mentions {
                let of_kind = match kind {
                    MentionKind::Pronoun => &mut self.pronouns,
                    MentionKind::Nominal => &mut self.nominals,
                    _ => &mut self.names,
                };
                of_kind.add(ours.contains(&(span.end, at)));
            }
        }
        standing_for
    }

    /// Words said by others, and who says each quote: whose words most of it is taken for.
    fn add_quotes(
        &mut self,
        gold: &Annotation,
        found: &Analysis,
        standing_for: &HashMap<String, usize>,
    ) {
        let document = &found.document;
        let voices: Vec<Voices> = document
            .words
            .iter()
            .map(|word| match found.voices.at(document, *word) {
                voices::Voice::Article => Voices::Narration,
                voices::Voice::Other(speaker) => {
                    let id = speaker.and_then(|speaker| speaker.entity_id);
                    Voices::Said(id.and_then(|id| standing_for.get(&id).copied()))
                }
            })
            .collect();
        let all: Vec<Range<usize>> = gold
            .quotes
            .iter()
            .flat_map(|quote| quote.parts.clone())
            .collect();
        let said = voices.iter().enumerate();
        let said = said.filter(|(_, voice)| **voice != Voices::Narration);
        self.quoted
            .add(&words_in(document, &all), &said.map(|(at, _)| at).collect());
        for quote in &gold.quotes {
            let mut counts: BTreeMap<Voices, usize> = BTreeMap::new();
            for voice in words_in(document, &quote.parts)
                .iter()
                .filter_map(|at| voices.get(*at))
            {
                *counts.entry(*voice).or_default() += 1;
            }
            let most = counts.into_iter().max_by_key(|(_, count)| *count);
            let speaker = match most {
                Some((Voices::Said(speaker), _)) => speaker,
                _ => None,
            };
            if quote.speaker.is_some() {
                self.speakers.add(speaker == quote.speaker);
            }
            if speaker.is_some() {
                self.speakers_named.add(speaker == quote.speaker);
            }
        }
    }

    fn add_sentiments(
        &mut self,
        gold: &Annotation,
        found: &Analysis,
        standing_for: &HashMap<String, usize>,
    ) {
        for (entity, voice, label) in &gold.sentiments {
            let of_entity = |id: &String| standing_for.get(id) == Some(entity);
            let own = found.entities.iter().find(|e| of_entity(&e.id));
            if *voice == Voice::Article {
                self.narration.add(narration(own) == Some(*label));
            }
        }
    }

    fn add_stances(&mut self, gold: &Annotation, found: &Analysis) {
        for (target, own) in gold.targets.iter().zip(&found.stances) {
            for (voice, stance) in &target.holds {
                if *voice == Voice::Article {
                    self.stances.add(of_article(own) == *stance);
                }
            }
        }
    }
}

/// What the narration feels about an entity; an entity that it doesn't name it doesn't judge.
fn narration(entity: Option<&Entity>) -> Option<SentimentLabel> {
    let entity = entity?;
    let own = entity.narration_sentiment.map(|sentiment| sentiment.label);
    Some(own.unwrap_or(SentimentLabel::Neutral))
}

/// The stance of the narration; neutral where the target is in the text and only others speak of it.
fn of_article(found: &StanceResult) -> Stance {
    let own = found
        .holders
        .iter()
        .find(|held| held.holder == Holder::Article);
    match own {
        Some(held) => held.stance,
        None if found.holders.is_empty() => Stance::None,
        None => Stance::Neutral,
    }
}

/// Entities found and the gold ones that they stand for, one to one, those that share most mentions first.
fn align(gold: &[GoldEntity], found: &[Entity]) -> HashMap<String, usize> {
    let mut shared: Vec<(usize, usize, &String)> = Vec::new();
    for entity in found {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for mention in &entity.mentions {
            let own = bytes(mention.span);
            for (at, other) in gold.iter().enumerate() {
                let same = |(span, _): &&(Range<usize>, MentionKind)| {
                    span.end == own.end && overlap(span, &own)
                };
                *counts.entry(at).or_default() += other.mentions.iter().filter(same).count();
            }
        }
        shared.extend(
            counts
                .into_iter()
                .map(|(at, count)| (count, at, &entity.id)),
        );
    }
    shared.retain(|(count, ..)| *count > 0);
    // A stable sort: of equals, the entity that is found first.
    shared.sort_by_key(|(count, ..)| Reverse(*count));
    let mut standing_for = HashMap::new();
    let mut taken = BTreeSet::new();
    for (_, at, id) in shared {
        if !standing_for.contains_key(id) && taken.insert(at) {
            standing_for.insert(id.clone(), at);
        }
    }
    standing_for
}
