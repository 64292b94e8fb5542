//! Who says what about whom, in whole small articles, with the embedded models.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod embedded;

use newsprism::analysis::request::{EntityOptions, EvidenceLevel, StanceOptions, StanceTarget};
use newsprism::analysis::result::{Analysis, Entity, Holder, Stance, StanceResult};
use newsprism::analysis::{AnalysisRequest, Uninterrupted};
use newsprism::article::Source;

use self::embedded::ANALYZER;

const FERRY: &str = "Veltria buys a new ferry\n\n\
    Veltria signed the contract for a new ferry on Monday.\n\n\
    “Northern Rail has betrayed every passenger on this coast,” said Sofia Lindqvist, who leads the Centre Alliance. \
    “It is a greedy and dishonest company.”\n\n\
    Radek Osman, the transport minister, praised Northern Rail as “a brilliant and reliable partner” and said that \
    Northern Rail had served the islands superbly.\n\n\
    Northern Rail runs the trains to Port Selin.";

fn analyze(content: &str, targets: &[&str]) -> Analysis {
    let targets: Vec<StanceTarget> = targets
        .iter()
        .enumerate()
        .map(|(index, text)| StanceTarget {
            id: format!("t{index}"),
            text: (*text).to_owned(),
            aliases: Vec::new(),
            kind: None,
        })
        .collect();
    let request = AnalysisRequest {
        evidence: EvidenceLevel::Full,
        entities: Some(EntityOptions::default()),
        stance: (!targets.is_empty()).then_some(StanceOptions { targets }),
        ..AnalysisRequest::of(Source::new("", content))
    };
    ANALYZER.analyze(&request, &Uninterrupted).unwrap()
}

fn entity<'a>(analysis: &'a Analysis, name: &str) -> &'a Entity {
    analysis.entities.iter().find(|e| e.name == name).unwrap()
}

/// The score in the words of each speaker.
fn scores(entity: &Entity) -> Vec<(&str, f32)> {
    let by = entity.speaker_sentiments.iter();
    by.map(|by| (by.speaker.name.as_str(), by.sentiment.score))
        .collect()
}

fn score_of(stance: &StanceResult, speaker: &str) -> f32 {
    let holders = stance.holders.iter();
    let mut by = holders.filter(|h| h.speaker.as_ref().is_some_and(|s| s.name == speaker));
    by.next()
        .unwrap_or_else(|| panic!("no {speaker} in {:?}", stance.holders))
        .score
}

#[test]
fn a_speakers_words_are_not_the_articles() {
    let analysis = analyze(FERRY, &[]);
    let rail = entity(&analysis, "Northern Rail");
    let scores = scores(rail);
    assert!(
        matches!(scores.as_slice(), [("Sofia Lindqvist", ill), ("Radek Osman", well)] if *ill < -0.3 && *well > 0.3),
        "{scores:?}"
    );
    let own = rail.narration_sentiment.unwrap();
    assert!(own.score.abs() < 0.4, "{own:?}");
    let speakers: Vec<Option<&str>> = rail
        .mentions
        .iter()
        .map(|m| m.speaker.as_ref().map(|s| s.name.as_str()))
        .collect();
    assert_eq!(speakers.first(), Some(&Some("Sofia Lindqvist")));
    assert_eq!(speakers.last(), Some(&None));
}

#[test]
fn speakers_are_entities_of_the_answer() {
    let analysis = analyze(FERRY, &["Northern Rail"]);
    let ids: Vec<&str> = analysis.entities.iter().map(|e| e.id.as_str()).collect();
    let speakers = analysis
        .entities
        .iter()
        .flat_map(|e| &e.mentions)
        .filter_map(|m| m.speaker.as_ref());
    let holders = analysis
        .stances
        .iter()
        .flat_map(|s| &s.holders)
        .filter_map(|h| h.speaker.as_ref());
    let mut known = 0;
    for speaker in speakers.chain(holders) {
        known += 1;
        assert!(
            speaker
                .entity_id
                .as_deref()
                .is_some_and(|id| ids.contains(&id)),
            "{speaker:?}"
        );
    }
    assert!(known > 3);
}

#[test]
fn stances_differ_by_holder_where_the_text_does() {
    let analysis = analyze(FERRY, &["Northern Rail"]);
    let stance = &analysis.stances[0];
    assert!(
        score_of(stance, "Sofia Lindqvist") < -0.3,
        "{:?}",
        stance.holders
    );
    assert!(
        score_of(stance, "Radek Osman") > 0.3,
        "{:?}",
        stance.holders
    );
    let own = stance
        .holders
        .iter()
        .find(|h| h.holder == Holder::Article)
        .unwrap();
    assert!(own.score.abs() < 0.4, "{own:?}");
}

#[test]
fn a_negated_proposition_turns_the_answer_round() {
    let text = "Veltria should ban cars from the old town, the council's report argues.\n\n\
        Cars have no place in the old town: they are loud, dirty and dangerous. A ban on cars is the right step, and \
        Veltria should ban cars at once.";
    let targets = ["Veltria should ban cars", "Veltria should not ban cars"];
    let analysis = analyze(text, &targets);
    let [plain, negated] = analysis.stances.as_slice() else {
        panic!("{:?}", analysis.stances);
    };
    assert_eq!(
        (plain.stance, negated.stance),
        (Stance::Favor, Stance::Against)
    );
}

#[test]
fn a_target_without_a_stance_is_neutral_and_an_absent_one_none() {
    let analysis = analyze(FERRY, &["Port Selin", "nuclear power"]);
    let stances: Vec<Stance> = analysis.stances.iter().map(|s| s.stance).collect();
    assert_eq!(stances, [Stance::Neutral, Stance::None]);
}
