//! The texts that coreference is learnt from: GUM's train and dev documents, GAP's development and validation rows, and the
//! repository's own annotated articles.

use std::path::Path;

use anyhow::Result;

use super::gum::{self, Part};
use super::{gap, golden, read_file};
use crate::analysis::request::{EntityOptions, EntityTarget};
use crate::article::Document;

/// A text to learn from.
pub struct Text {
    /// The document's or the row's name.
    pub name: String,
    /// The text.
    pub content: String,
    /// Whether phrases are learnt from its words.
    pub has_words: bool,
    row: Option<gap::Row>,
}

impl Text {
    /// What the service is asked for: in a row of GAP its two people.
    pub fn options(&self, document: &Document) -> EntityOptions {
        let people = self.row.as_ref().map(|row| row.people(&document.source));
        let targets: Vec<EntityTarget> = people.and_then(Result::ok).unwrap_or_default();
        EntityOptions {
            targets,
            ..EntityOptions::default()
        }
    }
}

/// All of them, the articles from the repository's root; nothing of a test part is among them.
///
/// # Errors
/// Where the data can't be read.
pub fn learnable_texts(data: &Path) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    for path in golden::articles(Path::new(golden::LEARNABLE))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        texts.push(Text {
            name: name.into_owned(),
            content: read_file(&path)?,
            has_words: false,
            row: None,
        });
    }
    for part in [Part::Train, Part::Dev] {
        for path in gum::documents(&data.join("gum/coref/ontogum/conllu"), part)? {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            texts.push(Text {
                name: name.into_owned(),
                content: gum::parse(&read_file(&path)?).text,
                has_words: true,
                row: None,
            });
        }
    }
    for file in ["gap-development.tsv", "gap-validation.tsv"] {
        for row in gap::read(data, file)? {
            texts.push(Text {
                name: row.id.clone(),
                content: row.text.clone(),
                has_words: false,
                row: Some(row),
            });
        }
    }
    Ok(texts)
}
