//! The files that a head is taught from.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use newsprism::model::ModelSet;

/// What a program that writes such files is given: `NAME MODELS DATA OUT`.
pub struct Arguments {
    /// The models that read the texts.
    pub models: ModelSet,
    /// The folder with a folder for each data set.
    pub data: PathBuf,
    out: PathBuf,
}

impl Arguments {
    /// Reads the command line, opens the models and makes the folder OUT.
    pub fn read(name: &str) -> Result<Self> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let [models, data, out] = arguments.as_slice() else {
            bail!("usage: {name} MODELS DATA OUT");
        };
        fs::create_dir_all(out)?;
        Ok(Arguments {
            models: ModelSet::open(models)?,
            data: Path::new(data).to_owned(),
            out: Path::new(out).to_owned(),
        })
    }

    /// A new file in OUT.
    pub fn create(&self, name: &str) -> Result<BufWriter<File>> {
        let file = File::create(self.out.join(name)).with_context(|| format!("creating {name}"))?;
        Ok(BufWriter::new(file))
    }
}

/// Numbers as little-endian f32.
pub fn write(file: &mut impl Write, values: &[f32]) -> Result<()> {
    for value in values {
        file.write_all(&value.to_le_bytes())?;
    }
    Ok(())
}
