//! A request body that charges its call for what it reads.

use std::sync::Arc;
use std::task::{Poll, ready};

use http_body::Body as HttpBody;
use tonic::body::Body;
use tonic::codegen::Bytes;

use super::call::Call;
use super::polled::polled;
use super::status::{reason_name, status};

/// Charges a call for its body, which ends in an error where there is no memory for more.
pub fn charge(body: Body, call: Arc<Call>) -> Body {
    polled(body, move |body, context| {
        let frame = ready!(body.poll_frame(context));
        let bytes = match &frame {
            Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len),
            _ => 0,
        };
        if let Err(failure) = call.hold(bytes) {
            let _ = call.reason.set(reason_name(failure.reason));
            return Poll::Ready(Some(Err(status(failure, &call.request_id))));
        }
        Poll::Ready(frame)
    })
}
