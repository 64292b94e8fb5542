//! Which models to run: those inside the binary, or a folder's.

use std::path::PathBuf;

use clap::Args;

use crate::model::files::ModelFiles;
use crate::model::{LoadError, ModelSet};

/// Which models to run.
#[derive(Debug, Clone, Args)]
pub struct ModelArgs {
    /// A folder with other models: manifest.json and the files that it names [default: the models inside the program]
    #[arg(long, env = "NEWSPRISM_MODEL_DIR", value_name = "DIR")]
    model_dir: Option<PathBuf>,
}

impl ModelArgs {
    /// Loads the models and proves them by their self-test.
    pub fn load(&self) -> Result<ModelSet, LoadError> {
        match &self.model_dir {
            Some(folder) => ModelSet::open(folder),
            None => ModelSet::embedded(),
        }
    }

    /// Where they lie.
    pub fn files(&self) -> ModelFiles {
        let folder = self.model_dir.clone().map(ModelFiles::Folder);
        folder.unwrap_or(ModelFiles::Embedded)
    }

    /// The models of the folder, if one is given: what can be wrong with them is a matter of configuration.
    pub fn open(&self) -> Result<Option<ModelSet>, LoadError> {
        self.model_dir.as_ref().map(ModelSet::open).transpose()
    }
}
