//! Row 15: a call is a part of its caller's trace, and has an id.

use std::collections::{HashMap, HashSet};
use std::net::TcpListener;

use newsprism::server::pb::{AnalyzeArticleRequest, StreamAnalyzeArticlesRequest};
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use tonic::Request;

use crate::collector::{Collector, hex};
use crate::program::{Program, everything};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

fn within_trace(
    message: AnalyzeArticleRequest,
    trace: &str,
    sampled: bool,
) -> Request<AnalyzeArticleRequest> {
    let mut request = Request::new(message);
    let parent = format!("00-{trace}-{PARENT}-0{}", u8::from(sampled));
    let metadata = request.metadata_mut();
    metadata.insert("traceparent", parent.parse().unwrap());
    metadata.insert("x-request-id", "the-callers-own".parse().unwrap());
    request
}

fn attributes(span: &Span) -> HashMap<&str, String> {
    let attributes = span.attributes.iter();
    attributes
        .map(|attribute| {
            let value = attribute.value.clone().and_then(|value| value.value);
            let value = match value {
                Some(Value::StringValue(text)) => text,
                Some(Value::IntValue(number)) => number.to_string(),
                other => format!("{other:?}"),
            };
            (attribute.key.as_str(), value)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn row_15_a_call_is_a_part_of_its_callers_trace_with_a_span_for_each_stage() {
    let (collector, url) = Collector::start().await;
    let mut program = Program::start(&["--otlp-endpoint", &url, "--pre-drain", "0s"]);
    let mut client = program.client();
    client
        .analyze_article(within_trace(everything(), TRACE, true))
        .await
        .unwrap();
    let line = program.wait_for("call");
    assert_eq!(
        (&line["trace_id"], &line["request_id"]),
        (&TRACE.into(), &"the-callers-own".into())
    );
    // What is left is sent at the end.
    program.signal("TERM");
    assert_eq!(program.ended().code(), Some(0));

    let spans = collector.trace(TRACE).await;
    let of = |name: &str| {
        let found = spans.iter().find(|span| span.name == name);
        found.unwrap_or_else(|| panic!("no {name} in {spans:?}"))
    };
    let call = of("newsprism.v1.ArticleAnalysisService/AnalyzeArticle");
    assert_eq!(hex(&call.parent_span_id), PARENT);
    let told = attributes(call);
    for (name, value) in [
        ("rpc.system", "grpc"),
        ("rpc.service", "newsprism.v1.ArticleAnalysisService"),
        ("rpc.method", "AnalyzeArticle"),
        ("rpc.grpc.status_code", "0"),
        ("request_id", "the-callers-own"),
        ("articles", "1"),
    ] {
        assert_eq!(
            told.get(name).map(String::as_str),
            Some(value),
            "{name} of {told:?}"
        );
    }
    let compute = of("compute");
    for (name, parent) in [
        ("queue", call),
        ("compute", call),
        ("read", compute),
        ("annotate", compute),
        ("entities", compute),
        ("voices", compute),
        ("summary", compute),
        ("stance", compute),
    ] {
        let span = of(name);
        assert_eq!(span.parent_span_id, parent.span_id, "{name}");
        assert!(
            span.start_time_unix_nano >= parent.start_time_unix_nano,
            "{name}"
        );
        assert!(
            span.end_time_unix_nano >= span.start_time_unix_nano,
            "{name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_15_the_callers_decision_holds_and_errors_are_marked() {
    let (collector, url) = Collector::start().await;
    let mut program = Program::start(&[
        "--otlp-endpoint",
        &url,
        "--trace-ratio",
        "0",
        "--pre-drain",
        "0s",
    ]);
    let mut client = program.client();
    client.analyze_article(everything()).await.unwrap();
    let unsampled = TRACE.replace('0', "1");
    client
        .analyze_article(within_trace(everything(), &unsampled, false))
        .await
        .unwrap();
    let nothing = AnalyzeArticleRequest::default();
    client
        .analyze_article(within_trace(nothing, TRACE, true))
        .await
        .unwrap_err();
    let item = StreamAnalyzeArticlesRequest {
        request: Some(everything()),
        ..Default::default()
    };
    let mut stream = Request::new(tokio_stream::iter(vec![item; 2]));
    let streamed = TRACE.replace('0', "2");
    let parent = format!("00-{streamed}-{PARENT}-01");
    stream
        .metadata_mut()
        .insert("traceparent", parent.parse().unwrap());
    let mut answers = client
        .stream_analyze_articles(stream)
        .await
        .unwrap()
        .into_inner();
    while answers.message().await.unwrap().is_some() {}
    program.signal("TERM");
    assert_eq!(program.ended().code(), Some(0));

    let refused = collector.trace(TRACE).await;
    let told = attributes(&refused[0]);
    assert_eq!(told["rpc.grpc.status_code"], "3");
    assert_eq!(told["reason"], "ARTICLE_EMPTY");
    let computed = collector.trace(&streamed).await;
    let computed = computed.iter().filter(|span| span.name == "compute");
    assert_eq!(computed.count(), 2);
    let traces: HashSet<String> = collector
        .spans()
        .iter()
        .map(|span| hex(&span.trace_id))
        .collect();
    assert_eq!(traces, HashSet::from([TRACE.to_owned(), streamed]));
}

#[tokio::test(flavor = "multi_thread")]
async fn row_15_a_collector_that_is_down_or_hangs_costs_no_call() {
    // Takes connections, and says nothing.
    let hanging = TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    for address in [hanging.local_addr().unwrap(), gone] {
        let url = format!("http://{address}");
        let mut program = Program::start(&["--otlp-endpoint", &url, "--pre-drain", "0s"]);
        let mut client = program.client();
        for _ in 0..3 {
            client.analyze_article(everything()).await.unwrap();
        }
        program.signal("TERM");
        assert_eq!(program.ended().code(), Some(0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_15_without_a_collector_the_log_still_names_the_callers_trace() {
    let program = Program::start(&[]);
    let mut client = program.client();
    let answer = client
        .analyze_article(within_trace(everything(), TRACE, true))
        .await
        .unwrap();
    let echoed = answer.metadata().get("x-request-id").unwrap();
    assert_eq!(echoed, "the-callers-own");
    assert_eq!(program.wait_for("call")["trace_id"], TRACE);
    client.analyze_article(everything()).await.unwrap();
    let line = program.wait_for("call");
    assert!(
        line["trace_id"].is_null() && line["request_id"].is_string(),
        "{line}"
    );
}
