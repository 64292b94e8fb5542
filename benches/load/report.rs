//! The figures of a run, each beside its bound.

use std::fmt::Display;
use std::time::Duration;

/// Prints figures as they are found, and remembers whether all are within their bounds.
#[derive(Default)]
pub struct Report {
    out_of_bounds: Vec<String>,
}

impl Report {
    /// A figure without a bound.
    pub fn note(&self, what: &str, figure: impl Display) {
        println!("      {what}: {figure}");
    }

    /// A figure and whether it is as it must be.
    pub fn check(&mut self, what: &str, figure: impl Display, must: &str, holds: bool) {
        let mark = if holds { "ok  " } else { "FAIL" };
        println!("{mark}  {what}: {figure} (must be {must})");
        if !holds {
            self.out_of_bounds.push(format!("{what}: {figure}"));
        }
    }

    pub fn at_most(&mut self, what: &str, figure: Duration, bound: Duration) {
        let must = format!("at most {bound:.0?}");
        self.check(what, format!("{figure:.1?}"), &must, figure <= bound);
    }

    pub fn none(&mut self, what: &str, count: u64) {
        self.check(what, count, "0", count == 0);
    }

    /// Whether every figure is within its bound.
    pub fn holds(&self) -> bool {
        self.out_of_bounds.is_empty()
    }
}
