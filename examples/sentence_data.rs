//! Writes where the sentences of the repository's own annotated articles stand, as the service reads them: `sentence_data OUT`.
//!
//! For each article of `training/articles` one JSON line in OUT: its name, and its sentences' bytes.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use newsprism::article::{Field, ReadOptions, Source, read};
use newsprism::evaluate::golden;
use serde_json::json;

fn main() -> Result<()> {
    let out = std::env::args()
        .nth(1)
        .context("usage: sentence_data OUT")?;
    let mut lines = BufWriter::new(File::create(out)?);
    for path in golden::articles(Path::new(golden::LEARNABLE))? {
        let text = fs::read_to_string(&path)?;
        let options = ReadOptions {
            boilerplate_included: true,
        };
        let document = read(Source::new("", text.as_str()), &options);
        let sentences: Vec<[usize; 2]> = document
            .sentences
            .iter()
            .filter(|sentence| sentence.span.field() == Field::Content)
            .map(|sentence| [sentence.span.start(), sentence.span.end()])
            .collect();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let line = json!({ "name": name, "sentences": sentences });
        writeln!(lines, "{line}")?;
    }
    Ok(())
}
