//! The admin port: metrics that agree with the calls made, and probes that agree with the phases.

use std::time::Duration;

use newsprism::server::pb;
use tonic::Request;
use tonic::client::Grpc;
use tonic::codegen::http::uri::PathAndQuery;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_prost::ProstCodec;

use crate::support::*;

const SERVICE: &str = "newsprism.v1.ArticleAnalysisService";

fn labels(method: &str) -> String {
    format!("grpc_service=\"{SERVICE}\",grpc_method=\"{method}\"")
}

/// Calls of a method that ended so; waited for, since a call is counted when its answer has gone.
async fn handled(server: &TestServer, method: &str, code: &str, count: f64) {
    let labels = labels(method);
    let series = format!("grpc_server_handled_total{{{labels},grpc_code=\"{code}\"}}");
    eventually(async || server.metric(&series).await == count).await;
    let series = format!("grpc_server_handling_seconds_count{{{labels},grpc_code=\"{code}\"}}");
    assert_eq!(server.metric(&series).await, count, "{series}");
}

async fn started(server: &TestServer, method: &str) -> f64 {
    let series = format!("grpc_server_started_total{{{}}}", labels(method));
    server.metric(&series).await
}

#[tokio::test]
async fn row_13_the_metrics_agree_with_the_calls() {
    let server = TestServer::start().await;
    assert_eq!(started(&server, "AnalyzeArticle").await, 0.0);
    let mut client = server.client();
    for text in [ARTICLE, ARTICLE, "", PANIC] {
        let _ = client.analyze_article(segments(text)).await;
    }
    let dropped = client.analyze_article(segments(SLOW));
    let timeout = Duration::from_millis(200);
    assert!(tokio::time::timeout(timeout, dropped).await.is_err());
    let info = pb::GetServiceInfoRequest {};
    client.get_service_info(info).await.unwrap();
    let batch = pb::BatchAnalyzeArticlesRequest {
        articles: vec![article(ARTICLE), article(""), article(ARTICLE)],
        features: segments("").features,
        ..Default::default()
    };
    client.batch_analyze_articles(batch).await.unwrap();
    let items = vec![pb::StreamAnalyzeArticlesRequest::default(); 3];
    let answers = client
        .stream_analyze_articles(tokio_stream::iter(items))
        .await;
    let mut answers = answers.unwrap().into_inner();
    while answers.message().await.unwrap().is_some() {}

    handled(&server, "AnalyzeArticle", "OK", 2.0).await;
    handled(&server, "AnalyzeArticle", "INVALID_ARGUMENT", 1.0).await;
    handled(&server, "AnalyzeArticle", "INTERNAL", 1.0).await;
    handled(&server, "AnalyzeArticle", "CANCELLED", 1.0).await;
    handled(&server, "GetServiceInfo", "OK", 1.0).await;
    handled(&server, "BatchAnalyzeArticles", "OK", 1.0).await;
    handled(&server, "StreamAnalyzeArticles", "OK", 1.0).await;
    assert_eq!(started(&server, "AnalyzeArticle").await, 5.0);
    assert_eq!(server.metric("newsprism_panics_total").await, 1.0);
    assert_eq!(server.metric("newsprism_tokens_total").await, 4.0 * 42.0);
    assert_eq!(server.metric("newsprism_queue_articles").await, 0.0);
    assert!(server.metric("newsprism_connections").await >= 1.0);
    let articles = server.metric("newsprism_articles_total").await;
    let queued = server.metric("newsprism_article_queue_seconds_count").await;
    assert_eq!((articles, queued), (4.0, 4.0));
    let (_, page) = server.page("/metrics").await;
    let build = format!(
        "newsprism_build_info{{version=\"{}\"",
        env!("CARGO_PKG_VERSION")
    );
    assert!(page.contains(&build), "{page}");
}

#[tokio::test]
async fn row_13_unknown_paths_share_one_label() {
    let server = TestServer::start().await;
    let codec = ProstCodec::<pb::GetServiceInfoRequest, pb::GetServiceInfoResponse>::default;
    for path in [
        "/newsprism.v1.ArticleAnalysisService/Foretell",
        "/a.B/C",
        "/d.E/F",
    ] {
        let mut grpc = Grpc::new(server.channel());
        grpc.ready().await.unwrap();
        let request = Request::new(pb::GetServiceInfoRequest {});
        let path = PathAndQuery::from_static(path);
        grpc.unary(request, path, codec()).await.unwrap_err();
    }
    let labels = "grpc_service=\"unknown\",grpc_method=\"unknown\"";
    let series = format!("grpc_server_handled_total{{{labels},grpc_code=\"UNIMPLEMENTED\"}}");
    eventually(async || server.metric(&series).await == 3.0).await;
    let (_, page) = server.page("/metrics").await;
    assert!(!page.contains("Foretell") && !page.contains("a.B"));
}

#[tokio::test]
async fn what_waits_is_measured() {
    let server = TestServer::start().await;
    let calls: Vec<_> = (0..3)
        .map(|_| {
            let mut client = server.client();
            tokio::spawn(async move { client.analyze_article(segments(SLOW)).await })
        })
        .collect();
    eventually(async || server.metric("newsprism_queue_articles").await == 2.0).await;
    assert!(server.metric("newsprism_queue_tokens").await > 0.0);
    for call in calls {
        call.abort();
    }
    eventually(async || server.metric("newsprism_queue_articles").await == 0.0).await;
}

#[tokio::test]
async fn row_1_and_2_readiness_follows_the_phases_and_liveness_does_not() {
    let pre_drain = Duration::from_millis(500);
    let mut server = TestServer::bind(|config| config.pre_drain = pre_drain).await;
    assert_eq!(server.page("/readyz").await.0, 503);
    assert_eq!(server.page("/livez").await.0, 200);
    server.load();
    server.wait_for("", ServingStatus::Serving).await;
    eventually(async || server.page("/readyz").await.0 == 200).await;
    server.stop();
    eventually(async || server.page("/readyz").await.0 == 503).await;
    assert_eq!(server.page("/livez").await.0, 200);
    assert_eq!(server.page("/other").await.0, 404);
    server.ended().await.unwrap();
}

#[tokio::test]
async fn row_14_no_word_of_an_article_is_in_a_metric_or_an_error() {
    let canary = "zyxoplanthum";
    let server = TestServer::start().await;
    let mut client = server.client();
    let texts = [
        format!("{ARTICLE} The {canary} was there too."),
        format!("{PANIC} {canary}"),
        format!("{canary} qzx ").repeat(200),
        format!("{canary}{}", "x".repeat(2 << 20)),
    ];
    let mut errors = 0;
    for text in texts {
        let mut request = segments(&text);
        let article = request.article.as_mut().unwrap();
        article.title = format!("About the {canary}");
        article.article_id = canary.to_owned();
        request.features.as_mut().unwrap().stance = Some(pb::StanceOptions {
            targets: vec![stance_target(canary)],
            ..Default::default()
        });
        if let Err(status) = client.analyze_article(request).await {
            errors += 1;
            let details = String::from_utf8_lossy(status.details()).into_owned();
            assert!(!format!("{status:?} {details}").contains(canary));
        }
    }
    assert!(errors >= 2);
    let (_, page) = server.page("/metrics").await;
    assert!(!page.contains(canary));
    assert!(!LOGS.text().contains(canary));
}
