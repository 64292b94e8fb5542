//! The reader's single pass over a document: each sentence read once, for every analysis.

use std::ops::Range;

use super::{AnalyzeError, Interrupt};
use crate::article::{Document, Span};
use crate::model::{Models, Polarity, Reading, Scheme, passages};

/// One sentence as the reader saw it: one passage, or several where it is too long for the encoder.
pub struct SentenceReading {
    passages: Vec<Reading>,
    /// Word pieces in it.
    pub pieces: usize,
}

/// A name as tagged, with its span in the caller's text.
#[derive(Debug, Clone, PartialEq)]
pub struct TaggedName {
    /// Where it stands.
    pub span: Span,
    /// One of the newswire scheme's types.
    pub kind: &'static str,
    /// 0..=1.
    pub confidence: f32,
}

/// Reads every sentence of a document.
pub fn read(
    document: &Document,
    models: &dyn Models,
    interrupt: &dyn Interrupt,
) -> Result<Vec<SentenceReading>, AnalyzeError> {
    document
        .sentences
        .iter()
        .map(|sentence| {
            let tokens = models.tokenize(document.text(sentence.span));
            let passages = passages(&tokens, models.max_pieces())
                .into_iter()
                .map(|words| {
                    interrupt.check()?;
                    Ok(models.read(&tokens, words)?)
                })
                .collect::<Result<Vec<_>, AnalyzeError>>()?;
            Ok(SentenceReading {
                pieces: tokens.ids.len(),
                passages,
            })
        })
        .collect()
}

impl SentenceReading {
    /// Whether the sentence was too long to be read at once.
    pub fn is_split(&self) -> bool {
        self.passages.len() > 1
    }

    /// The names tagged in it, `sentence` being its span.
    pub fn names(&self, document: &Document, sentence: Span) -> Vec<TaggedName> {
        self.passages
            .iter()
            .flat_map(|passage| passage.names(Scheme::Newswire))
            .filter_map(|name| {
                Some(TaggedName {
                    span: document.source.span_within(sentence, name.span)?,
                    kind: name.kind,
                    confidence: name.confidence,
                })
            })
            .collect()
    }

    /// The sentiment toward mentions in it, in their order.
    pub fn sentiment(
        &self,
        sentence: Span,
        mentions: &[Span],
        models: &dyn Models,
    ) -> Result<Vec<Polarity>, AnalyzeError> {
        let local: Vec<Range<usize>> = mentions
            .iter()
            .map(|m| {
                m.start().saturating_sub(sentence.start())..m.end().saturating_sub(sentence.start())
            })
            .collect();
        let mut found = vec![Polarity::NEUTRAL; local.len()];
        for (at, passage) in self.passages.iter().enumerate() {
            // A mention is judged by the passage that it starts in.
            let last = at + 1 == self.passages.len();
            let end = passage.words.last().map_or(0, |word| word.span.end);
            let start = passage.words.first().map_or(0, |word| word.span.start);
            let inside: Vec<usize> = (0..local.len())
                .filter(|&i| {
                    local
                        .get(i)
                        .is_some_and(|m| (at == 0 || m.start >= start) && (last || m.start < end))
                })
                .collect();
            let spans: Vec<Range<usize>> = inside
                .iter()
                .filter_map(|&i| local.get(i).cloned())
                .collect();
            for (i, polarity) in inside.into_iter().zip(models.sentiment(passage, &spans)?) {
                if let Some(place) = found.get_mut(i) {
                    *place = polarity;
                }
            }
        }
        Ok(found)
    }
}
