//! The first thing a new user does: grpcurl by reflection alone, answers and errors.

use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::program::{ARTICLE, Program};

const SERVICE: &str = "newsprism.v1.ArticleAnalysisService";

/// Runs grpcurl; `None`, said aloud, where there is none.
fn grpcurl(arguments: &[&str]) -> Option<Output> {
    let child = Command::new("grpcurl")
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    match child {
        Ok(output) => Some(output),
        Err(_) => {
            eprintln!("SKIPPED: grpcurl is not on the PATH");
            None
        }
    }
}

#[test]
fn grpcurl_lists_calls_and_prints_errors() {
    let program = Program::start(&[]);
    let address = program.address.as_str();
    let Some(listed) = grpcurl(&["-plaintext", address, "list"]) else {
        return;
    };
    let listed = String::from_utf8(listed.stdout).unwrap();
    let services: Vec<&str> = listed.lines().collect();
    assert!(
        services.contains(&SERVICE) && services.contains(&"grpc.health.v1.Health"),
        "{listed}"
    );

    let method = format!("{SERVICE}/AnalyzeArticle");
    let call = |request: Value| {
        let request = request.to_string();
        grpcurl(&[
            "-plaintext",
            "-format-error",
            "-d",
            &request,
            address,
            &method,
        ])
        .unwrap()
    };
    let good = call(
        json!({"article": {"content": ARTICLE}, "features": {"summary": {"maxSentences": 2}}}),
    );
    let answer: Value = serde_json::from_slice(&good.stdout).unwrap();
    assert_eq!(
        answer["summary"]["sentences"].as_array().map(Vec::len),
        Some(2),
        "{answer:#}"
    );

    let bad = call(json!({"article": {"content": ""}, "features": {"summary": {}}}));
    assert!(!bad.status.success());
    let error: Value = serde_json::from_slice(&bad.stderr).unwrap();
    assert_eq!(error["code"], 3, "{error:#}");
    let details = error["details"].to_string();
    for part in [
        "ARTICLE_EMPTY",
        "newsprism.v1",
        "article.content",
        "request_id",
    ] {
        assert!(details.contains(part), "{error:#}");
    }

    let health = grpcurl(&["-plaintext", address, "grpc.health.v1.Health/Check"]).unwrap();
    assert!(
        String::from_utf8(health.stdout)
            .unwrap()
            .contains("SERVING")
    );
}
