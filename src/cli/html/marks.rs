//! What is marked in the text: passages, what others say, who is named as its source, and mentions of entities.

use super::names::{Badge, Names};
use super::passages::Passages;
use super::score::Score;
use crate::analysis::result::{Entity, Mention, MentionKind, Speaker};
use crate::article::Span;
use crate::cli::labels;

/// A mark on a stretch of text.
pub struct Mark {
    pub span: Span,
    /// Style classes.
    pub class: String,
    /// What links go to.
    pub id: String,
    /// The keys whose light falls on it, separated by spaces.
    pub of: String,
    /// The key that it lights when it is pointed at; may be empty.
    pub lights: String,
    /// What it is, in words; may be empty.
    pub tell: String,
    /// What stands raised after it; may be empty.
    pub note: String,
}

/// Every mark, the outer kinds first.
pub fn find(names: &Names, passages: &Passages) -> Vec<Mark> {
    let mut marks: Vec<Mark> = passages
        .iter()
        .map(|(span, uses)| {
            let number = uses.number;
            let mut of = format!("passage-{number}");
            if uses.summary {
                of.push_str(" summary");
            }
            for stance in &uses.stances {
                of.push_str(&format!(" stance-{}", stance + 1));
            }
            Mark {
                span,
                class: if uses.summary {
                    "passage in-summary"
                } else {
                    "passage"
                }
                .to_owned(),
                id: format!("passage-{number}"),
                of,
                lights: String::new(),
                tell: String::new(),
                note: String::new(),
            }
        })
        .collect();
    marks.extend(said(names));
    marks.extend(sources(names));
    let entities = names.analysis.entities.iter().enumerate();
    marks.extend(entities.flat_map(|(index, entity)| mentions(index, entity)));
    marks
}

fn said<'a>(names: &'a Names) -> impl Iterator<Item = Mark> + 'a {
    names.said.iter().enumerate().map(|(index, said)| {
        let owner = names.voices.get(said.voice).and_then(Option::as_ref);
        let (class, how) = if said.quoted {
            ("said", "quoted")
        } else {
            ("said reported", "reported")
        };
        let who = owner.map_or("a speaker not known", |owner| owner.name.as_str());
        let key = format!("voice-{}", said.voice + 1);
        Mark {
            span: said.span,
            class: match owner {
                Some(_) => class.to_owned(),
                None => format!("{class} unknown"),
            },
            id: format!("said-{}", index + 1),
            of: key.clone(),
            lights: key,
            tell: format!("Words of {who}, {how}"),
            note: String::new(),
        }
    })
}

/// Where the text names those who speak.
fn sources<'a>(names: &'a Names) -> impl Iterator<Item = Mark> + 'a {
    let stretches = names.analysis.voices.stretches().iter();
    let mut speakers: Vec<&Speaker> = stretches.filter_map(|s| s.speaker.as_ref()).collect();
    speakers.sort_by_key(|speaker| speaker.span);
    speakers.dedup_by_key(|speaker| speaker.span);
    speakers
        .into_iter()
        .enumerate()
        .filter_map(|(index, speaker)| {
            let voice = names.voice(Some(speaker))?;
            Some(Mark {
                span: speaker.span,
                class: "source".to_owned(),
                id: format!("source-{}", index + 1),
                of: format!("voice-{}", voice + 1),
                lights: String::new(),
                tell: String::new(),
                note: String::new(),
            })
        })
}

fn mentions(index: usize, entity: &Entity) -> impl Iterator<Item = Mark> + '_ {
    let badge = Badge::of(index);
    (1..).zip(&entity.mentions).map(move |(number, mention)| {
        let score = Score::of_sentiment(&mention.sentiment);
        let key = format!("entity-{}", badge.number);
        Mark {
            span: mention.span,
            class: format!("mention {} {}", badge.class, naming(mention.kind)),
            id: mention_id(index, number),
            of: key.clone(),
            lights: key,
            tell: tell(entity, mention, &score),
            note: format!("{}{}", badge.number, score.side.sign()),
        }
    })
}

/// Where links to a mention go: the entity's place among the analysis's and the mention's number, from 1.
pub fn mention_id(entity: usize, mention: usize) -> String {
    format!("mention-{}-{mention}", entity + 1)
}

/// The style class of a way to name an entity.
fn naming(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Proper | MentionKind::Alias => "named",
        MentionKind::Demonym | MentionKind::Metonym => "named-by-place",
        MentionKind::Pronoun | MentionKind::Nominal => "described",
    }
}

fn tell(entity: &Entity, mention: &Mention, score: &Score) -> String {
    let voice = match &mention.speaker {
        Some(speaker) => format!("in the words of {}", speaker.name),
        None if mention.attributed => "in the words of a speaker not known".to_owned(),
        None => "in the article's words".to_owned(),
    };
    format!(
        "{} ({}), by {}, {voice}: {} {}",
        entity.name,
        labels::entity_type(entity.entity_type),
        labels::mention_kind(mention.kind),
        score.label,
        score.number,
    )
}
