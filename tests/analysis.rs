//! What the analyses find in articles, with the embedded models.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod embedded;

use newsprism::analysis::request::{
    EntityOptions, EntityTarget, EntityType, EvidenceLevel, StanceOptions, StanceTarget,
    SummaryBudget, SummaryOptions, SummaryOrder,
};
use newsprism::analysis::result::{
    Abstention, Analysis, Entity, MentionKind, SentimentLabel, Stance,
};
use newsprism::analysis::{AnalysisRequest, AnalyzeError, Interrupt, Interrupted, Uninterrupted};
use newsprism::article::{Role, Source};

use self::embedded::ANALYZER;

const PARADE: &str = "Uzbekistan calls off its festival as the drought bites\n\n\
    Uzbekistan has cancelled the Tashkent Water Festival, officials said on Monday.\n\n\
    “The river is at its lowest in a century,” said Dilnoza Karimova, who runs the Aral Trust.\n\n\
    “Nobody can celebrate that.”\n\n\
    READ MORE: Ten festivals to see before you die\n\n\
    Dancers at last year's festival (Image: Getty)\n\n\
    Uzbek officials had praised the festival for years. Karimova accused the organisers of a shameful waste of water.\n\n\
    The central Asian nation has few rivers. Moscow offered help, and Russia sent engineers.";

fn request(content: &str) -> AnalysisRequest {
    AnalysisRequest {
        source: Source::new("", content),
        boilerplate_included: false,
        evidence: EvidenceLevel::Full,
        min_confidence: None,
        summary: None,
        entities: None,
        stance: None,
    }
}

fn analyze(request: &AnalysisRequest) -> Analysis {
    ANALYZER.analyze(request, &Uninterrupted).unwrap()
}

fn entities(content: &str, options: EntityOptions) -> Analysis {
    analyze(&AnalysisRequest {
        entities: Some(options),
        ..request(content)
    })
}

fn entity<'a>(analysis: &'a Analysis, name: &str) -> &'a Entity {
    let found = analysis.entities.iter().find(|e| e.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {:?}", names(analysis)))
}

fn names(analysis: &Analysis) -> Vec<&str> {
    analysis.entities.iter().map(|e| e.name.as_str()).collect()
}

fn stance(content: &str, text: &str) -> newsprism::analysis::result::StanceResult {
    let target = StanceTarget {
        id: "t".to_owned(),
        text: text.to_owned(),
        aliases: Vec::new(),
        kind: None,
    };
    let request = AnalysisRequest {
        stance: Some(StanceOptions {
            targets: vec![target],
        }),
        ..request(content)
    };
    analyze(&request).stances.remove(0)
}

#[test]
fn a_country_is_one_entity_under_all_its_names() {
    let analysis = entities(PARADE, EntityOptions::default());
    let country = entity(&analysis, "Uzbekistan");
    assert_eq!(country.entity_type, EntityType::Geopolitical);
    let kinds: Vec<MentionKind> = country.mentions.iter().map(|m| m.kind).collect();
    for kind in [
        MentionKind::Proper,
        MentionKind::Demonym,
        MentionKind::Nominal,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
    let russia = entity(&analysis, "Russia");
    assert!(
        russia
            .mentions
            .iter()
            .any(|m| m.kind == MentionKind::Metonym)
    );
}

#[test]
fn a_person_is_one_entity_under_full_name_and_surname() {
    let analysis = entities(PARADE, EntityOptions::default());
    let person = entity(&analysis, "Dilnoza Karimova");
    assert_eq!(person.entity_type, EntityType::Person);
    assert_eq!(person.aliases, ["Karimova"]);
    assert_eq!(person.mentions.len(), 2);
}

#[test]
fn captions_and_links_are_reported_and_never_analysed() {
    let mut all = request(PARADE);
    all.entities = Some(EntityOptions::default());
    all.summary = Some(SummaryOptions {
        budget: SummaryBudget::Sentences(100),
        ..SummaryOptions::default()
    });
    let analysis = analyze(&all);
    let skipped: Vec<Role> = analysis
        .document
        .paragraphs
        .iter()
        .filter(|p| !p.analyzed)
        .map(|p| p.role)
        .collect();
    assert_eq!(skipped, [Role::RelatedLink, Role::Caption]);
    let summary = analysis.summary.unwrap().text;
    assert!(
        !summary.contains("READ MORE") && !summary.contains("Getty"),
        "{summary}"
    );
    for entity in &analysis.entities {
        for mention in &entity.mentions {
            let at = analysis
                .document
                .paragraphs
                .iter()
                .find(|p| p.span.contains(mention.span));
            assert!(at.is_some_and(|p| p.analyzed), "{entity:?}");
        }
    }
}

#[test]
fn sentiment_follows_what_is_said_of_each_entity() {
    let text = "Critics praised Maria Lopez as a brilliant and honest governor. \
        They condemned Victor Stone as a corrupt liar who betrayed his voters. \
        Both live in Denver, where the committee meets on Tuesday.";
    let analysis = entities(text, EntityOptions::default());
    let label = |name: &str| entity(&analysis, name).sentiment.unwrap().label;
    assert_eq!(label("Maria Lopez"), SentimentLabel::Positive);
    assert_eq!(label("Victor Stone"), SentimentLabel::Negative);
    assert_eq!(label("Denver"), SentimentLabel::Neutral);
    let evidence = &entity(&analysis, "Victor Stone").evidence;
    assert!(
        analysis
            .document
            .text(evidence[0].span)
            .contains("corrupt liar")
    );
}

#[test]
fn an_entity_that_is_praised_and_blamed_is_mixed() {
    let text = "Supporters praised Maria Lopez as a brilliant and honest governor. \
        Opponents condemned Maria Lopez as a corrupt liar who betrayed her voters.";
    let analysis = entities(text, EntityOptions::default());
    assert_eq!(
        entity(&analysis, "Maria Lopez").sentiment.unwrap().label,
        SentimentLabel::Mixed
    );
}

#[test]
fn quoted_mentions_are_told_from_the_articles_own() {
    let text = "The mayor thanked Maria Lopez on Friday. “Maria Lopez is a disgrace,” said a rival from Boston.";
    let analysis = entities(text, EntityOptions::default());
    let quoted: Vec<bool> = entity(&analysis, "Maria Lopez")
        .mentions
        .iter()
        .map(|m| m.quoted)
        .collect();
    assert_eq!(quoted, [false, true]);
}

#[test]
fn the_callers_entities_are_found_by_alias_and_a_missing_one_is_said_to_be_missing() {
    let target = |id: &str, name: &str, alias: &str| EntityTarget {
        id: id.to_owned(),
        name: name.to_owned(),
        aliases: vec![alias.to_owned()],
        spans: Vec::new(),
    };
    let options = EntityOptions {
        targets: vec![
            target("a", "Republic of Uzbekistan", "Uzbekistan"),
            target("b", "Elon Musk", "Tesla"),
        ],
        ..EntityOptions::default()
    };
    let analysis = entities(PARADE, options);
    let found: Vec<(&str, bool)> = analysis
        .entities
        .iter()
        .map(|e| (e.target_id.as_str(), e.mentions.is_empty()))
        .collect();
    assert_eq!(found, [("a", false), ("b", true)]);
    assert_eq!(analysis.entities[1].sentiment, None);
}

#[test]
fn entities_can_be_limited_by_type_and_number() {
    let options = EntityOptions {
        types: vec![EntityType::Person],
        max_entities: Some(1),
        ..EntityOptions::default()
    };
    assert_eq!(names(&entities(PARADE, options)), ["Dilnoza Karimova"]);
}

#[test]
fn tells_what_entities_feel_about_each_other() {
    let text = "Mayor Anna Otway condemned Trentham Water on Monday. Paul Corran praised Lena Brandt for her \
        courage. Trentham Water was criticised by Lena Brandt. Anna Otway met Paul Corran in Leeds.";
    let analysis = entities(text, EntityOptions::default());
    let told: Vec<(&str, &str, SentimentLabel, usize)> = analysis
        .entities
        .iter()
        .flat_map(|entity| {
            let attitudes = entity.attitudes.iter();
            attitudes.map(|told| {
                let holder = told.holder_name.as_str();
                (
                    holder,
                    entity.name.as_str(),
                    told.sentiment.label,
                    told.sentence,
                )
            })
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Paul Corran", "Lena Brandt", SentimentLabel::Positive, 1),
            ("Anna Otway", "Trentham Water", SentimentLabel::Negative, 0),
            ("Lena Brandt", "Trentham Water", SentimentLabel::Negative, 2),
        ]
    );
    let otway = entity(&analysis, "Anna Otway");
    let toward = &entity(&analysis, "Trentham Water").attitudes;
    assert_eq!(toward[0].holder_id, otway.id);
}

#[test]
fn words_of_another_tell_of_no_attitude_of_the_narration_s_people() {
    let text = "“Anna Otway condemned Trentham Water,” said Lena Brandt. Paul Corran condemned Trentham Water.";
    let analysis = entities(text, EntityOptions::default());
    let attitudes = analysis.entities.iter().flat_map(|e| &e.attitudes);
    let holders: Vec<&str> = attitudes.map(|told| told.holder_name.as_str()).collect();
    assert!(holders.contains(&"Paul Corran"));
    assert!(!holders.contains(&"Anna Otway"));
}

#[test]
fn saliences_sum_to_one() {
    let analysis = entities(PARADE, EntityOptions::default());
    let sum: f32 = analysis.entities.iter().map(|e| e.salience).sum();
    assert!((sum - 1.0).abs() < 1e-4, "{sum}");
    assert_eq!(analysis.entities[0].name, "Uzbekistan");
}

#[test]
fn a_target_that_is_not_in_the_article_has_no_stance() {
    for target in [
        "Elon Musk",
        "School uniforms should be banned",
        "Norway should join the EU",
    ] {
        let found = stance(PARADE, target);
        assert_eq!(found.stance, Stance::None, "{target}");
        assert_eq!(
            found.abstention,
            Some(Abstention::TargetNotFound),
            "{target}"
        );
        assert!(
            found.evidence.is_empty() && found.probabilities.is_none(),
            "{target}"
        );
    }
}

#[test]
fn a_clear_stance_is_found_with_its_evidence() {
    let text = "Solar power is clean, cheap and popular, and every town should welcome it. \
        School uniforms are a terrible idea, say critics: school uniforms should never be forced on poor families. \
        The council meets on Monday.";
    let praised = stance(text, "Solar power is good for towns");
    assert_eq!(praised.stance, Stance::Favor, "{praised:?}");
    let turned = stance(text, "School uniforms should be forced on families");
    assert_eq!(turned.stance, Stance::Against, "{turned:?}");
    assert!(turned.score < 0.0 && !turned.evidence.is_empty());
}

#[test]
fn an_answer_below_the_callers_threshold_is_withheld() {
    let target = StanceTarget {
        id: "t".to_owned(),
        text: "Uzbekistan".to_owned(),
        aliases: Vec::new(),
        kind: None,
    };
    let request = AnalysisRequest {
        stance: Some(StanceOptions {
            targets: vec![target],
        }),
        min_confidence: Some(1.0),
        ..request(PARADE)
    };
    let found = analyze(&request).stances.remove(0);
    assert_eq!(
        (found.stance, found.abstention),
        (Stance::None, Some(Abstention::LowConfidence))
    );
}

#[test]
fn a_summary_is_verbatim_and_in_the_order_asked_for() {
    for order in [SummaryOrder::Position, SummaryOrder::Rank] {
        let request = AnalysisRequest {
            summary: Some(SummaryOptions {
                order,
                ..SummaryOptions::default()
            }),
            ..request(PARADE)
        };
        let analysis = analyze(&request);
        let summary = analysis.summary.unwrap();
        assert_eq!(summary.sentences.len(), 3);
        for sentence in &summary.sentences {
            assert!(PARADE.contains(analysis.document.source.text(sentence.span)));
        }
        let places: Vec<usize> = summary.sentences.iter().map(|s| s.span.start()).collect();
        let ranks: Vec<usize> = summary.sentences.iter().map(|s| s.rank).collect();
        match order {
            SummaryOrder::Position => assert!(places.is_sorted(), "{places:?}"),
            SummaryOrder::Rank => assert_eq!(ranks, [1, 2, 3]),
        }
    }
}

#[test]
fn the_same_request_gives_the_same_answer_on_any_thread() {
    let mut all = request(PARADE);
    all.entities = Some(EntityOptions::default());
    all.summary = Some(SummaryOptions::default());
    let alone = analyze(&all);
    std::thread::scope(|scope| {
        for handle in [scope.spawn(|| analyze(&all)), scope.spawn(|| analyze(&all))] {
            assert_eq!(handle.join().unwrap(), alone);
        }
    });
}

#[test]
fn what_cannot_be_read_is_refused() {
    let refused = |content: &str| {
        ANALYZER
            .analyze(&request(content), &Uninterrupted)
            .unwrap_err()
    };
    assert!(matches!(refused(" \n\t "), AnalyzeError::Empty));
    let german = "Der Präsident hat am Montag das neue Gesetz unterzeichnet, das die Opposition seit Monaten bekämpft.";
    assert!(matches!(
        refused(german),
        AnalyzeError::LanguageUnsupported { detected: "de", .. }
    ));
}

#[test]
fn work_that_nobody_wants_stops() {
    struct Stop;
    impl Interrupt for Stop {
        fn check(&self) -> Result<(), Interrupted> {
            Err(Interrupted::Cancelled)
        }
    }
    let stopped = ANALYZER.analyze(&request(PARADE), &Stop).unwrap_err();
    assert!(matches!(
        stopped,
        AnalyzeError::Interrupted(Interrupted::Cancelled)
    ));
}
