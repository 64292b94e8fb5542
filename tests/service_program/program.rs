//! The program as a child process on a port of its own.

use std::cell::RefCell;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{fs, thread};

use http_body_util::BodyExt;
use hyper_util::client::legacy;
use hyper_util::rt::TokioExecutor;
use newsprism::server::pb::article_analysis_service_client::ArticleAnalysisServiceClient;
use newsprism::server::pb::{self, AnalysisFeatures, AnalyzeArticleRequest};
use serde_json::Value;
use tonic::transport::{Channel, Endpoint};

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// An article written for the tests.
pub const ARTICLE: &str = "Mayor praised for new library\r\n\r\n\
    Mayor Jane Doe opened a splendid new library in Springfield on Monday.\r\n\r\n\
    Residents praised Doe for a \u{201c}wonderful\u{201d} building, but the councillor John Roe said: \
    \u{201c}Doe has wasted our money. It is a scandal.\u{201d}\r\n\r\n\
    READ MORE: The ten best libraries of the world\r\n\r\n\
    The council will vote on the budget next week. Doe said that she expects a majority.";

/// A request for every analysis of it.
pub fn everything() -> AnalyzeArticleRequest {
    AnalyzeArticleRequest {
        article: Some(pb::Article {
            content: ARTICLE.to_owned(),
            ..Default::default()
        }),
        options: None,
        features: Some(AnalysisFeatures {
            summary: Some(Default::default()),
            entities: Some(Default::default()),
            stance: Some(pb::StanceOptions {
                targets: vec![pb::StanceTarget {
                    text: "Jane Doe".to_owned(),
                    ..Default::default()
                }],
                ..Default::default()
            }),
            segments: Some(Default::default()),
        }),
    }
}

/// A command line of the program, with nothing of this process's own environment in its way.
pub fn newsprism(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsprism"));
    command.args(arguments);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("NEWSPRISM_")) {
        command.env_remove(name);
    }
    command
}

/// A running server; killed when dropped.
pub struct Program {
    child: Child,
    lines: Receiver<String>,
    /// The lines taken from it so far.
    log: RefCell<Vec<String>>,
    pub address: String,
    /// The admin port's; empty where there is none.
    pub admin: String,
}

impl Program {
    /// Starts it and waits until it serves.
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = newsprism(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(arguments);
        Program::of(command)
    }

    /// The same of a command line of one's own.
    pub fn of(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (send, lines) = channel();
        thread::spawn(move || {
            for line in stderr.lines() {
                let Ok(true) = line.map(|line| send.send(line).is_ok()) else {
                    return;
                };
            }
        });
        let mut program = Program {
            child,
            lines,
            log: RefCell::default(),
            address: String::new(),
            admin: String::new(),
        };
        let starting = program.wait_for("starting");
        program.address = starting["listen"].as_str().unwrap().to_owned();
        let admin = starting["admin_listen"].as_str();
        program.admin = admin.unwrap_or_default().to_owned();
        program.wait_for("serving");
        program
    }

    /// The next log line with this message.
    pub fn wait_for(&self, message: &str) -> Value {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap();
            self.log.borrow_mut().push(line.clone());
            let line: Value = serde_json::from_str(&line).unwrap();
            if line["message"] == message {
                return line;
            }
        }
    }

    /// All that it logged; to be asked for when it has ended.
    pub fn log(&self) -> String {
        self.log.borrow_mut().extend(self.lines.iter());
        self.log.borrow().join("\n")
    }

    /// A page of the admin port.
    pub async fn page(&self, path: &str) -> String {
        let page = self.try_page(path).await;
        page.unwrap_or_else(|| panic!("no {path}"))
    }

    /// The same; `None` where the port doesn't answer.
    pub async fn try_page(&self, path: &str) -> Option<String> {
        let client: legacy::Client<_, tonic::body::Body> =
            legacy::Client::builder(TokioExecutor::new()).build_http();
        let uri = format!("http://{}{path}", self.admin).parse().unwrap();
        let body = client.get(uri).await.ok()?.into_body().collect().await;
        String::from_utf8(body.ok()?.to_bytes().to_vec()).ok()
    }

    /// The most memory that it had so far, in bytes.
    pub fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes = peak.unwrap().trim().trim_end_matches(" kB");
        kibibytes.parse::<u64>().unwrap() << 10
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// How it ended.
    pub fn ended(&mut self) -> ExitStatus {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("it runs on");
    }

    pub fn client(&self) -> ArticleAnalysisServiceClient<Channel> {
        let endpoint = Endpoint::from_shared(format!("http://{}", self.address));
        ArticleAnalysisServiceClient::new(endpoint.unwrap().connect_lazy())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Fails only where it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
