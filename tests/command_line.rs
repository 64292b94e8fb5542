//! The program as a person runs it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

const ARTICLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles/wire.txt");

fn newsprism(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_newsprism"))
        .args(arguments)
        .output()
        .unwrap()
}

fn temporary(name: &str, content: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("newsprism-{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn analyze_prints_a_page_without_colours_where_it_is_no_terminal() {
    let output = newsprism(&["analyze", ARTICLE, "--target", "Elon Musk"]);
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{page}");
    for part in [
        "Summary",
        "Entities",
        "Stance toward “Elon Musk”",
        "says nothing about it",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains('\u{1b}'), "{page}");
}

#[test]
fn analyze_json_is_the_apis_own() {
    let output = newsprism(&["analyze", ARTICLE, "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let article = std::fs::read_to_string(ARTICLE).unwrap();
    for entity in answer["entities"].as_array().unwrap() {
        for mention in entity["mentions"].as_array().unwrap() {
            let span = &mention["span"];
            let offset = |key: &str| span[key].as_u64().unwrap_or(0) as usize;
            let text = &article[offset("startOffset")..offset("endOffset")];
            assert_eq!(span["text"], text);
        }
    }
    assert!(answer["metadata"]["contentSha256"].is_string());
    assert!(answer["segments"].is_array());
}

#[test]
fn analyze_reads_standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_newsprism"))
        .args(["analyze", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let article = "The mayor of Leeds opened a library on Monday, and residents praised it.";
    child
        .stdin
        .take()
        .unwrap()
        .write_all(article.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("Leeds"));
}

#[test]
fn a_bad_file_gets_one_clear_line_and_a_failure() {
    let empty = temporary("empty.txt", b" \n");
    let garbled = temporary("garbled.txt", b"ab\xff");
    let foreign = temporary(
        "foreign.txt",
        "Der Präsident hat am Montag das neue Gesetz unterzeichnet, das die Opposition bekämpft."
            .as_bytes(),
    );
    for (file, says) in [
        ("no-such-file.txt", "No such file"),
        (&empty, "empty"),
        (&garbled, "not UTF-8 at byte 2"),
        (&foreign, "language is not supported: de"),
    ] {
        let output = newsprism(&["analyze", file]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success());
        assert!(output.stdout.is_empty());
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.contains(says) && error.contains(file), "{error}");
    }
}

#[test]
fn evaluate_refuses_an_unknown_task_and_a_missing_folder() {
    let output = newsprism(&["evaluate", "--data", ".", "no-such-task"]);
    assert!(!output.status.success());
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("newsmtsc-rw")
    );
    let output = newsprism(&["evaluate", "--data", "no-such-folder"]);
    assert!(!output.status.success());
}

#[test]
fn bad_arguments_exit_with_64_before_a_port_is_bound() {
    for arguments in [
        &["serve", "--listen", "nowhere"][..],
        &["serve", "--threads", "0"],
        &["fly"],
    ] {
        assert_eq!(
            newsprism(arguments).status.code(),
            Some(64),
            "{arguments:?}"
        );
    }
}
