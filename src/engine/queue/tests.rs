//! Turns, room and expected waits, on one thread that takes items when it is told to.

use super::*;

const SECOND: Duration = Duration::from_secs(1);
const SOON: Admission = Admission::Within(Duration::from_secs(1000));

/// A queue before one busy thread that takes a second for a cost of 100.
fn queue(calls: usize, cost: u64, wait: Duration) -> Queue<&'static str> {
    let queue = Queue::new(Bounds { calls, cost, wait }, 1);
    queue.learn(100, SECOND);
    queue
}

fn roomy() -> Queue<&'static str> {
    queue(100, 1_000_000, 1000 * SECOND)
}

fn push(
    queue: &Queue<&'static str>,
    caller: u64,
    items: &[(u64, &'static str)],
) -> Result<(), Full> {
    queue.push(caller, SOON, items.to_vec()).map(drop)
}

#[test]
fn callers_take_turns_however_much_each_brings() {
    let queue = roomy();
    push(&queue, 1, &[(1, "a1"), (1, "a2"), (1, "a3")]).unwrap();
    push(&queue, 2, &[(1, "b1")]).unwrap();
    push(&queue, 3, &[(1, "c1"), (1, "c2")]).unwrap();
    let order: Vec<_> = (0..6).map(|_| queue.pop(0).unwrap()).collect();
    assert_eq!(order, ["a1", "b1", "c1", "a2", "c2", "a3"]);
}

#[test]
fn a_callers_waiting_item_can_leave() {
    let queue = roomy();
    let places = queue.push(1, SOON, vec![(1, "a1"), (1, "a2")]).unwrap();
    push(&queue, 2, &[(1, "b1")]).unwrap();
    queue.remove(1, places[0]);
    queue.remove(1, places[0]);
    assert_eq!(queue.pop(0), Some("a2"));
    assert_eq!(queue.pop(0), Some("b1"));
    assert_eq!(queue.load().waiting, 0);
}

#[test]
fn a_batch_is_one_call_and_callers_that_bound_themselves_are_none() {
    let queue = queue(1, 1000, 1000 * SECOND);
    queue.push(9, Admission::Always, vec![(1, "s1")]).unwrap();
    push(&queue, 1, &[(1, "a1"), (1, "a2")]).unwrap();
    assert!(matches!(
        push(&queue, 2, &[(1, "b1")]),
        Err(Full::NoRoom(_))
    ));
    queue.push(9, Admission::Always, vec![(1, "s2")]).unwrap();
    assert_eq!(queue.load().waiting, 4);
}

#[test]
fn the_cost_of_what_waits_is_bounded_but_one_item_of_any_cost_fits_in() {
    let queue = queue(100, 50, 1000 * SECOND);
    push(&queue, 1, &[(80, "large")]).unwrap();
    assert!(matches!(
        push(&queue, 2, &[(1, "small")]),
        Err(Full::NoRoom(_))
    ));
    queue.pop(0).unwrap();
    push(&queue, 2, &[(30, "b")]).unwrap();
    push(&queue, 3, &[(20, "c")]).unwrap();
    assert!(push(&queue, 4, &[(1, "d")]).is_err());
}

#[test]
fn no_newcomer_waits_longer_than_is_allowed() {
    let queue = queue(100, 1_000_000, 3 * SECOND);
    for caller in 0..4 {
        push(&queue, caller, &[(100, "x")]).unwrap();
    }
    assert_eq!(
        push(&queue, 9, &[(100, "y")]),
        Err(Full::NoRoom(4 * SECOND))
    );
}

#[test]
fn what_would_be_done_too_late_is_refused_with_by_how_much() {
    let queue = roomy();
    push(&queue, 1, &[(200, "x")]).unwrap();
    let within = |time| {
        queue
            .push(2, Admission::Within(time), vec![(100, "y")])
            .map(drop)
    };
    assert_eq!(within(2 * SECOND), Err(Full::TooLate(SECOND)));
    assert_eq!(within(4 * SECOND), Ok(()));
}

#[test]
fn a_single_item_waits_for_one_turn_of_a_batch_and_a_batch_for_as_many_as_it_needs() {
    let queue = roomy();
    push(&queue, 1, &[(100, "a"); 50]).unwrap();
    let within = |caller, time, count| {
        queue
            .push(caller, Admission::Within(time), vec![(100, "b"); count])
            .map(drop)
    };
    assert_eq!(within(2, 3 * SECOND, 1), Ok(()));
    // Two turns of its own, two of the first caller's, one of the second's.
    assert_eq!(within(3, 4 * SECOND, 2), Err(Full::TooLate(SECOND)));
}

#[test]
fn work_that_nothing_stands_before_is_let_try() {
    let queue = roomy();
    let tight = Admission::Within(Duration::from_millis(1));
    assert!(queue.push(1, tight, vec![(100, "x")]).is_ok());
}

#[test]
fn running_work_is_waited_for_only_for_what_is_left_of_it() {
    let queue = roomy();
    push(&queue, 1, &[(1000, "x")]).unwrap();
    queue.pop(0).unwrap();
    let wait = queue.load().wait;
    assert!(wait > 8 * SECOND && wait < 10 * SECOND, "{wait:?}");
}

#[test]
fn a_closed_queue_gives_what_it_has_and_takes_nothing() {
    let queue = roomy();
    push(&queue, 1, &[(1, "x")]).unwrap();
    queue.close();
    assert_eq!(push(&queue, 2, &[(1, "y")]), Err(Full::Closed));
    assert_eq!(queue.pop(0), Some("x"));
    assert_eq!(queue.pop(0), None);
}
