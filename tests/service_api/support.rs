//! A server on port 0 over an analyzer with faults to order, and what the tests read off its answers.

use std::collections::HashMap;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, mpsc};
use std::time::Duration;
use std::{panic, thread};

use http_body_util::BodyExt;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use newsprism::analysis::request::EntityType;
use newsprism::analysis::result::{
    Entity, LanguageFound, Mention, MentionKind, Sentiment, SentimentLabel, SentimentProbabilities,
};
use newsprism::analysis::{Analysis, AnalysisRequest, AnalyzeError, Interrupt};
use newsprism::article::{Field, ReadOptions, check_english, read};
use newsprism::engine::EngineConfig;
use newsprism::model::Manifest;
use newsprism::model::manifest::{FileDigest, Metric, ModelFile};
use newsprism::server::limits::Limits;
use newsprism::server::pb::analysis_outcome::Outcome;
use newsprism::server::pb::article_analysis_service_client::ArticleAnalysisServiceClient;
use newsprism::server::pb::{
    self, AnalysisFeatures, AnalyzeArticleRequest, Article, SegmentOptions,
};
use newsprism::server::{
    ArticleAnalyzer, ConnectionLimits, Listeners, ServeError, ServerConfig, run,
};
use newsprism::telemetry::{LogFormat, LogLevel, subscriber};
use prost::Message;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_types::StatusExt;

pub type Client = ArticleAnalysisServiceClient<Channel>;

type PatientChannel = hyper_util::client::legacy::Client<HttpConnector, tonic::body::Body>;

/// An article of enough English for the language check.
pub const ARTICLE: &str = "The mayor of Springfield opened a new library on Monday.\n\n\
    Residents praised the building, but critics said that its cost was a scandal.";
/// Makes the fake analyzer panic, quoting the article as an indexing panic would.
pub const PANIC: &str = "PANIC";
/// Makes the fake analyzer compute until it is interrupted or released.
pub const SLOW: &str = "SLOW";

/// Analyses nothing, but reads the article for real and can be ordered to fail.
pub struct Fake {
    manifest: Manifest,
    /// Work that runs now.
    pub running: AtomicUsize,
    /// Work that was stopped by its interrupt.
    pub interrupted: AtomicUsize,
    /// Lets slow work end.
    pub released: AtomicUsize,
    /// The titles of the articles that came to a thread, in order.
    pub titles: Mutex<Vec<String>>,
}

impl Fake {
    fn new() -> Self {
        let model = ModelFile {
            name: "stance".to_owned(),
            digest: FileDigest {
                file: "s.onnx".to_owned(),
                sha256: "ab12".to_owned(),
            },
            version: "3".to_owned(),
            license: "MIT".to_owned(),
            labels: Default::default(),
        };
        let metric = Metric {
            task: "news".to_owned(),
            metric: "macro_f1".to_owned(),
            value: 71.5,
        };
        Fake {
            manifest: Manifest {
                version: "7".to_owned(),
                models: vec![model],
                metrics: vec![metric],
                ..Manifest::default()
            },
            running: AtomicUsize::new(0),
            interrupted: AtomicUsize::new(0),
            released: AtomicUsize::new(0),
            titles: Mutex::default(),
        }
    }

    /// How many articles came to a thread.
    pub fn started(&self) -> usize {
        self.titles.lock().unwrap().len()
    }
}

struct Shared(Arc<Fake>);

impl ArticleAnalyzer for Shared {
    fn analyze(
        &self,
        request: &AnalysisRequest,
        interrupt: &dyn Interrupt,
    ) -> Result<Analysis, AnalyzeError> {
        let fake = &self.0;
        let content = request.source.field(Field::Content);
        let title = request.source.field(Field::Title);
        fake.titles.lock().unwrap().push(title.to_owned());
        assert!(!content.starts_with(PANIC), "can't analyse {content}");
        if content.starts_with(SLOW) {
            fake.running.fetch_add(1, Ordering::SeqCst);
            while fake.released.load(Ordering::SeqCst) == 0 {
                if let Err(interrupted) = interrupt.check() {
                    fake.running.fetch_sub(1, Ordering::SeqCst);
                    fake.interrupted.fetch_add(1, Ordering::SeqCst);
                    return Err(interrupted.into());
                }
                thread::sleep(Duration::from_millis(1));
            }
            fake.running.fetch_sub(1, Ordering::SeqCst);
        }
        let language = check_english(&request.source)?;
        let document = read(request.source.clone(), &ReadOptions::default());
        Ok(Analysis {
            chains: Vec::new(),
            language: LanguageFound {
                code: language.code,
                confidence: language.confidence,
            },
            summary: None,
            entities: entities(request),
            document_sentiment: None,
            stances: Vec::new(),
            voices: Default::default(),
            warnings: Vec::new(),
            tokens: 42,
            document,
        })
    }

    fn manifest(&self) -> &Manifest {
        &self.0.manifest
    }
}

/// Echoes the caller's entities with their spans as mentions.
fn entities(request: &AnalysisRequest) -> Vec<Entity> {
    let neutral = Sentiment {
        label: SentimentLabel::Neutral,
        score: 0.0,
        probabilities: SentimentProbabilities {
            positive: 0.0,
            neutral: 1.0,
            negative: 0.0,
        },
    };
    let targets = request.entities.iter().flat_map(|options| &options.targets);
    targets
        .enumerate()
        .map(|(index, target)| Entity {
            id: format!("e{}", index + 1),
            target_id: target.id.clone(),
            name: target.name.clone(),
            entity_type: EntityType::Other,
            aliases: target.aliases.clone(),
            salience: 0.0,
            mentions: target
                .spans
                .iter()
                .map(|span| Mention {
                    span: *span,
                    kind: MentionKind::Proper,
                    sentence: 0,
                    quoted: false,
                    attributed: false,
                    speaker: None,
                    sentiment: neutral,
                    confidence: 1.0,
                })
                .collect(),
            sentiment: None,
            narration_sentiment: None,
            quoted_sentiment: None,
            speaker_sentiments: Vec::new(),
            attitudes: Vec::new(),
            evidence: Vec::new(),
        })
        .collect()
}

/// A running server.
pub struct TestServer {
    pub address: SocketAddr,
    pub admin: SocketAddr,
    pub fake: Arc<Fake>,
    load: mpsc::Sender<()>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<Result<(), ServeError>>,
}

impl TestServer {
    /// A server that lets calls in.
    pub async fn start() -> Self {
        TestServer::start_with(|_| ()).await
    }

    /// The same with another configuration than the tests' own.
    pub async fn start_with(change: impl FnOnce(&mut ServerConfig)) -> Self {
        let server = TestServer::bind(change).await;
        server.load();
        server.wait_for("", ServingStatus::Serving).await;
        server.fake.titles.lock().unwrap().clear();
        server
    }

    /// A server that waits for [`TestServer::load`].
    pub async fn bind(change: impl FnOnce(&mut ServerConfig)) -> Self {
        LazyLock::force(&LOGS);
        let mut config = ServerConfig {
            engine: EngineConfig {
                threads: NonZeroUsize::MIN,
                queue: 4,
                queue_cost: u64::MAX,
                queue_wait: Duration::from_secs(60),
            },
            limits: Limits::default(),
            connections: ConnectionLimits::default(),
            tokens: None,
            tls: None,
            max_deadline: Duration::from_secs(20),
            pre_drain: Duration::ZERO,
            drain: Duration::from_secs(5),
        };
        change(&mut config);
        let listener = async || TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (api, admin) = (listener().await, listener().await);
        let (address, admin_address) = (api.local_addr().unwrap(), admin.local_addr().unwrap());
        let listeners = Listeners {
            api,
            admin: Some(admin),
        };
        let fake = Arc::new(Fake::new());
        let (load, loading) = mpsc::channel();
        let loaded = Shared(Arc::clone(&fake));
        let load_it = move || {
            loading.recv()?;
            Ok(loaded)
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(run(listeners, config, load_it, async {
            let _ = stopped.await;
        }));
        TestServer {
            address,
            admin: admin_address,
            fake,
            load,
            stop: Some(stop),
            task,
        }
    }

    /// Lets the models load.
    pub fn load(&self) {
        self.load.send(()).unwrap();
    }

    /// Tells it to shut down.
    pub fn stop(&mut self) {
        let _ = self.stop.take().unwrap().send(());
    }

    /// Waits for its end.
    pub async fn ended(self) -> Result<(), ServeError> {
        self.task.await.unwrap()
    }

    pub fn channel(&self) -> Channel {
        Endpoint::from_shared(format!("http://{}", self.address))
            .unwrap()
            .connect_lazy()
    }

    pub fn client(&self) -> Client {
        ArticleAnalysisServiceClient::new(self.channel())
    }

    /// A client that sends its deadline and leaves keeping it to the server.
    pub fn patient_client(&self) -> ArticleAnalysisServiceClient<PatientChannel> {
        let mut channel = hyper_util::client::legacy::Client::builder(TokioExecutor::new());
        let origin = format!("http://{}", self.address);
        ArticleAnalysisServiceClient::with_origin(
            channel.http2_only(true).build_http(),
            origin.parse().unwrap(),
        )
    }

    pub async fn health(&self, service: &str) -> Result<ServingStatus, Status> {
        let request = HealthCheckRequest {
            service: service.to_owned(),
        };
        let answer = HealthClient::new(self.channel()).check(request).await?;
        Ok(answer.into_inner().status())
    }

    pub async fn wait_for(&self, service: &str, status: ServingStatus) {
        eventually(async || self.health(service).await.ok() == Some(status)).await;
    }

    /// Status and body of a page of the admin port.
    pub async fn page(&self, path: &str) -> (u16, String) {
        let client: hyper_util::client::legacy::Client<_, tonic::body::Body> =
            hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build_http();
        let uri = format!("http://{}{path}", self.admin).parse().unwrap();
        let answer = client.get(uri).await.unwrap();
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    /// A metric's value, 0 where it is not there yet.
    pub async fn metric(&self, series: &str) -> f64 {
        let (_, page) = self.page("/metrics").await;
        let line = page.lines().find_map(|line| line.strip_prefix(series));
        line.map_or(0.0, |value| value.trim().parse().unwrap())
    }

    /// Waits until so many slow calls compute.
    pub async fn wait_for_running(&self, count: usize) {
        eventually(async || self.fake.running.load(Ordering::SeqCst) == count).await;
    }
}

/// Waits for a condition, and gives up after ten seconds.
pub async fn eventually(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..1000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came true");
}

pub fn article(content: &str) -> Article {
    Article {
        content: content.to_owned(),
        ..Article::default()
    }
}

/// A request for nothing but the paragraphs, which the fake analyzer brings forth for real.
pub fn segments(content: &str) -> AnalyzeArticleRequest {
    AnalyzeArticleRequest {
        article: Some(article(content)),
        features: Some(AnalysisFeatures {
            segments: Some(SegmentOptions {}),
            ..AnalysisFeatures::default()
        }),
        ..AnalyzeArticleRequest::default()
    }
}

/// An article with a title, by which it is known again.
pub fn titled(title: &str, content: &str) -> Article {
    Article {
        title: title.to_owned(),
        ..article(content)
    }
}

/// An error as a caller sees it.
#[derive(Debug)]
pub struct Refusal {
    pub code: Code,
    pub reason: String,
    pub metadata: HashMap<String, String>,
    /// Path and reason of each field at fault.
    pub fields: Vec<(String, String)>,
    pub retry_after: Option<Duration>,
    pub message: String,
}

impl Refusal {
    /// An error that is a part of an answer.
    pub fn of_outcome(outcome: Option<pb::AnalysisOutcome>) -> Self {
        let Some(Outcome::Error(error)) = outcome.and_then(|outcome| outcome.outcome) else {
            panic!("no error");
        };
        let details = error.encode_to_vec().into();
        Refusal::of(&Status::with_details(
            error.code.into(),
            error.message,
            details,
        ))
    }

    pub fn of(status: &Status) -> Self {
        let details = status.get_error_details();
        let info = details
            .error_info()
            .unwrap_or_else(|| panic!("no ErrorInfo in {status:?}"));
        assert_eq!(info.domain, "newsprism.v1");
        let fields = details
            .bad_request()
            .into_iter()
            .flat_map(|bad_request| bad_request.field_violations.clone());
        Refusal {
            code: status.code(),
            reason: info.reason.clone(),
            metadata: info.metadata.clone(),
            fields: fields.map(|field| (field.field, field.reason)).collect(),
            retry_after: details.retry_info().and_then(|retry| retry.retry_delay),
            message: status.message().to_owned(),
        }
    }
}

/// Everything logged by any server of this process.
pub static LOGS: LazyLock<Logs> = LazyLock::new(|| {
    let logs = Logs::default();
    let writer = logs.clone();
    let subscriber = subscriber(LogFormat::Json, LogLevel::Debug, move || writer.clone());
    tracing::subscriber::set_global_default(subscriber).unwrap();
    log_panics_of_compute_threads();
    logs
});

/// Logs the panics of the server's threads as the program does, and prints those of tests as tests do.
fn log_panics_of_compute_threads() {
    let print = panic::take_hook();
    newsprism::telemetry::log_panics();
    let log = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        let thread = thread::current();
        if thread
            .name()
            .is_some_and(|name| name.starts_with("compute-"))
        {
            log(panicked);
        } else {
            print(panicked);
        }
    }));
}

#[derive(Clone, Default)]
pub struct Logs(Arc<Mutex<Vec<u8>>>);

impl Logs {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// The line of the call with this id, once it is written.
    pub async fn call(&self, request_id: &str) -> serde_json::Value {
        let mut found = None;
        eventually(async || {
            let text = self.text();
            let mut lines = text
                .lines()
                .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
            found = lines.find(|line| line["request_id"] == request_id);
            found.is_some()
        })
        .await;
        found.unwrap()
    }
}

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A request with metadata.
pub fn with_id<T>(message: T, request_id: &str) -> tonic::Request<T> {
    let mut request = tonic::Request::new(message);
    request
        .metadata_mut()
        .insert("x-request-id", request_id.parse().unwrap());
    request
}

/// A request with a deadline; tonic's own channel would keep it too, and answer CANCELLED.
pub fn with_deadline<T>(message: T, timeout: &str) -> tonic::Request<T> {
    let mut request = tonic::Request::new(message);
    request
        .metadata_mut()
        .insert("grpc-timeout", timeout.parse().unwrap());
    request
}

pub fn stance_target(text: &str) -> pb::StanceTarget {
    pb::StanceTarget {
        text: text.to_owned(),
        ..pb::StanceTarget::default()
    }
}
