//! The reader's single pass over a document: each sentence read once, for every analysis.

use std::collections::HashMap;
use std::ops::Range;

use super::{AnalyzeError, Interrupt, names};
use crate::article::{Document, Span};
use crate::model::{
    Agreement, Models, PhraseWord, Polarity, Reading, Register, Scheme, TaggedSpan, passages,
};

/// So many word pieces of an article, from its start, have their states kept until the article is done: some 1.6 kB each.
/// Of what follows, only the names and the sentiment toward them are; what else is asked of it is read again, its noun
/// phrases and pronouns are not linked, and its sentences are salient to the common degree.
const KEPT_PIECES: usize = 1 << 14;

/// One sentence as the reader saw it: one passage, or several where it is too long for the encoder.
pub struct SentenceReading {
    passages: Vec<Passage>,
    /// Word pieces in it.
    pub pieces: usize,
}

struct Passage {
    /// Its words, as indexes into the sentence's tokens.
    words: Range<usize>,
    /// Its first byte in the sentence.
    start: usize,
    names: Vec<TaggedSpan>,
    seen: Seen,
}

enum Seen {
    Kept(Reading),
    /// The sentiment toward the names, by their bytes in the sentence.
    Judged(HashMap<Range<usize>, Polarity>),
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

/// A word (or a punctuation mark) and what it is in its noun phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseTag {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub word: PhraseWord,
}

/// Reads every sentence of a document.
pub fn read(
    document: &Document,
    models: &dyn Models,
    interrupt: &dyn Interrupt,
) -> Result<Vec<SentenceReading>, AnalyzeError> {
    let mut before = 0;
    let mut agreement = Agreement::new(Scheme::Newswire);
    let mut readings = document
        .sentences
        .iter()
        .map(|sentence| {
            let text = document.text(sentence.span);
            let tokens = models.tokenize(text);
            let kept = before < KEPT_PIECES;
            let passages = passages(&tokens, models.max_pieces())
                .into_iter()
                .map(|words| {
                    interrupt.check()?;
                    let reading = models.read(&tokens, words.clone())?;
                    agreement.note(&reading, text);
                    Passage::of(reading, words, text, kept, &agreement, models)
                })
                .collect::<Result<Vec<_>, AnalyzeError>>()?;
            before += tokens.ids.len();
            Ok(SentenceReading {
                pieces: tokens.ids.len(),
                passages,
            })
        })
        .collect::<Result<Vec<_>, AnalyzeError>>()?;
    for (reading, sentence) in readings.iter_mut().zip(&document.sentences) {
        let text = document.text(sentence.span);
        for passage in &mut reading.passages {
            if let Seen::Kept(kept) = &passage.seen {
                passage.names = kept.names(&agreement, text);
            }
        }
    }
    Ok(readings)
}

impl Passage {
    /// A passage whose reading is kept gets its names when all is read.
    fn of(
        reading: Reading,
        words: Range<usize>,
        text: &str,
        kept: bool,
        agreement: &Agreement,
        models: &dyn Models,
    ) -> Result<Self, AnalyzeError> {
        let start = reading.words.first().map_or(0, |word| word.span.start);
        let (names, seen) = if kept {
            (Vec::new(), Seen::Kept(reading))
        } else {
            let names = reading.names(agreement, text);
            let mentions = as_mentioned(&names, text);
            let polarities = models.sentiment(&reading, &mentions, Register::Narrated)?;
            let judged = mentions.into_iter().zip(polarities).collect();
            (names, Seen::Judged(judged))
        };
        Ok(Passage {
            words,
            start,
            names,
            seen,
        })
    }
}

/// The names as they are mentioned.
fn as_mentioned(names: &[TaggedSpan], text: &str) -> Vec<Range<usize>> {
    let mentions = names.iter().filter_map(|name| {
        let bare = names::bare(text.get(name.span.clone())?);
        Some(name.span.start + bare.start..name.span.start + bare.end)
    });
    mentions.collect()
}

/// A span's bytes in its sentence.
fn within(sentence: Span, span: Span) -> Range<usize> {
    span.start().saturating_sub(sentence.start())..span.end().saturating_sub(sentence.start())
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
            .flat_map(|passage| passage.names.iter().cloned())
            .filter_map(|name| {
                Some(TaggedName {
                    span: document.source.span_within(sentence, name.span)?,
                    kind: name.kind,
                    confidence: name.confidence,
                })
            })
            .collect()
    }

    /// The passages as the reader saw them; none of those whose states are not kept.
    pub fn kept(&self) -> impl Iterator<Item = &Reading> {
        self.passages
            .iter()
            .filter_map(|passage| match &passage.seen {
                Seen::Kept(reading) => Some(reading),
                Seen::Judged(_) => None,
            })
    }

    /// The sentence as the reader saw it, its first passage where there are several; `None` where states are not kept.
    pub fn state(&self) -> Option<Vec<f32>> {
        self.kept().next().map(Reading::whole)
    }

    /// What each word is in its noun phrase, `sentence` being the sentence's span; only where states are kept.
    pub fn phrases(
        &self,
        document: &Document,
        sentence: Span,
        models: &dyn Models,
    ) -> Result<Vec<PhraseTag>, AnalyzeError> {
        let mut tags = Vec::new();
        for reading in self.kept() {
            let words = models.phrases(reading)?;
            tags.extend(reading.words.iter().zip(words).filter_map(|(at, word)| {
                let span = document.source.span_within(sentence, at.span.clone())?;
                Some(PhraseTag { span, word })
            }));
        }
        Ok(tags)
    }

    /// A mention as the passage saw it that the mention starts in; `None` where states are not kept.
    pub fn mention(&self, sentence: Span, mention: Span) -> Option<Vec<f32>> {
        let local = within(sentence, mention);
        match &self.passages.get(self.passage_of(&local))?.seen {
            Seen::Kept(reading) => Some(reading.mention(&local)),
            Seen::Judged(_) => None,
        }
    }

    /// What the holder, the first of each pair of mentions, feels about the second; `None` where the reader didn't see both
    /// at once, or states are not kept.
    pub fn directed(
        &self,
        sentence: Span,
        pairs: &[(Span, Span)],
        models: &dyn Models,
    ) -> Result<Vec<Option<Polarity>>, AnalyzeError> {
        let local = pairs
            .iter()
            .map(|(a, b)| (within(sentence, *a), within(sentence, *b)));
        let local: Vec<(Range<usize>, Range<usize>)> = local.collect();
        let at = |pair: &(Range<usize>, Range<usize>)| {
            let (holder, target) = (self.passage_of(&pair.0), self.passage_of(&pair.1));
            (holder == target).then_some(holder)
        };
        let mut found = Vec::with_capacity(local.len());
        for group in local.chunk_by(|a, b| at(a) == at(b)) {
            let passage = group.first().and_then(at);
            match passage
                .and_then(|at| self.passages.get(at))
                .map(|p| &p.seen)
            {
                Some(Seen::Kept(reading)) => {
                    found.extend(models.directed(reading, group)?.into_iter().map(Some));
                }
                _ => found.resize(found.len() + group.len(), None),
            }
        }
        Ok(found)
    }

    /// The passage, an index, that a mention starts in.
    fn passage_of(&self, mention: &Range<usize>) -> usize {
        let after = self.passages.partition_point(|p| p.start <= mention.start);
        after.saturating_sub(1)
    }

    /// The sentiment toward mentions in it, in their order, all of one register.
    pub fn sentiment(
        &self,
        document: &Document,
        sentence: Span,
        (mentions, register): (&[Span], Register),
        models: &dyn Models,
        interrupt: &dyn Interrupt,
    ) -> Result<Vec<Polarity>, AnalyzeError> {
        let local: Vec<Range<usize>> = mentions.iter().map(|m| within(sentence, *m)).collect();
        let text = document.text(sentence);
        let mut found = Vec::with_capacity(local.len());
        // A mention is judged by the passage that it starts in.
        let same = |a: &Range<usize>, b: &Range<usize>| self.passage_of(a) == self.passage_of(b);
        for group in local.chunk_by(same) {
            let at = group.first().map_or(0, |mention| self.passage_of(mention));
            match self.passages.get(at) {
                Some(passage) => {
                    let own = (group, register);
                    found.extend(passage.sentiment(text, own, models, interrupt)?);
                }
                None => found.resize(found.len() + group.len(), Polarity::NEUTRAL),
            }
        }
        Ok(found)
    }
}

impl Passage {
    /// The sentiment toward mentions that start in it, `text` being the whole sentence.
    fn sentiment(
        &self,
        text: &str,
        (mentions, register): (&[Range<usize>], Register),
        models: &dyn Models,
        interrupt: &dyn Interrupt,
    ) -> Result<Vec<Polarity>, AnalyzeError> {
        let judged = match &self.seen {
            Seen::Kept(reading) => return Ok(models.sentiment(reading, mentions, register)?),
            Seen::Judged(judged) => judged,
        };
        let known = mentions.iter().map(|mention| judged.get(mention).copied());
        if register == Register::Narrated
            && let Some(known) = known.collect()
        {
            return Ok(known);
        }
        interrupt.check()?;
        let reading = models.read(&models.tokenize(text), self.words.clone())?;
        Ok(models.sentiment(&reading, mentions, register)?)
    }
}
