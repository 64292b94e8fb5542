//! Lets in only calls that bear a token. Health checks are open: probes and load balancers have no secrets.

use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::future::{Either, Ready, ready};
use tonic::body::Body;
use tonic::codegen::http::{Request, Response};
use tower::{Layer, Service};

use super::call::Call;
use super::failure::Failure;
use super::reload::Reloaded;
use super::status::{reason_name, status};
use super::tokens::Tokens;

/// Open to all.
const HEALTH: &str = "/grpc.health.v1.Health/";

/// Makes [`AuthService`]s.
#[derive(Debug, Clone)]
pub struct AuthLayer {
    /// The tokens; `None` lets everyone in.
    pub tokens: Option<Arc<Reloaded<Tokens>>>,
}

impl<S> Layer<S> for AuthLayer {
    type Service = AuthService<S>;

    fn layer(&self, inner: S) -> AuthService<S> {
        AuthService {
            inner,
            tokens: self.tokens.clone(),
        }
    }
}

/// Refuses calls without a token.
#[derive(Debug, Clone)]
pub struct AuthService<S> {
    inner: S,
    tokens: Option<Arc<Reloaded<Tokens>>>,
}

impl<S, In> Service<Request<In>> for AuthService<S>
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
        let open = request.uri().path().starts_with(HEALTH);
        let tokens = self.tokens.as_ref().filter(|_| !open);
        if tokens.is_none_or(|tokens| tokens.get().admit(request.headers())) {
            return Either::Left(self.inner.call(request));
        }
        let failure = Failure::unauthenticated();
        let call = request.extensions().get::<Arc<Call>>();
        let request_id = call.map_or("", |call| {
            let _ = call.reason.set(reason_name(failure.reason));
            call.request_id.as_str()
        });
        Either::Right(ready(Ok(status(failure, request_id).into_http())))
    }
}
