//! A message body whose frames come by way of a function, all else being the body's own.

use std::pin::Pin;
use std::task::{Context, Poll};

use http_body::{Body as HttpBody, Frame, SizeHint};
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::Bytes;

/// What a body answers when it is asked for its next frame.
pub type NextFrame = Poll<Option<Result<Frame<Bytes>, Status>>>;

struct Polled<F> {
    body: Body,
    next: F,
}

/// The same body, asked for its next frame by `next`, once for each time that it is polled.
pub fn polled<F>(body: Body, next: F) -> Body
where
    F: FnMut(Pin<&mut Body>, &mut Context<'_>) -> NextFrame + Send + Unpin + 'static,
{
    Body::new(Polled { body, next })
}

impl<F> HttpBody for Polled<F>
where
    F: FnMut(Pin<&mut Body>, &mut Context<'_>) -> NextFrame + Unpin,
{
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> NextFrame {
        let Polled { body, next } = self.get_mut();
        next(Pin::new(body), context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
