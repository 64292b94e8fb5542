//! Admitted work that somebody waits for; it is withdrawn when they stop waiting.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use super::job::Order;
use super::{Done, EngineError, Shared};

/// The work's end, to be awaited. Dropping it withdraws the work.
pub struct Pending<T> {
    answered: oneshot::Receiver<Result<Done<T>, EngineError>>,
    shared: Arc<Shared>,
    caller: u64,
    place: u64,
    order: Arc<Order>,
}

impl<T> Pending<T> {
    pub(super) fn new(
        shared: &Arc<Shared>,
        caller: u64,
        place: u64,
        order: Arc<Order>,
        answered: oneshot::Receiver<Result<Done<T>, EngineError>>,
    ) -> Self {
        Pending {
            answered,
            shared: Arc::clone(shared),
            caller,
            place,
            order,
        }
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<Done<T>, EngineError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answered = Pin::new(&mut self.answered).poll(context);
        answered.map(|answer| answer.unwrap_or(Err(EngineError::Closed)))
    }
}

impl<T> Drop for Pending<T> {
    fn drop(&mut self) {
        self.order.cancel();
        self.shared.queue.remove(self.caller, self.place);
    }
}
