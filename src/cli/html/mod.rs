//! An analysis as one HTML page that holds all it needs: `page.html` and the templates beside it, filled by this module.
//!
//! The page works without its script; the script lights up what belongs together. Every text that comes from outside
//! is escaped by the templates, and the page's policy lets nothing run but the script that is in it.

mod layers;
mod marks;
mod names;
mod overview;
mod paragraphs;
mod passages;
mod policy;
mod score;

use askama::Template;

use self::names::Names;
use self::overview::{EntityCard, StanceCard, SummaryLine, VoiceCard};
use self::paragraphs::{Part, ShownParagraph};
use self::passages::Passages;
use self::score::Score;
use crate::analysis::Analysis;
use crate::analysis::result::WarningKind;
use crate::article::Role;

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    policy: String,
    style: &'static str,
    script: &'static str,
    version: &'static str,
    title: &'a str,
    file: &'a str,
    facts: Vec<String>,
    summary: Vec<SummaryLine<'a>>,
    stances: Vec<StanceCard<'a>>,
    voices: Vec<VoiceCard>,
    entities: Vec<EntityCard<'a>>,
    more_entities: usize,
    notices: Vec<&'a str>,
    paragraphs: Vec<ShownParagraph<'a>>,
}

/// Lays out everything found in the article of a file, whose name is shown.
pub fn render(analysis: &Analysis, file: &str) -> Result<String, askama::Error> {
    let names = Names::of(analysis);
    let passages = Passages::of(analysis);
    let marks = marks::find(&names, &passages);
    let entities = names.entity_cards();
    Page {
        policy: policy::policy(),
        style: policy::STYLE,
        script: policy::SCRIPT,
        version: env!("CARGO_PKG_VERSION"),
        title: headline(analysis).unwrap_or(file),
        file,
        facts: facts(analysis),
        summary: names.summary(&passages),
        stances: names.stances(&passages),
        voices: names.voice_cards(),
        more_entities: entities.iter().filter(|card| !card.prominent).count(),
        entities,
        notices: notices(analysis),
        paragraphs: paragraphs::show(&names, &passages, &marks),
    }
    .render()
    .map(printable)
}

/// The page without what HTML can't hold: control characters, NUL among them, become their pictures (␀).
fn printable(page: String) -> String {
    let is_control = |character: char| character.is_ascii_control() && !"\n\t".contains(character);
    if !page.contains(is_control) {
        return page;
    }
    let shown = |character| match character {
        '\u{7f}' => '␡',
        _ if is_control(character) => {
            char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}')
        }
        _ => character,
    };
    page.chars().map(shown).collect()
}

fn headline(analysis: &Analysis) -> Option<&str> {
    let document = &analysis.document;
    let headline = document
        .paragraphs
        .iter()
        .find(|p| p.role == Role::Headline)?;
    Some(document.text(headline.span))
}

fn facts(analysis: &Analysis) -> Vec<String> {
    let document = &analysis.document;
    let aside = document.paragraphs.iter().filter(|p| !p.analyzed).count();
    let mut facts = vec![
        format!(
            "{} words in {} sentences",
            document.words.len(),
            document.sentences.len()
        ),
        format!(
            "{aside} of {} paragraphs set aside",
            document.paragraphs.len()
        ),
    ];
    if let Some(sentiment) = &analysis.document_sentiment {
        let Score { label, number, .. } = Score::of_sentiment(sentiment);
        facts.push(format!("on the whole {label} {number}"));
    }
    facts
}

/// What the reader should know, but for what was set aside, which the article shows.
fn notices(analysis: &Analysis) -> Vec<&str> {
    let warnings = analysis.warnings.iter();
    warnings
        .filter(|warning| warning.kind != WarningKind::BoilerplateSkipped)
        .map(|warning| warning.message.as_str())
        .collect()
}

#[cfg(test)]
mod tests;
