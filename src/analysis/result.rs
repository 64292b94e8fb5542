//! What an analysis finds: plain values with spans into the caller's text.

use super::request::{EntityType, TargetKind};
use super::voices::Voices;
use crate::article::{Document, Span};
use crate::model::Polarity;

/// Everything found in one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The article as read.
    pub document: Document,
    /// Its language.
    pub language: LanguageFound,
    /// The summary, where asked for.
    pub summary: Option<Summary>,
    /// The entities, where asked for; with stances also every holder that they name.
    pub entities: Vec<Entity>,
    /// Every mention found, those of one thing together, also of things that have no name.
    pub chains: Vec<Vec<Span>>,
    /// The sentiment of the article as a whole, where entities were asked for.
    pub document_sentiment: Option<Sentiment>,
    /// A stance for each target, in the order of the targets.
    pub stances: Vec<StanceResult>,
    /// Whose words stand where.
    pub voices: Voices,
    /// What the caller should know that is no error.
    pub warnings: Vec<Warning>,
    /// Word pieces that the models read.
    pub tokens: usize,
}

/// The article's language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LanguageFound {
    /// BCP-47.
    pub code: &'static str,
    /// 0..=1.
    pub confidence: f32,
}

/// Something the caller should know that is no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What it is about.
    pub kind: WarningKind,
    /// For a person to read.
    pub message: String,
    /// Where it is, where it has a place.
    pub span: Option<Span>,
}

/// The kinds of warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarningKind {
    /// A paragraph was not analysed since it is no part of the article proper.
    BoilerplateSkipped,
    /// A sentence longer than the models read at once was read in pieces.
    SentenceSplit,
    /// A quotation mark has no partner.
    UnbalancedQuote,
    /// There is little text to go by.
    LittleText,
    /// The language could not be told from so little or so mixed a text and was taken to be English.
    LanguageUncertain,
}

/// An extractive summary.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The sentences' texts in the order asked for, joined by single spaces.
    pub text: String,
    /// The sentences.
    pub sentences: Vec<SummarySentence>,
    /// Characters of the summary by characters of the analysed text.
    pub compression_ratio: f32,
}

/// One sentence of a summary, verbatim.
#[derive(Debug, Clone, PartialEq)]
pub struct SummarySentence {
    /// Where it stands.
    pub span: Span,
    /// 1 for the best.
    pub rank: usize,
    /// 0..=1; comparable within one article.
    pub score: f32,
    /// Entities mentioned in it (ids), where entities were asked for too.
    pub entity_ids: Vec<String>,
}

/// A sentiment class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SentimentLabel {
    /// Favourable.
    Positive,
    /// Neither.
    Neutral,
    /// Unfavourable.
    Negative,
    /// Favourable in some places and unfavourable in others.
    Mixed,
}

/// Probabilities of the three classes, which sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SentimentProbabilities {
    /// Of a favourable sentiment.
    pub positive: f32,
    /// Of neither.
    pub neutral: f32,
    /// Of an unfavourable one.
    pub negative: f32,
}

impl From<Polarity> for SentimentProbabilities {
    fn from(polarity: Polarity) -> Self {
        SentimentProbabilities {
            positive: polarity.positive,
            neutral: polarity.neutral,
            negative: polarity.negative,
        }
    }
}

impl From<SentimentProbabilities> for Polarity {
    fn from(probabilities: SentimentProbabilities) -> Self {
        Polarity {
            negative: probabilities.negative,
            neutral: probabilities.neutral,
            positive: probabilities.positive,
        }
    }
}

/// A sentiment with how it came about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sentiment {
    /// The class.
    pub label: SentimentLabel,
    /// Positive less negative probability, -1..=1.
    pub score: f32,
    /// Of the three classes; MIXED has none of its own.
    pub probabilities: SentimentProbabilities,
}

/// One entity under all its names.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Unique within this analysis: "e1", "e2", … by first mention.
    pub id: String,
    /// The caller's own id where the caller named the entity, else empty.
    pub target_id: String,
    /// The fullest name.
    pub name: String,
    /// What kind of thing it is.
    pub entity_type: EntityType,
    /// Its other names in the text, by first use.
    pub aliases: Vec<String>,
    /// How much the article is about it, 0..=1, summing to 1 over all entities found.
    pub salience: f32,
    /// Every mention, in order. Empty where the caller's entity is not in the text.
    pub mentions: Vec<Mention>,
    /// The sentiment toward it over all mentions; `None` without mentions.
    pub sentiment: Option<Sentiment>,
    /// The same in the article's own voice.
    pub narration_sentiment: Option<Sentiment>,
    /// The same in others' words, quoted or reported, whoever speaks.
    pub quoted_sentiment: Option<Sentiment>,
    /// The same by speaker, for speakers that are known, in the order in which they first speak of it.
    pub speaker_sentiments: Vec<SpeakerSentiment>,
    /// What other entities feel about it, in the order of the sentences that tell it.
    pub attitudes: Vec<Attitude>,
    /// The sentences that weigh most for the sentiment.
    pub evidence: Vec<Evidence>,
}

impl Entity {
    /// An entity before any mention of it is found.
    pub fn unmentioned(name: String, entity_type: EntityType) -> Self {
        Entity {
            id: String::new(),
            target_id: String::new(),
            name,
            entity_type,
            aliases: Vec::new(),
            salience: 0.0,
            mentions: Vec::new(),
            sentiment: None,
            narration_sentiment: None,
            quoted_sentiment: None,
            speaker_sentiments: Vec::new(),
            attitudes: Vec::new(),
            evidence: Vec::new(),
        }
    }
}

/// Somebody whose words the article gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The entity, where the speaker is one: an id in [`Analysis::entities`].
    pub entity_id: Option<String>,
    /// The entity's name, or what the article calls the speaker.
    pub name: String,
    /// Where the words' source is named.
    pub span: Span,
    /// Whether the words are reported rather than quoted.
    pub paraphrased: bool,
}

impl Speaker {
    /// An entity as who speaks, named at a place.
    pub fn of(entity: &Entity, span: Span) -> Self {
        Speaker {
            entity_id: Some(entity.id.clone()),
            name: entity.name.clone(),
            span,
            paraphrased: false,
        }
    }

    /// Whether both are the same one: the same entity, or called the same.
    pub fn is_same(&self, other: &Speaker) -> bool {
        match (&self.entity_id, &other.entity_id) {
            (None, None) => self.name.eq_ignore_ascii_case(&other.name),
            (own, others) => own == others,
        }
    }

    /// What all that are the same have in common, and no others: the entity, or the name in small letters.
    pub fn identity(&self) -> (Option<&str>, String) {
        match &self.entity_id {
            Some(id) => (Some(id), String::new()),
            None => (None, self.name.to_ascii_lowercase()),
        }
    }
}

/// The sentiment toward an entity in one speaker's words.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakerSentiment {
    /// Who speaks, as first named.
    pub speaker: Speaker,
    /// The sentiment.
    pub sentiment: Sentiment,
    /// How many mentions it rests on.
    pub mentions: usize,
}

/// What somebody feels about an entity, as one sentence of the narration tells it: "Otway accused Sayle of lying".
#[derive(Debug, Clone, PartialEq)]
pub struct Attitude {
    /// Who feels it: the entity's id.
    pub holder_id: String,
    /// The entity's name.
    pub holder_name: String,
    /// Where the sentence names it.
    pub holder_span: Span,
    /// What.
    pub sentiment: Sentiment,
    /// The sentence, an index into [`Document::sentences`].
    pub sentence: usize,
}

/// How a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// By its name.
    Proper,
    /// By a shorter or other name: a surname, an acronym.
    Alias,
    /// By its people's name or the adjective made of its own: "Kazakh".
    Demonym,
    /// By its capital or seat: "Moscow".
    Metonym,
    /// By a pronoun.
    Pronoun,
    /// By a description: "the central Asian nation".
    Nominal,
}

/// One mention.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// How it names the entity.
    pub kind: MentionKind,
    /// The sentence, an index into [`Document::sentences`].
    pub sentence: usize,
    /// Whether it stands inside a quote.
    pub quoted: bool,
    /// Whether it stands in others' words, quoted or reported.
    pub attributed: bool,
    /// Whose words these are, where it is known.
    pub speaker: Option<Speaker>,
    /// The sentiment toward the entity here.
    pub sentiment: Sentiment,
    /// The tagger's probability that this is a name of this type, 0..=1.
    pub confidence: f32,
}

/// A passage with the reason it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The sentence or passage.
    pub span: Span,
    /// The paragraph, an index into [`Document::paragraphs`].
    pub paragraph: usize,
    /// Its share in the answer, 0..=1.
    pub weight: f32,
    /// The model's score here: -1 (negative, against) to 1 (positive, favour).
    pub score: f32,
    /// Whose words these are, where they are somebody's and it is known whose.
    pub speaker: Option<Speaker>,
}

/// A stance class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// For it.
    Favor,
    /// Against it.
    Against,
    /// It is spoken of, neither for nor against.
    Neutral,
    /// No answer; see [`StanceResult::abstention`].
    None,
}

/// Why there is no stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Abstention {
    /// The article says nothing about the target.
    TargetNotFound,
    /// The model is not sure enough.
    LowConfidence,
    /// Passages contradict each other about evenly.
    ConflictingEvidence,
}

/// Probabilities of the three classes, which sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StanceProbabilities {
    /// For.
    pub favor: f32,
    /// Neither.
    pub neutral: f32,
    /// Against.
    pub against: f32,
}

impl From<Polarity> for StanceProbabilities {
    fn from(polarity: Polarity) -> Self {
        StanceProbabilities {
            favor: polarity.positive,
            neutral: polarity.neutral,
            against: polarity.negative,
        }
    }
}

/// The article's stance toward one target.
#[derive(Debug, Clone, PartialEq)]
pub struct StanceResult {
    /// The caller's id of the target.
    pub target_id: String,
    /// The target as the caller gave it.
    pub target: String,
    /// As which of the two it was taken.
    pub kind: TargetKind,
    /// The entity that the target names, where it is one of the article's (an id in [`Analysis::entities`]).
    pub entity_id: Option<String>,
    /// The answer.
    pub stance: Stance,
    /// Why there is none, where there is none.
    pub abstention: Option<Abstention>,
    /// Favour less against, -1..=1; 0 where nothing was found.
    pub score: f32,
    /// `None` where nothing was found.
    pub probabilities: Option<StanceProbabilities>,
    /// The answer by holder: the headline, the article's own voice, each source.
    pub holders: Vec<HolderStance>,
    /// The passages that weigh most.
    pub evidence: Vec<Evidence>,
}

/// Whose stance it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// The article's own voice.
    Article,
    /// Its headline.
    Headline,
    /// Somebody quoted or paraphrased.
    Source,
}

/// One holder's stance.
#[derive(Debug, Clone, PartialEq)]
pub struct HolderStance {
    /// Whose.
    pub holder: Holder,
    /// The source, where it is known; all unknown ones are taken together.
    pub speaker: Option<Speaker>,
    /// The answer.
    pub stance: Stance,
    /// Favour less against, -1..=1.
    pub score: f32,
    /// Of the three classes.
    pub probabilities: StanceProbabilities,
}
