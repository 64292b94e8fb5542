//! The service, over any analyzer: checks a request, has the engine compute the answer, tells its cost.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use super::call::Call;
use super::config::ServerConfig;
use super::convert::{self, Wanted};
use super::cost;
use super::failure::Failure;
use super::lifecycle::Lifecycle;
use super::memory::Memory;
use super::pb;
use super::work::{Work, finish};
use crate::analysis::request::{EntityOptions, StanceOptions, StanceTarget, SummaryOptions};
use crate::analysis::{Analysis, AnalysisRequest, AnalyzeError, Analyzer, Interrupt};
use crate::article::Source;
use crate::engine::{Admission, Engine, Task};
use crate::model::{Manifest, Models};
use crate::telemetry::Metrics;

/// What analyses articles: [`ModelAnalyzer`], or a stand-in with faults to test by.
pub trait ArticleAnalyzer: Send + Sync + 'static {
    /// Runs every analysis that the request asks for; asks between model calls whether it is still wanted.
    fn analyze(
        &self,
        request: &AnalysisRequest,
        interrupt: &dyn Interrupt,
    ) -> Result<Analysis, AnalyzeError>;

    /// What the models are.
    fn manifest(&self) -> &Manifest;
}

/// The real one: an [`Analyzer`] and the models it runs on.
pub struct ModelAnalyzer {
    analyzer: Analyzer,
    models: Arc<dyn Models>,
}

impl ModelAnalyzer {
    /// An analyzer over these models.
    pub fn new(models: Arc<dyn Models>) -> Self {
        ModelAnalyzer {
            analyzer: Analyzer::new(Arc::clone(&models)),
            models,
        }
    }
}

impl ArticleAnalyzer for ModelAnalyzer {
    fn analyze(
        &self,
        request: &AnalysisRequest,
        interrupt: &dyn Interrupt,
    ) -> Result<Analysis, AnalyzeError> {
        self.analyzer.analyze(request, interrupt)
    }

    fn manifest(&self) -> &Manifest {
        self.models.manifest()
    }
}

/// The version of everything that shapes an answer: this program and these models.
pub fn pipeline_version(manifest: &Manifest) -> String {
    format!("{}+{}", env!("CARGO_PKG_VERSION"), manifest.version)
}

/// The service. Each method answers one RPC.
pub struct ArticleService<A> {
    pub(super) engine: Engine,
    pub(super) lifecycle: Lifecycle<Arc<Ready<A>>>,
    pub(super) config: ServerConfig,
    /// A place for each stream that may be open.
    pub(super) streams: Arc<Semaphore>,
    pub(super) memory: Memory,
    metrics: Arc<Metrics>,
}

/// What the start brings forth.
pub struct Ready<A> {
    pub(super) analyzer: A,
    pub(super) pipeline_version: String,
}

impl<A: ArticleAnalyzer> ArticleService<A> {
    /// A service in its starting phase.
    pub fn new(
        engine: Engine,
        lifecycle: Lifecycle<Arc<Ready<A>>>,
        config: ServerConfig,
        memory: Memory,
        metrics: Arc<Metrics>,
    ) -> Self {
        ArticleService {
            engine,
            lifecycle,
            streams: Arc::new(Semaphore::new(config.limits.streams)),
            config,
            memory,
            metrics,
        }
    }

    /// The phases.
    pub fn lifecycle(&self) -> &Lifecycle<Arc<Ready<A>>> {
        &self.lifecycle
    }

    /// The compute threads.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The metrics.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Proves that the analyzer works by an article of our own, then lets calls in.
    pub async fn warm_up(&self, analyzer: A) -> Result<(), Failure> {
        const PATIENCE: Duration = Duration::from_secs(120);
        let ready = Arc::new(Ready {
            pipeline_version: pipeline_version(analyzer.manifest()),
            analyzer,
        });
        let warm = Arc::clone(&ready);
        let request = warm_up_request();
        let task = Task {
            cost: cost::estimate(&request),
            work: move |interrupt: &dyn Interrupt| {
                warm.analyzer.analyze(&request, interrupt).map(drop)
            },
        };
        let (caller, deadline) = (self.engine.caller(), Instant::now() + PATIENCE);
        // Even where no call may wait: the threads may still be on their way to the queue.
        let admission = Admission::Always;
        let submit = || self.engine.submit_one(&caller, deadline, admission, task);
        let done = match tracing::info_span!("warm-up").in_scope(submit) {
            Ok(pending) => pending.await,
            Err(error) => Err(error),
        };
        done.map_err(|error| Failure::from_engine(error, PATIENCE))?
            .value
            .map_err(|error| Failure::from_analysis(error, PATIENCE))?;
        self.lifecycle.serve(ready).await;
        Ok(())
    }

    /// SummarizeArticle.
    pub async fn summarize_article(
        &self,
        call: &Call,
        request: pb::SummarizeArticleRequest,
    ) -> Result<pb::SummarizeArticleResponse, Failure> {
        let wanted = Wanted {
            summary: Some(request.summary_options.unwrap_or_default()),
            ..Wanted::default()
        };
        let answer = self
            .analyze(call, request.article, request.options, wanted)
            .await?;
        Ok(pb::SummarizeArticleResponse {
            summary: answer.summary,
            metadata: answer.metadata,
        })
    }

    /// AnalyzeEntitySentiment.
    pub async fn analyze_entity_sentiment(
        &self,
        call: &Call,
        request: pb::AnalyzeEntitySentimentRequest,
    ) -> Result<pb::AnalyzeEntitySentimentResponse, Failure> {
        let wanted = Wanted {
            entities: Some(request.entity_options.unwrap_or_default()),
            ..Wanted::default()
        };
        let answer = self
            .analyze(call, request.article, request.options, wanted)
            .await?;
        Ok(pb::AnalyzeEntitySentimentResponse {
            entities: answer.entities,
            document_sentiment: answer.document_sentiment,
            metadata: answer.metadata,
        })
    }

    /// DetectStance.
    pub async fn detect_stance(
        &self,
        call: &Call,
        request: pb::DetectStanceRequest,
    ) -> Result<pb::DetectStanceResponse, Failure> {
        let wanted = Wanted {
            stance: Some(request.stance_options.unwrap_or_default()),
            ..Wanted::default()
        };
        let answer = self
            .analyze(call, request.article, request.options, wanted)
            .await?;
        Ok(pb::DetectStanceResponse {
            stances: answer.stances,
            entities: answer.entities,
            metadata: answer.metadata,
        })
    }

    /// AnalyzeArticle.
    pub async fn analyze_article(
        &self,
        call: &Call,
        request: pb::AnalyzeArticleRequest,
    ) -> Result<pb::AnalyzeArticleResponse, Failure> {
        let wanted = Wanted::from(request.features.unwrap_or_default());
        self.analyze(call, request.article, request.options, wanted)
            .await
    }

    /// GetServiceInfo.
    pub fn service_info(&self) -> Result<pb::GetServiceInfoResponse, Failure> {
        let ready = self.lifecycle.admit()?;
        Ok(convert::service_info(
            ready.analyzer.manifest(),
            &ready.pipeline_version,
            &self.config.limits,
            self.engine.config(),
            self.config.max_deadline,
        ))
    }

    async fn analyze(
        &self,
        call: &Call,
        article: Option<pb::Article>,
        options: Option<pb::AnalysisOptions>,
        wanted: Wanted,
    ) -> Result<pb::AnalyzeArticleResponse, Failure> {
        let ready = self.lifecycle.admit()?;
        let work = Work::check(ready, &self.config.limits, article, options, wanted)?;
        call.hold(work.answer_memory())?;
        let done = self.engine.run(call.deadline(), work.task()).await;
        finish(call, call.allowed, done)
    }
}

/// An article that touches every model.
fn warm_up_request() -> AnalysisRequest {
    let content = "The mayor of Springfield opened a new library on Monday. \
        Residents praised the building, but critics said that its cost was \"a scandal\". \
        The council will vote on the budget next week, and Mayor Jane Doe expects a majority.";
    let target = StanceTarget {
        id: "t1".to_owned(),
        text: "the new library".to_owned(),
        aliases: Vec::new(),
        kind: None,
    };
    AnalysisRequest {
        summary: Some(SummaryOptions::default()),
        entities: Some(EntityOptions::default()),
        stance: Some(StanceOptions {
            targets: vec![target],
        }),
        ..AnalysisRequest::of(Source::new("", content))
    }
}
