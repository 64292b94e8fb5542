//! Batches: an outcome for each article, a failure for all, turns with other calls.

use std::sync::atomic::Ordering;
use std::time::Duration;

use newsprism::server::pb::analysis_outcome::Outcome;
use newsprism::server::pb::{self, Article, BatchAnalyzeArticlesRequest};
use tonic::Code;

use crate::support::*;

fn batch(articles: Vec<Article>) -> BatchAnalyzeArticlesRequest {
    BatchAnalyzeArticlesRequest {
        articles,
        features: segments("").features,
        ..Default::default()
    }
}

#[tokio::test]
async fn outcomes_stand_in_order_and_a_bad_article_spoils_only_its_own() {
    let server = TestServer::start().await;
    let german = "Der Bürgermeister eröffnete am Montag die neue Bibliothek der Stadt. Die Bewohner lobten \
        das Gebäude, aber Kritiker nannten die Kosten einen Skandal und forderten eine Untersuchung.";
    let mut articles = vec![
        article(ARTICLE),
        article(" "),
        article(german),
        article(PANIC),
        article(&"x".repeat((1 << 20) + 1)),
        article(ARTICLE),
    ];
    articles[5].article_id = "last".to_owned();
    let request = with_id(batch(articles), "batch-1");
    let answer = server.client().batch_analyze_articles(request).await;
    let mut outcomes = answer.unwrap().into_inner().outcomes.into_iter();
    assert_eq!(outcomes.len(), 6);

    let good = |outcome: Option<pb::AnalysisOutcome>| match outcome.unwrap().outcome {
        Some(Outcome::Analysis(analysis)) => analysis.metadata.unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(good(outcomes.next()).request_id, "batch-1");
    let bad = [
        (
            Code::InvalidArgument,
            "ARTICLE_EMPTY",
            "articles[1].content",
        ),
        (
            Code::InvalidArgument,
            "LANGUAGE_UNSUPPORTED",
            "articles[2].content",
        ),
        (Code::Internal, "INTERNAL", ""),
        (
            Code::InvalidArgument,
            "CONTENT_TOO_LARGE",
            "articles[4].content",
        ),
    ];
    for (code, reason, field) in bad {
        let refusal = Refusal::of_outcome(outcomes.next());
        assert_eq!((refusal.code, refusal.reason.as_str()), (code, reason));
        assert_eq!(refusal.metadata["request_id"], "batch-1");
        if !field.is_empty() {
            assert_eq!(refusal.fields, [(field.to_owned(), reason.to_owned())]);
            assert!(refusal.message.starts_with(field), "{refusal:?}");
        }
    }
    assert_eq!(good(outcomes.next()).article_id, "last");

    let line = LOGS.call("batch-1").await;
    assert_eq!(
        (&line["code"], &line["articles"]),
        (&"OK".into(), &3.into())
    );
    assert_eq!(line["tokens"], 84);
}

#[tokio::test]
async fn what_is_wrong_with_all_articles_fails_the_call() {
    let server = TestServer::start().await;
    let one = || vec![article(ARTICLE)];
    let mut bad_option = batch(one());
    bad_option.options = Some(pb::AnalysisOptions {
        offset_encoding: 99,
        ..Default::default()
    });
    let mut other_pipeline = batch(one());
    other_pipeline.options = Some(pb::AnalysisOptions {
        pipeline_version: "0".to_owned(),
        ..Default::default()
    });
    let mut nothing_asked = batch(one());
    nothing_asked.features = None;
    let table = [
        (batch(Vec::new()), "ARTICLE_EMPTY", "articles"),
        (
            batch(vec![article(ARTICLE); 33]),
            "BATCH_TOO_LARGE",
            "articles",
        ),
        (bad_option, "OPTION_INVALID", "options.offset_encoding"),
        (nothing_asked, "FEATURES_EMPTY", "features"),
        (other_pipeline, "PIPELINE_VERSION_MISMATCH", ""),
    ];
    for (request, reason, field) in table {
        let status = server.client().batch_analyze_articles(request).await;
        let refusal = Refusal::of(&status.unwrap_err());
        assert_eq!(refusal.reason, reason);
        assert_eq!(refusal.fields.first().map_or("", |field| &field.0), field);
        if reason == "BATCH_TOO_LARGE" {
            assert_eq!(
                (
                    refusal.metadata["limit"].as_str(),
                    refusal.metadata["count"].as_str()
                ),
                ("32", "33")
            );
        }
    }
    let answer = server
        .client()
        .batch_analyze_articles(batch(vec![article(ARTICLE); 32]))
        .await;
    assert_eq!(answer.unwrap().into_inner().outcomes.len(), 32);
}

#[tokio::test]
async fn a_span_that_fits_one_article_only_fails_the_others() {
    let server = TestServer::start().await;
    let mut request = batch(vec![article(ARTICLE), article("Short but good English.")]);
    let target = pb::EntityTarget {
        spans: vec![pb::TextSpan {
            start_offset: 100,
            end_offset: 104,
            ..Default::default()
        }],
        ..Default::default()
    };
    request.features.as_mut().unwrap().entities = Some(pb::EntityOptions {
        targets: vec![target],
        ..Default::default()
    });
    let answer = server.client().batch_analyze_articles(request).await;
    let mut outcomes = answer.unwrap().into_inner().outcomes;
    let refusal = Refusal::of_outcome(outcomes.pop());
    assert_eq!(refusal.fields[0].0, "features.entities.targets[0].spans[0]");
    assert!(matches!(outcomes[0].outcome, Some(Outcome::Analysis(_))));
}

#[tokio::test]
async fn a_batch_takes_turns_with_other_calls() {
    let server = TestServer::start().await;
    let mut client = server.client();
    let running = tokio::spawn(async move { client.analyze_article(segments(SLOW)).await });
    server.wait_for_running(1).await;
    let mut client = server.client();
    let articles = vec![titled("batched", ARTICLE); 30];
    let batched = tokio::spawn(async move { client.batch_analyze_articles(batch(articles)).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut client = server.client();
    let mut single = segments(ARTICLE);
    single.article = Some(titled("single", ARTICLE));
    let single = tokio::spawn(async move { client.analyze_article(single).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.fake.released.store(1, Ordering::SeqCst);
    running.await.unwrap().unwrap();
    batched.await.unwrap().unwrap();
    single.await.unwrap().unwrap();
    let titles = server.fake.titles.lock().unwrap().clone();
    let place = titles.iter().position(|title| title == "single");
    assert!(place.unwrap() <= 2, "{titles:?}");
}

#[tokio::test]
async fn row_7_the_deadline_of_a_batch_is_that_of_all_its_articles() {
    let server = TestServer::start().await;
    let request = with_deadline(batch(vec![article(SLOW); 5]), "1S");
    let status = server
        .patient_client()
        .batch_analyze_articles(request)
        .await;
    assert_eq!(
        Refusal::of(&status.unwrap_err()).reason,
        "DEADLINE_EXCEEDED"
    );
    eventually(async || server.fake.interrupted.load(Ordering::SeqCst) == 1).await;
    assert_eq!(server.fake.started(), 1);
}

#[tokio::test]
async fn row_8_a_dropped_batch_leaves_the_queue_with_all_its_articles() {
    let server = TestServer::start().await;
    let mut client = server.client();
    let articles = vec![article(SLOW); 5];
    let call = tokio::spawn(async move { client.batch_analyze_articles(batch(articles)).await });
    server.wait_for_running(1).await;
    call.abort();
    server.wait_for_running(0).await;
    server
        .client()
        .analyze_article(segments(ARTICLE))
        .await
        .unwrap();
    assert_eq!(server.fake.started(), 2);
}

#[tokio::test]
async fn row_6_a_batch_is_shed_as_a_whole() {
    let server = TestServer::start_with(|config| config.engine.queue = 0).await;
    let mut client = server.client();
    let running = tokio::spawn(async move { client.analyze_article(segments(SLOW)).await });
    server.wait_for_running(1).await;
    let status = server
        .client()
        .batch_analyze_articles(batch(vec![article(ARTICLE); 2]))
        .await;
    let refusal = Refusal::of(&status.unwrap_err());
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::ResourceExhausted, "SERVER_OVERLOADED")
    );
    assert!(refusal.retry_after.is_some());
    server.fake.released.store(1, Ordering::SeqCst);
    running.await.unwrap().unwrap();
}
