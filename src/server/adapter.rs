//! The generated gRPC service over [`ArticleService`]: a line for each RPC, and nothing else.

use std::sync::Arc;

use futures_util::StreamExt;
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status, Streaming};

use super::call::Call;
use super::failure::Failure;
use super::pb;
use super::pb::article_analysis_service_server::ArticleAnalysisService;
use super::service::{ArticleAnalyzer, ArticleService};
use super::status::{reason_name, status, transport_failure};

/// Adapts the service to the generated trait.
pub struct GrpcAdapter<A>(pub Arc<ArticleService<A>>);

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl<A: ArticleAnalyzer> ArticleAnalysisService for GrpcAdapter<A> {
    type StreamAnalyzeArticlesStream = BoxStream<pb::StreamAnalyzeArticlesResponse>;

    async fn summarize_article(
        &self,
        request: Request<pb::SummarizeArticleRequest>,
    ) -> Answer<pb::SummarizeArticleResponse> {
        let (call, request) = open(request)?;
        close(&call, self.0.summarize_article(&call, request).await)
    }

    async fn analyze_entity_sentiment(
        &self,
        request: Request<pb::AnalyzeEntitySentimentRequest>,
    ) -> Answer<pb::AnalyzeEntitySentimentResponse> {
        let (call, request) = open(request)?;
        close(&call, self.0.analyze_entity_sentiment(&call, request).await)
    }

    async fn detect_stance(
        &self,
        request: Request<pb::DetectStanceRequest>,
    ) -> Answer<pb::DetectStanceResponse> {
        let (call, request) = open(request)?;
        close(&call, self.0.detect_stance(&call, request).await)
    }

    async fn analyze_article(
        &self,
        request: Request<pb::AnalyzeArticleRequest>,
    ) -> Answer<pb::AnalyzeArticleResponse> {
        let (call, request) = open(request)?;
        close(&call, self.0.analyze_article(&call, request).await)
    }

    async fn batch_analyze_articles(
        &self,
        request: Request<pb::BatchAnalyzeArticlesRequest>,
    ) -> Answer<pb::BatchAnalyzeArticlesResponse> {
        let (call, request) = open(request)?;
        close(&call, self.0.batch_analyze_articles(&call, request).await)
    }

    async fn stream_analyze_articles(
        &self,
        request: Request<Streaming<pb::StreamAnalyzeArticlesRequest>>,
    ) -> Answer<Self::StreamAnalyzeArticlesStream> {
        let (call, requests) = open(request)?;
        let message_bytes = self.0.config.limits.message_bytes();
        let requests = requests.map(move |request| {
            request.map_err(|status| {
                transport_failure(&status, message_bytes).unwrap_or_else(Failure::cancelled)
            })
        });
        let answers = self.0.stream_analyze_articles(&call, Box::pin(requests));
        let answers = answers.map_err(|failure| refuse(&call, failure))?;
        Ok(Response::new(Box::pin(answers.map(move |answer| {
            answer.map_err(|failure| refuse(&call, failure))
        }))))
    }

    async fn get_service_info(
        &self,
        request: Request<pb::GetServiceInfoRequest>,
    ) -> Answer<pb::GetServiceInfoResponse> {
        let (call, _) = open(request)?;
        close(&call, self.0.service_info())
    }
}

/// The call, which the call layer put there, and its message.
fn open<T>(request: Request<T>) -> Result<(Arc<Call>, T), Status> {
    let call = request.extensions().get::<Arc<Call>>().cloned();
    let call = call.ok_or_else(|| Status::internal("the call layer is missing"))?;
    Ok((call, request.into_inner()))
}

fn close<T>(call: &Call, answer: Result<T, Failure>) -> Answer<T> {
    answer
        .map(Response::new)
        .map_err(|failure| refuse(call, failure))
}

fn refuse(call: &Call, failure: Failure) -> Status {
    // Set once: a call has one answer.
    let _ = call.reason.set(reason_name(failure.reason));
    status(failure, &call.request_id)
}
