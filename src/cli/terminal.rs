//! An analysis as a page of text for the terminal.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::labels;
use crate::analysis::Analysis;
use crate::analysis::result::{Entity, Evidence, Sentiment, SentimentLabel, Stance, StanceResult};
use crate::article::{Document, Role};

const WIDTH: usize = 96;
const MOST_ENTITIES: usize = 20;

const TITLE: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const SPLIT: Style = AnsiColor::Yellow.on_default();
const PLAIN: Style = Style::new();

/// Lays out everything found. The text holds ANSI colours.
pub fn render(analysis: &Analysis) -> String {
    let mut page = Page {
        document: &analysis.document,
        text: String::new(),
    };
    page.head(analysis);
    if let Some(summary) = &analysis.summary {
        page.title("Summary");
        for sentence in &summary.sentences {
            page.paragraph("• ", page.document.text(sentence.span));
        }
    }
    page.entities(&analysis.entities);
    for stance in &analysis.stances {
        page.stance(stance);
    }
    page.set_aside();
    page.text
}

struct Page<'a> {
    document: &'a Document,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn title(&mut self, title: &str) {
        self.line(&format!("\n{TITLE}{title}{TITLE:#}"));
    }

    fn paragraph(&mut self, bullet: &str, text: &str) {
        let indent = " ".repeat(bullet.chars().count() + 2);
        let first = format!("  {bullet}");
        let options = textwrap::Options::new(WIDTH)
            .initial_indent(&first)
            .subsequent_indent(&indent);
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line(&textwrap::fill(&one_line, options));
    }

    fn head(&mut self, analysis: &Analysis) {
        let headline = self
            .document
            .paragraphs
            .iter()
            .find(|p| p.role == Role::Headline)
            .map_or("(no headline)", |p| self.document.text(p.span));
        let filled = textwrap::fill(headline, WIDTH);
        self.line(&format!("{TITLE}{filled}{TITLE:#}"));
        let set_aside = self
            .document
            .paragraphs
            .iter()
            .filter(|p| !p.analyzed)
            .count();
        let facts = format!(
            "{} words in {} sentences; {} of {} paragraphs set aside",
            self.document.words.len(),
            self.document.sentences.len(),
            set_aside,
            self.document.paragraphs.len(),
        );
        self.line(&format!("{DIM}{facts}{DIM:#}"));
        if let Some(sentiment) = &analysis.document_sentiment {
            let label = labelled(sentiment);
            self.line(&format!("Sentiment of the whole: {label}"));
        }
    }

    fn entities(&mut self, entities: &[Entity]) {
        if entities.is_empty() {
            return;
        }
        self.title("Entities and the sentiment toward each");
        let shown = entities.iter().take(MOST_ENTITIES);
        let width = shown
            .clone()
            .map(|e| e.name.chars().count())
            .max()
            .unwrap_or(0)
            .min(36);
        for entity in shown {
            let label = entity.sentiment.as_ref().map(labelled).unwrap_or_default();
            let mut line = format!(
                "  {TITLE}{:width$}{TITLE:#}  {label}  {DIM}{:4.0} %  {:>2}×  {}",
                entity.name,
                100.0 * entity.salience,
                entity.mentions.len(),
                labels::entity_type(entity.entity_type),
            );
            if !entity.aliases.is_empty() {
                let _ = write!(line, ", also {}", entity.aliases.join(", "));
            }
            self.line(&format!("{line}{DIM:#}"));
            self.voices(entity);
        }
        if let Some(more) = entities.len().checked_sub(MOST_ENTITIES).filter(|n| *n > 0) {
            self.line(&format!("  {DIM}and {more} more{DIM:#}"));
        }
    }

    /// The sentiment by voice, where others than the article itself speak of the entity, and what others are told to feel.
    fn voices(&mut self, entity: &Entity) {
        for attitude in &entity.attitudes {
            let holder = &attitude.holder_name;
            self.line(&format!(
                "      {DIM}told of {holder}:{DIM:#} {}",
                labelled(&attitude.sentiment)
            ));
        }
        if entity.speaker_sentiments.is_empty() {
            return;
        }
        let own = entity
            .narration_sentiment
            .as_ref()
            .map(|own| ("the article", own));
        let speakers = entity.speaker_sentiments.iter();
        let speakers = speakers.map(|by| (by.speaker.name.as_str(), &by.sentiment));
        for (who, sentiment) in own.into_iter().chain(speakers) {
            self.line(&format!("      {DIM}{who}:{DIM:#} {}", labelled(sentiment)));
        }
    }

    fn stance(&mut self, stance: &StanceResult) {
        self.title(&format!("Stance toward “{}”", stance.target));
        let answer = match stance.abstention {
            Some(reason) => format!("none: {}", labels::abstention(reason)),
            None => stance_name(stance.stance, stance.score),
        };
        self.line(&format!("  {answer}"));
        for holder in &stance.holders {
            let who = labels::holder(holder);
            let answer = stance_name(holder.stance, holder.score);
            self.line(&format!("  {DIM}{who}:{DIM:#} {answer}"));
        }
        for evidence in &stance.evidence {
            self.evidence(evidence);
        }
    }

    fn evidence(&mut self, evidence: &Evidence) {
        let bullet = format!("{:+.2} ", evidence.score);
        self.paragraph(&bullet, self.document.text(evidence.span));
    }

    /// The paragraphs that were not analysed: the reader sees that nothing was lost in silence.
    fn set_aside(&mut self) {
        let skipped: Vec<(Role, &str)> = self
            .document
            .paragraphs
            .iter()
            .filter(|p| !p.analyzed)
            .map(|p| (p.role, self.document.text(p.span)))
            .collect();
        if skipped.is_empty() {
            return;
        }
        self.title("Set aside");
        for (role, text) in skipped {
            let start: String = text.chars().take(WIDTH - 20).collect();
            let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
            self.line(&format!("  {DIM}{:13} {start}{DIM:#}", labels::role(role)));
        }
    }
}

fn labelled(sentiment: &Sentiment) -> String {
    let style = match sentiment.label {
        SentimentLabel::Positive => GOOD,
        SentimentLabel::Negative => BAD,
        SentimentLabel::Neutral => PLAIN,
        SentimentLabel::Mixed => SPLIT,
    };
    let name = labels::sentiment(sentiment.label);
    format!("{style}{name:8}{style:#} {:+.2}", sentiment.score)
}

fn stance_name(stance: Stance, score: f32) -> String {
    let style = match stance {
        Stance::Favor => GOOD,
        Stance::Against => BAD,
        Stance::Neutral => PLAIN,
        Stance::None => DIM,
    };
    let name = labels::stance(stance);
    format!("{style}{name}{style:#} {score:+.2}")
}
