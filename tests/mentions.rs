//! Under which words entities are mentioned, in whole small articles, with the embedded models.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod embedded;

use newsprism::analysis::request::EntityOptions;
use newsprism::analysis::result::MentionKind;
use newsprism::analysis::{AnalysisRequest, Uninterrupted};
use newsprism::article::Source;

use self::embedded::ANALYZER;

/// An entity's mentions of a kind, as worded.
fn mentions(content: &str, name: &str, kind: MentionKind) -> Vec<String> {
    let request = AnalysisRequest {
        entities: Some(EntityOptions::default()),
        ..AnalysisRequest::of(Source::new("", content))
    };
    let analysis = ANALYZER.analyze(&request, &Uninterrupted).unwrap();
    let entity = analysis.entities.iter().find(|e| e.name == name);
    let names: Vec<&str> = analysis.entities.iter().map(|e| e.name.as_str()).collect();
    let entity = entity.unwrap_or_else(|| panic!("no {name} in {names:?}"));
    let own = entity.mentions.iter().filter(|m| m.kind == kind);
    own.map(|m| analysis.document.text(m.span).to_owned())
        .collect()
}

#[test]
fn descriptions_stand_for_whom_the_article_introduced_by_them() {
    let text = "Harbour dispute in Veltria\n\n\
        Transport Minister Radek Osman closed the harbour on Monday. Sofia Lindqvist, a retired carpenter, protested.\n\n\
        Dockers cheered when the minister left. Most of the crowd came with the carpenter.\n\n\
        The Northern Transport Union called a strike. Members of the union's board met on Tuesday.";
    assert_eq!(
        mentions(text, "Radek Osman", MentionKind::Nominal),
        ["the minister"]
    );
    assert_eq!(
        mentions(text, "Sofia Lindqvist", MentionKind::Nominal),
        ["the carpenter"]
    );
    assert_eq!(
        mentions(text, "Northern Transport Union", MentionKind::Nominal),
        ["the union"]
    );
}

#[test]
fn descriptions_of_somebody_else_stand_for_nobody_named() {
    let text = "Harbour dispute in Veltria\n\n\
        Interior Minister Radek Osman closed the harbour on Monday. The culture minister was not asked.\n\n\
        A minister of another country laughed. The carpenter went home.";
    let found = mentions(text, "Radek Osman", MentionKind::Nominal);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn an_interviews_you_is_whom_it_is_with() {
    let text = "Sofia Lindqvist on ferries and fame\n\n\
        Sofia Lindqvist has sailed for thirty years.\n\n\
        When did you first see the sea?\n\n\
        I was four. My father carried me to the harbour.\n\n\
        Do you still sail?\n\n\
        Every day. I cannot sleep on land.\n\n\
        What would you tell young sailors?\n\n\
        I tell them to learn the stars first. My own maps are all wrong.";
    let found = mentions(text, "Sofia Lindqvist", MentionKind::Pronoun);
    let hearer = found.iter().filter(|word| *word == "you");
    assert_eq!(hearer.count(), 3, "{found:?}");
}

#[test]
fn we_is_the_company_that_the_speaker_works_for() {
    let text = "Northern Rail cuts trains\n\n\
        Northern Rail will cut forty trains a day.\n\n\
        “We have no drivers,” said Radek Osman, managing director of Northern Rail.\n\n\
        “I want to walk, and we all want clean air,” said Sofia Lindqvist, a pensioner.";
    let found = mentions(text, "Northern Rail", MentionKind::Pronoun);
    assert_eq!(found, ["We"]);
}
