//! BatchAnalyzeArticles: many articles in one call, each with an outcome of its own.

use super::call::Call;
use super::convert::{self, Rules, Wanted};
use super::failure::{Failure, Violation};
use super::pb::analysis_outcome::Outcome;
use super::pb::{self, ErrorReason};
use super::service::{ArticleAnalyzer, ArticleService};
use super::status::rpc_status;
use super::work::{Work, finish};
use crate::engine::{Admission, EngineError, Pending};

impl<A: ArticleAnalyzer> ArticleService<A> {
    /// BatchAnalyzeArticles.
    ///
    /// The batch is admitted or shed as a whole, for what its good articles cost together; its articles then take turns
    /// with other calls. What is wrong with one article is told in its own outcome.
    pub async fn batch_analyze_articles(
        &self,
        call: &Call,
        request: pb::BatchAnalyzeArticlesRequest,
    ) -> Result<pb::BatchAnalyzeArticlesResponse, Failure> {
        let ready = self.lifecycle.admit()?;
        let limits = &self.config.limits;
        check_count(request.articles.len(), limits.batch_size)?;
        let wanted = Wanted::from(request.features.unwrap_or_default());
        let rules = Rules {
            limits,
            pipeline_version: &ready.pipeline_version,
        };
        convert::check_shared(request.options.clone(), wanted.clone(), &rules)?;

        let mut memory = 0;
        let mut tasks = Vec::with_capacity(request.articles.len());
        let checked: Vec<Result<(), Failure>> = request
            .articles
            .into_iter()
            .map(|article| {
                let options = request.options.clone();
                let work = Work::check(ready, limits, Some(article), options, wanted.clone())?;
                memory += work.answer_memory();
                tasks.push(work.task());
                Ok(())
            })
            .collect();
        call.hold(memory)?;
        let admission = Admission::Within(call.remaining());
        let caller = self.engine.caller();
        let pending = self
            .engine
            .submit(&caller, call.deadline(), admission, tasks);
        let pending = pending.map_err(|error| Failure::from_engine(error, call.allowed))?;

        let mut pending = pending.into_iter();
        let mut outcomes = Vec::with_capacity(checked.len());
        for (index, checked) in checked.into_iter().enumerate() {
            let outcome = match checked {
                Ok(()) => finish(call, call.allowed, next(&mut pending).await),
                Err(failure) => Err(failure),
            };
            let outcome = outcome.map_err(|failure| failure.within(|field| place(field, index)));
            outcomes.push(self::outcome(outcome, call));
        }
        if call.remaining().is_zero() {
            return Err(Failure::deadline_exceeded(call.allowed));
        }
        Ok(pb::BatchAnalyzeArticlesResponse { outcomes })
    }
}

/// The end of the next task: there is one for each article that was found good.
async fn next<T>(
    pending: &mut impl Iterator<Item = Pending<T>>,
) -> Result<crate::engine::Done<T>, EngineError> {
    match pending.next() {
        Some(pending) => pending.await,
        None => Err(EngineError::Closed),
    }
}

/// What became of one article, as the protocol has it.
pub fn outcome(
    outcome: Result<pb::AnalyzeArticleResponse, Failure>,
    call: &Call,
) -> pb::AnalysisOutcome {
    let outcome = match outcome {
        Ok(analysis) => Outcome::Analysis(analysis),
        Err(failure) => Outcome::Error(rpc_status(failure, &call.request_id)),
    };
    pb::AnalysisOutcome {
        outcome: Some(outcome),
    }
}

fn check_count(count: usize, limit: usize) -> Result<(), Failure> {
    let fault = |reason, description: String, metadata| Violation {
        field: "articles".to_owned(),
        reason,
        description,
        metadata,
    };
    let violation = if count == 0 {
        let description = "a batch needs at least one article".to_owned();
        fault(ErrorReason::ArticleEmpty, description, Vec::new())
    } else if count > limit {
        let figures = vec![("limit", limit.to_string()), ("count", count.to_string())];
        let description = format!("{count} are over the limit of {limit}");
        fault(ErrorReason::BatchTooLarge, description, figures)
    } else {
        return Ok(());
    };
    Failure::invalid(vec![violation]).map_or(Ok(()), Err)
}

/// Where a field of a single call's article stands in the batch.
fn place(field: &str, index: usize) -> String {
    match field.strip_prefix("article.") {
        Some(field) => format!("articles[{index}].{field}"),
        None => field.to_owned(),
    }
}
