//! The embedded models against what training's own runtime (Python, ONNX Runtime) says of the same files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use newsprism::model::{Agreement, ModelSet, Models, Polarity, Register, Scheme, passages};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixtures {
    sentences: Vec<Sentence>,
    pairs: Vec<Pair>,
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    input_ids: Vec<i32>,
    case_ids: Vec<i32>,
    word_spans_bytes: Vec<(usize, usize)>,
    tags_world: Vec<String>,
    tags_conll: Vec<String>,
    mention_span_bytes: (usize, usize),
    sentiment_logits: Vec<f32>,
}

#[derive(Deserialize)]
struct Pair {
    target: String,
    passage: String,
    stance_logits: Vec<f32>,
}

fn fixtures() -> Fixtures {
    serde_json::from_str(include_str!("data/models.json")).unwrap()
}

/// Two runtimes round int8 activations differently; more than this is another answer.
const TOLERANCE: f32 = 0.08;

/// `logits` are those before calibration.
fn assert_close(found: Polarity, logits: &[f32], temperature: f32, what: &str) {
    let logits: Vec<f32> = logits.iter().map(|x| x / temperature).collect();
    let sum: f32 = logits.iter().map(|x| x.exp()).sum();
    let expected: Vec<f32> = logits.iter().map(|x| x.exp() / sum).collect();
    for (found, expected) in [found.negative, found.neutral, found.positive]
        .iter()
        .zip(&expected)
    {
        assert!(
            (found - expected).abs() < TOLERANCE,
            "{what}: {found} for {expected}"
        );
    }
}

/// BIO tags to (first word, last word + 1, type).
fn entities(tags: &[String]) -> Vec<(usize, usize, String)> {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        let Some((position, kind)) = tag.split_once('-') else {
            continue;
        };
        match found.last_mut() {
            Some(open) if position == "I" && open.1 == at && open.2 == kind => open.1 = at + 1,
            _ => found.push((at, at + 1, kind.to_owned())),
        }
    }
    found
}

fn is_valid(tags: &[String]) -> bool {
    let last = std::iter::once("O").chain(tags.iter().map(String::as_str));
    last.zip(tags)
        .all(|(last, tag)| !tag.starts_with("I-") || last.get(2..) == tag.get(2..))
}

#[test]
fn texts_become_the_pieces_that_the_models_were_trained_on() {
    let models = ModelSet::embedded().unwrap();
    for sentence in fixtures().sentences {
        let tokens = models.tokenize(&sentence.text);
        let inner = 1..sentence.input_ids.len() - 1;
        assert_eq!(
            tokens.ids,
            sentence.input_ids[inner.clone()],
            "{}",
            sentence.text
        );
        let cases: Vec<i32> = tokens
            .words
            .iter()
            .flat_map(|word| word.pieces.clone().map(|_| word.case as i32))
            .collect();
        assert_eq!(cases, sentence.case_ids[inner], "{}", sentence.text);
        let spans: Vec<(usize, usize)> = tokens
            .words
            .iter()
            .map(|word| (word.span.start, word.span.end))
            .collect();
        assert_eq!(spans, sentence.word_spans_bytes, "{}", sentence.text);
    }
}

#[test]
fn the_reader_tags_and_feels_as_in_training() {
    let models = ModelSet::embedded().unwrap();
    for sentence in fixtures().sentences {
        let tokens = models.tokenize(&sentence.text);
        let reading = models.read(&tokens, 0..tokens.words.len()).unwrap();
        for (scheme, tags) in [
            (Scheme::Newswire, &sentence.tags_world),
            (Scheme::Conll, &sentence.tags_conll),
        ] {
            // Training's check takes each word's best tag; where those don't make a valid sequence, the service's differ.
            if !is_valid(tags) {
                continue;
            }
            let expected: Vec<_> = entities(tags)
                .into_iter()
                .map(|(first, end, kind)| {
                    let (start, _) = sentence.word_spans_bytes[first];
                    (start, sentence.word_spans_bytes[end - 1].1, kind)
                })
                .collect();
            let found: Vec<_> = reading
                .names(&Agreement::new(scheme), &sentence.text)
                .into_iter()
                .map(|name| (name.span.start, name.span.end, name.kind.to_owned()))
                .collect();
            assert_eq!(found, expected, "{scheme:?}: {}", sentence.text);
        }
        let (start, end) = sentence.mention_span_bytes;
        let mention = start..end;
        let found = models
            .sentiment(&reading, &[mention], Register::Narrated)
            .unwrap();
        let temperature = models.manifest().calibration.sentiment.temperature;
        assert_close(
            found[0],
            &sentence.sentiment_logits,
            temperature,
            &sentence.text,
        );
    }
}

#[test]
fn what_somebody_says_is_judged_by_a_head_of_its_own() {
    let models = ModelSet::embedded().unwrap();
    let text = "They sent the bosses a fruit basket, and Ada Lund signed the card.";
    let tokens = models.tokenize(text);
    let reading = models.read(&tokens, 0..tokens.words.len()).unwrap();
    let start = text.find("Ada Lund").unwrap();
    let mention = start..start + "Ada Lund".len();
    let judged = |register| {
        models
            .sentiment(&reading, std::slice::from_ref(&mention), register)
            .unwrap()
    };
    assert_ne!(judged(Register::Narrated), judged(Register::Said));
}

#[test]
fn the_judge_judges_as_in_training() {
    let models = ModelSet::embedded().unwrap();
    for pair in fixtures().pairs {
        let target = models.tokenize(&pair.target);
        let passage = models.tokenize(&pair.passage);
        let found = models.stance(&target, &passage).unwrap();
        let temperature = models.manifest().calibration.stance.temperature;
        assert_close(found, &pair.stance_logits, temperature, &pair.passage);
    }
}

#[test]
fn a_long_sentence_is_read_in_passages_that_lose_no_word() {
    let models = ModelSet::embedded().unwrap();
    let tokens = models.tokenize(&"Geneva talks ended ".repeat(200));
    let passages = passages(&tokens, models.max_pieces());
    assert!(passages.len() > 1);
    let words: Vec<usize> = passages.iter().flat_map(Clone::clone).collect();
    assert_eq!(words, (0..tokens.words.len()).collect::<Vec<_>>());
    for passage in passages {
        assert_eq!(
            models.read(&tokens, passage.clone()).unwrap().words.len(),
            passage.len()
        );
    }
}

#[test]
fn an_empty_text_has_no_names_and_harms_nothing() {
    let models = ModelSet::embedded().unwrap();
    let tokens = models.tokenize(" \u{0} ");
    let reading = models.read(&tokens, 0..0).unwrap();
    assert!(
        reading
            .names(&Agreement::new(Scheme::Newswire), " \u{0} ")
            .is_empty()
    );
    assert!(
        models
            .sentiment(&reading, &[], Register::Narrated)
            .unwrap()
            .is_empty()
    );
    models.stance(&tokens, &tokens).unwrap();
}
