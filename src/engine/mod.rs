//! Compute threads with a bounded queue: the only bridge between async callers and CPU work.
//!
//! A call is admitted or shed at once. Work whose deadline has passed, or whose caller has gone, is not started;
//! running work learns of either at its next [`Interrupt::check`]. A panic costs its own call and nothing else.

mod job;
mod queue;

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{io, thread};

use tokio::sync::oneshot;

use crate::analysis::Interrupt;
use job::{Job, Order};
use queue::{Full, Queue};

/// The least and the most that a shed caller is told to wait.
const RETRY_AFTER: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(30));

/// How the engine is sized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EngineConfig {
    /// Compute threads: articles analysed at the same time.
    pub threads: NonZeroUsize,
    /// Calls that may wait while every thread is busy.
    pub queue: usize,
}

/// Runs work on its own threads. Dropping it stops them, each at its work's next check.
pub struct Engine {
    shared: Arc<Shared>,
    config: EngineConfig,
}

struct Shared {
    queue: Queue<Job>,
    /// Mean time that work took lately, in microseconds.
    usual_micros: AtomicU64,
    panics: AtomicU64,
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
        let shared = Arc::new(Shared {
            queue: Queue::new(config.queue),
            usual_micros: AtomicU64::new(0),
            panics: AtomicU64::new(0),
        });
        let engine = Engine { shared, config };
        for index in 0..config.threads.get() {
            let shared = Arc::clone(&engine.shared);
            thread::Builder::new()
                .name(format!("compute-{index}"))
                .spawn(move || shared.work())?;
        }
        Ok(engine)
    }

    /// How it is sized.
    pub fn config(&self) -> EngineConfig {
        self.config
    }

    /// Calls waiting for a thread now.
    pub fn waiting(&self) -> usize {
        self.shared.queue.len()
    }

    /// Panics caught since the start.
    pub fn panics(&self) -> u64 {
        self.shared.panics.load(Ordering::Relaxed)
    }

    /// Runs `work` on a compute thread and waits for it without blocking.
    ///
    /// Dropping the future takes the work out of the queue, or interrupts it where it runs already.
    /// Work that ends after the deadline is still delivered: who must answer in time sets a timer beside this.
    pub async fn run<T, F>(&self, deadline: Instant, work: F) -> Result<Done<T>, EngineError>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Interrupt) -> T + Send + 'static,
    {
        let admitted = Instant::now();
        if admitted >= deadline {
            return Err(EngineError::DeadlineExceeded);
        }
        let order = Arc::new(Order::new(deadline));
        let (answer, answered) = oneshot::channel();
        let shared = Arc::clone(&self.shared);
        let job = Job::new(Arc::clone(&order), move |order| {
            let started = Instant::now();
            let outcome = order.and_then(|order| shared.run_caught(|| work(order)));
            let computed = started.elapsed();
            // Nobody may be listening any more, which is fine.
            let _ = answer.send(outcome.map(|value| Done {
                value,
                queued: started - admitted,
                computed,
            }));
        });
        let place = match self.shared.queue.push(job) {
            Ok(place) => place,
            Err(Full::Closed) => return Err(EngineError::Closed),
            Err(Full::NoRoom { waiting }) => {
                return Err(EngineError::Overloaded {
                    retry_after: self.shared.retry_after(waiting, self.config.threads),
                });
            }
        };
        let _leave = Leave {
            queue: &self.shared.queue,
            place,
            order,
        };
        answered.await.unwrap_or(Err(EngineError::Closed))
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
    fn work(&self) {
        while let Some(job) = self.queue.pop() {
            job.run();
        }
    }

    fn run_caught<T>(&self, work: impl FnOnce() -> T) -> Result<T, EngineError> {
        let started = Instant::now();
        // What the work touched is dropped with it, so no broken state can be seen afterwards.
        let outcome = catch_unwind(AssertUnwindSafe(work)).map_err(|_payload| {
            self.panics.fetch_add(1, Ordering::Relaxed);
            EngineError::Panicked
        });
        self.learn(started.elapsed());
        outcome
    }

    /// Moves the mean an eighth of the way; threads may overwrite each other, which an estimate can bear.
    fn learn(&self, took: Duration) {
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let usual = self.usual_micros.load(Ordering::Relaxed);
        let next = if usual == 0 {
            took
        } else {
            usual - usual / 8 + took / 8
        };
        self.usual_micros.store(next, Ordering::Relaxed);
    }

    fn retry_after(&self, waiting: usize, threads: NonZeroUsize) -> Duration {
        let usual = Duration::from_micros(self.usual_micros.load(Ordering::Relaxed));
        let rounds = u32::try_from(waiting / threads + 1).unwrap_or(u32::MAX);
        usual
            .saturating_mul(rounds)
            .clamp(RETRY_AFTER.0, RETRY_AFTER.1)
    }
}

/// Withdraws the work when the caller stops waiting for it.
struct Leave<'a> {
    queue: &'a Queue<Job>,
    place: u64,
    order: Arc<Order>,
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.order.cancel();
        self.queue.remove(self.place);
    }
}

#[cfg(test)]
mod tests;
