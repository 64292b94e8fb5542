//! Reading whole articles through the public API: snapshots of every paragraph's role, sentences and quotes.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing
)]

use std::fmt::Write;

use newsprism::article::{Document, Field, ReadOptions, Role, Source, read};

/// The document for the eye: a line per paragraph with its sentences between bars, then a line per quote.
fn describe(document: &Document) -> String {
    let mut text = String::new();
    for paragraph in &document.paragraphs {
        let role = format!("{:?}", paragraph.role);
        let sentences = &document.sentences[paragraph.sentences.clone()];
        let shown: Vec<&str> = match paragraph.analyzed {
            true => sentences
                .iter()
                .map(|sentence| document.text(sentence.span))
                .collect(),
            false => vec![document.text(paragraph.span)],
        };
        writeln!(text, "{role:<12}{}", shown.join(" | ")).unwrap();
    }
    for quote in &document.quotes {
        let parts: Vec<&str> = quote
            .parts
            .iter()
            .map(|part| document.text(*part))
            .collect();
        let open = if quote.closed { "" } else { " (unclosed)" };
        writeln!(text, "quote {}{open}  {}", quote.depth, parts.join(" / ")).unwrap();
    }
    text
}

fn reads(name: &str, article: &str) {
    let document = read(Source::new("", article), &ReadOptions::default());
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, describe(&document));
    });
}

#[test]
fn reads_a_tabloid_article() {
    reads("tabloid", include_str!("articles/tabloid.txt"));
}

#[test]
fn reads_a_wire_report() {
    reads("wire", include_str!("articles/wire.txt"));
}

#[test]
fn reads_a_local_report() {
    reads("local", include_str!("articles/local.txt"));
}

#[test]
fn reads_an_opinion_piece() {
    reads("opinion", include_str!("articles/opinion.txt"));
}

#[test]
fn reads_an_interview() {
    reads("interview", include_str!("articles/interview.txt"));
}

#[test]
fn reads_a_live_blog() {
    reads("live-blog", include_str!("articles/live-blog.txt"));
}

#[test]
fn the_title_and_its_repetition_are_headlines() {
    let document = read(
        Source::new(
            "Storm hits Wales",
            "Storm hits Wales\n\nA storm hit Wales on Monday.",
        ),
        &ReadOptions::default(),
    );
    let roles: Vec<Role> = document
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.role)
        .collect();
    assert_eq!(roles, [Role::Headline, Role::Headline, Role::Body]);
    assert_eq!(document.paragraphs[0].span.field(), Field::Title);
    assert_eq!(document.paragraphs[1].span.field(), Field::Content);
}

#[test]
fn boilerplate_is_analyzed_on_request() {
    let article = include_str!("articles/tabloid.txt");
    let document = read(
        Source::new("", article),
        &ReadOptions {
            boilerplate_included: true,
        },
    );
    assert!(
        document
            .paragraphs
            .iter()
            .all(|paragraph| paragraph.analyzed && !paragraph.sentences.is_empty())
    );
    let plain = read(Source::new("", article), &ReadOptions::default());
    assert_eq!(document.paragraphs.len(), plain.paragraphs.len());
    assert!(
        plain
            .paragraphs
            .iter()
            .any(|paragraph| !paragraph.analyzed && paragraph.sentences.is_empty())
    );
}

#[test]
fn words_in_quotes_are_told_from_the_articles_own() {
    let document = read(
        Source::new("", "He called it “a ‘mean’ trick” twice."),
        &ReadOptions::default(),
    );
    let quoted: Vec<&str> = document
        .words
        .iter()
        .filter(|word| document.is_quoted(**word))
        .map(|word| document.text(*word))
        .collect();
    assert_eq!(quoted, ["a", "mean", "trick"]);
    assert!(!document.is_quoted(document.sentences[0].span));
}

/// Prints how the article at `$ARTICLE` is read: `ARTICLE=path cargo test --test article_reading -- --ignored --nocapture`.
#[test]
#[ignore = "prints for the eye"]
fn print_article() {
    let path = std::env::var("ARTICLE").expect("ARTICLE names a file");
    let text = std::fs::read_to_string(path).expect("the file is text");
    println!(
        "{}",
        describe(&read(Source::new("", text), &ReadOptions::default()))
    );
}
