//! Calls at a rate or one after another, and what became of them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::future::Future;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;
use tonic::Code;

/// The longest time that is told from longer ones, in microseconds: an hour.
const LONGEST: u64 = 3_600_000_000;

/// How a call ended, and after what time.
pub type Outcome = (Code, Duration);

/// The ends of calls by their codes.
#[derive(Default)]
pub struct Tally(BTreeMap<i32, Histogram<u64>>);

impl Tally {
    pub fn add(&mut self, (code, took): Outcome) {
        let histogram = self.0.entry(code.into());
        let new = || Histogram::new_with_bounds(1, LONGEST, 3).unwrap();
        let micros = u64::try_from(took.as_micros()).unwrap_or(LONGEST);
        histogram.or_insert_with(new).saturating_record(micros);
    }

    pub fn add_all(&mut self, other: Tally) {
        for (code, histogram) in other.0 {
            match self.0.entry(code) {
                Entry::Vacant(own) => drop(own.insert(histogram)),
                Entry::Occupied(mut own) => *own.get_mut() += &histogram,
            }
        }
    }

    pub fn count(&self, code: Code) -> u64 {
        self.0.get(&code.into()).map_or(0, Histogram::len)
    }

    pub fn total(&self) -> u64 {
        self.0.values().map(Histogram::len).sum()
    }

    /// All but those that ended with one of these codes.
    pub fn others(&self, than: &[Code]) -> u64 {
        let than: Vec<i32> = than.iter().map(|code| (*code).into()).collect();
        let others = self.0.iter().filter(|(code, _)| !than.contains(code));
        others.map(|(_, histogram)| histogram.len()).sum()
    }

    /// The time that this share of the calls with a code took at most.
    pub fn quantile(&self, code: Code, share: f64) -> Duration {
        let histogram = self.0.get(&code.into());
        Duration::from_micros(histogram.map_or(0, |h| h.value_at_quantile(share)))
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for (&code, histogram) in &self.0 {
            let code = Code::from_i32(code);
            let at = |share| self.quantile(code, share);
            let (half, most) = (at(0.5), at(0.99));
            parts.push(format!(
                "{} {code:?} (p50 {half:.1?}, p99 {most:.1?})",
                histogram.len()
            ));
        }
        write!(f, "{}", parts.join(", "))
    }
}

/// The end of one call.
pub async fn timed<T>(call: impl Future<Output = Result<T, tonic::Status>>) -> Outcome {
    let started = Instant::now();
    let code = call.await.map_or_else(|status| status.code(), |_| Code::Ok);
    (code, started.elapsed())
}

/// Calls at a rate, however long they take, until `until` is ready; then waits for those that are open.
///
/// The time of a call counts from when it was due, so that a generator which lags behind hides nothing.
pub async fn at_rate<F>(
    rate: f64,
    until: impl Future<Output = ()>,
    mut call: impl FnMut(usize) -> F,
) -> Tally
where
    F: Future<Output = Outcome> + Send + 'static,
{
    let started = Instant::now();
    let due = |index: usize| started + Duration::from_secs_f64(index as f64 / rate);
    let mut tally = Tally::default();
    let mut open = JoinSet::new();
    let mut until = std::pin::pin!(until);
    for index in 0.. {
        loop {
            tokio::select! {
                biased;
                () = until.as_mut() => {
                    while let Some(ended) = open.join_next().await {
                        tally.add(ended.unwrap());
                    }
                    return tally;
                }
                () = tokio::time::sleep_until(due(index).into()) => break,
                Some(ended) = open.join_next(), if !open.is_empty() => tally.add(ended.unwrap()),
            }
        }
        let (call, due) = (call(index), due(index));
        open.spawn(async move {
            let late = due.elapsed();
            let (code, took) = call.await;
            (code, took + late)
        });
    }
    tally
}

/// So many callers, each of which calls again as soon as it is answered, for a time.
pub async fn by_callers<F>(
    callers: usize,
    time: Duration,
    call: impl Fn(usize) -> F + Clone + Send + 'static,
) -> Tally
where
    F: Future<Output = Outcome> + Send + 'static,
{
    let end = Instant::now() + time;
    let mut open = JoinSet::new();
    for caller in 0..callers {
        let call = call.clone();
        open.spawn(async move {
            let mut outcomes = Vec::new();
            for index in 0.. {
                if Instant::now() >= end {
                    break;
                }
                outcomes.push(call(caller + index * callers).await);
            }
            outcomes
        });
    }
    let mut tally = Tally::default();
    while let Some(outcomes) = open.join_next().await {
        outcomes.unwrap().into_iter().for_each(|o| tally.add(o));
    }
    tally
}
