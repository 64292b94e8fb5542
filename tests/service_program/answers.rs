//! Answers of the real models: all that was asked for, and the same bytes under any load.

use newsprism::server::json::to_json;
use newsprism::server::pb::{
    self, AnalysisFeatures, AnalyzeArticleRequest, AnalyzeArticleResponse,
};
use prost::Message;
use tokio::task::JoinSet;

use crate::program::{ARTICLE, Program};

fn everything() -> AnalyzeArticleRequest {
    AnalyzeArticleRequest {
        article: Some(pb::Article {
            content: ARTICLE.to_owned(),
            ..Default::default()
        }),
        options: None,
        features: Some(AnalysisFeatures {
            summary: Some(Default::default()),
            entities: Some(Default::default()),
            stance: Some(pb::StanceOptions {
                targets: vec![pb::StanceTarget {
                    text: "Jane Doe".to_owned(),
                    ..Default::default()
                }],
                ..Default::default()
            }),
            segments: Some(Default::default()),
        }),
    }
}

/// An answer without what differs by the documentation.
fn stripped(mut answer: AnalyzeArticleResponse) -> AnalyzeArticleResponse {
    let metadata = answer.metadata.as_mut().unwrap();
    metadata.request_id.clear();
    metadata.queue_duration = None;
    metadata.compute_duration = None;
    answer
}

#[tokio::test]
async fn all_that_was_asked_for_is_answered() {
    let program = Program::start(&[]);
    let answer = program.client().analyze_article(everything()).await;
    let answer = answer.unwrap().into_inner();
    let json = to_json(&answer).unwrap();
    assert!(!answer.summary.unwrap().sentences.is_empty(), "{json:#}");
    assert!(!answer.entities.is_empty(), "{json:#}");
    assert_eq!(answer.stances.len(), 1, "{json:#}");
    let kinds: Vec<_> = answer.segments.iter().map(pb::Segment::kind).collect();
    assert!(kinds.contains(&pb::SegmentKind::RelatedLink), "{kinds:?}");
    assert_eq!(
        json["segments"][0]["kind"], "SEGMENT_KIND_HEADLINE",
        "{json:#}"
    );
    for segment in answer.segments {
        let span = segment.span.unwrap();
        let sliced = &ARTICLE[span.start_offset as usize..span.end_offset as usize];
        assert_eq!(sliced, span.text);
    }
    let metadata = answer.metadata.unwrap();
    assert!(
        metadata.tokens > 50 && !metadata.models.is_empty(),
        "{json:#}"
    );
}

#[tokio::test]
async fn the_same_article_gives_the_same_bytes_under_any_load() {
    let one = Program::start(&["--threads", "1"]);
    let alone = one.client().analyze_article(everything()).await.unwrap();
    let alone = stripped(alone.into_inner()).encode_to_vec();

    let two = Program::start(&["--threads", "2"]);
    let mut calls = JoinSet::new();
    for _ in 0..12 {
        let mut client = two.client();
        calls.spawn(async move { client.analyze_article(everything()).await.unwrap() });
    }
    while let Some(answer) = calls.join_next().await {
        let loaded = stripped(answer.unwrap().into_inner());
        assert!(loaded.encode_to_vec() == alone, "{loaded:#?}");
    }
}
