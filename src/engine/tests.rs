//! The engine's promises, with work that blocks on channels instead of computing.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::*;
use crate::analysis::Interrupted;

fn engine(threads: usize, queue: usize) -> Arc<Engine> {
    let threads = NonZeroUsize::new(threads).unwrap();
    let engine = Engine::start(EngineConfig { threads, queue }).unwrap();
    // Room is counted by idle threads: wait until each has come to the queue.
    while engine.shared.queue.room() < threads.get() + queue {
        thread::yield_now();
    }
    Arc::new(engine)
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

/// Occupies one thread until the sender is dropped.
async fn occupy(engine: &Arc<Engine>) -> (mpsc::Sender<()>, tokio::task::JoinHandle<()>) {
    let (hold, held) = mpsc::channel::<()>();
    let (began, begun) = oneshot::channel();
    let engine = Arc::clone(engine);
    let task = tokio::spawn(async move {
        let work = move |_: &dyn Interrupt| {
            began.send(()).unwrap();
            let _ = held.recv();
        };
        engine.run(soon(), work).await.unwrap();
    });
    begun.await.unwrap();
    (hold, task)
}

#[tokio::test]
async fn work_is_answered_with_its_durations() {
    let done = engine(1, 0)
        .run(soon(), |_| {
            thread::sleep(Duration::from_millis(20));
            "answer"
        })
        .await
        .unwrap();
    assert_eq!(done.value, "answer");
    assert!(done.computed >= Duration::from_millis(20));
}

#[tokio::test]
async fn a_full_queue_sheds_at_once_and_says_when_to_retry() {
    let engine = engine(1, 0);
    let (hold, task) = occupy(&engine).await;
    let error = engine.run(soon(), |_| ()).await.unwrap_err();
    assert!(
        matches!(error, EngineError::Overloaded { retry_after } if retry_after >= RETRY_AFTER.0)
    );
    drop(hold);
    task.await.unwrap();
}

#[tokio::test]
async fn expired_work_is_refused_at_admission() {
    let ran = engine(1, 1).run(Instant::now(), |_| ()).await;
    assert_eq!(ran.unwrap_err(), EngineError::DeadlineExceeded);
}

#[tokio::test]
async fn work_that_expires_in_the_queue_never_starts() {
    let engine = engine(1, 1);
    let (hold, task) = occupy(&engine).await;
    let (ran, has_run) = mpsc::channel();
    let deadline = Instant::now() + Duration::from_millis(30);
    let waiting = engine.run(deadline, move |_| ran.send(()).unwrap());
    let (outcome, ()) = tokio::join!(waiting, async {
        tokio::time::sleep(Duration::from_millis(60)).await;
        drop(hold);
    });
    assert_eq!(outcome.unwrap_err(), EngineError::DeadlineExceeded);
    assert!(has_run.recv().is_err(), "expired work ran");
    task.await.unwrap();
}

#[tokio::test]
async fn running_work_learns_of_its_deadline() {
    let deadline = Instant::now() + Duration::from_millis(30);
    let done = engine(1, 1).run(deadline, until_interrupted).await.unwrap();
    assert_eq!(done.value, Interrupted::DeadlineExceeded);
}

#[tokio::test]
async fn running_work_learns_that_its_caller_has_gone() {
    let engine = engine(1, 1);
    let (told, tells) = mpsc::channel();
    let work = move |interrupt: &dyn Interrupt| told.send(until_interrupted(interrupt)).unwrap();
    let dropped = tokio::time::timeout(Duration::from_millis(30), engine.run(soon(), work)).await;
    assert!(dropped.is_err());
    assert_eq!(tells.recv().unwrap(), Interrupted::Cancelled);
}

#[tokio::test]
async fn a_dropped_call_leaves_the_queue_and_makes_room() {
    let engine = engine(1, 1);
    let (hold, task) = occupy(&engine).await;
    let waiting = engine.run(soon(), |_| ());
    assert!(
        tokio::time::timeout(Duration::from_millis(10), waiting)
            .await
            .is_err()
    );
    assert_eq!(engine.waiting(), 0);
    drop(hold);
    engine.run(soon(), |_| ()).await.unwrap();
    task.await.unwrap();
}

#[tokio::test]
async fn a_panic_costs_its_own_call_only() {
    let engine = engine(1, 4);
    for _ in 0..3 {
        let error = engine
            .run(soon(), |_| panic!("on purpose"))
            .await
            .unwrap_err();
        assert_eq!(error, EngineError::Panicked);
    }
    assert_eq!(engine.panics(), 3);
    assert_eq!(engine.run(soon(), |_| 7).await.unwrap().value, 7);
}

#[tokio::test]
async fn a_closed_engine_finishes_what_it_admitted() {
    let engine = engine(1, 1);
    let (hold, task) = occupy(&engine).await;
    let waiting = tokio::spawn({
        let engine = Arc::clone(&engine);
        async move { engine.run(soon(), |_| 7).await }
    });
    while engine.waiting() == 0 {
        tokio::task::yield_now().await;
    }
    engine.close();
    assert_eq!(
        engine.run(soon(), |_| ()).await.unwrap_err(),
        EngineError::Closed
    );
    drop(hold);
    task.await.unwrap();
    assert_eq!(waiting.await.unwrap().unwrap().value, 7);
}

fn until_interrupted(interrupt: &dyn Interrupt) -> Interrupted {
    loop {
        if let Err(interrupted) = interrupt.check() {
            return interrupted;
        }
        thread::sleep(Duration::from_millis(1));
    }
}
