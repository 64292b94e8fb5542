//! A response body that is followed to its end, since there a gRPC call tells its outcome.

use std::task::{Poll, ready};

use http_body::Body as HttpBody;
use tonic::body::Body;
use tonic::codegen::http;
use tonic::{Code, Status};

use super::call_line::CallLine;
use super::polled::polled;

/// Closes the call's line by the response's headers, or else by the status in its trailers; dropped before, the line says that
/// the call was dropped.
pub fn follow(response: http::Response<Body>, line: CallLine) -> http::Response<Body> {
    let status = Status::from_header_map(response.headers());
    let code = match status {
        Some(status) => status.code(),
        // Refused by the transport, e.g. for its content type, with a status of HTTP's.
        None if response.body().is_end_stream() => Code::Unknown,
        None => return response.map(|body| to_its_trailers(body, line)),
    };
    line.close(code);
    response
}

fn to_its_trailers(body: Body, line: CallLine) -> Body {
    let mut line = Some(line);
    polled(body, move |body, context| {
        let frame = ready!(body.poll_frame(context));
        let code = match &frame {
            Some(Ok(frame)) => frame.trailers_ref().map(|trailers| {
                Status::from_header_map(trailers).map_or(Code::Unknown, |status| status.code())
            }),
            Some(Err(status)) => Some(status.code()),
            None => Some(Code::Unknown),
        };
        if let Some((code, line)) = code.and_then(|code| Some((code, line.take()?))) {
            line.close(code);
        }
        Poll::Ready(frame)
    })
}
