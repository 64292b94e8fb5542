//! A response body that is followed to its end, since there a gRPC call tells its outcome.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http_body::{Body as HttpBody, Frame, SizeHint};
use tonic::body::Body;
use tonic::codegen::{Bytes, http};
use tonic::{Code, Status};

use super::call_line::CallLine;

/// Closes the call's line by the status in the trailers; dropped before, the line says that the call was dropped.
pub struct Followed {
    body: Body,
    line: Option<CallLine>,
}

impl Followed {
    /// Follows a response, unless its headers tell the outcome already.
    pub fn follow(response: http::Response<Body>, line: CallLine) -> http::Response<Body> {
        let status = Status::from_header_map(response.headers());
        let code = match status {
            Some(status) => status.code(),
            // Refused by the transport, e.g. for its content type, with a status of HTTP's.
            None if response.body().is_end_stream() => Code::Unknown,
            None => {
                let line = Some(line);
                return response.map(|body| Body::new(Followed { body, line }));
            }
        };
        line.close(code);
        response
    }
}

impl HttpBody for Followed {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        let code = match &frame {
            Some(Ok(frame)) => frame.trailers_ref().map(|trailers| {
                Status::from_header_map(trailers).map_or(Code::Unknown, |status| status.code())
            }),
            Some(Err(status)) => Some(status.code()),
            None => Some(Code::Unknown),
        };
        if let Some((code, line)) = code.and_then(|code| Some((code, self.line.take()?))) {
            line.close(code);
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
