//! The admin port: metrics and probes over HTTP/1, apart from the API so that it can be bound apart. It holds no secret.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::connections::Acceptor;
use super::service::{ArticleAnalyzer, ArticleService};
use crate::telemetry::metrics::{CONTENT_TYPE, Gauges};

/// Connections open at the same time: scrapers and probes are few.
const CONNECTIONS: usize = 32;
/// How long a request's head may take.
const HEADER_TIMEOUT: Duration = Duration::from_secs(5);

/// Answers until dropped.
pub async fn serve<A: ArticleAnalyzer>(listener: TcpListener, service: Arc<ArticleService<A>>) {
    let router = Router::new()
        .route("/metrics", get(metrics::<A>))
        .route("/livez", get(async || "ok\n"))
        .route("/readyz", get(readyz::<A>))
        .with_state(service);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut acceptor = Acceptor::new(listener);
    loop {
        let stream = acceptor.accept().await;
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            continue;
        };
        let router = router.clone();
        tokio::spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADER_TIMEOUT)
                .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
            // A scraper that goes away is no concern of ours.
            let _ = connection.await;
            drop(place);
        });
    }
}

async fn metrics<A: ArticleAnalyzer>(State(service): State<Arc<ArticleService<A>>>) -> Response {
    let load = service.engine().load();
    let now = Gauges {
        queue_articles: load.waiting,
        queue_tokens: load.cost,
        queue_wait: load.wait,
        panics: service.engine().panics(),
    };
    match service.metrics().render(now) {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Whether load balancers should send calls here.
async fn readyz<A: ArticleAnalyzer>(
    State(service): State<Arc<ArticleService<A>>>,
) -> (StatusCode, &'static str) {
    if service.lifecycle().is_serving() {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not serving\n")
    }
}
