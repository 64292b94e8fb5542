//! Compute threads with a bounded queue: the only bridge between async callers and CPU work.
//!
//! Work is admitted or shed at once, by its cost: what is likely to miss its deadline is not let in. Callers take turns.
//! Work whose deadline has passed, or whose caller has gone, is not started; running work learns of either at its
//! next [`Interrupt::check`]. A panic costs its own call and nothing else.

mod job;
mod pace;
mod pending;
mod queue;

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{io, thread};

use crate::analysis::Interrupt;
use job::{Job, Order};
pub use pending::Pending;
pub use queue::Load;
use queue::{Bounds, Full, Queue};
use tokio::sync::oneshot;
use tracing::{Span, info_span};

/// The least and the most that a shed caller is told to wait.
const RETRY_AFTER: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(30));

/// How the engine is sized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EngineConfig {
    /// Compute threads: articles analysed at the same time.
    pub threads: NonZeroUsize,
    /// Calls that may wait while every thread is busy.
    pub queue: usize,
    /// The cost of all articles that may wait, in word pieces.
    pub queue_cost: u64,
    /// How long a call may have to wait, as the pace of late lets expect.
    pub queue_wait: Duration,
}

/// Runs work on its own threads. Dropping it stops them, each at its work's next check.
pub struct Engine {
    shared: Arc<Shared>,
    config: EngineConfig,
    callers: AtomicU64,
}

struct Shared {
    queue: Queue<Job>,
    panics: AtomicU64,
}

/// Whoever takes turns with others in the queue: a call with all its articles.
#[derive(Debug)]
pub struct Caller(u64);

/// A piece of work.
#[derive(Debug)]
pub struct Task<F> {
    /// What it is estimated to cost, in word pieces.
    pub cost: u64,
    /// The work. Where it fails it teaches nothing of what work takes.
    pub work: F,
}

/// Whether work can be shed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// It is let in if there is room, and if it is likely to be done within this time.
    Within(Duration),
    /// It is let in, since its caller bounds what it sends.
    Always,
}

/// Finished work and what it took.
#[derive(Debug)]
pub struct Done<T> {
    /// What the work returned.
    pub value: T,
    /// Time spent waiting for a thread.
    pub queued: Duration,
    /// Time spent computing.
    pub computed: Duration,
}

/// Why work was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// Every thread is busy and the queue is full.
    #[error("every compute thread is busy and the queue is full")]
    Overloaded {
        /// When a place is likely to be free.
        retry_after: Duration,
    },
    /// The queue is so long that the work would be done after its deadline.
    #[error("the queue is too long for the call's deadline")]
    TooLate {
        /// When the queue is likely to be short enough.
        retry_after: Duration,
    },
    /// The deadline passed before the work began.
    #[error("the deadline passed")]
    DeadlineExceeded,
    /// The work panicked: a bug.
    #[error("the work panicked")]
    Panicked,
    /// The engine is shut down.
    #[error("the engine is shut down")]
    Closed,
}

impl Engine {
    /// Starts the threads.
    pub fn start(config: EngineConfig) -> io::Result<Engine> {
        let bounds = Bounds {
            calls: config.queue,
            cost: config.queue_cost,
            wait: config.queue_wait,
        };
        let shared = Arc::new(Shared {
            queue: Queue::new(bounds, config.threads.get()),
            panics: AtomicU64::new(0),
        });
        let engine = Engine {
            shared,
            config,
            callers: AtomicU64::new(0),
        };
        for index in 0..config.threads.get() {
            let shared = Arc::clone(&engine.shared);
            thread::Builder::new()
                .name(format!("compute-{index}"))
                .spawn(move || shared.work(index))?;
        }
        Ok(engine)
    }

    /// How it is sized.
    pub fn config(&self) -> EngineConfig {
        self.config
    }

    /// What waits for a thread now.
    pub fn load(&self) -> Load {
        self.shared.queue.load()
    }

    /// Panics caught since the start.
    pub fn panics(&self) -> u64 {
        self.shared.panics.load(Ordering::Relaxed)
    }

    /// A new caller.
    pub fn caller(&self) -> Caller {
        Caller(self.callers.fetch_add(1, Ordering::Relaxed))
    }

    /// Runs one piece of work for a caller of its own and waits for it without blocking. See [`Engine::submit`].
    pub async fn run<T, E, F>(
        &self,
        deadline: Instant,
        task: Task<F>,
    ) -> Result<Done<Result<T, E>>, EngineError>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: FnOnce(&dyn Interrupt) -> Result<T, E> + Send + 'static,
    {
        let admission = Admission::Within(deadline.saturating_duration_since(Instant::now()));
        self.submit_one(&self.caller(), deadline, admission, task)?
            .await
    }

    /// Queues one task. See [`Engine::submit`].
    pub fn submit_one<T, E, F>(
        &self,
        caller: &Caller,
        deadline: Instant,
        admission: Admission,
        task: Task<F>,
    ) -> Result<Pending<Result<T, E>>, EngineError>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: FnOnce(&dyn Interrupt) -> Result<T, E> + Send + 'static,
    {
        let pending = self.submit(caller, deadline, admission, vec![task])?;
        pending.into_iter().next().ok_or(EngineError::Closed)
    }

    /// Queues a caller's tasks for the compute threads, all of them or none.
    ///
    /// Dropping a [`Pending`] takes its work out of the queue, or interrupts it where it runs already.
    /// Work that ends after the deadline is still delivered: who must answer in time sets a timer beside this.
    pub fn submit<T, E, F>(
        &self,
        caller: &Caller,
        deadline: Instant,
        admission: Admission,
        tasks: Vec<Task<F>>,
    ) -> Result<Vec<Pending<Result<T, E>>>, EngineError>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: FnOnce(&dyn Interrupt) -> Result<T, E> + Send + 'static,
    {
        if Instant::now() >= deadline {
            return Err(EngineError::DeadlineExceeded);
        }
        let prepared = tasks.into_iter().map(|task| {
            let order = Arc::new(Order::new(deadline));
            let (answer, answered) = oneshot::channel();
            let cost = task.cost;
            let job = self.job(Arc::clone(&order), task, answer);
            ((cost, job), (order, answered))
        });
        let (jobs, waiting): (Vec<_>, Vec<_>) = prepared.unzip();
        let places = self.shared.queue.push(caller.0, admission, jobs);
        let places = places.map_err(EngineError::from)?;
        let pending = places.into_iter().zip(waiting);
        Ok(pending
            .map(|(place, (order, answered))| {
                Pending::new(&self.shared, caller.0, place, order, answered)
            })
            .collect())
    }

    fn job<T, E, F>(
        &self,
        order: Arc<Order>,
        task: Task<F>,
        answer: oneshot::Sender<Result<Done<Result<T, E>>, EngineError>>,
    ) -> Job
    where
        T: Send + 'static,
        E: Send + 'static,
        F: FnOnce(&dyn Interrupt) -> Result<T, E> + Send + 'static,
    {
        let admitted = Instant::now();
        let shared = Arc::clone(&self.shared);
        let (call, queue) = (Span::current(), info_span!("queue"));
        Job::new(order, move |order| {
            drop(queue);
            let started = Instant::now();
            let outcome = order.and_then(|order| {
                let compute = info_span!(parent: &call, "compute");
                compute.in_scope(|| shared.run_caught(|| (task.work)(order)))
            });
            let computed = started.elapsed();
            if let Ok(Ok(_)) = outcome {
                shared.queue.learn(task.cost, computed);
            }
            // Nobody may be listening any more, which is fine.
            let _ = answer.send(outcome.map(|value| Done {
                value,
                queued: started - admitted,
                computed,
            }));
        })
    }

    /// Admits no more work; what was admitted is still done.
    pub fn close(&self) {
        self.shared.queue.close();
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.shared.queue.close();
        self.shared.queue.clear();
    }
}

impl Shared {
    /// The life of a compute thread.
    fn work(&self, thread: usize) {
        while let Some(job) = self.queue.pop(thread) {
            job.run();
        }
    }

    fn run_caught<T>(&self, work: impl FnOnce() -> T) -> Result<T, EngineError> {
        // What the work touched is dropped with it, so no broken state can be seen afterwards.
        catch_unwind(AssertUnwindSafe(work)).map_err(|_payload| {
            self.panics.fetch_add(1, Ordering::Relaxed);
            EngineError::Panicked
        })
    }
}

impl From<Full> for EngineError {
    fn from(full: Full) -> Self {
        let retry_after = |wait: Duration| wait.clamp(RETRY_AFTER.0, RETRY_AFTER.1);
        match full {
            Full::NoRoom(wait) => EngineError::Overloaded {
                retry_after: retry_after(wait),
            },
            Full::TooLate(late) => EngineError::TooLate {
                retry_after: retry_after(late),
            },
            Full::Closed => EngineError::Closed,
        }
    }
}

#[cfg(test)]
mod tests;
