//! Every limit and every refusal: code, reason, field path, figures.

use newsprism::server::pb::summary_options::Budget;
use newsprism::server::pb::{self, AnalysisOptions, AnalyzeArticleRequest, Article};
use tonic::Code;

use crate::support::*;

const MIB: usize = 1 << 20;

/// A request that asks for everything, changed into a bad one.
fn request(change: impl FnOnce(&mut Parts)) -> AnalyzeArticleRequest {
    let mut parts = Parts {
        article: article(ARTICLE),
        stance: pb::StanceOptions {
            targets: vec![stance_target("the new library")],
            ..Default::default()
        },
        ..Parts::default()
    };
    change(&mut parts);
    AnalyzeArticleRequest {
        article: Some(parts.article),
        options: Some(parts.options),
        features: Some(pb::AnalysisFeatures {
            summary: Some(parts.summary),
            entities: Some(parts.entities),
            stance: Some(parts.stance),
            segments: None,
        }),
    }
}

#[derive(Default)]
struct Parts {
    article: Article,
    options: AnalysisOptions,
    summary: pb::SummaryOptions,
    entities: pb::EntityOptions,
    stance: pb::StanceOptions,
}

fn span(start_offset: i32, end_offset: i32) -> pb::TextSpan {
    pb::TextSpan {
        start_offset,
        end_offset,
        ..Default::default()
    }
}

fn entity(name: &str, spans: Vec<pb::TextSpan>) -> pb::EntityTarget {
    pb::EntityTarget {
        name: name.to_owned(),
        spans,
        ..Default::default()
    }
}

#[tokio::test]
async fn every_bad_request_names_its_reason_its_field_and_its_figures() {
    type Row = (
        AnalyzeArticleRequest,
        &'static str,
        &'static str,
        &'static [(&'static str, &'static str)],
    );
    let german = "Der Bürgermeister eröffnete am Montag die neue Bibliothek der Stadt. Die Bewohner lobten \
        das Gebäude, aber Kritiker nannten die Kosten einen Skandal und forderten eine Untersuchung.";
    let table: Vec<Row> = vec![
        (
            request(|r| r.article.content.clear()),
            "ARTICLE_EMPTY",
            "article.content",
            &[],
        ),
        (
            request(|r| r.article.content = " \u{a0}\r\n\t\0".into()),
            "ARTICLE_EMPTY",
            "article.content",
            &[],
        ),
        (
            request(|r| r.article.content = "x".repeat(MIB + 1)),
            "CONTENT_TOO_LARGE",
            "article.content",
            &[("limit_bytes", "1048576"), ("size_bytes", "1048577")],
        ),
        (
            request(|r| r.article.title = "x".repeat(4097)),
            "CONTENT_TOO_LARGE",
            "article.title",
            &[("limit_bytes", "4096"), ("size_bytes", "4097")],
        ),
        (
            request(|r| r.article.content = german.into()),
            "LANGUAGE_UNSUPPORTED",
            "article.content",
            &[("language_code", "de")],
        ),
        (
            request(|r| r.article.language_code = "fr-CA".into()),
            "LANGUAGE_UNSUPPORTED",
            "article.language_code",
            &[("language_code", "fr-CA")],
        ),
        (
            request(|r| r.article.content_type = 99),
            "OPTION_INVALID",
            "article.content_type",
            &[],
        ),
        (
            request(|r| r.article.article_id = "x".repeat(257)),
            "OPTION_INVALID",
            "article.article_id",
            &[],
        ),
        (
            request(|r| r.options.offset_encoding = -1),
            "OPTION_INVALID",
            "options.offset_encoding",
            &[],
        ),
        (
            request(|r| r.options.evidence_level = 77),
            "OPTION_INVALID",
            "options.evidence_level",
            &[],
        ),
        (
            request(|r| r.summary.order = 9),
            "OPTION_INVALID",
            "features.summary.order",
            &[],
        ),
        (
            request(|r| r.summary.budget = Some(Budget::MaxSentences(0))),
            "OPTION_INVALID",
            "features.summary.max_sentences",
            &[],
        ),
        (
            request(|r| r.summary.budget = Some(Budget::MaxCharacters(-5))),
            "OPTION_INVALID",
            "features.summary.max_characters",
            &[],
        ),
        (
            request(|r| r.summary.budget = Some(Budget::MaxRatio(f32::NAN))),
            "OPTION_INVALID",
            "features.summary.max_ratio",
            &[],
        ),
        (
            request(|r| r.summary.focus = "x".repeat(1025)),
            "OPTION_INVALID",
            "features.summary.focus",
            &[],
        ),
        (
            request(|r| r.entities.types = vec![1, 0]),
            "OPTION_INVALID",
            "features.entities.types[1]",
            &[],
        ),
        (
            request(|r| r.entities.types = vec![1000]),
            "OPTION_INVALID",
            "features.entities.types[0]",
            &[],
        ),
        (
            request(|r| r.entities.order = 9),
            "OPTION_INVALID",
            "features.entities.order",
            &[],
        ),
        (
            request(|r| r.entities.max_entities = -1),
            "OPTION_INVALID",
            "features.entities.max_entities",
            &[],
        ),
        (
            request(|r| r.entities.targets = vec![entity(" ", vec![])]),
            "TARGET_EMPTY",
            "features.entities.targets[0].name",
            &[],
        ),
        (
            request(|r| r.entities.targets = vec![entity("x", vec![]); 33]),
            "TOO_MANY_TARGETS",
            "features.entities.targets",
            &[("limit", "32"), ("count", "33")],
        ),
        (
            request(|r| r.entities.targets = vec![entity("", vec![span(0, 100_000)])]),
            "SPAN_OUT_OF_RANGE",
            "features.entities.targets[0].spans[0]",
            &[("length", "135")],
        ),
        (
            request(|r| r.entities.targets = vec![entity("", vec![span(-1, 3)])]),
            "SPAN_OUT_OF_RANGE",
            "features.entities.targets[0].spans[0]",
            &[],
        ),
        (
            request(|r| r.entities.targets = vec![entity("", vec![span(0, 3), span(4, 4)])]),
            "SPAN_OUT_OF_RANGE",
            "features.entities.targets[0].spans[1]",
            &[],
        ),
        (
            request(|r| {
                r.article.content = format!("é{ARTICLE}");
                r.entities.targets = vec![entity("", vec![span(1, 3)])];
            }),
            "SPAN_OUT_OF_RANGE",
            "features.entities.targets[0].spans[0]",
            &[],
        ),
        (
            request(|r| {
                let wrong = pb::TextSpan {
                    text: "mayor".into(),
                    ..span(0, 5)
                };
                r.entities.targets = vec![entity("", vec![wrong])];
            }),
            "SPAN_TEXT_MISMATCH",
            "features.entities.targets[0].spans[0].text",
            &[],
        ),
        (
            request(|r| r.stance.targets.clear()),
            "TARGET_EMPTY",
            "features.stance.targets",
            &[],
        ),
        (
            request(|r| r.stance.targets[0].text = "\t".into()),
            "TARGET_EMPTY",
            "features.stance.targets[0].text",
            &[],
        ),
        (
            request(|r| r.stance.targets[0].text = "x".repeat(513)),
            "TARGET_TOO_LONG",
            "features.stance.targets[0].text",
            &[("limit_bytes", "512"), ("size_bytes", "513")],
        ),
        (
            request(|r| r.stance.targets = vec![stance_target("x"); 33]),
            "TOO_MANY_TARGETS",
            "features.stance.targets",
            &[("limit", "32"), ("count", "33")],
        ),
        (
            request(|r| r.stance.targets[0].aliases = vec!["ok".into(), String::new()]),
            "TARGET_EMPTY",
            "features.stance.targets[0].aliases[1]",
            &[],
        ),
        (
            request(|r| r.stance.targets[0].kind = 12),
            "OPTION_INVALID",
            "features.stance.targets[0].kind",
            &[],
        ),
        (
            request(|r| {
                r.stance.targets = vec![stance_target("x"); 2];
                r.stance.targets[0].target_id = "t2".into();
            }),
            "OPTION_INVALID",
            "features.stance.targets[1].target_id",
            &[],
        ),
        (
            request(|r| r.stance.min_confidence = Some(1.5)),
            "OPTION_INVALID",
            "features.stance.min_confidence",
            &[],
        ),
        (
            AnalyzeArticleRequest {
                features: None,
                ..segments(ARTICLE)
            },
            "FEATURES_EMPTY",
            "features",
            &[],
        ),
        (
            AnalyzeArticleRequest::default(),
            "ARTICLE_EMPTY",
            "article.content",
            &[],
        ),
    ];
    let server = TestServer::start().await;
    let mut client = server.client();
    for (request, reason, field, figures) in table {
        let status = client.analyze_article(request).await.unwrap_err();
        let refusal = Refusal::of(&status);
        assert_eq!(refusal.code, Code::InvalidArgument, "{reason} {refusal:?}");
        assert_eq!(refusal.reason, reason, "{refusal:?}");
        assert_eq!(
            refusal.fields[0],
            (field.to_owned(), reason.to_owned()),
            "{refusal:?}"
        );
        assert!(refusal.metadata.contains_key("request_id"), "{refusal:?}");
        assert!(
            refusal.message.starts_with(&format!("{field}: ")),
            "{refusal:?}"
        );
        for (name, value) in figures {
            assert_eq!(refusal.metadata[*name], *value, "{refusal:?}");
        }
    }
}

#[tokio::test]
async fn all_fields_at_fault_are_named_at_once() {
    let server = TestServer::start().await;
    let bad = request(|r| {
        r.article.content.clear();
        r.summary.order = 9;
        r.stance.targets.clear();
    });
    let status = server.client().analyze_article(bad).await.unwrap_err();
    let fields: Vec<String> = Refusal::of(&status)
        .fields
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(
        fields,
        [
            "article.content",
            "features.summary.order",
            "features.stance.targets"
        ]
    );
}

#[tokio::test]
async fn the_calls_with_one_analysis_name_their_own_paths() {
    let server = TestServer::start().await;
    let mut client = server.client();
    let stance = client
        .detect_stance(pb::DetectStanceRequest {
            article: Some(article(ARTICLE)),
            ..Default::default()
        })
        .await;
    let refusal = Refusal::of(&stance.unwrap_err());
    assert_eq!(refusal.fields[0].0, "stance_options.targets");

    let summary = client
        .summarize_article(pb::SummarizeArticleRequest {
            article: Some(article(ARTICLE)),
            summary_options: Some(pb::SummaryOptions {
                order: 9,
                ..Default::default()
            }),
            ..Default::default()
        })
        .await;
    assert_eq!(
        Refusal::of(&summary.unwrap_err()).fields[0].0,
        "summary_options.order"
    );
}

#[tokio::test]
async fn content_up_to_the_limit_is_analysed_and_over_it_is_refused_with_its_size() {
    let server = TestServer::start().await;
    let mut client = server.client().max_decoding_message_size(16 * MIB);
    let english = ARTICLE.repeat(MIB / ARTICLE.len() + 1);
    for (size, good) in [
        (MIB - 1, true),
        (MIB, true),
        (MIB + 1, false),
        (2 * MIB, false),
    ] {
        let content: String = english.chars().cycle().take(size).collect();
        let answer = client.analyze_article(segments(&content)).await;
        assert_eq!(answer.is_ok(), good, "{size}");
        if let Err(status) = answer {
            assert_eq!(
                Refusal::of(&status).metadata["size_bytes"],
                size.to_string()
            );
        }
    }
}

#[tokio::test]
async fn a_message_too_large_to_read_is_refused_for_its_size_too() {
    let server = TestServer::start().await;
    let huge = segments(&"x".repeat(5 * MIB));
    let refusal = Refusal::of(&server.client().analyze_article(huge).await.unwrap_err());
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::InvalidArgument, "CONTENT_TOO_LARGE")
    );
    assert_eq!(refusal.metadata["limit_bytes"], (3 * MIB).to_string());
}

#[tokio::test]
async fn another_pipeline_than_the_wanted_one_is_refused() {
    let server = TestServer::start().await;
    let mut client = server.client();
    let running = client
        .get_service_info(pb::GetServiceInfoRequest {})
        .await
        .unwrap();
    let running = running.into_inner().pipeline_version;
    let wanting = |version: &str| AnalyzeArticleRequest {
        options: Some(AnalysisOptions {
            pipeline_version: version.to_owned(),
            ..Default::default()
        }),
        ..segments(ARTICLE)
    };
    client.analyze_article(wanting(&running)).await.unwrap();
    let refusal = Refusal::of(
        &client
            .analyze_article(wanting("0.0.0+0"))
            .await
            .unwrap_err(),
    );
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::FailedPrecondition, "PIPELINE_VERSION_MISMATCH")
    );
    assert_eq!(refusal.metadata["pipeline_version"], running);
}

#[tokio::test]
async fn what_this_version_does_not_do_says_so() {
    let server = TestServer::start().await;
    let mut client = server.client();
    let html = request(|r| r.article.content_type = pb::ContentType::Html.into());
    let html = client.analyze_article(html).await.unwrap_err();
    let refusal = Refusal::of(&html);
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::Unimplemented, "NOT_IMPLEMENTED")
    );
}
