//! Row 14: whatever comes of a call, no word of an article, no token and no key shows in what the server tells of itself, and
//! none in its errors but where the caller sent it.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::TokioIo;
use newsprism::server::pb::article_analysis_service_client::ArticleAnalysisServiceClient;
use newsprism::server::pb::{
    self, AnalyzeArticleRequest, BatchAnalyzeArticlesRequest, StreamAnalyzeArticlesRequest,
};
use prost::Message;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tonic::codegen::http::Uri;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Status};
use tower::service_fn;

use crate::collector::Collector;
use crate::program::{ARTICLE, Program};

/// Stands in every text that a caller sends.
const CANARY: &str = "zyxoplanthum";
const TOKEN: &str = "canary-token-that-is-let-in";
const WRONG_TOKEN: &str = "canary-token-that-is-not";

/// A request with the canary in each of its texts.
fn request(content: &str) -> AnalyzeArticleRequest {
    let text = || format!("the {CANARY}");
    AnalyzeArticleRequest {
        article: Some(pb::Article {
            article_id: CANARY.to_owned(),
            title: format!("News of the {CANARY}"),
            content: content.to_owned(),
            ..Default::default()
        }),
        options: None,
        features: Some(pb::AnalysisFeatures {
            summary: Some(pb::SummaryOptions {
                focus: text(),
                ..Default::default()
            }),
            entities: Some(pb::EntityOptions {
                targets: vec![pb::EntityTarget {
                    target_id: CANARY.to_owned(),
                    name: text(),
                    ..Default::default()
                }],
                ..Default::default()
            }),
            stance: Some(pb::StanceOptions {
                targets: vec![pb::StanceTarget {
                    text: text(),
                    aliases: vec![text()],
                    ..Default::default()
                }],
                ..Default::default()
            }),
            segments: None,
        }),
    }
}

/// Requests that end in each way that a caller can bring about.
fn requests() -> Vec<AnalyzeArticleRequest> {
    let good =
        format!("{ARTICLE} The {CANARY} was there too. “The {CANARY} is a {CANARY},” said Doe.");
    let changed = |change: fn(&mut AnalyzeArticleRequest)| {
        let mut request = request(&good);
        change(&mut request);
        request
    };
    vec![
        request(&good),
        request(&format!("{CANARY} qzx vbn ").repeat(20)),
        request(&format!("Der {CANARY} hat gestern die neue Bibliothek der Stadt eröffnet, und alle waren froh. ").repeat(5)),
        request(&format!("{CANARY}{}", "x".repeat(1 << 20))),
        request(&format!("{CANARY}{}", "x".repeat(4 << 20))),
        changed(|r| r.article.as_mut().unwrap().content_type = 2),
        changed(|r| r.article.as_mut().unwrap().content_type = 77),
        changed(|r| r.features.as_mut().unwrap().stance.as_mut().unwrap().targets[0].text = format!("{CANARY} ").repeat(100)),
        changed(|r| {
            let wrong = pb::TextSpan {
                end_offset: 5,
                text: CANARY.to_owned(),
                ..Default::default()
            };
            r.features.as_mut().unwrap().entities.as_mut().unwrap().targets[0].spans = vec![wrong];
        }),
        changed(|r| r.options = Some(pb::AnalysisOptions {
            pipeline_version: CANARY.to_owned(),
            ..Default::default()
        })),
    ]
}

fn bearing<T>(token: &str, message: T) -> Request<T> {
    let mut request = Request::new(message);
    let metadata = request.metadata_mut();
    metadata.insert("authorization", format!("Bearer {token}").parse().unwrap());
    metadata.insert(
        "traceparent",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            .parse()
            .unwrap(),
    );
    metadata.insert("x-other", CANARY.parse().unwrap());
    request
}

/// Writes a certificate of its own for localhost; gives the key as PEM, and what trusts it.
fn certify(folder: &Path) -> (String, RootCertStore) {
    let pair = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = pair.signing_key.serialize_pem();
    fs::write(folder.join("tls.crt"), pair.cert.pem()).unwrap();
    fs::write(folder.join("tls.key"), &key).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(pair.cert.der().clone()).unwrap();
    (key, roots)
}

async fn connect(address: &str, roots: RootCertStore) -> ArticleAnalysisServiceClient<Channel> {
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let (connector, address) = (TlsConnector::from(Arc::new(config)), address.to_owned());
    let connect = service_fn(move |_: Uri| {
        let (connector, address) = (connector.clone(), address.clone());
        async move {
            let stream = TcpStream::connect(address).await?;
            let name = "localhost".try_into().unwrap();
            connector.connect(name, stream).await.map(TokioIo::new)
        }
    });
    let endpoint = Endpoint::from_static("http://localhost");
    let channel = endpoint.connect_with_connector(connect).await;
    ArticleAnalysisServiceClient::new(channel.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn row_14_no_word_no_token_and_no_key_is_in_logs_metrics_traces_or_errors() {
    let folder = tempfile::tempdir().unwrap();
    let (key, roots) = certify(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("tokens"), format!("{TOKEN}\n")).unwrap();
    let (collector, url) = Collector::start().await;
    let mut program = Program::start(&[
        "--tls-cert",
        &path("tls.crt"),
        "--tls-key",
        &path("tls.key"),
        "--tokens-file",
        &path("tokens"),
        "--otlp-endpoint",
        &url,
        "--admin-listen",
        "127.0.0.1:0",
        "--log-level",
        "debug",
        "--pre-drain",
        "0s",
    ]);
    let mut client = connect(&program.address, roots)
        .await
        .max_encoding_message_size(usize::MAX);

    let mut errors: Vec<Status> = Vec::new();
    let mut answered = 0;
    for request in requests() {
        match client.analyze_article(bearing(TOKEN, request)).await {
            Ok(_) => answered += 1,
            Err(status) => errors.push(status),
        }
    }
    let refused = client
        .analyze_article(bearing(WRONG_TOKEN, request(ARTICLE)))
        .await;
    errors.push(refused.unwrap_err());
    let mut late = bearing(TOKEN, request(&ARTICLE.repeat(200)));
    late.metadata_mut()
        .insert("grpc-timeout", "20m".parse().unwrap());
    errors.push(client.analyze_article(late).await.unwrap_err());
    let dropped = client.analyze_article(bearing(TOKEN, request(&ARTICLE.repeat(200))));
    let _ = tokio::time::timeout(Duration::from_millis(20), dropped).await;

    let batch = BatchAnalyzeArticlesRequest {
        articles: requests()
            .iter()
            .take(3)
            .filter_map(|r| r.article.clone())
            .collect(),
        features: request("").features,
        ..Default::default()
    };
    let batch = client
        .batch_analyze_articles(bearing(TOKEN, batch))
        .await
        .unwrap();
    let items: Vec<_> = requests()
        .into_iter()
        .take(3)
        .map(|request| StreamAnalyzeArticlesRequest {
            correlation_id: CANARY.to_owned(),
            request: Some(request),
        })
        .collect();
    let items = bearing(TOKEN, tokio_stream::iter(items));
    let mut stream = client
        .stream_analyze_articles(items)
        .await
        .unwrap()
        .into_inner();
    let mut failed_items: Vec<Vec<u8>> = Vec::new();
    let mut outcomes: Vec<_> = batch.into_inner().outcomes;
    while let Some(answer) = stream.message().await.unwrap() {
        outcomes.extend(answer.outcome);
    }
    for outcome in outcomes {
        if let Some(pb::analysis_outcome::Outcome::Error(error)) = outcome.outcome {
            failed_items.push(error.encode_to_vec());
        }
    }
    assert!(
        answered >= 1 && failed_items.len() >= 2,
        "{answered} {failed_items:?}"
    );
    let codes: Vec<Code> = errors.iter().map(Status::code).collect();
    for code in [
        Code::InvalidArgument,
        Code::Unauthenticated,
        Code::Unimplemented,
        Code::FailedPrecondition,
    ] {
        assert!(codes.contains(&code), "{codes:?}");
    }

    let metrics = program.page("/metrics").await;
    program.signal("TERM");
    assert_eq!(program.ended().code(), Some(0));
    let (log, traces) = (program.log(), collector.text());
    assert!(
        log.contains("UNAUTHENTICATED")
            && log.contains("LANGUAGE_UNSUPPORTED")
            && traces.contains("AnalyzeArticle"),
        "{log}"
    );

    let mut told = vec![("log", log), ("metrics", metrics), ("traces", traces)];
    for status in errors {
        let details = String::from_utf8_lossy(status.details()).into_owned();
        told.push(("error", format!("{status:?} {details}")));
    }
    for error in failed_items {
        told.push((
            "error of an item",
            String::from_utf8_lossy(&error).into_owned(),
        ));
    }
    let key_lines = key.lines().filter(|line| !line.starts_with("-----"));
    let secrets: Vec<&str> = [CANARY, TOKEN, WRONG_TOKEN, "BEGIN PRIVATE"]
        .into_iter()
        .chain(key_lines)
        .collect();
    for (place, text) in told {
        for secret in &secrets {
            assert!(!text.contains(secret), "{secret} is in the {place}: {text}");
        }
    }
}
