//! From a document and the models' outputs to results: entities, sentiment, stance, summary.
//!
//! Pure functions over plain types; nothing here knows of the server or of threads.

mod acronyms;
mod aliases;
pub mod attitudes;
pub mod attribution;
pub mod coreference;
mod countries;
mod datelines;
pub mod descriptions;
pub mod entities;
mod geography;
mod name_types;
mod names;
mod nominals;
pub mod passages;
pub mod pronouns;
mod rarity;
mod relevance;
pub mod request;
pub mod result;
mod sentiment;
mod split_names;
mod stance;
pub mod summary;
mod targets;
pub mod terms;
pub mod voices;
mod warnings;

use std::sync::Arc;

use tracing::info_span;

use self::passages::SentenceReading;
use self::result::{Entity, LanguageFound};
use self::terms::Terms;
use self::voices::Voices;
use crate::article::{self, Document, Field, LanguageUnsupported, ReadOptions};
use crate::model::{ModelError, Models};

pub use request::AnalysisRequest;
pub use result::Analysis;

/// Runs the analyses with one set of models. Cheap to clone; safe to share between threads.
#[derive(Clone)]
pub struct Analyzer {
    models: Arc<dyn Models>,
}

/// Asked between model calls whether the work is still wanted.
pub trait Interrupt {
    /// `Err` stops the work.
    fn check(&self) -> Result<(), Interrupted>;
}

/// Never interrupts.
pub struct Uninterrupted;

impl Interrupt for Uninterrupted {
    fn check(&self) -> Result<(), Interrupted> {
        Ok(())
    }
}

/// Why work was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Interrupted {
    /// Nobody waits for the answer any more.
    #[error("cancelled")]
    Cancelled,
    /// The answer would come too late.
    #[error("deadline exceeded")]
    DeadlineExceeded,
}

/// Why there is no analysis.
#[derive(Debug, thiserror::Error)]
pub enum AnalyzeError {
    /// Title and content are blank.
    #[error("the article is empty")]
    Empty,
    /// The text is not in a language that the models read.
    #[error("the article's language is not supported: {detected} (confidence {confidence:.2})")]
    LanguageUnsupported {
        /// BCP-47.
        detected: &'static str,
        /// 0..=1.
        confidence: f32,
    },
    /// The work was stopped.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// A model failed: a bug.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl From<LanguageUnsupported> for AnalyzeError {
    fn from(error: LanguageUnsupported) -> Self {
        AnalyzeError::LanguageUnsupported {
            detected: error.detected,
            confidence: error.confidence,
        }
    }
}

impl Analyzer {
    /// An analyzer over these models.
    pub fn new(models: Arc<dyn Models>) -> Self {
        Analyzer { models }
    }

    /// Reads the article once and runs every analysis that the request asks for.
    ///
    /// Deterministic: the same request gives the same result on any thread, under any load.
    pub fn analyze(
        &self,
        request: &AnalysisRequest,
        interrupt: &dyn Interrupt,
    ) -> Result<Analysis, AnalyzeError> {
        let models = self.models.as_ref();
        let fields = [Field::Title, Field::Content];
        if fields
            .iter()
            .all(|f| request.source.field(*f).trim().is_empty())
        {
            return Err(AnalyzeError::Empty);
        }
        let language = article::check_english(&request.source)?;
        let options = ReadOptions {
            boilerplate_included: request.boilerplate_included,
        };
        let document =
            info_span!("read").in_scope(|| article::read(request.source.clone(), &options));
        let readings =
            info_span!("annotate").in_scope(|| passages::read(&document, models, interrupt))?;
        let terms = sentence_terms(&document);

        let mut entities =
            info_span!("entities").in_scope(|| find_entities(&document, &readings, request));
        let mut voices = if entities.is_empty() && request.stance.is_none() {
            Voices::default()
        } else {
            info_span!("voices").in_scope(|| Voices::of(&document, &entities))
        };
        let mut chains = Vec::new();
        if !entities.is_empty() {
            let link = || {
                coreference::link(
                    &document,
                    &readings,
                    models,
                    interrupt,
                    &mut entities,
                    &mut voices,
                )
            };
            chains = info_span!("links").in_scope(link)?;
            entities::attribute(&document, &voices, &mut entities);
            info_span!("sentiment").in_scope(|| {
                entities::judge(&document, &readings, models, interrupt, &mut entities)
            })?;
        }
        entities::complete(&document, &voices, &mut entities, request.evidence);
        let feel = || attitudes::find(&document, &readings, models, interrupt, &entities);
        for (target, attitude) in info_span!("attitudes").in_scope(feel)? {
            if let Some(entity) = entities.get_mut(target) {
                entity.attitudes.push(attitude);
            }
        }
        let summarize = |options| {
            let vectors = terms::vectors(&terms);
            let salience =
                summary::salience::of(&document, &readings, &vectors, models, interrupt)?;
            Ok::<_, AnalyzeError>(summary::summarize(
                &document, &vectors, &salience, &entities, options,
            ))
        };
        let summary = request.summary.as_ref();
        let summary = summary
            .map(|options| info_span!("summary").in_scope(|| summarize(options)))
            .transpose()?;
        let sources = match request.stance {
            Some(_) => stance::sources(&document, &voices),
            None => Vec::new(),
        };
        let context = stance::Context {
            document: &document,
            entities: &entities,
            voices: &voices,
            terms: &terms,
            sources: &sources,
            commentary: request.stance.is_some() && stance::is_commentary(&document, &voices),
            models,
            evidence: request.evidence,
            min_confidence: request.min_confidence,
        };
        let stances = request
            .stance
            .iter()
            .flat_map(|options| &options.targets)
            .map(|target| {
                info_span!("stance").in_scope(|| stance::detect(&context, target, interrupt))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Analysis {
            chains,
            language: LanguageFound {
                code: language.code,
                confidence: language.confidence,
            },
            warnings: warnings::of(&document, &readings, language.reliable),
            document_sentiment: request
                .entities
                .as_ref()
                .and_then(|_| entities::document_sentiment(&entities)),
            entities: match &request.entities {
                Some(options) => entities::select(entities, options),
                None => entities,
            },
            summary,
            stances,
            voices,
            tokens: readings.iter().map(|reading| reading.pieces).sum(),
            document,
        })
    }
}

/// The article's own entities where any analysis needs them, and those that the request names.
fn find_entities(
    document: &Document,
    readings: &[SentenceReading],
    request: &AnalysisRequest,
) -> Vec<Entity> {
    let focused = request.summary.as_ref().is_some_and(|s| s.focus.is_some());
    let mut entities = if request.entities.is_some() || request.stance.is_some() || focused {
        entities::find(document, readings)
    } else {
        Vec::new()
    };
    if let Some(options) = &request.entities {
        entities::resolve_targets(document, &mut entities, options);
    }
    entities
}

/// Each sentence's content stems.
pub fn sentence_terms(document: &Document) -> Vec<Vec<String>> {
    let terms = Terms::default();
    document
        .sentences
        .iter()
        .map(|s| terms.of(document.text(s.span)))
        .collect()
}
