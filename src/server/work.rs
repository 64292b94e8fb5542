//! One article from its request to its answer: checked here, analysed and written on a compute thread.

use std::sync::Arc;
use std::time::Duration;

use super::call::Call;
use super::convert::{self, Checked, Rules, Wanted};
use super::cost;
use super::failure::Failure;
use super::limits::Limits;
use super::memory;
use super::pb;
use super::service::{ArticleAnalyzer, Ready};
use crate::analysis::{AnalyzeError, Interrupt};
use crate::article::Field;
use crate::engine::{Done, EngineError, Task};

/// An article found good, with all that it takes to analyse it.
pub struct Work<A> {
    ready: Arc<Ready<A>>,
    checked: Checked,
}

/// An answer that lacks only the call's own figures.
pub struct Answer {
    response: pb::AnalyzeArticleResponse,
    tokens: usize,
}

/// Why there is no answer.
pub enum Unfinished {
    /// There is no analysis.
    Analysis(AnalyzeError),
    /// It would take more memory than the answer to an article of its length may.
    AnswerTooLarge {
        /// What it would take.
        bytes: usize,
        /// What it may take.
        limit: usize,
    },
}

impl From<AnalyzeError> for Unfinished {
    fn from(error: AnalyzeError) -> Self {
        Unfinished::Analysis(error)
    }
}

impl<A: ArticleAnalyzer> Work<A> {
    /// Checks an article and what is wanted of it.
    pub fn check(
        ready: &Arc<Ready<A>>,
        limits: &Limits,
        article: Option<pb::Article>,
        options: Option<pb::AnalysisOptions>,
        wanted: Wanted,
    ) -> Result<Self, Failure> {
        let rules = Rules {
            limits,
            pipeline_version: &ready.pipeline_version,
        };
        Ok(Work {
            checked: convert::check(article, options, wanted, &rules)?,
            ready: Arc::clone(ready),
        })
    }

    /// The most that its answer may take, in bytes of memory.
    pub fn answer_memory(&self) -> usize {
        memory::of_answer(self.article_bytes())
    }

    fn article_bytes(&self) -> usize {
        let source = &self.checked.request.source;
        source.field(Field::Title).len() + source.field(Field::Content).len()
    }

    /// The work for a compute thread.
    pub fn task(
        self,
    ) -> Task<impl FnOnce(&dyn Interrupt) -> Result<Answer, Unfinished> + Send + 'static> {
        Task {
            cost: cost::estimate(&self.checked.request),
            work: move |interrupt: &dyn Interrupt| self.run(interrupt),
        }
    }

    /// Analyses the article and writes the answer, since offsets of a long article are work too.
    fn run(self, interrupt: &dyn Interrupt) -> Result<Answer, Unfinished> {
        let limit = self.answer_memory();
        let Work { ready, checked } = self;
        let Checked { request, shape } = checked;
        let analysis = ready.analyzer.analyze(&request, interrupt)?;
        let bytes = convert::answer_memory(&analysis, &shape);
        if bytes > limit {
            return Err(Unfinished::AnswerTooLarge { bytes, limit });
        }
        let manifest = ready.analyzer.manifest();
        let mut response = convert::respond(&analysis, shape, manifest, &ready.pipeline_version);
        if request.entities.is_none() {
            convert::keep_referenced_entities(&mut response);
        }
        Ok(Answer {
            response,
            tokens: analysis.tokens,
        })
    }
}

/// The answer with the call's own figures, or why there is none. Notes what it cost.
pub fn finish(
    call: &Call,
    allowed: Duration,
    done: Result<Done<Result<Answer, Unfinished>>, EngineError>,
) -> Result<pb::AnalyzeArticleResponse, Failure> {
    let Done {
        value,
        queued,
        computed,
    } = done.map_err(|error| Failure::from_engine(error, allowed))?;
    call.spend(
        queued,
        computed,
        value.as_ref().map_or(0, |answer| answer.tokens),
    );
    let Answer { mut response, .. } = value.map_err(|unfinished| match unfinished {
        Unfinished::Analysis(error) => Failure::from_analysis(error, allowed),
        Unfinished::AnswerTooLarge { bytes, limit } => Failure::answer_too_large(bytes, limit),
    })?;
    if let Some(metadata) = &mut response.metadata {
        metadata.request_id = call.request_id.clone();
        metadata.queue_duration = prost_types::Duration::try_from(queued).ok();
        metadata.compute_duration = prost_types::Duration::try_from(computed).ok();
    }
    Ok(response)
}
