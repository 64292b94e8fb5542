//! A corpus over one stream: answers as they come, and a new stream where a server went away.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context;
use tokio::time::sleep;
use tonic::{Code, Request, Status};

use crate::connection::Service;
use crate::newsprism::analysis_outcome::Outcome;
use crate::newsprism::{AnalyzeArticleRequest, StreamAnalyzeArticlesRequest};
use crate::retries::Retries;

/// Gives each request's id with its outcome to `answered`, in the order of the answers. The deadline is each stream's.
pub async fn analyze(
    service: &Service,
    retries: &Retries,
    requests: &BTreeMap<String, AnalyzeArticleRequest>,
    deadline: Duration,
    mut answered: impl FnMut(&str, Outcome) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut unanswered = requests.clone();
    let mut waits = retries.waits();
    loop {
        let stream = analyze_over_one_stream(service, &mut unanswered, deadline, &mut answered);
        let ended = stream.await;
        // A server that drains ends its streams; what it didn't answer is for another one.
        let again = ended.as_ref().is_err_and(is_unavailable);
        match waits.next().filter(|_| again) {
            Some(wait) => sleep(wait).await,
            None => return ended,
        }
    }
}

/// Takes from `unanswered` what is answered.
async fn analyze_over_one_stream(
    service: &Service,
    unanswered: &mut BTreeMap<String, AnalyzeArticleRequest>,
    deadline: Duration,
    mut answered: impl FnMut(&str, Outcome) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let items = unanswered
        .iter()
        .map(|(id, request)| StreamAnalyzeArticlesRequest {
            correlation_id: id.clone(),
            request: Some(request.clone()),
        });
    // Taken from here as fast as the server reads.
    let items = tokio_stream::iter(items.collect::<Vec<_>>());
    let mut request = Request::new(items);
    request.set_timeout(deadline);
    let mut answers = service
        .clone()
        .stream_analyze_articles(request)
        .await?
        .into_inner();
    while let Some(answer) = answers.message().await? {
        unanswered.remove(&answer.correlation_id);
        let outcome = answer.outcome.and_then(|outcome| outcome.outcome);
        answered(
            &answer.correlation_id,
            outcome.context("an answer without an outcome")?,
        )?;
    }
    Ok(())
}

fn is_unavailable(error: &anyhow::Error) -> bool {
    let status = error.downcast_ref::<Status>();
    status.is_some_and(|status| status.code() == Code::Unavailable)
}
