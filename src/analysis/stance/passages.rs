//! The passages that bear on a target, each in one voice.

use std::ops::Range;

use super::Context;
use super::sources::Words;
use crate::analysis::relevance;
use crate::analysis::result::{Entity, Mention, MentionKind, Speaker};
use crate::analysis::voices::Voice;
use crate::article::{Document, Role};
use crate::model::Polarity;

/// At most so many passages are judged for one target.
const MOST_PASSAGES: usize = 8;

/// Paragraphs are judged together while they have so many bytes.
const LONGEST_RUN: usize = 600;

/// Somebody's words have to do with a target when they have this share of the weight of its content words; chosen on articles of the
/// golden set's seen half.
const TOUCHED: f32 = 0.1;

/// A passage before it is judged.
pub(super) struct Passage {
    /// The sentence, an index into the document's.
    pub sentence: usize,
    /// Whose words it stands in.
    pub voice: Voice,
    pub weight: f32,
    /// The reader's sentiment toward the target there, where the target is an entity.
    pub sentiment: Option<Polarity>,
    /// Whether it names the target: the judge is told the name, so that "he" tells it nothing.
    pub named: bool,
    /// What is judged where it isn't the sentence with those around it: words of one speaker, from several places.
    said: Option<String>,
}

/// The sentences that mention an entity, each with the sentiment toward it there.
pub(super) fn mentions_of(context: &Context<'_>, entity: &Entity) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let one =
        |a: &Mention, b: &Mention| a.sentence == b.sentence && voice_of(a).is_same(&voice_of(b));
    for group in entity.mentions.chunk_by(one) {
        let polarities = group.iter().map(|m| m.sentiment.probabilities.into());
        let mean = Polarity::mean(polarities.map(|polarity| (polarity, 1.0)));
        let (Some(first), Some(polarity)) = (group.first(), mean) else {
            continue;
        };
        passages.push(Passage {
            sentence: first.sentence,
            voice: voice_of(first),
            // A sentence without an opinion says little of the stance; one with an opinion says much.
            weight: 1.25 - polarity.neutral,
            sentiment: Some(polarity),
            named: group.iter().any(|m| m.kind != MentionKind::Pronoun),
            said: None,
        });
    }
    strongest(context.document, passages)
}

fn voice_of(mention: &Mention) -> Voice {
    if mention.attributed {
        Voice::Other(mention.speaker.clone())
    } else {
        Voice::Article
    }
}

/// The sentences that bear on a text or on one of its other wordings; of each known speaker all words that do, as one passage.
pub(super) fn bearing_on(context: &Context<'_>, text: &str, aliases: &[String]) -> Vec<Passage> {
    let document = context.document;
    let wordings = || std::iter::once(text).chain(aliases.iter().map(String::as_str));
    let around = |at| sentences_around(document, at);
    let found = relevance::bearing_on(document, context.terms, wordings(), around);
    if found.is_empty() {
        return Vec::new();
    }
    let passages = found.into_iter().map(|(at, covered)| Passage {
        sentence: at,
        voice: Voice::Article,
        weight: covered * covered,
        sentiment: None,
        named: true,
        said: None,
    });
    let mut passages = strongest(document, passages.collect());
    for passage in &mut passages {
        if let Some(sentence) = document.sentences.get(passage.sentence) {
            passage.voice = context.voices.of_sentence(document, sentence);
        }
    }
    passages.retain(|passage| {
        let speaker = passage.voice.speaker();
        !speaker.is_some_and(|speaker| context.sources.iter().any(|s| s.speaker.is_same(speaker)))
    });
    let shares = relevance::shares(context.terms, wordings());
    let said = context.sources.iter().filter_map(|source| {
        let words = source.nearest(document, &shares)?;
        (words.covered >= TOUCHED).then(|| Passage::said_by(&source.speaker, words))
    });
    passages.extend(said);
    passages
}

impl Passage {
    fn said_by(speaker: &Speaker, words: Words) -> Self {
        Passage {
            sentence: words.sentence,
            voice: Voice::Other(Some(speaker.clone())),
            weight: words.covered * words.covered,
            sentiment: None,
            named: true,
            said: Some(words.text),
        }
    }
}

/// The paragraphs that have most to do with a text, as one passage: what the judge is taught to hold a headline against.
pub(super) fn nearest<'a>(
    context: &Context<'a>,
    text: &str,
    aliases: &[String],
) -> Option<&'a str> {
    let document = context.document;
    let wordings = std::iter::once(text).chain(aliases.iter().map(String::as_str));
    relevance::nearest_run(document, context.terms, wordings, LONGEST_RUN)
        .map(|sentences| text_of(document, sentences))
}

/// The passages with the most weight, headline first among equals, in the order of the text.
fn strongest(document: &Document, mut passages: Vec<Passage>) -> Vec<Passage> {
    for passage in &mut passages {
        let sentence = document.sentences.get(passage.sentence);
        if sentence.map(|s| document.role_of(s)) == Some(Role::Headline) {
            passage.weight *= 1.5;
        }
    }
    passages.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then(a.sentence.cmp(&b.sentence))
    });
    passages.truncate(MOST_PASSAGES);
    passages.sort_by_key(|passage| passage.sentence);
    passages
}

/// The sentences of the sentence's paragraph where it is short, else the sentence alone: what the judge reads.
fn sentences_around(document: &Document, sentence: usize) -> Range<usize> {
    const SHORT: usize = 600;
    let own = document.sentences.get(sentence);
    own.and_then(|s| document.paragraphs.get(s.paragraph))
        .filter(|paragraph| paragraph.span.len() <= SHORT)
        .map_or(sentence..sentence + 1, |paragraph| {
            paragraph.sentences.clone()
        })
}

/// What the judge reads of a passage: with its paragraph's other sentences, unless these are in other voices.
pub(super) fn text<'a>(context: &Context<'a>, passage: &'a Passage) -> &'a str {
    if let Some(said) = &passage.said {
        return said;
    }
    let document = context.document;
    let around = sentences_around(document, passage.sentence);
    let sentences = document.sentences.get(around.clone()).unwrap_or(&[]);
    let mut voices = sentences
        .iter()
        .map(|s| context.voices.of_sentence(document, s));
    let alone = passage.sentence..passage.sentence + 1;
    let one_voice = voices.all(|voice| voice.is_same(&passage.voice));
    text_of(document, if one_voice { around } else { alone })
}

fn text_of(document: &Document, sentences: Range<usize>) -> &str {
    match document.sentences.get(sentences).unwrap_or(&[]) {
        [first, .., last] => document.text(first.span.cover(last.span)),
        [only] => document.text(only.span),
        [] => "",
    }
}
