//! Health from the bound port on: NOT_SERVING until an analysis has worked, and what calls are told meanwhile.

use newsprism::server::pb;
use tonic::Code;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::support::*;

const SERVICE: &str = "newsprism.v1.ArticleAnalysisService";

#[tokio::test]
async fn the_server_is_not_serving_until_the_models_work() {
    let server = TestServer::bind(|_| ()).await;
    for _ in 0..20 {
        for name in ["", SERVICE] {
            assert_eq!(
                server.health(name).await.unwrap(),
                ServingStatus::NotServing,
                "{name:?}"
            );
        }
    }
    let mut client = server.client();
    let errors = [
        client.analyze_article(segments(ARTICLE)).await.unwrap_err(),
        client
            .get_service_info(pb::GetServiceInfoRequest {})
            .await
            .unwrap_err(),
    ];
    for error in errors {
        let refusal = Refusal::of(&error);
        assert_eq!(
            (refusal.code, refusal.reason.as_str()),
            (Code::Unavailable, "NOT_READY")
        );
        assert!(refusal.retry_after.is_some());
    }

    server.load();
    for name in ["", SERVICE] {
        server.wait_for(name, ServingStatus::Serving).await;
    }
    client.analyze_article(segments(ARTICLE)).await.unwrap();
}

#[tokio::test]
async fn only_the_servers_own_names_have_a_health() {
    let server = TestServer::start().await;
    assert_eq!(
        server
            .health("newsprism.v1.Other")
            .await
            .unwrap_err()
            .code(),
        Code::NotFound
    );
}

#[tokio::test]
async fn a_watch_sees_every_change_and_ends_with_the_drain() {
    let mut server =
        TestServer::bind(|config| config.pre_drain = std::time::Duration::from_millis(200)).await;
    let request = HealthCheckRequest {
        service: SERVICE.to_owned(),
    };
    let watch = HealthClient::new(server.channel()).watch(request).await;
    let mut changes = watch.unwrap().into_inner();
    let mut seen = vec![changes.message().await.unwrap().unwrap().status()];
    server.load();
    seen.push(changes.message().await.unwrap().unwrap().status());
    server.stop();
    seen.push(changes.message().await.unwrap().unwrap().status());
    assert_eq!(
        seen,
        [
            ServingStatus::NotServing,
            ServingStatus::Serving,
            ServingStatus::NotServing
        ]
    );
    while let Ok(Some(_)) = changes.message().await {}
    server.ended().await.unwrap();
}

#[tokio::test]
async fn a_server_told_to_stop_while_it_loads_stops() {
    let mut server = TestServer::bind(|_| ()).await;
    assert_eq!(server.health("").await.unwrap(), ServingStatus::NotServing);
    server.stop();
    server.ended().await.unwrap();
}
