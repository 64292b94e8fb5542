//! What every call brings: its id, its metadata, and an answer even to nonsense and to a fault of ours.

use newsprism::server::pb::{self, AnalyzeArticleResponse};
use tonic::client::Grpc;
use tonic::codegen::http::uri::PathAndQuery;
use tonic::{Code, Request};
use tonic_prost::ProstCodec;

use crate::support::*;

#[tokio::test]
async fn an_answer_tells_how_it_came_to_be() {
    let server = TestServer::start().await;
    let mut request = segments(ARTICLE);
    request.article.as_mut().unwrap().article_id = "a-1".to_owned();
    let answer = server
        .client()
        .analyze_article(request)
        .await
        .unwrap()
        .into_inner();

    let kinds: Vec<pb::SegmentKind> = answer
        .segments
        .iter()
        .map(|segment| segment.kind())
        .collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    let metadata = answer.metadata.unwrap();
    assert_eq!(metadata.article_id, "a-1");
    assert_eq!(metadata.language_code, "en");
    assert_eq!(
        metadata.pipeline_version,
        concat!(env!("CARGO_PKG_VERSION"), "+7")
    );
    assert_eq!(metadata.models[0].sha256, "ab12");
    assert_eq!(metadata.content_sha256.len(), 64);
    assert_eq!(metadata.offset_encoding(), pb::OffsetEncoding::Utf8Bytes);
    assert_eq!(metadata.total_characters as usize, ARTICLE.chars().count());
    assert_eq!(metadata.analyzed_characters, metadata.total_characters - 2);
    assert_eq!(metadata.tokens, 42);
    assert!(metadata.queue_duration.is_some() && metadata.compute_duration.is_some());
}

#[tokio::test]
async fn the_digest_is_of_the_content_as_sent() {
    let server = TestServer::start().await;
    let mut request = segments("");
    request.article.as_mut().unwrap().title =
        "The mayor of Springfield opened a new library on Monday".to_owned();
    let answer = server
        .client()
        .analyze_article(request)
        .await
        .unwrap()
        .into_inner();
    // SHA-256 of nothing.
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(answer.metadata.unwrap().content_sha256, empty);
}

#[tokio::test]
async fn row_15_a_request_id_is_echoed_in_answers_and_errors_and_made_where_it_is_missing() {
    let server = TestServer::start().await;
    let mut client = server.client();
    let answer = client
        .analyze_article(with_id(segments(ARTICLE), "id:1.a_b-C"))
        .await
        .unwrap();
    assert_eq!(answer.metadata().get("x-request-id").unwrap(), "id:1.a_b-C");
    assert_eq!(
        answer.get_ref().metadata.as_ref().unwrap().request_id,
        "id:1.a_b-C"
    );

    let error = client
        .analyze_article(with_id(segments(""), "id-2"))
        .await
        .unwrap_err();
    assert_eq!(error.metadata().get("x-request-id").unwrap(), "id-2");
    assert_eq!(Refusal::of(&error).metadata["request_id"], "id-2");

    for unsafe_id in ["a b", "x".repeat(129).as_str()] {
        let answer = client
            .analyze_article(with_id(segments(ARTICLE), unsafe_id))
            .await
            .unwrap();
        let made = answer
            .metadata()
            .get("x-request-id")
            .unwrap()
            .to_str()
            .unwrap();
        assert_eq!(made.len(), 36, "{made}");
    }
}

#[tokio::test]
async fn the_server_tells_what_it_is() {
    let server = TestServer::start().await;
    let info = server
        .client()
        .get_service_info(pb::GetServiceInfoRequest {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!(info.server_version, env!("CARGO_PKG_VERSION"));
    assert_eq!(info.models[0].license, "MIT");
    assert_eq!(
        (info.metrics[0].task.as_str(), info.metrics[0].value),
        ("news", 71.5)
    );
    assert_eq!(info.language_codes, ["en"]);
    let limits = info.limits.unwrap();
    assert_eq!(
        (limits.max_content_bytes, limits.max_targets),
        (1 << 20, 32)
    );
    assert_eq!((limits.compute_threads, limits.max_queued_calls), (1, 4));
    assert_eq!(limits.max_deadline.unwrap().seconds, 20);
}

#[tokio::test]
async fn a_panic_is_answered_with_an_id_and_costs_nothing_else() {
    let server = TestServer::start().await;
    let mut client = server.client();
    for _ in 0..3 {
        let error = client
            .analyze_article(with_id(segments(PANIC), "it-broke"))
            .await
            .unwrap_err();
        let refusal = Refusal::of(&error);
        assert_eq!(
            (refusal.code, refusal.reason.as_str()),
            (Code::Internal, "INTERNAL")
        );
        assert_eq!(refusal.metadata["request_id"], "it-broke");
    }
    client.analyze_article(segments(ARTICLE)).await.unwrap();
}

#[tokio::test]
async fn bytes_that_are_no_request_are_the_callers_fault() {
    /// AnalyzeArticleRequest with bytes where text belongs.
    #[derive(Clone, PartialEq, prost::Message)]
    struct Malformed {
        #[prost(message, optional, tag = "1")]
        article: Option<MalformedArticle>,
    }
    #[derive(Clone, PartialEq, prost::Message)]
    struct MalformedArticle {
        #[prost(bytes = "vec", tag = "3")]
        content: Vec<u8>,
    }
    let server = TestServer::start().await;
    let mut grpc = Grpc::new(server.channel());
    grpc.ready().await.unwrap();
    let malformed = Malformed {
        article: Some(MalformedArticle {
            content: vec![0xff],
        }),
    };
    let codec = ProstCodec::<Malformed, AnalyzeArticleResponse>::default();
    let path = PathAndQuery::from_static("/newsprism.v1.ArticleAnalysisService/AnalyzeArticle");
    let error = grpc
        .unary(Request::new(malformed), path, codec)
        .await
        .unwrap_err();
    let refusal = Refusal::of(&error);
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (Code::InvalidArgument, "REQUEST_MALFORMED")
    );
}

#[tokio::test]
async fn an_unknown_method_is_not_implemented() {
    let server = TestServer::start().await;
    let mut grpc = Grpc::new(server.channel());
    grpc.ready().await.unwrap();
    let codec = ProstCodec::<pb::GetServiceInfoRequest, pb::GetServiceInfoResponse>::default();
    let path = PathAndQuery::from_static("/newsprism.v1.ArticleAnalysisService/Foretell");
    let error = grpc
        .unary(Request::new(pb::GetServiceInfoRequest {}), path, codec)
        .await
        .unwrap_err();
    assert_eq!(error.code(), Code::Unimplemented);
    assert_eq!(Refusal::of(&error).reason, "NOT_IMPLEMENTED");
}

#[tokio::test]
async fn hostile_text_is_answered_one_way_or_the_other() {
    let server = TestServer::start().await;
    let mut client = server.client();
    let hostile = [
        "\0".repeat(1000),
        "x".repeat(1 << 20),
        "\u{301}".repeat(10_000),
        "\u{202e}dlrow olleh \u{2066}".repeat(100),
        "👩‍👩‍👧‍👦".repeat(1000),
        "\u{201c}".repeat(10_000),
        "<div>".repeat(10_000),
        "a.\r\n\r\n".repeat(10_000),
    ];
    for text in hostile {
        if let Err(status) = client.analyze_article(segments(&text)).await {
            assert_eq!(status.code(), Code::InvalidArgument, "{:.20}", text);
        }
    }
}
