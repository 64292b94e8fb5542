use proptest::prelude::*;

use super::*;
use crate::analysis::request::SummaryBudget;
use crate::analysis::{sentence_terms, terms};
use crate::article::{ReadOptions, Source, read};

const FERRY: &str = "The island of Skarvøy will lose its only ferry in June, the county council decided on Tuesday.

Councillors voted 21 to 14 to end the route, which carries 90 passengers a day and costs £2m a year.

Mayor Ingrid Dahl called the vote a betrayal of the island. She said she would appeal to the government in Oslo.

“The sea is our only road here. Without a ferry we are cut off.”

“We were never asked,” said the fisherman Per Lunde, who has sold his catch on the mainland since 1994.

The council expects to sell the ferry, an old ship with a leaking hull, to a yard in Gdańsk.

Tourists bring most of the money, and three hotels have closed since the spring. They belong to a Danish company.

Nobody knows.";

fn summarized(title: &str, content: &str, options: &SummaryOptions) -> (Document, Summary) {
    let document = read(Source::new(title, content), &ReadOptions::default());
    let stems = sentence_terms(&document);
    let summary = summarize(&document, &terms::vectors(&stems), &[], &[], options);
    (document, summary)
}

fn within(budget: SummaryBudget) -> SummaryOptions {
    SummaryOptions {
        budget,
        ..SummaryOptions::default()
    }
}

fn texts(content: &str, options: &SummaryOptions) -> Vec<String> {
    let (document, summary) = summarized("", content, options);
    let sentences = summary.sentences.iter();
    sentences
        .map(|s| document.text(s.span).to_owned())
        .collect()
}

fn sentences(count: usize) -> SummaryOptions {
    within(SummaryBudget::Sentences(count))
}

#[test]
fn sentences_are_the_articles_own() {
    for order in [SummaryOrder::Position, SummaryOrder::Rank] {
        let options = SummaryOptions {
            order,
            ..sentences(4)
        };
        let (document, summary) = summarized("Ferry to go", FERRY, &options);
        let texts: Vec<&str> = summary
            .sentences
            .iter()
            .map(|s| document.text(s.span))
            .collect();
        assert_eq!(summary.text, texts.join(" "));
        assert_eq!(texts.len(), 4);
        assert!(texts.iter().all(|text| FERRY.contains(text)));
        let ranks: Vec<usize> = summary.sentences.iter().map(|s| s.rank).collect();
        let starts: Vec<usize> = summary.sentences.iter().map(|s| s.span.start()).collect();
        match order {
            SummaryOrder::Position => assert!(starts.is_sorted()),
            SummaryOrder::Rank => assert_eq!(ranks, [1, 2, 3, 4]),
        }
        assert!(
            summary
                .sentences
                .iter()
                .all(|s| (0.0..=1.0).contains(&s.score))
        );
    }
}

#[test]
fn the_news_comes_first() {
    assert_eq!(
        texts(FERRY, &sentences(1)),
        [
            "The island of Skarvøy will lose its only ferry in June, the county council decided on Tuesday."
        ]
    );
}

#[test]
fn says_nothing_twice() {
    let first = "The island of Skarvøy will lose its only ferry in June, the county council decided on Tuesday.";
    for again in [
        first,
        "The county council decided on Tuesday that Skarvøy island will lose its only ferry in June.",
        "In June, Skarvøy will lose its ferry, the council decided.",
    ] {
        let article = format!("{FERRY}\n\n{again}");
        let found = texts(&article, &sentences(50));
        let about = found
            .iter()
            .filter(|text| text.contains("lose its"))
            .count();
        assert_eq!(about, 1, "{again}");
        assert!(found.len() > 5);
    }
}

#[test]
fn characters_are_never_exceeded() {
    let total = FERRY.chars().count();
    for characters in 0..total + 10 {
        let (_, summary) = summarized("", FERRY, &within(SummaryBudget::Characters(characters)));
        assert!(summary.text.chars().count() <= characters);
    }
}

#[test]
fn a_ratio_holds_but_for_one_sentence() {
    for percent in 0..=100 {
        let ratio = percent as f32 / 100.0;
        let (_, summary) = summarized("", FERRY, &within(SummaryBudget::Ratio(ratio)));
        assert!(
            summary.sentences.len() == 1 || summary.compression_ratio <= ratio,
            "{percent}%"
        );
    }
}

#[test]
fn pronouns_follow_their_names() {
    let budgets = (1..8)
        .map(SummaryBudget::Sentences)
        .chain((60..900).map(SummaryBudget::Characters));
    for budget in budgets {
        let found = texts(FERRY, &within(budget));
        for (pronoun, before) in [
            ("She said", "Mayor Ingrid Dahl"),
            ("They belong", "Tourists"),
        ] {
            let at = found.iter().position(|text| text.starts_with(pronoun));
            assert!(
                at.is_none_or(|at| at > 0 && found[at - 1].starts_with(before)) || found.len() == 1,
                "{budget:?}: {found:?}"
            );
        }
    }
}

#[test]
fn pronouns_do_where_nothing_else_will() {
    let article = "He was born in Leeds to a family of tailors. It made him a man of few words.";
    assert_eq!(texts(article, &sentences(1)).len(), 1);
    assert_eq!(texts(article, &sentences(2)).len(), 2);
}

#[test]
fn few_words_are_left_out_where_others_will_do() {
    assert!(!texts(FERRY, &sentences(50)).contains(&"Nobody knows.".to_owned()));
    assert_eq!(
        texts("Nobody knows.", &SummaryOptions::default()),
        ["Nobody knows."]
    );
}

#[test]
fn a_focus_leads() {
    for (focus, expected) in [
        ("tourists and hotels", "Tourists bring"),
        ("Who buys the ship?", "The council expects"),
        ("Ingrid Dahl", "Mayor Ingrid Dahl"),
    ] {
        let options = SummaryOptions {
            focus: Some(focus.to_owned()),
            ..sentences(1)
        };
        let found = texts(FERRY, &options);
        assert!(
            found.len() == 1 && found[0].starts_with(expected),
            "{focus}: {found:?}"
        );
    }
}

#[test]
fn quotes_can_be_left_out() {
    let options = |quotes_excluded| SummaryOptions {
        quotes_excluded,
        ..sentences(50)
    };
    let holds = |found: &[String], text: &str| found.iter().any(|s| s.contains(text));
    let with = texts(FERRY, &options(false));
    assert!(holds(&with, "only road") && holds(&with, "fisherman"));
    let without = texts(FERRY, &options(true));
    assert!(!holds(&without, "only road") && !holds(&without, "Without a ferry"));
    assert!(
        holds(&without, "fisherman"),
        "a sentence with its own voice stays"
    );
    let nothing_else = "“We were never asked about the ferry by anyone.”";
    assert!(texts(nothing_else, &options(true)).is_empty());
}

#[test]
fn a_headline_stands_only_where_nothing_else_does() {
    let (_, summary) = summarized("Ferry sinks off Bergen in a storm", "", &sentences(3));
    assert_eq!(summary.text, "Ferry sinks off Bergen in a storm");
    let (_, summary) = summarized("Ferry sinks off Bergen in a storm", FERRY, &sentences(50));
    assert!(!summary.text.contains("Bergen"));
}

#[test]
fn nothing_is_said_twice_in_a_long_list_either() {
    let lines: String = (0..1500)
        .map(|i| {
            format!(
                "Boat {} of the northern fleet landed {} tonnes of cod. ",
                i % 500,
                i % 500 + 10_000
            )
        })
        .collect();
    let found = texts(&lines, &within(SummaryBudget::Ratio(1.0)));
    let distinct: HashSet<&String> = found.iter().collect();
    assert_eq!(found.len(), distinct.len());
}

proptest! {
    #[test]
    fn any_text_is_summarized_within_its_budget(
        text in "([A-Z“]?[a-zé]{1,8}[ ,]{1,2}){0,40}([.!?”\n]{1,2} ?(He|The|It)? ?([a-zé🦀]{1,8} ){0,9}){0,12}",
        characters in 0usize..300,
    ) {
        let options = within(SummaryBudget::Characters(characters));
        let (document, summary) = summarized("", &text, &options);
        prop_assert!(summary.text.chars().count() <= characters);
        prop_assert_eq!(&summarized("", &text, &options).1, &summary);
        let starts: Vec<usize> = summary.sentences.iter().map(|s| s.span.start()).collect();
        prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(summary.sentences.iter().all(|s| document.sentences.iter().any(|own| own.span == s.span)));
    }
}

#[test]
fn what_is_salient_leads_the_news() {
    let document = read(Source::new("", FERRY), &ReadOptions::default());
    let stems = sentence_terms(&document);
    let vectors = terms::vectors(&stems);
    let at = |opening: &str| {
        let mut sentences = document.sentences.iter();
        let found = sentences.position(|s| document.text(s.span).starts_with(opening));
        found.unwrap()
    };
    for opening in ["Tourists bring", "Councillors voted"] {
        let mut salience = vec![0.2; document.sentences.len()];
        salience[at(opening)] = 0.9;
        let found = summarize(&document, &vectors, &salience, &[], &sentences(1));
        assert!(found.text.starts_with(opening), "{}", found.text);
    }
}
