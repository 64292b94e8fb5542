//! SIGTERM and SIGINT drain and exit with 0; a second signal doesn't wait.

use std::time::{Duration, Instant};

use crate::program::Program;

#[test]
fn either_signal_ends_it_well() {
    for signal in ["TERM", "INT"] {
        let mut program = Program::start(&["--pre-drain", "0s"]);
        program.signal(signal);
        assert_eq!(program.ended().code(), Some(0), "{signal}");
        program.wait_for("stopped");
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut program = Program::start(&["--pre-drain", "5m"]);
    program.signal("TERM");
    program.wait_for("shutting down: telling load balancers to look away");
    let second = Instant::now();
    program.signal("TERM");
    assert_eq!(program.ended().code(), Some(1));
    assert!(second.elapsed() < Duration::from_secs(5));
}
