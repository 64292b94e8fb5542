//! Writes what the salience head is taught from: `salience_data MODELS DATA OUT`.
//!
//! For each article one JSON line in OUT/documents.jsonl, the values of its sentences, and of each sentence what the head reads
//! in a flat little-endian f32 file, `sentences.f32`.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use newsprism::analysis::summary::{salience, sentences};
use newsprism::analysis::{Uninterrupted, passages, sentence_terms, terms};
use newsprism::article::{ReadOptions, Source, read};
use newsprism::evaluate::summary_texts::learnable_texts;
use newsprism::model::ModelSet;
use serde_json::json;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [models, data, out] = arguments.as_slice() else {
        bail!("usage: salience_data MODELS DATA OUT");
    };
    let models = ModelSet::open(models)?;
    let out = Path::new(out);
    fs::create_dir_all(out)?;
    let create = |name: &str| -> Result<BufWriter<File>> {
        let file = File::create(out.join(name)).with_context(|| format!("creating {name}"))?;
        Ok(BufWriter::new(file))
    };
    let mut documents = create("documents.jsonl")?;
    let mut rows = create("sentences.f32")?;
    for text in learnable_texts(Path::new(data))? {
        let document = read(
            Source::new("", text.article.as_str()),
            &ReadOptions::default(),
        );
        let readings = passages::read(&document, &models, &Uninterrupted)?;
        let stems = sentence_terms(&document);
        let vectors = terms::vectors(&stems);
        let seen = sentences::seen(&document, &vectors, false);
        let values = text.values(&document, &seen);
        let states: Vec<_> = salience::states(&document, &readings, &seen).collect();
        ensure!(states.len() == values.len(), "a sentence without states");
        for (_, sentence) in states {
            for number in sentence.state.iter().chain(&sentence.features) {
                rows.write_all(&number.to_le_bytes())?;
            }
        }
        writeln!(documents, "{}", json!({ "values": values }))?;
    }
    Ok(())
}
