use super::*;
use crate::analysis::entities::unjudged;
use crate::analysis::request::EntityType;
use crate::analysis::result::MentionKind;
use crate::article::{ReadOptions, Source, read};

/// The entities that a text introduces by a noun with these modifiers; names with their types are given.
fn described(
    text: &str,
    names: &[(&str, EntityType)],
    noun: &str,
    modifiers: &[&str],
) -> Vec<String> {
    let document = read(Source::new("", text), &ReadOptions::default());
    let entities: Vec<Entity> = names
        .iter()
        .map(|(name, entity_type)| {
            let mut entity = Entity::unmentioned((*name).to_owned(), *entity_type);
            for (at, sentence) in document.sentences.iter().enumerate() {
                let found = document.text(sentence.span).match_indices(name);
                let spans = found.map(|(start, _)| {
                    let range = start..start + name.len();
                    document.source.span_within(sentence.span, range).unwrap()
                });
                entity.mentions.extend(
                    spans.map(|span| unjudged(&document, (span, at), MentionKind::Proper, 1.0)),
                );
            }
            entity
        })
        .collect();
    let modifiers: Vec<String> = modifiers.iter().map(|m| (*m).to_owned()).collect();
    let found = Descriptions::of(&document, &entities).fitting(noun, &modifiers, None);
    let name = |(entity, _): (usize, Span)| entities[entity].name.clone();
    found.into_iter().map(name).collect()
}

const LUND: (&str, EntityType) = ("Ada Lund", EntityType::Person);

#[test]
fn titles_appositions_and_predicates_describe() {
    for (text, noun) in [
        ("They met Mayor Ada Lund yesterday.", "mayor"),
        (
            "They met the climate minister Ada Lund yesterday.",
            "minister",
        ),
        ("Ada Lund, the mayor of Bergen, resigned.", "mayor"),
        (
            "Ada Lund, 52, a retired seamstress, resigned.",
            "seamstress",
        ),
        ("Ada Lund, 52, resigned on Monday.", "52-year-old"),
        (
            "Ada Lund, Norway's chief executive of fish, resigned.",
            "executive",
        ),
        ("The union's president, Ada Lund, resigned.", "president"),
        (
            "Greece's shipping minister, Ada Lund, resigned.",
            "minister",
        ),
        ("Ada Lund is a carpenter from Bergen.", "carpenter"),
        (
            "Ada Lund, who is also the co-leader of the party, resigned.",
            "leader",
        ),
    ] {
        assert_eq!(described(text, &[LUND], noun, &[]), ["Ada Lund"], "{text}");
    }
}

#[test]
fn what_only_stands_near_a_name_does_not_describe() {
    for (text, noun) in [
        ("After the crash, Ada Lund left.", "crash"),
        ("Ada Lund, called the book a pot of poison.", "book"),
        ("As for Ada Lund, a court has heard nothing.", "court"),
        ("Ada Lund's friend, the mayor, left.", "mayor"),
    ] {
        assert!(described(text, &[LUND], noun, &[]).is_empty(), "{text}");
    }
}

#[test]
fn names_say_what_bears_them() {
    for (name, entity_type, text, noun) in [
        (
            "Seafarers' Union of Piraeus",
            EntityType::Organization,
            "The Seafarers' Union of Piraeus met.",
            "union",
        ),
        (
            "Qalhat Airlines",
            EntityType::Organization,
            "They sold Qalhat Airlines.",
            "company",
        ),
        (
            "Cerro Pardo",
            EntityType::Location,
            "The Cerro Pardo copper mine closed.",
            "mine",
        ),
        (
            "Volna",
            EntityType::Other,
            "They boarded the tanker Volna.",
            "vessel",
        ),
    ] {
        assert_eq!(
            described(text, &[(name, entity_type)], noun, &[]),
            [name],
            "{text}"
        );
    }
}

#[test]
fn modifiers_tell_bearers_apart_but_for_when_they_were_it() {
    let text = "Interior Minister Ada Lund met Foreign Minister Ali Reed.";
    let people = [LUND, ("Ali Reed", EntityType::Person)];
    let all = described(text, &people, "minister", &[]);
    assert_eq!(all.len(), 2);
    for (modifiers, found) in [
        (&["foreign"][..], &["Ali Reed"][..]),
        (&["former", "interior"], &["Ada Lund"]),
        (&["culture"], &[]),
    ] {
        assert_eq!(described(text, &people, "minister", modifiers), found);
    }
}

#[test]
fn a_deputy_is_not_the_one_they_stand_for() {
    let text = "Vice President Ola Berg spoke first. Then the president spoke.";
    let names = [("Ola Berg", EntityType::Person)];
    assert!(described(text, &names, "president", &[]).is_empty());
    assert_eq!(
        described(text, &names, "president", &["vice"]),
        ["Ola Berg"]
    );
}
