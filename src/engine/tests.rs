//! The engine's promises, with work that blocks on channels instead of computing.

use std::convert::Infallible;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::*;
use crate::analysis::Interrupted;

fn engine(threads: usize, queue: usize) -> Arc<Engine> {
    let threads = NonZeroUsize::new(threads).unwrap();
    let config = EngineConfig {
        threads,
        queue,
        queue_cost: u64::MAX,
        queue_wait: Duration::MAX,
    };
    let engine = Engine::start(config).unwrap();
    // Room is counted by idle threads: wait until each has come to the queue.
    while engine.shared.queue.idle() < threads.get() {
        thread::yield_now();
    }
    Arc::new(engine)
}

/// Runs work that can't fail.
async fn run<T: Send + 'static>(
    engine: &Engine,
    deadline: Instant,
    work: impl FnOnce(&dyn Interrupt) -> T + Send + 'static,
) -> Result<Done<T>, EngineError> {
    let work = move |interrupt: &dyn Interrupt| Ok::<T, Infallible>(work(interrupt));
    let done = engine.run(deadline, Task { cost: 1, work }).await?;
    let Ok(value) = done.value;
    Ok(Done {
        value,
        queued: done.queued,
        computed: done.computed,
    })
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
        run(&engine, soon(), work).await.unwrap();
    });
    begun.await.unwrap();
    (hold, task)
}

#[tokio::test]
async fn work_is_answered_with_its_durations() {
    let engine = engine(1, 0);
    let done = run(&engine, soon(), |_| {
        thread::sleep(Duration::from_millis(20));
        "answer"
    });
    let done = done.await.unwrap();
    assert_eq!(done.value, "answer");
    assert!(done.computed >= Duration::from_millis(20));
}

#[tokio::test]
async fn a_full_queue_sheds_at_once_and_says_when_to_retry() {
    let engine = engine(1, 0);
    let (hold, task) = occupy(&engine).await;
    let error = run(&engine, soon(), |_| ()).await.unwrap_err();
    assert!(
        matches!(error, EngineError::Overloaded { retry_after } if retry_after >= RETRY_AFTER.0)
    );
    drop(hold);
    task.await.unwrap();
}

#[tokio::test]
async fn expired_work_is_refused_at_admission() {
    let ran = run(&engine(1, 1), Instant::now(), |_| ()).await;
    assert_eq!(ran.unwrap_err(), EngineError::DeadlineExceeded);
}

#[tokio::test]
async fn work_that_expires_in_the_queue_never_starts() {
    let engine = engine(1, 1);
    let (hold, task) = occupy(&engine).await;
    let (ran, has_run) = mpsc::channel();
    let deadline = Instant::now() + Duration::from_millis(30);
    let waiting = run(&engine, deadline, move |_| ran.send(()).unwrap());
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
    let done = run(&engine(1, 1), deadline, until_interrupted)
        .await
        .unwrap();
    assert_eq!(done.value, Interrupted::DeadlineExceeded);
}

#[tokio::test]
async fn running_work_learns_that_its_caller_has_gone() {
    let engine = engine(1, 1);
    let (told, tells) = mpsc::channel();
    let work = move |interrupt: &dyn Interrupt| told.send(until_interrupted(interrupt)).unwrap();
    let dropped = tokio::time::timeout(Duration::from_millis(30), run(&engine, soon(), work)).await;
    assert!(dropped.is_err());
    assert_eq!(tells.recv().unwrap(), Interrupted::Cancelled);
}

#[tokio::test]
async fn a_dropped_call_leaves_the_queue_and_makes_room() {
    let engine = engine(1, 1);
    let (hold, task) = occupy(&engine).await;
    let waiting = run(&engine, soon(), |_| ());
    assert!(
        tokio::time::timeout(Duration::from_millis(10), waiting)
            .await
            .is_err()
    );
    assert_eq!(engine.load().waiting, 0);
    drop(hold);
    run(&engine, soon(), |_| ()).await.unwrap();
    task.await.unwrap();
}

#[tokio::test]
async fn a_panic_costs_its_own_call_only() {
    let engine = engine(1, 4);
    for _ in 0..3 {
        let ran = run(&engine, soon(), |_| panic!("on purpose"));
        let error: EngineError = ran.await.map(|_: Done<()>| ()).unwrap_err();
        assert_eq!(error, EngineError::Panicked);
    }
    assert_eq!(engine.panics(), 3);
    assert_eq!(run(&engine, soon(), |_| 7).await.unwrap().value, 7);
}

#[tokio::test]
async fn a_callers_tasks_are_all_taken_or_none_and_each_is_withdrawn_alone() {
    let engine = engine(1, 1);
    let (hold, task) = occupy(&engine).await;
    let tasks = |count: i32| -> Vec<_> {
        let work = |index| move |_: &dyn Interrupt| Ok::<_, Infallible>(index);
        let task = |index| Task {
            cost: 1,
            work: work(index),
        };
        (0..count).map(task).collect()
    };
    let within = Admission::Within(Duration::from_secs(20));
    let mut pending = engine
        .submit(&engine.caller(), soon(), within, tasks(3))
        .unwrap();
    let refused = engine
        .submit(&engine.caller(), soon(), within, tasks(2))
        .map(drop);
    assert!(matches!(refused, Err(EngineError::Overloaded { .. })));
    drop(pending.remove(1));
    assert_eq!(engine.load().waiting, 2);
    drop(hold);
    let mut answers = Vec::new();
    for pending in pending {
        let Ok(index) = pending.await.unwrap().value;
        answers.push(index);
    }
    assert_eq!(answers, [0, 2]);
    task.await.unwrap();
}

#[tokio::test]
async fn work_that_cannot_meet_its_deadline_is_shed_at_once_and_told_when_it_could() {
    let engine = engine(1, 10);
    let second = |_: &dyn Interrupt| {
        thread::sleep(Duration::from_millis(100));
        Ok::<_, Infallible>(())
    };
    // From this the engine learns that a cost of 1 takes a tenth of a second.
    engine
        .run(
            soon(),
            Task {
                cost: 1,
                work: second,
            },
        )
        .await
        .unwrap();
    let (hold, task) = occupy(&engine).await;
    let long = Task {
        cost: 100,
        work: |_: &dyn Interrupt| Ok::<_, Infallible>(()),
    };
    let ahead = Admission::Within(Duration::from_secs(20));
    let _ahead = engine
        .submit(&engine.caller(), soon(), ahead, vec![long])
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(5);
    let error = run(&engine, deadline, |_| ()).await.unwrap_err();
    let EngineError::TooLate { retry_after } = error else {
        panic!("{error:?}");
    };
    assert!(retry_after >= Duration::from_secs(5), "{retry_after:?}");
    drop(hold);
    task.await.unwrap();
}

#[tokio::test]
async fn a_closed_engine_finishes_what_it_admitted() {
    let engine = engine(1, 1);
    let (hold, task) = occupy(&engine).await;
    let waiting = tokio::spawn({
        let engine = Arc::clone(&engine);
        async move { run(&engine, soon(), |_| 7).await }
    });
    while engine.load().waiting == 0 {
        tokio::task::yield_now().await;
    }
    engine.close();
    assert_eq!(
        run(&engine, soon(), |_| ()).await.unwrap_err(),
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
