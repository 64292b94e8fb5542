//! The analyzer with the embedded models, loaded once.

use std::sync::{Arc, LazyLock};

use newsprism::analysis::Analyzer;
use newsprism::model::ModelSet;

pub static ANALYZER: LazyLock<Analyzer> =
    LazyLock::new(|| Analyzer::new(Arc::new(ModelSet::embedded().unwrap())));
