//! Reading an article through the public API, as a caller sees it.

use newsprism::article::{ReadOptions, Source, read};

/// Prints how the article at `$ARTICLE` is read: `ARTICLE=path cargo test --test article_reading -- --ignored --nocapture`.
#[test]
#[ignore = "prints for the eye"]
fn print_article() {
    let path = std::env::var("ARTICLE").expect("ARTICLE names a file");
    let text = std::fs::read_to_string(path).expect("the file is text");
    let document = read(Source::new("", text), &ReadOptions::default());
    for paragraph in &document.paragraphs {
        println!("{:?}\t{}", paragraph.role, document.text(paragraph.span));
        for sentence in &document.sentences[paragraph.sentences.clone()] {
            println!("\t\t| {}", document.text(sentence.span));
        }
    }
    for quote in &document.quotes {
        let parts: Vec<&str> = quote
            .parts
            .iter()
            .map(|part| document.text(*part))
            .collect();
        println!(
            "{} {} {parts:?}",
            quote.depth,
            if quote.closed { "closed" } else { "open" }
        );
    }
}
