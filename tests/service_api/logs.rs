//! One line for each call however it ends, and never a word of an article.

use std::time::Duration;

use crate::support::*;

#[tokio::test]
async fn row_14_a_call_is_one_line_with_its_figures() {
    let server = TestServer::start().await;
    server
        .client()
        .analyze_article(with_id(segments(ARTICLE), "log-good"))
        .await
        .unwrap();
    let line = LOGS.call("log-good").await;
    assert_eq!(
        line["method"],
        "/newsprism.v1.ArticleAnalysisService/AnalyzeArticle"
    );
    assert_eq!(
        (&line["code"], &line["level"]),
        (&"OK".into(), &"INFO".into())
    );
    assert_eq!(line["tokens"], 42);
    for figure in ["ms", "queue_ms", "compute_ms"] {
        assert!(line[figure].is_f64(), "{line}");
    }
}

#[tokio::test]
async fn row_14_a_failed_call_has_its_reason_and_a_fault_of_ours_is_an_error() {
    let server = TestServer::start().await;
    let mut client = server.client();
    client
        .analyze_article(with_id(segments(""), "log-bad"))
        .await
        .unwrap_err();
    let line = LOGS.call("log-bad").await;
    assert_eq!(
        (&line["code"], &line["reason"]),
        (&"INVALID_ARGUMENT".into(), &"ARTICLE_EMPTY".into())
    );

    client
        .analyze_article(with_id(segments(PANIC), "log-panic"))
        .await
        .unwrap_err();
    let line = LOGS.call("log-panic").await;
    assert_eq!(
        (&line["code"], &line["level"]),
        (&"INTERNAL".into(), &"ERROR".into())
    );
}

#[tokio::test]
async fn row_14_a_dropped_call_has_a_line_too() {
    let server = TestServer::start().await;
    let mut client = server.client();
    let call = client.analyze_article(with_id(segments(SLOW), "log-dropped"));
    assert!(
        tokio::time::timeout(Duration::from_millis(200), call)
            .await
            .is_err()
    );
    assert_eq!(LOGS.call("log-dropped").await["code"], "CANCELLED");
}

#[tokio::test]
async fn row_14_no_word_of_an_article_is_ever_logged() {
    let canary = "xylocanthal";
    let server = TestServer::start().await;
    let mut client = server.client();
    let texts = [
        format!("{ARTICLE} The {canary} was there too."),
        format!("{PANIC} {canary}"),
        format!("{canary} qzx ").repeat(200),
    ];
    for (index, text) in texts.into_iter().enumerate() {
        let mut request = segments(&text);
        let article = request.article.as_mut().unwrap();
        article.title = format!("About the {canary}");
        article.article_id = canary.to_owned();
        request.features.as_mut().unwrap().stance = Some(newsprism::server::pb::StanceOptions {
            targets: vec![stance_target(canary)],
            ..Default::default()
        });
        let id = format!("canary-{index}");
        let _ = client.analyze_article(with_id(request, &id)).await;
        LOGS.call(&id).await;
    }
    let logs = LOGS.text();
    assert!(
        logs.contains("\"panic\""),
        "the panic itself was not logged"
    );
    assert!(!logs.contains(canary));
}
