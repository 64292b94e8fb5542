//! StreamAnalyzeArticles: any number of articles over one call, answered as they are ready.
//!
//! The stream is pulled: the transport asks for the next answer when its client has room for one, and only then is
//! another request read. A client that stops taking answers thus stops being read, and what it can have in memory is
//! bounded. Dropping the stream withdraws all its work.

use std::future::{self, Future};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::stream::{self, FuturesUnordered, Stream, StreamExt};
use prost::Message;
use tokio::sync::OwnedSemaphorePermit;

use super::batch::outcome;
use super::call::Call;
use super::convert::Wanted;
use super::failure::{Failure, Violation};
use super::memory::{self, Share};
use super::pb::{self, ErrorReason};
use super::service::{ArticleAnalyzer, ArticleService, Ready};
use super::work::{Answer, Unfinished, Work, finish};
use crate::analysis::{Interrupt, Interrupted};
use crate::engine::{Admission, Caller, Pending, Task};

/// For a client that sets its stream no deadline.
const NO_DEADLINE: Duration = Duration::from_secs(365 * 24 * 60 * 60);
const CORRELATION_ID: &str = "correlation_id";
/// What a client is told to wait when no more streams can be opened.
const RETRY_AFTER: Duration = Duration::from_secs(1);

type Request = pb::StreamAnalyzeArticlesRequest;
type Response = pb::StreamAnalyzeArticlesResponse;
/// The requests of a stream as they come in.
pub type Requests = Pin<Box<dyn Stream<Item = Result<Request, Failure>> + Send>>;
/// An answer on its way.
type Answering = Pin<Box<dyn Future<Output = Answered> + Send>>;
/// A request that waits for memory.
type Holding = Pin<Box<dyn Future<Output = (Request, Option<Share>)> + Send>>;

/// An answer, with the bytes of its request and the memory that is held for both.
struct Answered {
    response: Response,
    bytes: usize,
    _share: Option<Share>,
}

struct Conversation<A> {
    service: Arc<ArticleService<A>>,
    ready: Arc<Ready<A>>,
    call: Arc<Call>,
    caller: Caller,
    deadline: Instant,
    /// `None` once no more are read.
    requests: Option<Requests>,
    /// The request that was read last, while there is no memory for it.
    holding: Option<Holding>,
    in_flight: FuturesUnordered<Answering>,
    bytes_in_flight: usize,
    /// Why the stream ends, if not well.
    failure: Option<Failure>,
    _place: OwnedSemaphorePermit,
}

impl<A: ArticleAnalyzer> ArticleService<A> {
    /// StreamAnalyzeArticles.
    pub fn stream_analyze_articles(
        self: &Arc<Self>,
        call: &Arc<Call>,
        requests: Requests,
    ) -> Result<impl Stream<Item = Result<Response, Failure>> + Send + use<A>, Failure> {
        let ready = Arc::clone(self.lifecycle.admit()?);
        let place = Arc::clone(&self.streams).try_acquire_owned();
        let place = place.map_err(|_| {
            let message = "as many streams are open as the server allows";
            Failure::new(ErrorReason::ServerOverloaded, message).retry_after(RETRY_AFTER)
        })?;
        let conversation = Conversation {
            service: Arc::clone(self),
            ready,
            call: Arc::clone(call),
            caller: self.engine.caller(),
            deadline: call.started + call.client_allowed.unwrap_or(NO_DEADLINE),
            requests: Some(requests),
            holding: None,
            in_flight: FuturesUnordered::new(),
            bytes_in_flight: 0,
            failure: None,
            _place: place,
        };
        Ok(stream::unfold(conversation, async |mut conversation| {
            let answer = conversation.next().await?;
            Some((answer, conversation))
        }))
    }
}

impl<A: ArticleAnalyzer> Conversation<A> {
    /// The next answer, or the failure that the stream ends with.
    async fn next(&mut self) -> Option<Result<Response, Failure>> {
        let stall = self.service.config.connections.stall;
        let stalled = Instant::now() + stall;
        loop {
            if self.requests.is_none() && self.holding.is_none() && self.in_flight.is_empty() {
                return self.failure.take().map(Err);
            }
            let service = Arc::clone(&self.service);
            let (open, has_room) = (self.requests.is_some(), self.has_room());
            let idle = self.in_flight.is_empty() && self.holding.is_none();
            let reading = self.requests.as_mut().filter(|_| has_room);
            tokio::select! {
                // Answers first: what is finished need not be held any longer.
                biased;
                () = tokio::time::sleep_until(self.deadline.into()) => self.expire(),
                Some(answered) = self.in_flight.next(), if !self.in_flight.is_empty() => {
                    self.bytes_in_flight -= answered.bytes;
                    if Instant::now() < self.deadline {
                        return Some(Ok(answered.response));
                    }
                    self.expire();
                }
                (request, share) = wait(&mut self.holding) => {
                    self.holding = None;
                    self.begin(request, share);
                }
                () = tokio::time::sleep_until(stalled.into()), if idle => {
                    self.end(Some(Failure::idle(stall)));
                }
                () = service.lifecycle.ending_streams(), if open => {
                    self.end(Some(Failure::draining()));
                }
                request = read(reading) => match request {
                    Some(Ok(request)) => self.holding = Some(self.hold(request)),
                    Some(Err(failure)) => self.end(Some(failure)),
                    None => self.end(None),
                }
            }
        }
    }

    /// Whether another request may be read: so many at most, and so many bytes but for the one that exceeds them.
    fn has_room(&self) -> bool {
        let limits = &self.service.config.limits;
        self.holding.is_none()
            && self.in_flight.len() < limits.stream_in_flight
            && self.bytes_in_flight < limits.content_bytes
    }

    /// Ends the stream at once, since its client waits no longer.
    fn expire(&mut self) {
        let allowed = self.call.client_allowed.unwrap_or(NO_DEADLINE);
        self.end(Some(Failure::deadline_exceeded(allowed)));
        self.holding = None;
        self.in_flight.clear();
    }

    /// Waits for the memory that a request and its answer may take.
    fn hold(&self, request: Request) -> Holding {
        let memory = self.service.memory.clone();
        Box::pin(async move {
            let article = request.request.as_ref().and_then(|r| r.article.as_ref());
            let article = article.map_or(0, |article| article.title.len() + article.content.len());
            let bytes = request.encoded_len() + memory::of_answer(article);
            let share = memory.wait_for(bytes).await;
            (request, share)
        })
    }

    /// Reads no more; what is in flight is still answered.
    fn end(&mut self, failure: Option<Failure>) {
        self.requests = None;
        self.failure = failure;
    }

    /// Hands an article to the compute threads.
    fn begin(&mut self, request: Request, share: Option<Share>) {
        let bytes = request.encoded_len();
        let Request {
            correlation_id,
            request,
        } = request;
        let pending = self.submit(&correlation_id, request.unwrap_or_default());
        let (call, allowed) = (Arc::clone(&self.call), self.allowed());
        let answering = async move {
            let answer = match pending {
                Ok(pending) => finish(&call, allowed, pending.await),
                Err(failure) => Err(failure),
            };
            let answer = answer.map_err(|failure| failure.within(place));
            let response = Response {
                correlation_id,
                outcome: Some(outcome(answer, &call)),
            };
            Answered {
                response,
                bytes,
                _share: share,
            }
        };
        self.bytes_in_flight += bytes;
        self.in_flight.push(Box::pin(answering));
    }

    fn submit(
        &self,
        correlation_id: &str,
        request: pb::AnalyzeArticleRequest,
    ) -> Result<Pending<Result<Answer, Unfinished>>, Failure> {
        let limits = &self.service.config.limits;
        check_correlation_id(correlation_id, limits.id_bytes)?;
        let wanted = Wanted::from(request.features.unwrap_or_default());
        let (article, options) = (request.article, request.options);
        let Task { cost, work } =
            Work::check(&self.ready, limits, article, options, wanted)?.task();
        let allowed = self.allowed();
        let task = Task {
            cost,
            work: move |interrupt: &dyn Interrupt| {
                let until = Instant::now() + allowed;
                work(&TimeLimit { interrupt, until })
            },
        };
        let engine = &self.service.engine;
        let submit = || engine.submit_one(&self.caller, self.deadline, Admission::Always, task);
        let pending = self.call.span.in_scope(submit);
        pending.map_err(|error| Failure::from_engine(error, allowed))
    }

    /// How long the computing of one article may take.
    fn allowed(&self) -> Duration {
        self.service.config.max_deadline
    }
}

/// The next request; waits for ever where none is to be read.
async fn read(requests: Option<&mut Requests>) -> Option<Result<Request, Failure>> {
    match requests {
        Some(requests) => requests.next().await,
        None => future::pending().await,
    }
}

/// The request that waits for memory, with what it waited for; waits for ever where none does.
async fn wait(holding: &mut Option<Holding>) -> (Request, Option<Share>) {
    match holding {
        Some(holding) => holding.await,
        None => future::pending().await,
    }
}

/// Stops the computing of one article in time; waiting for its turn is no fault of the article's.
struct TimeLimit<'a> {
    interrupt: &'a dyn Interrupt,
    until: Instant,
}

impl Interrupt for TimeLimit<'_> {
    fn check(&self) -> Result<(), Interrupted> {
        self.interrupt.check()?;
        if Instant::now() >= self.until {
            return Err(Interrupted::DeadlineExceeded);
        }
        Ok(())
    }
}

fn check_correlation_id(id: &str, limit: usize) -> Result<(), Failure> {
    if id.len() <= limit {
        return Ok(());
    }
    let violation = Violation {
        field: CORRELATION_ID.to_owned(),
        reason: ErrorReason::OptionInvalid,
        description: format!("{} bytes are over the limit of {limit}", id.len()),
        metadata: vec![
            ("limit_bytes", limit.to_string()),
            ("size_bytes", id.len().to_string()),
        ],
    };
    Failure::invalid(vec![violation]).map_or(Ok(()), Err)
}

/// Where a field of a single call's request stands in the stream's.
fn place(field: &str) -> String {
    if field == CORRELATION_ID {
        field.to_owned()
    } else {
        format!("request.{field}")
    }
}
