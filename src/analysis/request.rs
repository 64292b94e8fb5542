//! What a caller asks for, validated: no empty target, no budget of nothing, no span off a boundary.

use crate::article::{Source, Span};

/// One article and the analyses wanted of it.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalysisRequest {
    /// The caller's article.
    pub source: Source,
    /// Analyse captions, related links, by-lines and promotional lines too.
    pub boilerplate_included: bool,
    /// How much evidence to return.
    pub evidence: EvidenceLevel,
    /// Below this confidence (0..=1) a stance is withheld (NONE, low confidence); `None` means the model's own threshold.
    pub min_confidence: Option<f32>,
    /// Summarise.
    pub summary: Option<SummaryOptions>,
    /// Find entities and the sentiment toward each.
    pub entities: Option<EntityOptions>,
    /// Detect the stance toward targets.
    pub stance: Option<StanceOptions>,
}

impl AnalysisRequest {
    /// A request for no analysis yet, with every option at its default.
    pub fn of(source: Source) -> Self {
        AnalysisRequest {
            source,
            boilerplate_included: false,
            evidence: EvidenceLevel::default(),
            min_confidence: None,
            summary: None,
            entities: None,
            stance: None,
        }
    }
}

/// How much evidence results carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EvidenceLevel {
    /// No evidence.
    None,
    /// The few sentences that weigh most.
    #[default]
    Top,
    /// Every sentence that counts.
    Full,
}

impl EvidenceLevel {
    /// How many pieces of evidence one result may carry.
    pub fn limit(self) -> usize {
        match self {
            EvidenceLevel::None => 0,
            EvidenceLevel::Top => 3,
            EvidenceLevel::Full => usize::MAX,
        }
    }
}

/// How a summary is made.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryOptions {
    /// How long it may be.
    pub budget: SummaryBudget,
    /// In which order its sentences stand.
    pub order: SummaryOrder,
    /// An entity, a question or any words that it should be about; `None` for the article's own focus.
    pub focus: Option<String>,
    /// Leave out sentences that are wholly quotation.
    pub quotes_excluded: bool,
}

impl Default for SummaryOptions {
    fn default() -> Self {
        SummaryOptions {
            budget: SummaryBudget::Sentences(3),
            order: SummaryOrder::default(),
            focus: None,
            quotes_excluded: false,
        }
    }
}

/// The length of a summary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SummaryBudget {
    /// At most so many sentences, at least 1.
    Sentences(usize),
    /// At most so many characters (Unicode code points), separating spaces included.
    Characters(usize),
    /// At most this share of the analysed text's characters, in 0..=1; at least one sentence.
    Ratio(f32),
}

/// The order of a summary's sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SummaryOrder {
    /// As they stand in the article.
    #[default]
    Position,
    /// The best first.
    Rank,
}

/// Which entities are wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EntityOptions {
    /// Only these types; empty for all.
    pub types: Vec<EntityType>,
    /// At most so many entities, the most salient first; `None` for all.
    pub max_entities: Option<usize>,
    /// Entities the caller names. Where given, only these are returned.
    pub targets: Vec<EntityTarget>,
    /// The order of the entities.
    pub order: EntityOrder,
}

/// An entity that the caller names, by words or by places in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityTarget {
    /// The caller's id, returned with the entity.
    pub id: String,
    /// Its name; not blank unless there are spans.
    pub name: String,
    /// Other names of it, none blank.
    pub aliases: Vec<String>,
    /// Where it is mentioned, in the caller's own view.
    pub spans: Vec<Span>,
}

/// The order of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EntityOrder {
    /// The most salient first.
    #[default]
    Salience,
    /// As they are first mentioned.
    FirstMention,
}

/// What kind of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityType {
    /// A person.
    Person,
    /// A company, party, agency, team or other organisation.
    Organization,
    /// A country, region or city with a government of its own.
    Geopolitical,
    /// Another place: a river, a continent, a building or other facility.
    Location,
    /// A nationality, religion, or political group that is no country's demonym.
    Group,
    /// An event.
    Event,
    /// Anything else that bears a name.
    Other,
}

/// Which stances are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StanceOptions {
    /// The targets; not empty.
    pub targets: Vec<StanceTarget>,
}

/// What a stance is toward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StanceTarget {
    /// The caller's id, returned with the result.
    pub id: String,
    /// An entity's name or a proposition; not blank.
    pub text: String,
    /// Other names of an entity, none blank.
    pub aliases: Vec<String>,
    /// Which of the two it is; `None` lets the service tell.
    pub kind: Option<TargetKind>,
}

/// An entity or a proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetKind {
    /// A person, organisation, place or other thing with a name.
    Entity,
    /// A claim or a demand that one can be for or against.
    Proposition,
}
