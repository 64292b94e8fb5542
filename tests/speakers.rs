//! Who speaks, in whole small articles, with the embedded models: where only the linking of mentions tells.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod embedded;

use newsprism::analysis::request::EntityOptions;
use newsprism::analysis::{AnalysisRequest, Uninterrupted};
use newsprism::article::{Field, Source};

use self::embedded::ANALYZER;

/// Who says these words: the name of the entity, or "nobody known".
fn who(content: &str, words: &str) -> String {
    let request = AnalysisRequest {
        entities: Some(EntityOptions::default()),
        ..AnalysisRequest::of(Source::new("", content))
    };
    let analysis = ANALYZER.analyze(&request, &Uninterrupted).unwrap();
    let start = content.find(words).unwrap();
    let document = &analysis.document;
    let span = document
        .source
        .span(Field::Content, start..start + words.len())
        .unwrap();
    let voice = analysis.voices.at(document, span);
    let speaker = voice.speaker().filter(|own| own.entity_id.is_some());
    speaker.map_or("nobody known".to_owned(), |own| own.name.clone())
}

const INTERVIEW: &str = "“My sister is a good woman and a bad captain”\n\n\
    Sofia Lindqvist ran the harbour of Tallinn for six years.\n\n\
    Q: You left the harbour in May. Why?\n\n\
    A: Nobody listened to the crews. I had told the board in March, and it did nothing.\n\n\
    Q: Minister Radek Osman wrote that you “saw a storm in every cloud”. Is he wrong?\n\n\
    A: There was a storm in every cloud. He has never been at sea.\n\n\
    Q: Would you come back?\n\n\
    A: Not while the board is as it is. I like my garden.";

#[test]
fn labelled_answers_are_of_whom_the_interview_is_with() {
    assert_eq!(
        who(INTERVIEW, "Nobody listened to the crews"),
        "Sofia Lindqvist"
    );
    assert_eq!(who(INTERVIEW, "I like my garden"), "Sofia Lindqvist");
    assert_eq!(who(INTERVIEW, "a bad captain"), "Sofia Lindqvist");
    assert_eq!(who(INTERVIEW, "saw a storm in every"), "Radek Osman");
}

#[test]
fn a_quote_reports_what_others_say() {
    let text = "Fares rise at Northern Rail\n\n\
        Sofia Lindqvist, who drives trains in Norway, met the manager Radek Osman on Monday.\n\n\
        “Radek Osman told me that there was no money for brakes,” Lindqvist said. “I have my doubts.”";
    assert_eq!(who(text, "there was no money"), "Radek Osman");
    assert_eq!(who(text, "I have my doubts"), "Sofia Lindqvist");
}

#[test]
fn a_description_that_is_linked_names_who_speaks() {
    let text = "Fares rise\n\n\
        Sofia Lindqvist, a retired carpenter, protested in Oslo on Monday. She was alone.\n\n\
        “The trains were never late before,” the carpenter said. “I counted them.”";
    assert_eq!(who(text, "I counted them"), "Sofia Lindqvist");
}
