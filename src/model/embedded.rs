//! The models inside the binary: verified against their manifest, loaded once, shared by all threads.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::reading::{self, Reading, WIDTH};
use super::session::Session;
use super::tokenizer::{Tokenizer, Tokens, Word};
use super::{MAX_PIECES, Manifest, ModelError, Models, Polarity};

macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/models/", $name))
    };
}

const FILES: [(&str, &[u8]); 5] = [
    ("reader.onnx", file!("reader.onnx")),
    ("sentiment.onnx", file!("sentiment.onnx")),
    ("judge.onnx", file!("judge.onnx")),
    ("stance.onnx", file!("stance.onnx")),
    ("vocab.txt", file!("vocab.txt")),
];

/// The longest target, in pieces, that the judge was trained with.
const MAX_TARGET_PIECES: usize = 64;

/// The committed models.
pub struct EmbeddedModels {
    manifest: Manifest,
    tokenizer: Tokenizer,
    reader: Session,
    sentiment: Session,
    judge: Session,
    stance: Session,
}

impl EmbeddedModels {
    /// Checks every file's digest against the manifest and loads the graphs. Takes some 100 ms.
    pub fn load() -> Result<Self, ModelError> {
        let manifest: Manifest =
            serde_json::from_slice(file!("manifest.json")).map_err(|e| ModelError {
                model: "manifest",
                message: e.to_string(),
            })?;
        for model in &manifest.models {
            verify(&model.file, &model.sha256)?;
        }
        Ok(EmbeddedModels {
            manifest,
            tokenizer: Tokenizer::new(&String::from_utf8_lossy(file!("vocab.txt")))?,
            reader: Session::load(
                "reader",
                file!("reader.onnx"),
                &["input_ids", "case_ids"],
                &["states", "tags_world", "tags_conll"],
            )?,
            sentiment: Session::load(
                "sentiment",
                file!("sentiment.onnx"),
                &["pooled"],
                &["logits"],
            )?,
            judge: Session::load(
                "judge",
                file!("judge.onnx"),
                &["input_ids", "token_type_ids"],
                &["states"],
            )?,
            stance: Session::load("stance", file!("stance.onnx"), &["pooled"], &["logits"])?,
        })
    }
}

fn verify(file: &str, expected: &str) -> Result<(), ModelError> {
    let error = |message: String| ModelError {
        model: "manifest",
        message,
    };
    let (_, data) = FILES
        .iter()
        .find(|(name, _)| *name == file)
        .ok_or_else(|| error(format!("{file} is not embedded")))?;
    let found: String = Sha256::digest(data)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if found == expected {
        Ok(())
    } else {
        Err(error(format!("{file} has digest {found}, not {expected}")))
    }
}

impl Models for EmbeddedModels {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn tokenize(&self, text: &str) -> Tokens {
        self.tokenizer.tokenize(text)
    }

    fn read(&self, tokens: &Tokens, words: Range<usize>) -> Result<Reading, ModelError> {
        let words = tokens.words.get(words).unwrap_or(&[]);
        let first = words.first().map_or(0, |word| word.pieces.start);
        let last = words.last().map_or(first, |word| word.pieces.end);
        let mut ids = vec![self.tokenizer.cls];
        ids.extend(tokens.ids.get(first..last).unwrap_or(&[]));
        ids.push(self.tokenizer.sep);
        let mut cases = vec![0];
        cases.extend(
            words
                .iter()
                .flat_map(|word| word.pieces.clone().map(|_| word.case as i32)),
        );
        cases.push(0);
        let outputs = self.reader.encode(&[&ids, &cases])?;
        let [states, newswire, conll] = <[_; 3]>::try_from(outputs).map_err(|_| ModelError {
            model: "reader",
            message: "it doesn't have three outputs".to_owned(),
        })?;
        let words = words
            .iter()
            .map(|word| Word {
                pieces: word.pieces.start - first..word.pieces.end - first,
                ..word.clone()
            })
            .collect();
        Ok(Reading {
            words,
            states,
            newswire,
            conll,
        })
    }

    fn sentiment(
        &self,
        reading: &Reading,
        mentions: &[Range<usize>],
    ) -> Result<Vec<Polarity>, ModelError> {
        if mentions.is_empty() {
            return Ok(Vec::new());
        }
        let pooled: Vec<f32> = mentions.iter().flat_map(|m| reading.pooled(m)).collect();
        let logits = self.sentiment.classify(&pooled, 2 * WIDTH)?;
        Ok(logits.chunks(3).map(Polarity::from_logits).collect())
    }

    fn stance(&self, target: &Tokens, passage: &Tokens) -> Result<Polarity, ModelError> {
        let target = cut(&target.ids, MAX_TARGET_PIECES);
        // Three special tokens stand in the pair, where a passage alone has two.
        let passage = cut(&passage.ids, MAX_PIECES - 1 - target.len());
        let (cls, sep) = (self.tokenizer.cls, self.tokenizer.sep);
        let ids = [&[cls], target, &[sep], passage, &[sep]].concat();
        let mut segments = vec![0; target.len() + 2];
        segments.resize(ids.len(), 1);
        let states = self.judge.encode(&[&ids, &segments])?;
        let pooled = reading::pool(states.first().map_or(&[], Vec::as_slice), 0..target.len());
        let logits = self.stance.classify(&pooled, 2 * WIDTH)?;
        Ok(Polarity::from_logits(&logits))
    }
}

fn cut(ids: &[i32], most: usize) -> &[i32] {
    ids.get(..most).unwrap_or(ids)
}
