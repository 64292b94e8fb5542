//! A request body that charges its call for what it reads.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http_body::{Body as HttpBody, Frame, SizeHint};
use tonic::Status;
use tonic::body::Body;
use tonic::codegen::Bytes;

use super::call::Call;
use super::status::{reason_name, status};

/// Ends in an error where there is no memory for more.
pub struct Received {
    body: Body,
    call: Arc<Call>,
}

impl Received {
    /// Charges a call for its body.
    pub fn charge(body: Body, call: Arc<Call>) -> Body {
        Body::new(Received { body, call })
    }
}

impl HttpBody for Received {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        let bytes = match &frame {
            Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len),
            _ => 0,
        };
        if let Err(failure) = self.call.hold(bytes) {
            let _ = self.call.reason.set(reason_name(failure.reason));
            return Poll::Ready(Some(Err(status(failure, &self.call.request_id))));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
