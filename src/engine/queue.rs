//! A bounded queue between async callers and threads, whose waiting items can leave it.
//!
//! A channel would do but for the leaving: calls that were dropped while they waited would keep their places
//! and live callers would be shed for them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    pushed_or_closed: Condvar,
    capacity: usize,
}

struct State<T> {
    waiting: VecDeque<(u64, T)>,
    /// Threads inside [`Queue::pop`]: each can take one item at once, so that it needs no room in the queue.
    idle: usize,
    next_place: u64,
    closed: bool,
}

/// Why an item was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Full {
    /// There is no room.
    NoRoom {
        /// How many wait.
        waiting: usize,
    },
    /// The queue is closed.
    Closed,
}

impl<T> Queue<T> {
    /// A queue that holds `capacity` items beyond those that idle threads are about to take.
    pub(super) fn new(capacity: usize) -> Self {
        Queue {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                idle: 0,
                next_place: 0,
                closed: false,
            }),
            pushed_or_closed: Condvar::new(),
            capacity,
        }
    }

    /// Takes an item in and gives its place, or refuses it at once.
    pub(super) fn push(&self, item: T) -> Result<u64, Full> {
        let mut state = self.lock();
        if state.closed {
            return Err(Full::Closed);
        }
        let waiting = state.waiting.len();
        if waiting >= self.capacity + state.idle {
            return Err(Full::NoRoom { waiting });
        }
        let place = state.next_place;
        state.next_place += 1;
        state.waiting.push_back((place, item));
        self.pushed_or_closed.notify_one();
        Ok(place)
    }

    /// Waits for the next item; `None` once the queue is closed and empty.
    pub(super) fn pop(&self) -> Option<T> {
        let mut state = self.lock();
        state.idle += 1;
        let mut state = self
            .pushed_or_closed
            .wait_while(state, |state| state.waiting.is_empty() && !state.closed)
            .unwrap_or_else(PoisonError::into_inner);
        state.idle -= 1;
        state.waiting.pop_front().map(|(_, item)| item)
    }

    /// Takes out the item at a place, if it still waits.
    pub(super) fn remove(&self, place: u64) {
        let mut state = self.lock();
        if let Ok(index) = state
            .waiting
            .binary_search_by_key(&place, |(place, _)| *place)
        {
            state.waiting.remove(index);
        }
    }

    /// Takes no more items.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.pushed_or_closed.notify_all();
    }

    /// Drops every item that waits.
    pub(super) fn clear(&self) {
        self.lock().waiting.clear();
    }

    /// How many more items would be taken now.
    #[cfg(test)]
    pub(super) fn room(&self) -> usize {
        let state = self.lock();
        (self.capacity + state.idle).saturating_sub(state.waiting.len())
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.lock().waiting.len()
    }

    /// No code of a caller's runs under the lock, so that a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
