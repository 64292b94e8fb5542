//! Lets in only calls of gRPC, and of these, where there are tokens, only calls that bear one. Health checks are open: probes
//! and load balancers have no secrets.

use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::future::{Either, Ready, ready};
use tonic::body::Body;
use tonic::codegen::http::{HeaderMap, Request, Response, StatusCode, header};
use tower::{Layer, Service};

use super::call::Call;
use super::failure::Failure;
use super::reload::Reloaded;
use super::status::{reason_name, status};
use super::tokens::Tokens;

/// Open to all.
const HEALTH: &str = "/grpc.health.v1.Health/";

/// Makes [`GateService`]s.
#[derive(Debug, Clone)]
pub struct GateLayer {
    /// The tokens; `None` lets everyone in.
    pub tokens: Option<Arc<Reloaded<Tokens>>>,
}

impl<S> Layer<S> for GateLayer {
    type Service = GateService<S>;

    fn layer(&self, inner: S) -> GateService<S> {
        GateService {
            inner,
            tokens: self.tokens.clone(),
        }
    }
}

/// Refuses calls that are not to come in.
#[derive(Debug, Clone)]
pub struct GateService<S> {
    inner: S,
    tokens: Option<Arc<Reloaded<Tokens>>>,
}

impl<S, In> Service<Request<In>> for GateService<S>
where
    S: Service<Request<In>, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Either<S::Future, Ready<Result<Response<Body>, S::Error>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<In>) -> Self::Future {
        let (path, headers) = (request.uri().path(), request.headers());
        let tokens = self.tokens.as_ref().filter(|_| !path.starts_with(HEALTH));
        let (failure, http_status) = if !is_grpc(headers) {
            (Failure::not_grpc(), StatusCode::UNSUPPORTED_MEDIA_TYPE)
        } else if tokens.is_some_and(|tokens| !tokens.get().admit(headers)) {
            (Failure::unauthenticated(), StatusCode::OK)
        } else {
            return Either::Left(self.inner.call(request));
        };
        let call = request.extensions().get::<Arc<Call>>();
        let request_id = call.map_or("", |call| {
            let _ = call.reason.set(reason_name(failure.reason));
            call.request_id.as_str()
        });
        let mut response = status(failure, request_id).into_http();
        *response.status_mut() = http_status;
        Either::Right(ready(Ok(response)))
    }
}

/// Whether the content type is gRPC's, which tonic doesn't ask: what a web page can have a browser send isn't.
fn is_grpc(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let rest = content_type.and_then(|value| value.strip_prefix("application/grpc"));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['+', ';']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grpc_is_told_by_its_content_type() {
        let table = [
            ("application/grpc", true),
            ("application/grpc+proto", true),
            ("application/grpc;charset=utf-8", true),
            ("application/grpc-web", false),
            ("application/grpcx", false),
            ("application/json", false),
            ("text/plain", false),
            ("", false),
        ];
        for (value, expected) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, value.parse().unwrap());
            assert_eq!(is_grpc(&headers), expected, "{value:?}");
        }
        assert!(!is_grpc(&HeaderMap::new()));
    }
}
