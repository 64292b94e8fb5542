//! Answers of the real models: all that was asked for, and the same bytes under any load.

use std::collections::BTreeSet;

use newsprism::server::json::to_json;
use newsprism::server::pb::analysis_outcome::Outcome;
use newsprism::server::pb::{
    self, AnalysisOutcome, AnalyzeArticleResponse, BatchAnalyzeArticlesRequest,
    StreamAnalyzeArticlesRequest,
};
use prost::Message;
use tokio::task::JoinSet;

use crate::program::{ARTICLE, Program, everything};

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
async fn what_was_not_asked_for_is_absent() {
    let program = Program::start(&[]);
    let mut client = program.client();
    let mut request = everything();
    let features = request.features.as_mut().unwrap();
    features.entities = None;
    features.segments = None;
    features.summary.as_mut().unwrap().focus = "the budget".to_owned();
    let answer = client.analyze_article(request).await.unwrap().into_inner();
    assert!(answer.segments.is_empty() && answer.document_sentiment.is_none());
    // The entities are those alone that the stance is toward and those who hold it.
    let stance = &answer.stances[0];
    let holders = stance.holders.iter().filter_map(|h| h.speaker.as_ref());
    let evidence = stance.evidence.iter().filter_map(|e| e.speaker.as_ref());
    let referenced: BTreeSet<&str> = holders
        .chain(evidence)
        .map(|speaker| speaker.entity_id.as_str())
        .chain([stance.entity_id.as_str()])
        .filter(|id| !id.is_empty())
        .collect();
    let entities: BTreeSet<&str> = answer
        .entities
        .iter()
        .map(|entity| entity.entity_id.as_str())
        .collect();
    assert_eq!(entities, referenced);
    let sentences = answer.summary.unwrap().sentences;
    assert!(
        sentences
            .iter()
            .all(|sentence| sentence.entity_ids.is_empty())
    );
}

#[tokio::test]
async fn an_entity_that_was_left_out_is_not_referred_to() {
    let program = Program::start(&[]);
    let mut client = program.client();
    let whole = client.analyze_article(everything()).await.unwrap();
    let whole = whole.into_inner();
    let named = &whole.stances[0].entity_id;
    assert!(whole.entities.iter().any(|e| e.entity_id == *named));

    let mut request = everything();
    let entities = request.features.as_mut().unwrap().entities.as_mut();
    entities.unwrap().types = vec![pb::EntityType::Event.into()];
    let answer = client.analyze_article(request).await.unwrap().into_inner();
    assert!(answer.entities.is_empty(), "{:?}", answer.entities);
    assert_eq!(answer.stances[0].entity_id, "");
    let sentences = answer.summary.unwrap().sentences;
    assert!(sentences.iter().all(|s| s.entity_ids.is_empty()));
}

fn batch(count: usize) -> BatchAnalyzeArticlesRequest {
    let request = everything();
    BatchAnalyzeArticlesRequest {
        articles: vec![request.article.unwrap(); count],
        options: request.options,
        features: request.features,
    }
}

/// The bytes of an answer that is part of another.
fn bytes_of(outcome: Option<AnalysisOutcome>) -> Vec<u8> {
    match outcome.and_then(|outcome| outcome.outcome) {
        Some(Outcome::Analysis(answer)) => stripped(answer).encode_to_vec(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn row_11_an_article_has_the_same_bytes_alone_in_a_batch_in_a_stream_and_under_load() {
    let one = Program::start(&["--threads", "1"]);
    let alone = one.client().analyze_article(everything()).await.unwrap();
    let alone = stripped(alone.into_inner()).encode_to_vec();

    // All at once, each in the others' way, on one thread and on two.
    for threads in ["1", "2"] {
        let program = Program::start(&["--threads", threads, "--queue", "100"]);
        let mut calls: JoinSet<Vec<Vec<u8>>> = JoinSet::new();
        for _ in 0..6 {
            let mut client = program.client();
            calls.spawn(async move {
                let answer = client.analyze_article(everything()).await.unwrap();
                vec![stripped(answer.into_inner()).encode_to_vec()]
            });
        }
        let mut client = program.client();
        calls.spawn(async move {
            let answer = client.batch_analyze_articles(batch(4)).await.unwrap();
            let outcomes = answer.into_inner().outcomes.into_iter();
            outcomes.map(|outcome| bytes_of(Some(outcome))).collect()
        });
        let mut client = program.client();
        calls.spawn(async move {
            let item = StreamAnalyzeArticlesRequest {
                correlation_id: String::new(),
                request: Some(everything()),
            };
            let items = tokio_stream::iter(vec![item; 4]);
            let answers = client.stream_analyze_articles(items).await.unwrap();
            let mut answers = answers.into_inner();
            let mut bytes = Vec::new();
            while let Some(answer) = answers.message().await.unwrap() {
                bytes.push(bytes_of(answer.outcome));
            }
            bytes
        });
        let mut count = 0;
        while let Some(answers) = calls.join_next().await {
            for answer in answers.unwrap() {
                assert!(answer == alone, "{threads} threads");
                count += 1;
            }
        }
        assert_eq!(count, 6 + 4 + 4);
    }
}
