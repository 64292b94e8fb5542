//! Writes what the salience head is taught from: `salience_data MODELS DATA OUT`.
//!
//! For each article one JSON line in OUT/documents.jsonl, the values of its sentences, and of each sentence what the head reads
//! in a flat little-endian f32 file, `sentences.f32`.

mod training_files;

use std::io::Write;

use anyhow::{Result, ensure};
use newsprism::analysis::summary::{salience, sentences};
use newsprism::analysis::{Uninterrupted, passages, sentence_terms, terms};
use newsprism::article::{ReadOptions, Source, read};
use newsprism::evaluate::summary_texts::learnable_texts;
use serde_json::json;

use self::training_files::{Arguments, write};

fn main() -> Result<()> {
    let arguments = Arguments::read("salience_data")?;
    let mut documents = arguments.create("documents.jsonl")?;
    let mut rows = arguments.create("sentences.f32")?;
    for text in learnable_texts(&arguments.data)? {
        let document = read(
            Source::new("", text.article.as_str()),
            &ReadOptions::default(),
        );
        let readings = passages::read(&document, &arguments.models, &Uninterrupted)?;
        let stems = sentence_terms(&document);
        let vectors = terms::vectors(&stems);
        let seen = sentences::seen(&document, &vectors, false);
        let values = text.values(&document, &seen);
        let states: Vec<_> = salience::states(&document, &readings, &seen).collect();
        ensure!(states.len() == values.len(), "a sentence without states");
        for (_, sentence) in states {
            write(&mut rows, &sentence.state)?;
            write(&mut rows, &sentence.features)?;
        }
        writeln!(documents, "{}", json!({ "values": values }))?;
    }
    Ok(())
}
