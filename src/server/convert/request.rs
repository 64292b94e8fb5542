//! From a request of the protocol to a validated [`AnalysisRequest`], or to everything that is wrong with it.

use super::check::Check;
use super::offsets::Offsets;
use super::options;
use super::response::Shape;
use crate::analysis::AnalysisRequest;
use crate::analysis::request::{EntityOptions, EvidenceLevel, StanceOptions, SummaryOptions};
use crate::article::Source;
use crate::article::offsets::OffsetEncoding;
use crate::server::failure::Failure;
use crate::server::limits::Limits;
use crate::server::pb::{self, ErrorReason};

/// What requests are checked against.
pub struct Rules<'a> {
    /// The limits.
    pub limits: &'a Limits,
    /// The version that this server runs.
    pub pipeline_version: &'a str,
}

/// The analyses that a request asks for, and where in it their options stand.
#[derive(Clone, Default)]
pub struct Wanted {
    /// Summarise.
    pub summary: Option<pb::SummaryOptions>,
    /// Find entities.
    pub entities: Option<pb::EntityOptions>,
    /// Detect stances.
    pub stance: Option<pb::StanceOptions>,
    /// List the paragraphs.
    pub segments: bool,
    /// Where the options stand.
    pub paths: Paths,
}

/// The paths of the options, for field violations.
#[derive(Clone, Copy)]
pub struct Paths {
    summary: &'static str,
    entities: &'static str,
    stance: &'static str,
}

/// Of the calls with any set of analyses.
const FEATURES_PATHS: Paths = Paths {
    summary: "features.summary",
    entities: "features.entities",
    stance: "features.stance",
};
/// Of the calls with one analysis each.
const SINGLE_PATHS: Paths = Paths {
    summary: "summary_options",
    entities: "entity_options",
    stance: "stance_options",
};

impl Default for Paths {
    fn default() -> Self {
        SINGLE_PATHS
    }
}

impl From<pb::AnalysisFeatures> for Wanted {
    fn from(features: pb::AnalysisFeatures) -> Self {
        Wanted {
            summary: features.summary,
            entities: features.entities,
            stance: features.stance,
            segments: features.segments.is_some(),
            paths: FEATURES_PATHS,
        }
    }
}

/// A request found good, and how its answer is to be written.
#[derive(Debug)]
pub struct Checked {
    /// What to analyse.
    pub request: AnalysisRequest,
    /// How to write the answer.
    pub shape: Shape,
}

/// Checks a request. The failure names every field at fault, the article's first.
pub fn check(
    article: Option<pb::Article>,
    options: Option<pb::AnalysisOptions>,
    wanted: Wanted,
    rules: &Rules<'_>,
) -> Result<Checked, Failure> {
    let article = article.unwrap_or_default();
    let mut check = Check::default();
    check_article(&mut check, &article, rules.limits)?;
    let source = Source::new(article.title, article.content);
    let segments = wanted.segments;
    let asked = check_options(check, options, wanted, rules, Some(&source))?;
    Ok(Checked {
        request: AnalysisRequest {
            source,
            boilerplate_included: asked.boilerplate_included,
            evidence: asked.evidence,
            min_confidence: asked.min_confidence,
            summary: asked.summary,
            entities: asked.entities,
            stance: asked.stance,
        },
        shape: Shape {
            article_id: article.article_id,
            encoding: asked.encoding,
            segments,
        },
    })
}

/// Checks what a batch asks for all its articles. Spans, which depend on the article, are checked with each.
pub fn check_shared(
    options: Option<pb::AnalysisOptions>,
    wanted: Wanted,
    rules: &Rules<'_>,
) -> Result<(), Failure> {
    check_options(Check::default(), options, wanted, rules, None).map(drop)
}

/// What a request asks for, but for its article.
struct Asked {
    encoding: OffsetEncoding,
    boilerplate_included: bool,
    evidence: EvidenceLevel,
    min_confidence: Option<f32>,
    summary: Option<SummaryOptions>,
    entities: Option<EntityOptions>,
    stance: Option<StanceOptions>,
}

/// Goes on with a check; spans are read where there is an article to read them in.
fn check_options(
    mut check: Check,
    options: Option<pb::AnalysisOptions>,
    wanted: Wanted,
    rules: &Rules<'_>,
    source: Option<&Source>,
) -> Result<Asked, Failure> {
    let general = options.unwrap_or_default();
    let encoding = check.known("options.offset_encoding", general.offset_encoding);
    let evidence = check.known("options.evidence_level", general.evidence_level);
    if wanted.summary.is_none()
        && wanted.entities.is_none()
        && wanted.stance.is_none()
        && !wanted.segments
    {
        let description = "at least one analysis must be asked for";
        check.fault(
            "features",
            ErrorReason::FeaturesEmpty,
            description,
            Vec::new(),
        );
    }
    let encoding = unit(encoding.unwrap_or(pb::OffsetEncoding::Unspecified));
    let paths = wanted.paths;
    let summary = wanted
        .summary
        .map(|summary| options::summary(&mut check, paths.summary, summary, rules.limits));
    let entities = wanted.entities.map(|entities| {
        let offsets = || source.map(|source| Offsets::new(source, encoding));
        options::entities(&mut check, paths.entities, entities, rules.limits, offsets)
    });
    let min_confidence = wanted
        .stance
        .as_ref()
        .and_then(|stance| stance.min_confidence);
    let stance = wanted
        .stance
        .map(|stance| options::stance(&mut check, paths.stance, stance, rules.limits));

    if let Some(failure) = Failure::invalid(check.violations) {
        return Err(failure);
    }
    check_pipeline(&general.pipeline_version, rules)?;
    Ok(Asked {
        encoding,
        boilerplate_included: general.boilerplate_included,
        evidence: evidence_level(evidence.unwrap_or(pb::EvidenceLevel::Unspecified)),
        min_confidence,
        summary,
        entities,
        stance,
    })
}

fn check_article(check: &mut Check, article: &pb::Article, limits: &Limits) -> Result<(), Failure> {
    let too_large = ErrorReason::ContentTooLarge;
    check.at_most_bytes(
        "article.content",
        too_large,
        &article.content,
        limits.content_bytes,
    );
    check.at_most_bytes(
        "article.title",
        too_large,
        &article.title,
        limits.title_bytes,
    );
    let id_too_long = ErrorReason::OptionInvalid;
    check.at_most_bytes(
        "article.article_id",
        id_too_long,
        &article.article_id,
        limits.id_bytes,
    );
    if is_blank(&article.content) && is_blank(&article.title) {
        let description = "title and content are both blank";
        check.fault(
            "article.content",
            ErrorReason::ArticleEmpty,
            description,
            Vec::new(),
        );
    }
    let language = &article.language_code;
    if !language.is_empty() && !is_english(language) {
        // The code goes back in metadata, cut so that it can't be used to bloat the answer.
        let code: String = language.chars().take(35).collect();
        let description = "English is the one language that is read";
        let metadata = vec![("language_code", code)];
        check.fault(
            "article.language_code",
            ErrorReason::LanguageUnsupported,
            description,
            metadata,
        );
    }
    match check.known("article.content_type", article.content_type) {
        Some(pb::ContentType::Html) => Err(Failure::not_implemented("HTML content")),
        Some(pb::ContentType::PlainText | pb::ContentType::Unspecified) | None => Ok(()),
    }
}

fn check_pipeline(wanted: &str, rules: &Rules<'_>) -> Result<(), Failure> {
    if wanted.is_empty() || wanted == rules.pipeline_version {
        return Ok(());
    }
    let message = format!("the server runs pipeline {}", rules.pipeline_version);
    Err(Failure::new(ErrorReason::PipelineVersionMismatch, message)
        .with("pipeline_version", rules.pipeline_version))
}

/// Whether nothing in a text can be read.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_whitespace() || character.is_control())
}

fn is_english(code: &str) -> bool {
    let primary = code.split(['-', '_']).next().unwrap_or(code);
    primary.eq_ignore_ascii_case("en")
}

fn unit(encoding: pb::OffsetEncoding) -> OffsetEncoding {
    match encoding {
        pb::OffsetEncoding::Unspecified | pb::OffsetEncoding::Utf8Bytes => OffsetEncoding::Utf8,
        pb::OffsetEncoding::Utf16CodeUnits => OffsetEncoding::Utf16,
        pb::OffsetEncoding::UnicodeCodePoints => OffsetEncoding::CodePoint,
    }
}

fn evidence_level(level: pb::EvidenceLevel) -> EvidenceLevel {
    match level {
        pb::EvidenceLevel::Unspecified | pb::EvidenceLevel::Top => EvidenceLevel::Top,
        pb::EvidenceLevel::None => EvidenceLevel::None,
        pb::EvidenceLevel::Full => EvidenceLevel::Full,
    }
}
