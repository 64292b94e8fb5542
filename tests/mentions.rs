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
        A minister of another country laughed. A carpenter went home.";
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

#[test]
fn parts_of_a_name_that_the_tagger_takes_apart_are_one() {
    let text = "Reform talks in Veltria\n\n\
        The European Union offered a loan on Monday. EU officials said that the European Commission had signed it.\n\n\
        The Federation of Northern Boatmen (FNM) refused. FNM wants a grant.";
    assert_eq!(
        mentions(text, "European Union", MentionKind::Proper),
        ["European Union"]
    );
    assert_eq!(mentions(text, "European Union", MentionKind::Alias), ["EU"]);
    assert_eq!(
        mentions(text, "Federation of Northern Boatmen", MentionKind::Alias),
        ["FNM", "FNM"]
    );
}

#[test]
fn a_datelines_place_is_not_what_the_article_is_about() {
    let text = "OSLO, March 3 (Northwire) - Norway will close two mines, ministers said on Tuesday.\n\n\
        Norway opened them in 1912. Sofia Lindqvist, who leads the miners, protested.";
    assert!(mentions(text, "Norway", MentionKind::Metonym).is_empty());
    assert!(mentions(text, "Sofia Lindqvist", MentionKind::Pronoun).is_empty());
}

#[test]
fn you_is_who_is_told_or_called() {
    let text = "Quarrel in Veltria\n\n\
        Radek Osman and Sofia Lindqvist met in court on Monday.\n\n\
        Sofia Lindqvist told Radek Osman: “You have ruined the harbour. You knew it.”\n\n\
        “You never asked me, Sofia. You never do,” Radek Osman said.";
    let radek = mentions(text, "Radek Osman", MentionKind::Pronoun);
    assert_eq!(
        radek.iter().filter(|word| *word == "You").count(),
        2,
        "{radek:?}"
    );
    let sofia = mentions(text, "Sofia Lindqvist", MentionKind::Pronoun);
    assert_eq!(
        sofia.iter().filter(|word| *word == "You").count(),
        2,
        "{sofia:?}"
    );
}

#[test]
fn a_columnists_i_is_the_author_whom_the_standfirst_names() {
    let text = "Give the harbour back\n\n\
        The port authority has run out of excuses, argues Sofia Lindqvist\n\n\
        I grew up beside the harbour of Veltria. It taught me to swim, and my brother to sail.\n\n\
        “I never saw a ship there,” Radek Osman told me last week.";
    assert_eq!(
        mentions(text, "Sofia Lindqvist", MentionKind::Pronoun),
        ["I", "me", "my", "me"]
    );
    assert_eq!(mentions(text, "Radek Osman", MentionKind::Pronoun), ["I"]);
}

#[test]
fn we_is_the_country_or_the_body_whose_office_the_speaker_holds() {
    let text = "Storm over the north\n\n\
        Norway and Sweden closed their ports on Monday.\n\n\
        “We have lost two ships,” said Radek Osman, Norway’s transport minister.\n\n\
        Sofia Lindqvist, who runs the Harbour Museum, saw the wave. “We saved our pictures,” Sofia Lindqvist said.";
    assert_eq!(mentions(text, "Norway", MentionKind::Pronoun), ["We"]);
    assert_eq!(
        mentions(text, "Harbour Museum", MentionKind::Pronoun),
        ["We", "our"]
    );
}

#[test]
fn a_surname_that_its_bearer_says_is_the_namesakes() {
    let text = "Two captains of Veltria\n\n\
        Stefan Osman owns the ferry, and Radek Osman sails it.\n\n\
        “Captain Osman saved forty people,” Stefan Osman said on Monday.";
    assert_eq!(mentions(text, "Radek Osman", MentionKind::Alias).len(), 1);
    assert!(mentions(text, "Stefan Osman", MentionKind::Alias).is_empty());
}

#[test]
fn he_is_the_only_person_named_in_the_sentence_before() {
    let text = "The museum of Veltria\n\n\
        Captain Stefan Osman brought the crown home in a box. He hid it, and he sold his ship. \
        His grandson, Radek Osman, now runs the museum.\n\n\
        I like Radek. He is brave.";
    let found = mentions(text, "Radek Osman", MentionKind::Pronoun);
    assert_eq!(found, ["He"]);
}

#[test]
fn a_mine_is_no_pronoun_and_an_empty_it_no_country() {
    let text = "Mines of Veltria\n\n\
        Norway sold a copper mine. Ada Lund said it was too early to rejoice.\n\n\
        “Nobody moves a mine,” said Ada Lund.";
    assert!(mentions(text, "Norway", MentionKind::Pronoun).is_empty());
    assert!(mentions(text, "Ada Lund", MentionKind::Pronoun).is_empty());
}

#[test]
fn she_is_the_only_woman_who_was_mentioned_of_late() {
    let text = "A farewell in Veltria\n\n\
        Sofia Lindqvist buried her boat on Monday.\n\n\
        “I will never sail again,” she said. “I have no heart for it.”\n\n\
        Two hundred people sang. Not everybody was glad. Some think she has gone mad.";
    let found = mentions(text, "Sofia Lindqvist", MentionKind::Pronoun);
    assert_eq!(
        found.iter().filter(|word| *word == "she").count(),
        2,
        "{found:?}"
    );
}

#[test]
fn the_town_is_the_one_that_the_article_is_about() {
    let text = "Bus row in Skelby\n\n\
        People in Skelby want a bus. The council of Skelby has none, and they walk to Aldren.\n\n\
        The mayor asked the town to pay for one.";
    assert_eq!(mentions(text, "Skelby", MentionKind::Nominal), ["the town"]);
    let text = "Bus row in Skelby\n\n\
        People in Skelby and in Aldren want a bus. The council of Skelby has none, and they walk to Aldren.\n\n\
        The mayor asked the town to pay for one.";
    assert!(mentions(text, "Skelby", MentionKind::Nominal).is_empty());
}

#[test]
fn a_bodys_leader_is_whom_the_sentence_before_is_about() {
    let text = "Vote in Veltria\n\n\
        The Civic Alliance (CA) won on Monday.\n\n\
        Sofia Lindqvist came down the stairs. The CA leader thanked the crowd.\n\n\
        Ada Lund met Radek Osman on Tuesday. The next CA leader will be a woman.";
    assert_eq!(
        mentions(text, "Sofia Lindqvist", MentionKind::Nominal),
        ["The CA leader"]
    );
    assert!(mentions(text, "Ada Lund", MentionKind::Nominal).is_empty());
    assert!(mentions(text, "Radek Osman", MentionKind::Nominal).is_empty());
}

#[test]
fn the_party_is_the_one_that_its_owner_leads_or_that_was_named_before() {
    let text = "Vote in Veltria\n\n\
        Radek Osman, who leads the Northern List, voted on Monday. Radek Osman said his party would win.\n\n\
        Nobody cheered.";
    assert_eq!(
        mentions(text, "Northern List", MentionKind::Nominal),
        ["his party"]
    );
}

#[test]
fn the_clubs_president_is_no_apposition_of_the_club() {
    let text = "Theft in Veltria\n\n\
        Somebody robbed the Skelby Rugby Club on Monday. Radek Osman, the club's president, wept.";
    assert_eq!(
        mentions(text, "Skelby Rugby Club", MentionKind::Nominal),
        ["the club"]
    );
}

#[test]
fn the_defendant_is_whom_the_article_names_most() {
    let text = "Theft in Veltria\n\n\
        Radek Osman stole a boat. Radek Osman sold it in May. Radek Osman denied it all.\n\n\
        Prosecuting, Sofia Lindqvist said the defendant had no licence.";
    assert_eq!(
        mentions(text, "Radek Osman", MentionKind::Nominal),
        ["the defendant"]
    );
    assert!(mentions(text, "Sofia Lindqvist", MentionKind::Nominal).is_empty());
}

#[test]
fn letters_after_a_name_are_no_part_of_it() {
    let text = "Trial in Leeds\n\nRuth Okonjo KC spoke for the widow on Monday. The court heard that Okonjo had asked for more time.";
    assert_eq!(
        mentions(text, "Ruth Okonjo", MentionKind::Alias),
        ["Okonjo"]
    );
}
