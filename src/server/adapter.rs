//! The generated gRPC service over [`ArticleService`]: a line for each RPC, and nothing else.

use std::sync::Arc;

use tonic::codegen::tokio_stream::Empty;
use tonic::{Request, Response, Status, Streaming};

use super::call::Call;
use super::failure::Failure;
use super::pb;
use super::pb::article_analysis_service_server::ArticleAnalysisService;
use super::service::{ArticleAnalyzer, ArticleService};
use super::status::{reason_name, status};

/// Adapts the service to the generated trait.
pub struct GrpcAdapter<A>(pub Arc<ArticleService<A>>);

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl<A: ArticleAnalyzer> ArticleAnalysisService for GrpcAdapter<A> {
    type StreamAnalyzeArticlesStream = Empty<Result<pb::StreamAnalyzeArticlesResponse, Status>>;

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
        let (call, _) = open(request)?;
        close(&call, Err(Failure::not_implemented("BatchAnalyzeArticles")))
    }

    async fn stream_analyze_articles(
        &self,
        request: Request<Streaming<pb::StreamAnalyzeArticlesRequest>>,
    ) -> Answer<Self::StreamAnalyzeArticlesStream> {
        let (call, _) = open(request)?;
        close(
            &call,
            Err(Failure::not_implemented("StreamAnalyzeArticles")),
        )
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
    answer.map(Response::new).map_err(|failure| {
        // Set once: a call has one answer.
        let _ = call.reason.set(reason_name(failure.reason));
        status(failure, &call.request_id)
    })
}
