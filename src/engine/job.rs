//! One piece of admitted work, and the order that it runs under.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::EngineError;
use crate::analysis::{Interrupt, Interrupted};

/// Until when the work is wanted, and whether it still is.
pub(super) struct Order {
    deadline: Instant,
    cancelled: AtomicBool,
}

impl Order {
    pub(super) fn new(deadline: Instant) -> Self {
        Order {
            deadline,
            cancelled: AtomicBool::new(false),
        }
    }

    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

impl Interrupt for Order {
    fn check(&self) -> Result<(), Interrupted> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Interrupted::Cancelled);
        }
        if Instant::now() >= self.deadline {
            return Err(Interrupted::DeadlineExceeded);
        }
        Ok(())
    }
}

/// What a job does: its work under an order, or with the reason why it is not to begin, the telling of that.
type Work = dyn FnOnce(Result<&Order, EngineError>) + Send;

pub(super) struct Job {
    order: Arc<Order>,
    work: Box<Work>,
}

impl Job {
    pub(super) fn new(
        order: Arc<Order>,
        work: impl FnOnce(Result<&Order, EngineError>) + Send + 'static,
    ) -> Self {
        Job {
            order,
            work: Box::new(work),
        }
    }

    /// Does the work, unless nobody wants it any more.
    pub(super) fn run(self) {
        let Job { order, work } = self;
        match order.check() {
            Ok(()) => work(Ok(&order)),
            Err(Interrupted::DeadlineExceeded) => work(Err(EngineError::DeadlineExceeded)),
            Err(Interrupted::Cancelled) => {}
        }
    }
}
