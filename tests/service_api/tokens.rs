//! Bearer tokens: who is let in, and that a changed file changes it.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use newsprism::server::pb;
use newsprism::server::{Reloaded, Tokens};
use tonic::{Code, Request, Status};
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;

use crate::support::*;

async fn server(file: &Path) -> TestServer {
    let tokens = Reloaded::load(vec![file.to_owned()], Tokens::parse).unwrap();
    TestServer::start_with(|config| config.tokens = Some(Arc::new(tokens))).await
}

async fn call(server: &TestServer, authorization: Option<&str>) -> Result<(), Status> {
    let mut request = Request::new(pb::GetServiceInfoRequest {});
    if let Some(value) = authorization {
        let metadata = request.metadata_mut();
        metadata.insert("authorization", value.parse().unwrap());
    }
    server.client().get_service_info(request).await.map(drop)
}

#[tokio::test]
async fn row_16_calls_need_a_token_and_health_checks_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tokens");
    fs::write(
        &file,
        "# team a\ntoken-of-team-a-1234\ntoken-of-team-b-1234\n",
    )
    .unwrap();
    let server = server(&file).await;
    for good in ["Bearer token-of-team-a-1234", "bearer token-of-team-b-1234"] {
        call(&server, Some(good)).await.unwrap();
    }
    let bad = [
        None,
        Some("Bearer"),
        Some("Bearer token-of-team-c-1234"),
        Some("Basic token-of-team-a-1234"),
        Some("token-of-team-a-1234"),
    ];
    for authorization in bad {
        let refusal = Refusal::of(&call(&server, authorization).await.unwrap_err());
        assert_eq!(
            (refusal.code, refusal.reason.as_str()),
            (Code::Unauthenticated, "UNAUTHENTICATED")
        );
        assert!(refusal.metadata.contains_key("request_id"));
    }
    assert_eq!(server.health("").await.unwrap(), ServingStatus::Serving);
    let mut reflection = ServerReflectionClient::new(server.channel());
    let request = tokio_stream::once(ServerReflectionRequest::default());
    let refused = reflection.server_reflection_info(request).await;
    assert_eq!(refused.unwrap_err().code(), Code::Unauthenticated);
    assert!(!LOGS.text().contains("token-of-team"));
}

#[tokio::test]
async fn row_16_a_changed_file_is_taken_over_and_a_bad_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tokens");
    fs::write(&file, "the-first-token-1234").unwrap();
    let server = server(&file).await;
    let (first, second) = (
        "Bearer the-first-token-1234",
        "Bearer the-second-token-1234",
    );
    call(&server, Some(first)).await.unwrap();
    fs::write(&file, "the-second-token-1234").unwrap();
    eventually(async || call(&server, Some(second)).await.is_ok()).await;
    call(&server, Some(first)).await.unwrap_err();
    fs::write(&file, "short").unwrap();
    eventually(async || LOGS.text().contains("can't reload")).await;
    call(&server, Some(second)).await.unwrap();
}
