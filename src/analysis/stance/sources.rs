//! Those who speak in an article, and which of their words tell their stance toward a target.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::result::Speaker;
use crate::analysis::voices::Voices;
use crate::article::{Document, Span};

/// So many of those who speak are asked, those first named first.
const MOST: usize = 12;
/// Words of one are judged together while they have so many bytes.
const LONGEST: usize = 600;

/// Somebody who is known and speaks in the article.
pub struct Source {
    /// Who it is, as first named.
    pub speaker: Speaker,
    /// The sentences that hold words of theirs, in order.
    sentences: Vec<usize>,
}

/// What one says that tells most of their stance toward a target.
pub(super) struct Words {
    /// The sentences, with what introduces the words.
    pub text: String,
    /// The one among them that has most to do with the target.
    pub sentence: usize,
    /// The share of the target's words that it has.
    pub covered: f32,
}

/// Everybody who is known and speaks, in the order in which they first do.
pub fn sources(document: &Document, voices: &Voices) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    let mut known = HashMap::new();
    for stretch in voices.stretches() {
        let Some(speaker) = &stretch.speaker else {
            continue;
        };
        let at = *known.entry(speaker.identity()).or_insert(sources.len());
        if at == sources.len() {
            sources.push(Source {
                speaker: speaker.clone(),
                sentences: Vec::new(),
            });
        }
        let Some(source) = sources.get_mut(at) else {
            continue;
        };
        source
            .sentences
            .extend(sentences_of(document, stretch.span));
    }
    sources.truncate(MOST);
    for source in &mut sources {
        source.sentences.sort_unstable();
        source.sentences.dedup();
    }
    sources
}

impl Source {
    /// The source's words nearest to a target: its best sentence, and those of its others around it.
    pub(super) fn nearest(&self, document: &Document, covered: &[f32]) -> Option<Words> {
        let share = |at: &usize| covered.get(*at).copied().unwrap_or(0.0);
        let mut best = 0;
        for (at, sentence) in self.sentences.iter().enumerate() {
            if share(sentence) > self.sentences.get(best).map_or(0.0, share) {
                best = at;
            }
        }
        let sentence = *self.sentences.get(best)?;
        let text = |at: usize| {
            let sentence = document.sentences.get(*self.sentences.get(at)?)?;
            Some(document.text(sentence.span))
        };
        let (mut from, mut to) = (best, best + 1);
        let mut length = text(best)?.len();
        loop {
            let mut grown = false;
            if let Some(next) = text(to).filter(|next| length + next.len() <= LONGEST) {
                (to, length, grown) = (to + 1, length + next.len(), true);
            }
            if let Some(before) = from.checked_sub(1)
                && let Some(next) = text(before).filter(|next| length + next.len() <= LONGEST)
            {
                (from, length, grown) = (before, length + next.len(), true);
            }
            if !grown {
                break;
            }
        }
        let parts: Vec<&str> = (from..to).filter_map(text).collect();
        Some(Words {
            text: parts.join(" "),
            sentence,
            covered: share(&sentence),
        })
    }
}

/// The sentences that a span has a part in.
fn sentences_of(document: &Document, span: Span) -> Range<usize> {
    let key = |span: Span| (span.field(), span.start());
    let sentences = &document.sentences;
    let from = sentences.partition_point(|s| (s.span.field(), s.span.end()) <= key(span));
    let to = sentences.partition_point(|s| key(s.span) < (span.field(), span.end()));
    from..to.max(from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::voices::Voices;
    use crate::article::{ReadOptions, Source as Article, read};

    const TEXT: &str = "“The tram will save the old town,” said Lena Ortiz.\n\nIt was a warm evening, and the hall was full. The \
        council meets again on Monday.\n\nOle Brandt said that the tram was a waste of money. “Nobody asked for it,” Ole Brandt \
        said.\n\n“My shop has been here for years,” said Lena Ortiz.";

    #[test]
    fn a_source_is_everybody_who_speaks_with_all_their_sentences() {
        let document = read(Article::new("", TEXT), &ReadOptions::default());
        let sources = sources(&document, &Voices::of(&document, &[]));
        let names: Vec<&str> = sources.iter().map(|s| s.speaker.name.as_str()).collect();
        assert_eq!(names, ["Lena Ortiz", "Ole Brandt"]);
        let texts = |source: &Source| -> Vec<&str> {
            let spans = source
                .sentences
                .iter()
                .map(|at| document.sentences[*at].span);
            spans.map(|span| document.text(span)).collect()
        };
        assert_eq!(
            texts(&sources[1]),
            [
                "Ole Brandt said that the tram was a waste of money.",
                "“Nobody asked for it,” Ole Brandt said."
            ]
        );
        assert_eq!(sources[0].sentences.len(), 2);
    }

    #[test]
    fn the_nearest_words_are_the_best_sentence_and_as_many_around_it_as_are_judged_together() {
        let document = read(Article::new("", TEXT), &ReadOptions::default());
        let sources = sources(&document, &Voices::of(&document, &[]));
        let mut shares = vec![0.0; document.sentences.len()];
        let best = sources[1].sentences[1];
        shares[best] = 0.5;
        let words = sources[1].nearest(&document, &shares).unwrap();
        assert_eq!((words.sentence, words.covered), (best, 0.5));
        assert!(
            words.text.starts_with("Ole Brandt said that") && words.text.ends_with("Brandt said.")
        );
    }
}
