//! A bounded queue between async callers and threads, in which callers take turns and waiting items can leave.
//!
//! Each caller has a lane, and the lanes are served in rotation, so that a caller with a hundred items delays another
//! by one item and not by a hundred. A channel would not do: calls that were dropped while they waited would keep
//! their places, and live callers would be shed for them.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Admission;
use super::pace::Pace;

/// Work is let in where it is likely to be done with this part of the time for it to spare: an estimate is a mean, and half
/// of what is let in at its very edge would come too late.
const MARGIN: u32 = 5;

pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    pushed_or_closed: Condvar,
    bounds: Bounds,
}

/// What callers who can be shed may have waiting, beyond what idle threads are about to take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Callers.
    pub(super) calls: usize,
    /// Cost of all that waits.
    pub(super) cost: u64,
    /// How long a newcomer is likely to wait.
    pub(super) wait: Duration,
}

struct State<T> {
    /// The callers with items waiting, the next one to be served first. None is empty.
    lanes: VecDeque<Lane<T>>,
    /// What each thread works at, by its index; `None` for those inside [`Queue::pop`].
    running: Vec<Option<Running>>,
    pace: Pace,
    next_place: u64,
    closed: bool,
}

struct Lane<T> {
    caller: u64,
    /// Whether it counts against the bound on calls.
    counted: bool,
    items: VecDeque<Waiting<T>>,
}

struct Waiting<T> {
    place: u64,
    cost: u64,
    item: T,
}

struct Running {
    cost: u64,
    since: Instant,
}

/// Why items were not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Full {
    /// There is no room; there is likely to be some after this time.
    NoRoom(Duration),
    /// The last item would likely be done too late, by this time.
    TooLate(Duration),
    /// The queue is closed.
    Closed,
}

/// What waits now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Articles that wait.
    pub waiting: usize,
    /// What they are estimated to cost, in word pieces.
    pub cost: u64,
    /// How long a newcomer is likely to wait.
    pub wait: Duration,
}

impl<T> Queue<T> {
    /// A queue before so many threads.
    pub(super) fn new(bounds: Bounds, threads: usize) -> Self {
        Queue {
            state: Mutex::new(State {
                lanes: VecDeque::new(),
                // Threads are taken to be busy until each has come for its first item.
                running: (0..threads).map(|_| Some(Running::nothing())).collect(),
                pace: Pace::default(),
                next_place: 0,
                closed: false,
            }),
            pushed_or_closed: Condvar::new(),
            bounds,
        }
    }

    /// Takes in all of a caller's items with their costs and gives their places, or refuses all of them at once.
    pub(super) fn push(
        &self,
        caller: u64,
        admission: Admission,
        items: Vec<(u64, T)>,
    ) -> Result<Vec<u64>, Full> {
        let mut state = self.lock();
        if state.closed {
            return Err(Full::Closed);
        }
        if let Admission::Within(time) = admission {
            state.admit(&self.bounds, time, &items)?;
        }
        let first = state.next_place;
        let waiting =
            (first..)
                .zip(items)
                .map(|(place, (cost, item))| Waiting { place, cost, item });
        let waiting: VecDeque<_> = waiting.collect();
        let places: Vec<u64> = waiting.iter().map(|item| item.place).collect();
        state.next_place += places.len() as u64;
        match state.lanes.iter_mut().find(|lane| lane.caller == caller) {
            Some(lane) => lane.items.extend(waiting),
            None if waiting.is_empty() => {}
            None => state.lanes.push_back(Lane {
                caller,
                counted: matches!(admission, Admission::Within(_)),
                items: waiting,
            }),
        }
        drop(state);
        for _ in &places {
            self.pushed_or_closed.notify_one();
        }
        Ok(places)
    }

    /// Waits for the next item, for a thread that is done with its last one; `None` once the queue is closed and empty.
    pub(super) fn pop(&self, thread: usize) -> Option<T> {
        let mut state = self.lock();
        state.work_at(thread, None);
        let mut state = self
            .pushed_or_closed
            .wait_while(state, |state| state.lanes.is_empty() && !state.closed)
            .unwrap_or_else(PoisonError::into_inner);
        let mut lane = state.lanes.pop_front()?;
        let next = lane.items.pop_front();
        if !lane.items.is_empty() {
            state.lanes.push_back(lane);
        }
        let Waiting { cost, item, .. } = next?;
        let since = Instant::now();
        state.work_at(thread, Some(Running { cost, since }));
        Some(item)
    }

    /// Work of this cost took so long.
    pub(super) fn learn(&self, cost: u64, took: Duration) {
        self.lock().pace.learn(cost, took);
    }

    /// Takes out a caller's item at a place, if it still waits.
    pub(super) fn remove(&self, caller: u64, place: u64) {
        let mut state = self.lock();
        let Some(at) = state.lanes.iter().position(|lane| lane.caller == caller) else {
            return;
        };
        if let Some(lane) = state.lanes.get_mut(at) {
            lane.items.retain(|item| item.place != place);
            if lane.items.is_empty() {
                state.lanes.remove(at);
            }
        }
    }

    /// Takes no more items.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.pushed_or_closed.notify_all();
    }

    /// Drops every item that waits.
    pub(super) fn clear(&self) {
        let lanes = std::mem::take(&mut self.lock().lanes);
        drop(lanes);
    }

    /// What waits now.
    pub(super) fn load(&self) -> Load {
        let state = self.lock();
        Load {
            waiting: state.lanes.iter().map(|lane| lane.items.len()).sum(),
            cost: state.cost_of_turns(usize::MAX),
            wait: state.wait(),
        }
    }

    /// Threads that wait for an item.
    #[cfg(test)]
    pub(super) fn idle(&self) -> usize {
        self.lock().idle()
    }

    /// No code of a caller's runs under the lock, so that a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> State<T> {
    /// Whether a new caller's items have room and are likely to be done within a time.
    fn admit(&self, bounds: &Bounds, within: Duration, items: &[(u64, T)]) -> Result<(), Full> {
        let (idle, wait) = (self.idle(), self.wait());
        let calls = self.lanes.iter().filter(|lane| lane.counted).count();
        let cost: u64 = items.iter().map(|(cost, _)| cost).sum();
        let queued = self.cost_of_turns(usize::MAX);
        // An empty queue takes even what is over the bound on cost: it would never fit otherwise.
        if calls >= bounds.calls + idle
            || (queued > 0 && queued.saturating_add(cost) > bounds.cost)
            || wait > bounds.wait
        {
            return Err(Full::NoRoom(wait));
        }
        // Work that nothing stands before is let try whatever it is estimated to take.
        let done = self.done(items);
        if wait > Duration::ZERO && done.saturating_add(done / MARGIN) > within {
            return Err(Full::TooLate(done.saturating_sub(within)));
        }
        Ok(())
    }

    /// How long a newcomer's first item is likely to wait: every lane before it has one turn.
    fn wait(&self) -> Duration {
        if self.idle() > self.lanes.iter().map(|lane| lane.items.len()).sum() {
            return Duration::ZERO;
        }
        self.shared_out(self.pace.time_for(self.cost_of_turns(1)))
    }

    /// After what time a newcomer's items are likely to be done: each of its turns is one of every other lane's too.
    fn done(&self, items: &[(u64, T)]) -> Duration {
        let longest = items.iter().map(|(cost, _)| *cost).max().unwrap_or(0);
        let all: u64 = items.iter().map(|(cost, _)| cost).sum();
        let before = self.cost_of_turns(items.len()) + (all - longest);
        self.shared_out(self.pace.time_for(before)) + self.pace.time_for(longest)
    }

    /// Work for one thread, and what is left of the running work, shared out among all threads.
    fn shared_out(&self, work: Duration) -> Duration {
        let left = self.running.iter().flatten().map(|running| {
            let expected = self.pace.time_for(running.cost);
            expected.saturating_sub(running.since.elapsed())
        });
        let threads = u32::try_from(self.running.len()).unwrap_or(u32::MAX).max(1);
        left.fold(work, Duration::saturating_add) / threads
    }

    /// The cost of each lane's next so many items.
    fn cost_of_turns(&self, turns: usize) -> u64 {
        let next = self
            .lanes
            .iter()
            .flat_map(|lane| lane.items.iter().take(turns));
        next.map(|item| item.cost).fold(0, u64::saturating_add)
    }

    fn idle(&self) -> usize {
        self.running
            .iter()
            .filter(|running| running.is_none())
            .count()
    }

    fn work_at(&mut self, thread: usize, work: Option<Running>) {
        if let Some(running) = self.running.get_mut(thread) {
            *running = work;
        }
    }
}

impl Running {
    fn nothing() -> Self {
        Running {
            cost: 0,
            since: Instant::now(),
        }
    }
}

#[cfg(test)]
mod tests;
