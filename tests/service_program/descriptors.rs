//! Running out of file descriptors: who is connected is served, and nothing spins.

use std::fs;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use newsprism::server::pb::GetServiceInfoRequest;

use crate::program::{Program, newsprism};

/// Clock ticks that a process has computed; there are 100 a second.
fn ticks(id: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    // After the name in parentheses: state, ..., utime and stime as the 12th and 13th.
    let fields: Vec<&str> = stat
        .rsplit_once(')')
        .unwrap()
        .1
        .split_whitespace()
        .collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

#[tokio::test]
async fn row_3_two_hundred_clients_and_64_descriptors_cost_the_connected_nothing() {
    let serve = newsprism(&["serve", "--listen", "127.0.0.1:0", "--threads", "1"]);
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 64; exec \"$0\" \"$@\""])
        .arg(serve.get_program())
        .args(serve.get_args());
    let program = Program::of(command);
    let mut client = program.client();
    let info = GetServiceInfoRequest {};
    client.get_service_info(info).await.unwrap();

    let connect = |_| TcpStream::connect(&program.address).unwrap();
    let crowd: Vec<TcpStream> = (0..200).map(connect).collect();
    program.wait_for("can't accept connections");
    let before = ticks(program.id());
    tokio::time::sleep(Duration::from_secs(2)).await;
    let spent = ticks(program.id()) - before;
    assert!(
        spent < 100,
        "it computed {spent} of 200 ticks doing nothing"
    );
    client.get_service_info(info).await.unwrap();

    drop(crowd);
    let mut newcomer = program.client();
    let answer = newcomer.get_service_info(info);
    let answer = tokio::time::timeout(Duration::from_secs(20), answer).await;
    answer.unwrap().unwrap();
}
