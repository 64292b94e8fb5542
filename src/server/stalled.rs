//! Resets streams whose clients take no answer.
//!
//! The transport asks a body for its next frame when the client has room for it. A client that makes no room would hold its
//! answer in memory, and its place among the streams, for as long as it likes. The body can tell that it is asked for
//! nothing, but only the transport's task for the stream can end it: each has a guard beside it that the body reports to.

use std::future::{self, Future};
use std::task::{Poll, ready};
use std::time::Duration;

use http_body::Body as HttpBody;
use hyper::rt::Executor;
use tokio::sync::watch;
use tokio::task_local;
use tokio::time::Instant;
use tonic::body::Body;

use super::polled::polled;

/// When the stream last gave data that its client hasn't made room after.
type Offered = Option<Instant>;

task_local! {
    static OFFERED: watch::Sender<Offered>;
}

/// Runs the tasks of a connection's streams, each with its guard.
#[derive(Debug, Clone)]
pub struct StreamExecutor {
    /// How long an answer may wait for its client.
    pub patience: Duration,
}

impl<F> Executor<F> for StreamExecutor
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, stream: F) {
        let (offered, seen) = watch::channel(None);
        let patience = self.patience;
        // Dropping the transport's future resets the stream.
        tokio::spawn(OFFERED.scope(offered, async move {
            tokio::select! {
                () = stream => {}
                () = stalled(seen, patience) => {}
            }
        }));
    }
}

/// Waits until an answer has been left for too long.
async fn stalled(mut offered: watch::Receiver<Offered>, patience: Duration) {
    loop {
        let since = *offered.borrow_and_update();
        let too_long = async {
            match since {
                Some(since) => tokio::time::sleep_until(since + patience).await,
                None => future::pending().await,
            }
        };
        tokio::select! {
            () = too_long => return,
            changed = offered.changed() => if changed.is_err() {
                return;
            }
        }
    }
}

/// The same body of a response, reporting what it gives to its stream's guard.
pub fn reporting(body: Body) -> Body {
    polled(body, |body, context| {
        report(None);
        let frame = ready!(body.poll_frame(context));
        if matches!(&frame, Some(Ok(frame)) if frame.is_data()) {
            report(Some(Instant::now()));
        }
        Poll::Ready(frame)
    })
}

fn report(offered: Offered) {
    // Outside of a stream's task there is nobody to tell.
    let _ = OFFERED.try_with(|sender| {
        sender.send_if_modified(|before| {
            let modified = *before != offered;
            *before = offered;
            modified
        })
    });
}
