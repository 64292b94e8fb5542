//! What the weights are: names, versions, digests, licences, measured quality.

use serde::Deserialize;

/// The description of one set of models, `models/manifest.json`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Manifest {
    /// The version of the set.
    pub version: String,
    /// Each file.
    pub models: Vec<ModelFile>,
    /// Measured quality on public test splits.
    #[serde(default)]
    pub metrics: Vec<Metric>,
}

/// One file of weights.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ModelFile {
    /// What it does: "reader", "sentiment", "judge", "stance".
    pub name: String,
    /// Its file name.
    pub file: String,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: String,
    /// The version of the weights.
    pub version: String,
    /// SPDX expression or a short statement.
    pub license: String,
}

/// One measured figure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Metric {
    /// As `newsprism evaluate` names it.
    pub task: String,
    /// As `newsprism evaluate` names it.
    pub metric: String,
    /// In percent.
    pub value: f64,
}
