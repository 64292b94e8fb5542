//! The memory that the process may take, told from its configuration, and the part of it that calls hold, which is enforced.
//!
//! A call is charged for its request's bytes as they come in, and for the answer that its article may have before it is
//! let in; it holds both until its client has taken the answer. A call that there is no memory for is refused, an article
//! of a stream waits. What compute threads, connections and streams take besides is bounded by their counts.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::config::ServerConfig;

/// An answer may take so many times its article's bytes, in memory,
const ANSWER_PER_BYTE: usize = 64;
/// and an article counts at least so many bytes in that: short ones have long answers beside them.
const SHORTEST: usize = 16 << 10;

/// The program itself without its models.
const PROGRAM: usize = 64 << 20;
/// Models are held as they are stored, and again as the computing wants them.
const COPIES_OF_MODELS: usize = 2;
/// What a compute thread takes for an article of any length: states of the encoder, and its arena.
const THREAD: usize = 96 << 20;
/// What it takes for each byte of the article besides.
const THREAD_PER_BYTE: usize = 192;
/// What a transport thread takes for each byte of the message that it reads: a message of nothing but empty fields.
const MESSAGE_PER_BYTE: usize = 160;
/// What a connection takes that has nothing to say.
const CONNECTION: usize = 48 << 10;
/// Memory that is free but was not given back.
const SLACK: (usize, usize) = (5, 4);

const UNIT: usize = 1 << 10;

/// The memory of calls. Clones are the same.
#[derive(Clone)]
pub struct Memory(Arc<Semaphore>);

/// Memory that a call holds.
pub type Share = OwnedSemaphorePermit;

impl Memory {
    /// For a server of this configuration.
    pub fn new(config: &ServerConfig) -> Self {
        let units = of_calls(config).div_ceil(UNIT);
        Memory(Arc::new(Semaphore::new(units.min(Semaphore::MAX_PERMITS))))
    }

    /// Takes so many bytes, if there are as many.
    pub fn take(&self, bytes: usize) -> Option<Share> {
        Arc::clone(&self.0)
            .try_acquire_many_owned(units(bytes))
            .ok()
    }

    /// Waits until there are as many. Who waits is served in turn.
    pub async fn wait_for(&self, bytes: usize) -> Option<Share> {
        Arc::clone(&self.0)
            .acquire_many_owned(units(bytes))
            .await
            .ok()
    }
}

/// Memory is counted in units of 1 KiB, rounded up.
fn units(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX)
}

/// The most that the answer to an article of so many bytes may take.
pub fn of_answer(article_bytes: usize) -> usize {
    article_bytes.max(SHORTEST).saturating_mul(ANSWER_PER_BYTE)
}

/// What all calls together may hold: a largest article for each compute thread and two that wait, or as many short ones as
/// may wait and as many again whose answers are on their way.
fn of_calls(config: &ServerConfig) -> usize {
    let (limits, threads) = (&config.limits, config.engine.threads.get());
    let largest = of_answer(limits.article_bytes()).saturating_add(limits.message_bytes());
    let short = of_answer(0).saturating_add(SHORTEST);
    let waiting = config
        .engine
        .queue
        .saturating_add(threads)
        .saturating_mul(2);
    let long = largest.saturating_mul(threads.saturating_add(2));
    long.max(short.saturating_mul(waiting))
}

/// The most that the process takes under any load, in bytes, with models of so many bytes and so many transport threads.
pub fn bound(config: &ServerConfig, model_bytes: usize, transport_threads: usize) -> usize {
    let limits = &config.limits;
    let threads = config.engine.threads.get();
    let thread = THREAD.saturating_add(limits.article_bytes().saturating_mul(THREAD_PER_BYTE));
    let message = limits.message_bytes().saturating_mul(MESSAGE_PER_BYTE);
    let parts = [
        PROGRAM,
        model_bytes.saturating_mul(COPIES_OF_MODELS),
        threads.saturating_mul(thread),
        transport_threads.saturating_mul(message),
        of_calls(config),
        limits.streams.saturating_mul(limits.message_bytes()),
        config.connections.count.saturating_mul(CONNECTION),
    ];
    let sum = parts.into_iter().fold(0, usize::saturating_add);
    (sum / SLACK.1).saturating_mul(SLACK.0)
}
