//! The program as a child process, and what the kernel tells of it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use newsprism::server::pb::GetServiceInfoRequest;
use serde_json::Value;
use tempfile::NamedTempFile;
use tokio_rustls::rustls::ClientConfig;

use super::client::{Client, RoundRobin};

/// How long anything may take before a run is given up.
const PATIENCE: Duration = Duration::from_secs(120);

/// For servers that are to refuse no call, however long it waits.
pub const PATIENT: [&str; 6] = [
    "--queue",
    "1000",
    "--queue-wait",
    "10m",
    "--max-deadline",
    "10m",
];

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    log: NamedTempFile,
    pub address: String,
}

/// An address that nobody listens on.
pub fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

impl Server {
    /// Starts it on an address of its own.
    pub fn start(arguments: &[&str]) -> Self {
        Server::start_on(&free_address(), arguments)
    }

    pub fn start_on(address: &str, arguments: &[&str]) -> Self {
        let command = Command::new(env!("CARGO_BIN_EXE_newsprism"));
        Server::of(command, address, arguments)
    }

    /// The same of another way to run the program.
    pub fn of(mut command: Command, address: &str, arguments: &[&str]) -> Self {
        command.args(["serve", "--listen", address]).args(arguments);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NEWSPRISM_")) {
            command.env_remove(name);
        }
        let log = NamedTempFile::new().unwrap();
        let child = command.stderr(log.reopen().unwrap()).spawn().unwrap();
        Server {
            child,
            log,
            address: address.to_owned(),
        }
    }

    /// The memory that it says it takes at most, in bytes.
    pub fn stated_bound(&self) -> u64 {
        self.logged("memory_bound_mib") << 20
    }

    /// A figure of its first log line.
    pub fn logged(&self, name: &str) -> u64 {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let log = BufReader::new(self.log.reopen().unwrap());
            if let Some(Ok(line)) = log.lines().next()
                && let Ok(line) = serde_json::from_str::<Value>(&line)
            {
                return line[name].as_u64().unwrap();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it logs nothing");
    }

    /// Waits until it answers; how long that took.
    pub async fn ready(&self) -> Duration {
        self.ready_over(None).await
    }

    pub async fn ready_over(&self, tls: Option<std::sync::Arc<ClientConfig>>) -> Duration {
        let started = Instant::now();
        let channel = RoundRobin::new(std::slice::from_ref(&self.address), tls).impatient();
        while started.elapsed() < PATIENCE {
            let info = GetServiceInfoRequest {};
            if channel.client().get_service_info(info).await.is_ok() {
                return started.elapsed();
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("it never became ready");
    }

    /// A client with a connection of its own.
    pub fn client(&self) -> Client {
        RoundRobin::new(std::slice::from_ref(&self.address), None).client()
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", "TERM", &id]).status();
        assert!(sent.unwrap().success());
    }

    /// SIGKILL, and its end.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// How it ended.
    pub async fn ended(&mut self) -> ExitStatus {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("it runs on");
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Time that it has computed on all its threads.
    pub fn computed(&self) -> Duration {
        let stat = self.proc("stat");
        // After the name in parentheses: state, …, utime and stime as the 12th and 13th, in hundredths of a second.
        let fields: Vec<&str> = stat
            .rsplit_once(')')
            .unwrap()
            .1
            .split_whitespace()
            .collect();
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        Duration::from_millis(10 * ticks)
    }

    /// Bytes of memory that it holds.
    pub fn memory(&self) -> u64 {
        self.status("VmRSS:") << 10
    }

    /// The most that it ever held.
    pub fn most_memory(&self) -> u64 {
        self.status("VmHWM:") << 10
    }

    pub fn threads(&self) -> u64 {
        self.status("Threads:")
    }

    pub fn descriptors(&self) -> u64 {
        let descriptors = fs::read_dir(format!("/proc/{}/fd", self.child.id()));
        descriptors.unwrap().count() as u64
    }

    fn status(&self, name: &str) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let figure = line.unwrap().split_whitespace().next();
        figure.unwrap().parse().unwrap()
    }

    fn proc(&self, file: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails only where it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
