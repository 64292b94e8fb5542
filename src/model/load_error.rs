//! Why a set of models can't be used: which file, and what is wrong with it.

use std::io;
use std::path::PathBuf;

use super::ModelError;
use super::manifest::FORMAT;

/// What is wrong with one file of a set of models. Its message is one line.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", file.display())]
pub struct LoadError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a file of a set of models.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It isn't there or can't be read.
    #[error("{0}")]
    Unreadable(#[source] io::Error),
    /// The manifest names a file that the binary doesn't hold.
    #[error("not embedded")]
    NotEmbedded,
    /// The manifest names it by a path that leads elsewhere.
    #[error("not the name of a file in the manifest's own folder")]
    NotAFileName,
    /// It isn't the file that the manifest means.
    #[error("its SHA-256 is {found}, the manifest says {stated}")]
    Digest {
        /// The file's own, lower-case hex.
        found: String,
        /// The manifest's.
        stated: String,
    },
    /// The manifest isn't JSON of the manifest's form.
    #[error("no manifest of models: {0}")]
    Malformed(#[from] serde_json::Error),
    /// The manifest is of another time.
    #[error("format {found}, this program reads format {FORMAT}")]
    Format {
        /// The manifest's.
        found: u32,
    },
    /// A field of the manifest has a value that can't be used.
    #[error("{field} {wrong}")]
    Field {
        /// Where it stands.
        field: String,
        /// What is wrong with it.
        wrong: String,
    },
    /// The vocabulary lacks a piece that every input needs.
    #[error("the vocabulary has no {0}")]
    Vocabulary(&'static str),
    /// It is no graph that the runtime can run.
    #[error("no usable ONNX graph: {0}")]
    Graph(String),
    /// The graph has not the inputs and outputs that are fed and read.
    #[error("{port}: {wrong}")]
    Port {
        /// The input's or output's name.
        port: String,
        /// What is wrong with it.
        wrong: String,
    },
    /// The models don't answer as those that the manifest describes.
    #[error("self-test: {what}: {found}, expected {expected} within {tolerance}")]
    SelfTest {
        /// What was computed.
        what: String,
        /// What came out.
        found: f32,
        /// What should have.
        expected: f32,
        /// How far they may lie apart.
        tolerance: f32,
    },
    /// The self-test's sentence is cut into other pieces.
    #[error("self-test: the sentence becomes the pieces {found:?}, expected {expected:?}")]
    SelfTestPieces {
        /// What came out.
        found: Vec<i32>,
        /// What should have.
        expected: Vec<i32>,
    },
    /// A graph failed when it was run.
    #[error("self-test: {0}")]
    Run(#[from] ModelError),
}

impl Problem {
    /// A field of the manifest with an unusable value.
    pub fn field(field: impl Into<String>, wrong: impl Into<String>) -> Self {
        Problem::Field {
            field: field.into(),
            wrong: wrong.into(),
        }
    }
}
