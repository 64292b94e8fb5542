//! What the weights are: names, versions, digests, licences, how texts are cut for them, measured quality.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Scheme;
use super::load_error::Problem;
use super::phrases;
use super::self_test::SelfTest;

/// The form of manifest that this program reads.
pub const FORMAT: u32 = 1;

/// The description of one set of models, `manifest.json`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Manifest {
    /// The version of the set.
    pub version: String,
    /// Each file of weights.
    pub models: Vec<ModelFile>,
    /// The word pieces, one a line in the order of their ids.
    pub vocab: FileDigest,
    /// How texts are cut into pieces.
    pub tokenizer: TokenizerOptions,
    /// What makes stated probabilities true.
    #[serde(default)]
    pub calibration: Calibration,
    /// What the models must answer to a sentence of the manifest's.
    pub self_test: SelfTest,
    /// Measured quality on public test splits.
    #[serde(default)]
    pub metrics: Vec<Metric>,
}

/// A file and what it must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct FileDigest {
    /// Its name, in the manifest's own folder.
    pub file: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
}

/// One file of weights.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ModelFile {
    /// What it does: "reader", "sentiment", "voiced", "directed", "phrases", "links", "salience", "judge", "stance".
    pub name: String,
    /// The file.
    #[serde(flatten)]
    pub digest: FileDigest,
    /// The version of the weights.
    pub version: String,
    /// SPDX expression or a short statement; not blank.
    pub license: String,
    /// The classes of each output that scores some, in their order.
    #[serde(default)]
    pub labels: BTreeMap<String, Vec<String>>,
}

/// BERT's WordPiece tokenisation, as the encoders were trained with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenizerOptions {
    /// Whether the vocabulary has no capitals.
    pub lowercase: bool,
    /// Whether the vocabulary has no accents.
    pub strip_accents: bool,
    /// The most pieces that the encoders read at once, besides `[CLS]` and `[SEP]`.
    pub max_pieces: usize,
    /// The most pieces of a target that stand beside a passage; what is longer is cut.
    pub max_target_pieces: usize,
}

/// How the heads' logits become probabilities (temperature scaling: Guo et al. 2017).
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Calibration {
    /// Of the sentiment toward a mention.
    pub sentiment: HeadCalibration,
    /// Of the stance toward a target.
    pub stance: HeadCalibration,
}

/// The calibration of one head.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadCalibration {
    /// Logits are divided by this before the softmax; above 0, and above 1 where the model is too sure of itself.
    pub temperature: f32,
}

impl Default for HeadCalibration {
    fn default() -> Self {
        HeadCalibration { temperature: 1.0 }
    }
}

/// One measured figure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Metric {
    /// As `newsprism evaluate` names it.
    pub task: String,
    /// As `newsprism evaluate` names it.
    pub metric: String,
    /// In percent or, of a calibration error, in points.
    pub value: f64,
}

impl Manifest {
    /// Reads a manifest and checks all of it that can be checked without the other files.
    ///
    /// # Errors
    /// Where it is malformed, of another format, or says what this program can't use.
    pub fn parse(json: &[u8]) -> Result<Self, Problem> {
        #[derive(Deserialize)]
        struct Format {
            #[serde(default)]
            format: u32,
        }
        // Of another format the other fields mean nothing.
        let Format { format } = serde_json::from_slice(json)?;
        if format != FORMAT {
            return Err(Problem::Format { found: format });
        }
        let manifest: Manifest = serde_json::from_slice(json)?;
        for model in &manifest.models {
            if model.license.trim().is_empty() {
                let field = format!("the licence of {}", model.name);
                return Err(Problem::field(field, "is blank"));
            }
        }
        manifest.tokenizer.check()?;
        manifest.calibration.check()?;
        manifest.self_test.check()?;
        let (newswire, conll) = (Scheme::Newswire.tag_names(), Scheme::Conll.tag_names());
        manifest.check_labels("reader", "tags_world", &newswire)?;
        manifest.check_labels("reader", "tags_conll", &conll)?;
        manifest.check_labels("sentiment", "logits", &["negative", "neutral", "positive"])?;
        manifest.check_labels("voiced", "logits", &["negative", "neutral", "positive"])?;
        manifest.check_labels("phrases", "scores", &phrases::labels())?;
        manifest.check_labels("stance", "logits", &["against", "neutral", "favor"])?;
        Ok(manifest)
    }

    /// The file of weights that has this name.
    pub fn model(&self, name: &str) -> Result<&ModelFile, Problem> {
        let mut named = self.models.iter().filter(|model| model.name == name);
        match (named.next(), named.next()) {
            (Some(model), None) => Ok(model),
            (None, _) => Err(Problem::field("models", format!("has no {name:?}"))),
            (Some(_), Some(_)) => Err(Problem::field(
                "models",
                format!("has more than one {name:?}"),
            )),
        }
    }

    fn check_labels<S>(&self, name: &str, output: &str, known: &[S]) -> Result<(), Problem>
    where
        S: AsRef<str>,
    {
        let stated = self.model(name)?.labels.get(output);
        let stated = stated.map_or(&[][..], Vec::as_slice);
        let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
        if stated == known {
            return Ok(());
        }
        let wrong = format!("are {}, not {}", stated.join(" "), known.join(" "));
        Err(Problem::field(
            format!("labels of {name}, {output},"),
            wrong,
        ))
    }
}

impl FileDigest {
    /// Whether these are the bytes meant.
    pub fn verify(&self, data: &[u8]) -> Result<(), Problem> {
        let digest = Sha256::digest(data);
        let found: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        if found == self.sha256 {
            return Ok(());
        }
        let stated = self.sha256.clone();
        Err(Problem::Digest { found, stated })
    }
}

impl TokenizerOptions {
    fn check(&self) -> Result<(), Problem> {
        const PIECES: std::ops::RangeInclusive<usize> = 32..=8190;
        if !PIECES.contains(&self.max_pieces) {
            let wrong = format!("is {}, not within {PIECES:?}", self.max_pieces);
            return Err(Problem::field("tokenizer.max_pieces", wrong));
        }
        // Of a pair, the target may take up half.
        let most = self.max_pieces / 2;
        if !(1..=most).contains(&self.max_target_pieces) {
            let wrong = format!("is {}, not within 1..={most}", self.max_target_pieces);
            return Err(Problem::field("tokenizer.max_target_pieces", wrong));
        }
        Ok(())
    }
}

impl Calibration {
    fn check(&self) -> Result<(), Problem> {
        for (head, HeadCalibration { temperature }) in
            [("sentiment", self.sentiment), ("stance", self.stance)]
        {
            if !(temperature.is_finite() && temperature > 0.0) {
                let field = format!("calibration.{head}.temperature");
                return Err(Problem::field(
                    field,
                    format!("is {temperature}, not above 0"),
                ));
            }
        }
        Ok(())
    }
}
