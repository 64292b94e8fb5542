//! Writes what the heads that link mentions are taught from: `coreference_data MODELS DATA OUT`.
//!
//! For each document of GUM's train and dev parts, each row of GAP's development and validation files and each article of
//! `training/articles` one JSON line in
//! OUT/documents.jsonl, and its arrays, one after another, in flat little-endian f32 files: `words.f32` (of GUM alone),
//! `mentions.f32` and `features.f32`.

mod training_files;

use std::io::Write;

use anyhow::Result;
use newsprism::analysis::coreference::{self, Choices};
use newsprism::analysis::{Uninterrupted, entities, passages};
use newsprism::article::{ReadOptions, Source, Span, read};
use newsprism::evaluate::coreference_texts::learnable_texts;
use serde_json::json;

use self::training_files::{Arguments, write};

fn main() -> Result<()> {
    let arguments = Arguments::read("coreference_data")?;
    let mut documents = arguments.create("documents.jsonl")?;
    let mut words = arguments.create("words.f32")?;
    let mut mentions = arguments.create("mentions.f32")?;
    let mut features = arguments.create("features.f32")?;
    for text in learnable_texts(&arguments.data)? {
        let source = Source::new("", text.content.as_str());
        let options = ReadOptions {
            boilerplate_included: true,
        };
        let document = read(source, &options);
        let readings = passages::read(&document, &arguments.models, &Uninterrupted)?;
        let mut entities = entities::find(&document, &readings);
        entities::resolve_targets(&document, &mut entities, &text.options(&document));
        let Choices {
            candidates, pairs, ..
        } = coreference::choices(
            &document,
            &readings,
            &arguments.models,
            &Uninterrupted,
            &entities,
        )?;
        let bounds = |span: Span| [span.start(), span.end()];
        let mut word_spans = Vec::new();
        if text.has_words {
            for (sentence, reading) in document.sentences.iter().zip(&readings) {
                for passage in reading.kept() {
                    let spans = passage.words.iter().map(|word| {
                        let start = sentence.span.start();
                        [start + word.span.start, start + word.span.end]
                    });
                    word_spans.extend(spans);
                    write(&mut words, &passage.word_states())?;
                }
            }
        }
        for candidate in &candidates {
            write(&mut mentions, &candidate.state)?;
        }
        for pair in &pairs {
            write(&mut features, &pair.features)?;
        }
        let line = json!({
            "name": text.name,
            "words": word_spans,
            "mentions": candidates.iter().map(|c| bounds(c.span)).collect::<Vec<_>>(),
            "entities": candidates.iter().map(|c| c.entity).collect::<Vec<_>>(),
            "forms": candidates.iter().map(|c| format!("{:?}", c.form)).collect::<Vec<_>>(),
            "anaphors": candidates.iter().map(|c| c.is_anaphor).collect::<Vec<_>>(),
            "pairs": pairs.iter().map(|p| [p.anaphor, p.antecedent]).collect::<Vec<_>>(),
            "text": text.content,
        });
        writeln!(documents, "{line}")?;
    }
    Ok(())
}
