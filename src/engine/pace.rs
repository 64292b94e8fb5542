//! How long a unit of cost takes a compute thread, as the work of late showed.

use std::time::Duration;

/// What is kept of the past with each new piece of work.
const KEEP: f64 = 7.0 / 8.0;

/// A moving mean in which work weighs by its cost, so that small articles don't hide what large ones take.
#[derive(Debug, Default)]
pub(super) struct Pace {
    cost: f64,
    seconds: f64,
}

impl Pace {
    /// Work of this cost took so long.
    pub(super) fn learn(&mut self, cost: u64, took: Duration) {
        self.cost = self.cost * KEEP + cost as f64;
        self.seconds = self.seconds * KEEP + took.as_secs_f64();
    }

    /// What work of this cost is likely to take one thread; nothing while nothing is known.
    pub(super) fn time_for(&self, cost: u64) -> Duration {
        if self.cost <= 0.0 {
            return Duration::ZERO;
        }
        let seconds = self.seconds * (cost as f64 / self.cost);
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_expected_before_anything_is_known() {
        assert_eq!(Pace::default().time_for(u64::MAX), Duration::ZERO);
    }

    #[test]
    fn the_mean_weighs_by_cost_and_moves_with_the_times() {
        let mut pace = Pace::default();
        pace.learn(1000, Duration::from_secs(1));
        pace.learn(1, Duration::from_secs(0));
        assert!(pace.time_for(1000).abs_diff(Duration::from_secs(1)) < Duration::from_millis(5));
        for _ in 0..100 {
            pace.learn(1000, Duration::from_secs(3));
        }
        assert!(
            pace.time_for(500).abs_diff(Duration::from_millis(1500)) < Duration::from_millis(5)
        );
    }
}
