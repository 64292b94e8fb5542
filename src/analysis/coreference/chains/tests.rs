use super::*;
use crate::analysis::request::EntityType;
use crate::article::{Field, Source};

/// Candidates of the text's words, each with its entity; pronouns are anaphors, the rest names.
fn candidates(source: &Source, given: &[(&str, Option<usize>, bool)]) -> Vec<Candidate> {
    let text = source.field(Field::Content);
    let mut from = 0;
    let mut found = Vec::new();
    for (word, entity, quoted) in given {
        let start = from + text[from..].find(word).unwrap();
        from = start + word.len();
        let class = crate::analysis::pronouns::class_of(&word.to_lowercase());
        found.push(Candidate {
            span: source.span(Field::Content, start..from).unwrap(),
            sentence: 0,
            form: class.map_or(Form::Name, Form::Pronoun),
            entity: *entity,
            is_anaphor: class.is_some(),
            is_introductory: false,
            is_predicate: false,
            words: vec![word.to_lowercase()],
            plural: None,
            quoted: *quoted,
            place: (0, 1),
            types: Default::default(),
            roles: Default::default(),
            personal: 0.0,
            state: Vec::new(),
        });
    }
    found
}

fn known(genders: &[Option<Gender>]) -> Known {
    Known {
        types: vec![EntityType::Person; genders.len()],
        genders: genders.to_vec(),
        ..Known::default()
    }
}

#[test]
fn joins_the_chain_that_is_probable_enough_or_none() {
    let source = Source::new("", "Lund met Reed. He left.");
    let candidates = candidates(
        &source,
        &[
            ("Lund", Some(0), false),
            ("Reed", Some(1), false),
            ("He", None, false),
        ],
    );
    let known = known(&[None, None]);
    for (scores, entity) in [
        ([3.0, 0.0], Some(0)),
        ([0.0, 3.0], Some(1)),
        ([-3.0, -3.0], None),
        ([-4.0, -4.0], None),
    ] {
        let mut chains = Chains::new(&candidates, &known, &[None; 3]);
        chains.join(2, &[(0, scores[0]), (1, scores[1])], false);
        assert_eq!(chains.entity_of(2).map(|(e, _)| e), entity, "{scores:?}");
    }
}

#[test]
fn the_subject_of_the_sentence_before_comes_first() {
    let source = Source::new("", "Lund met Reed. He left.");
    let given = [
        ("Lund", Some(0), false),
        ("Reed", Some(1), false),
        ("He", None, false),
    ];
    for (subject, entity) in [(0, 0), (1, 1)] {
        let mut candidates = candidates(&source, &given);
        candidates[2].sentence = 1;
        candidates[2].roles[0] = 1.0;
        candidates[subject].roles[0] = 1.0;
        let known = known(&[None, None]);
        let mut chains = Chains::new(&candidates, &known, &[None; 3]);
        chains.join(2, &[(0, 0.0), (1, 0.0)], false);
        assert_eq!(chains.entity_of(2).map(|(e, _)| e), Some(entity));
    }
}

#[test]
fn a_chain_keeps_one_gender() {
    let source = Source::new("", "Reed spoke. He left. She stayed.");
    let candidates = candidates(
        &source,
        &[
            ("Reed", Some(0), false),
            ("He", None, false),
            ("She", None, false),
        ],
    );
    let known = known(&[None]);
    let mut chains = Chains::new(&candidates, &known, &[None; 3]);
    chains.join(1, &[(0, 5.0)], false);
    chains.join(2, &[(0, 5.0)], false);
    assert_eq!(chains.entity_of(1).map(|(e, _)| e), Some(0));
    assert_eq!(chains.entity_of(2), None);
    assert_eq!(chains.spans().len(), 2);
}

#[test]
fn i_in_a_quote_is_its_speaker_and_he_is_not() {
    let source = Source::new("", "Lund met Reed. \"I told him,\" said Lund.");
    let candidates = candidates(
        &source,
        &[
            ("Lund", Some(0), false),
            ("Reed", Some(1), false),
            ("I", None, true),
            ("him", None, true),
        ],
    );
    let known = known(&[None, None]);
    let speakers = [None, None, Some(0), Some(0)];
    let mut chains = Chains::new(&candidates, &known, &speakers);
    chains.join(2, &[], false);
    chains.join(3, &[(0, 9.0), (1, 3.0)], false);
    assert_eq!(chains.entity_of(2), Some((0, SPEAKER)));
    assert_eq!(chains.entity_of(3).map(|(e, _)| e), Some(1));
}
