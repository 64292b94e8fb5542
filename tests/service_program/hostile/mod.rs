//! Row 10: hostile input to the real server over a real connection. Each is answered, in bounded time, by an analysis or by an
//! error that blames the caller; none panics, and none leaves a trace on the next.

mod requests;
mod texts;
mod wire;

use std::collections::HashSet;

use futures_util::{StreamExt, stream};
use newsprism::server::pb::{self, AnalyzeArticleRequest, AnalyzeArticleResponse};
use prost::Message;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use self::requests::Parts;
use crate::program::Program;
use crate::raw_call::{Answer, RawClient, SERVICE, frame, messages_of};

const METHODS: [&str; 7] = [
    "AnalyzeArticle",
    "SummarizeArticle",
    "AnalyzeEntitySentiment",
    "DetectStance",
    "BatchAnalyzeArticles",
    "StreamAnalyzeArticles",
    "GetServiceInfo",
];

/// A name and what is sent to a method.
struct Case {
    name: String,
    method: &'static str,
    body: Vec<u8>,
}

impl Case {
    fn new(name: impl Into<String>, method: &'static str, body: Vec<u8>) -> Self {
        let name = format!("{method}: {}", name.into());
        Case { name, method, body }
    }

    fn of(name: impl Into<String>, method: &'static str, message: &impl Message) -> Self {
        Case::new(name, method, frame(&message.encode_to_vec()))
    }
}

/// The same parts, asked for by each of the methods that have them.
fn everywhere(name: &str, parts: &Parts) -> Vec<Case> {
    let Parts {
        article,
        options,
        summary,
        entities,
        stance,
    } = parts.clone();
    let (article, options) = (Some(article), Some(options));
    let summarize = pb::SummarizeArticleRequest {
        article: article.clone(),
        options: options.clone(),
        summary_options: Some(summary),
    };
    let sentiment = pb::AnalyzeEntitySentimentRequest {
        article: article.clone(),
        options: options.clone(),
        entity_options: Some(entities),
    };
    let stance = pb::DetectStanceRequest {
        article,
        options,
        stance_options: Some(stance),
    };
    vec![
        Case::of(name, "SummarizeArticle", &summarize),
        Case::of(name, "AnalyzeEntitySentiment", &sentiment),
        Case::of(name, "DetectStance", &stance),
    ]
}

fn with_content(content: String) -> Parts {
    let mut parts = Parts::good();
    parts.article.content = content;
    parts
}

/// All cases; what takes long comes first.
fn corpus() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, text) in texts::mebibytes() {
        let request = with_content(text).request();
        cases.push(Case::of(name, "AnalyzeArticle", &request));
    }
    let mut stream = Vec::new();
    for (name, text) in texts::texts() {
        let within = with_content(format!("{}{text}", texts::ENGLISH)).request();
        let alone = with_content(text).request();
        cases.push(Case::of(
            format!("{name}, within english"),
            "AnalyzeArticle",
            &within,
        ));
        cases.push(Case::of(name, "AnalyzeArticle", &alone));
        stream.extend(frame(
            &pb::StreamAnalyzeArticlesRequest {
                correlation_id: name.to_owned(),
                request: Some(alone),
            }
            .encode_to_vec(),
        ));
    }
    cases.push(Case::new("every text", "StreamAnalyzeArticles", stream));
    for (index, (name, parts)) in requests::requests().into_iter().enumerate() {
        // The options are checked by the same code in each method: one of them in turn, beside the one that has them all.
        cases.push(everywhere(&name, &parts).swap_remove(index % 3));
        cases.push(Case::of(name, "AnalyzeArticle", &parts.request()));
    }
    for (name, batch) in wire::batches() {
        cases.push(Case::of(name, "BatchAnalyzeArticles", &batch));
    }
    for (name, body) in wire::bodies() {
        for method in METHODS {
            cases.push(Case::new(name, method, body.clone()));
        }
    }
    cases
}

/// What is wrong with an answer.
fn fault(case: &Case, answer: &Answer) -> Option<String> {
    let Answer { status, messages } = answer;
    let blamed = [
        Code::InvalidArgument,
        Code::Unimplemented,
        Code::FailedPrecondition,
    ];
    if status.code() != Code::Ok {
        let info = status.get_details_error_info();
        let explained = info.is_some_and(|info| {
            !info.reason.is_empty() && info.metadata.contains_key("request_id")
        });
        if !blamed.contains(&status.code()) || !explained {
            return Some(format!("{:?}: {}", status.code(), status.message()));
        }
    }
    if case.method == "AnalyzeArticle" && status.code() == Code::Ok {
        let sent = messages_of(&case.body);
        let request = sent
            .first()
            .map(|message| AnalyzeArticleRequest::decode(message.as_slice()));
        let response = messages
            .first()
            .map(|message| AnalyzeArticleResponse::decode(message.as_slice()));
        let (Some(Ok(request)), Some(Ok(response))) = (request, response) else {
            return Some("no answer in it".to_owned());
        };
        return misplaced(&request, &response);
    }
    None
}

/// A segment whose offsets don't give its text.
fn misplaced(request: &AnalyzeArticleRequest, response: &AnalyzeArticleResponse) -> Option<String> {
    let article = request.article.clone().unwrap_or_default();
    let encoding = request.options.clone().unwrap_or_default().offset_encoding;
    if encoding > 1 {
        return None;
    }
    response.segments.iter().find_map(|segment| {
        let span = segment.span.clone().unwrap_or_default();
        let field = match span.field() {
            pb::SourceField::Title => &article.title,
            _ => &article.content,
        };
        let range =
            usize::try_from(span.start_offset).ok()?..usize::try_from(span.end_offset).ok()?;
        let cut = field.get(range);
        (cut != Some(span.text.as_str())).then(|| format!("{cut:?} is not {:?}", span.text))
    })
}

#[tokio::test]
async fn row_10_hostile_input_is_answered_and_costs_nobody_else() {
    let program = Program::start(&[
        "--admin-listen",
        "127.0.0.1:0",
        "--max-deadline",
        "1000m",
        "--queue",
        "64",
        "--queue-tokens",
        "100000000",
        "--queue-wait",
        "1000m",
    ]);
    let client = RawClient::new(&program.address);
    let good = frame(&Parts::good().request().encode_to_vec());
    let before = client.call("AnalyzeArticle", good.clone()).await;
    let expected = analysis(&before);

    let cases = corpus();
    assert!(cases.len() >= 200, "{}", cases.len());
    let names: HashSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases have one name");
    let faults: Vec<String> = stream::iter(&cases)
        .map(async |case| {
            let answer = client.call(case.method, case.body.clone()).await;
            fault(case, &answer).map(|fault| format!("{}: {fault}", case.name))
        })
        .buffer_unordered(4)
        .filter_map(async |fault| fault)
        .collect()
        .await;
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        cases.len(),
        faults.join("\n")
    );

    let after = client.call("AnalyzeArticle", good).await;
    assert!(
        analysis(&after) == expected,
        "the next answer is another one"
    );
    let metrics = program.page("/metrics").await;
    assert!(metrics.contains("newsprism_panics_total 0"), "{metrics}");
    for code in ["INTERNAL", "UNKNOWN", "DEADLINE_EXCEEDED", "UNAVAILABLE"] {
        assert!(
            !metrics.contains(&format!("grpc_code=\"{code}\"")),
            "{metrics}"
        );
    }
}

/// An answer without what differs from call to call.
fn analysis(answer: &Answer) -> AnalyzeArticleResponse {
    let Answer { status, messages } = answer;
    assert_eq!(status.code(), Code::Ok, "{status:?}");
    let mut response = AnalyzeArticleResponse::decode(messages[0].as_slice()).unwrap();
    response.metadata = None;
    response
}

#[tokio::test]
async fn row_10_health_and_reflection_take_no_harm_either() {
    let program = Program::start(&["--admin-listen", "127.0.0.1:0"]);
    let client = RawClient::new(&program.address);
    let paths = [
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/List",
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    ];
    for (name, body) in wire::bodies() {
        for path in paths {
            let status = client
                .post(path, "application/grpc", body.clone())
                .await
                .status;
            let blamed = [
                Code::Ok,
                Code::InvalidArgument,
                Code::NotFound,
                Code::OutOfRange,
                Code::Unimplemented,
            ];
            assert!(
                blamed.contains(&status.code()),
                "{path}: {name}: {status:?}"
            );
        }
    }
    let metrics = program.page("/metrics").await;
    assert!(metrics.contains("newsprism_panics_total 0"), "{metrics}");
}

#[tokio::test]
async fn row_10_other_paths_and_content_types_are_refused() {
    let program = Program::start(&["--admin-listen", "127.0.0.1:0"]);
    let client = RawClient::new(&program.address);
    let body = frame(&Parts::good().request().encode_to_vec());
    let paths = [
        "/",
        "//",
        "/newsprism.v1.ArticleAnalysisService",
        "/newsprism.v1.ArticleAnalysisService/",
        "/newsprism.v1.ArticleAnalysisService/analyzearticle",
        "/newsprism.v1.ArticleAnalysisService/AnalyzeArticle/",
        "/newsprism.v1.ArticleAnalysisService/%41nalyzeArticle",
        "/newsprism.v2.ArticleAnalysisService/AnalyzeArticle",
        "/../../etc/passwd",
        "/metrics",
        "/grpc.health.v1.Health/Kill",
        "/a.B/C?d=e",
    ];
    for path in paths {
        let status = client
            .post(path, "application/grpc", body.clone())
            .await
            .status;
        assert_eq!(status.code(), Code::Unimplemented, "{path}: {status:?}");
    }
    let path = format!("{SERVICE}/AnalyzeArticle");
    for content_type in [
        "",
        "text/html",
        "application/json",
        "application/grpc-web",
        "application/x-www-form-urlencoded",
    ] {
        let status = client.http_status(&path, content_type, body.clone()).await;
        assert_eq!(status, 415, "{content_type}");
    }
    let metrics = program.page("/metrics").await;
    assert!(metrics.contains("newsprism_panics_total 0"), "{metrics}");
    assert!(
        !metrics.contains("passwd") && !metrics.contains("Kill"),
        "{metrics}"
    );
    let _: Status = client.call("AnalyzeArticle", body).await.status;
}
