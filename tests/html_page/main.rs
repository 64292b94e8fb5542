//! `newsprism analyze --html`: the page in a real browser, where one is installed, and the command itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn newsprism(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_newsprism"))
        .args(arguments)
        .current_dir(ROOT)
        .output()
        .unwrap()
}

/// The page of an article, written to a folder.
fn page(folder: &Path, article: &str, targets: &[&str]) -> PathBuf {
    let name = Path::new(article).with_extension("html");
    let out = folder.join(name.file_name().unwrap());
    let mut arguments = vec!["analyze", article, "--html", out.to_str().unwrap()];
    for target in targets {
        arguments.extend(["--target", target]);
    }
    let output = newsprism(&arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    assert!(output.stdout.is_empty());
    out
}

/// The first of the programs that runs.
fn installed(programs: &[&'static str]) -> Option<&'static str> {
    let runs = |program: &&&str| {
        let mut command = Command::new(program);
        command.arg("--version").stdin(Stdio::null());
        command.output().is_ok_and(|output| output.status.success())
    };
    programs.iter().find(runs).copied()
}

#[test]
fn a_browser_shows_what_was_found_and_runs_nothing_of_the_article() {
    let browser = Path::new(ROOT).join("tests/html_page/browser");
    let chromium = installed(&["chromium", "chromium-browser", "google-chrome"]);
    let (Some(node), Some(chromium)) = (installed(&["node"]), chromium) else {
        eprintln!("SKIPPED: node and chromium are not both on the PATH");
        return;
    };
    if !browser.join("node_modules/playwright-core").is_dir() {
        eprintln!("SKIPPED: run `npm ci` in {}", browser.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let article = "tests/articles/wire.txt";
    let targets = [
        "Radek Osman",
        "The central bank should raise interest rates",
        "Elon Musk",
    ];
    let page_of_article = page(folder.path(), article, &targets);
    let hostile = page(
        folder.path(),
        "tests/html_page/hostile.txt",
        &["<b>Jane</b> Doe"],
    );
    let run = Command::new(node)
        .args(["--test", "--test-reporter=spec"])
        .arg(browser.join("page.test.js"))
        .env("CHROMIUM", chromium)
        .env("ARTICLE", Path::new(ROOT).join(article))
        .env("PAGE", page_of_article)
        .env(
            "HOSTILE_ARTICLE",
            Path::new(ROOT).join("tests/html_page/hostile.txt"),
        )
        .env("HOSTILE_PAGE", hostile)
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&run.stdout);
    println!("{report}");
    assert!(run.status.success(), "{report}");
}

#[test]
fn the_page_goes_to_standard_output_for_a_dash() {
    let output = newsprism(&["analyze", "tests/articles/wire.txt", "--html", "-"]);
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    assert!(page.contains("wire.txt") && page.contains("Ilse Marant"));
    assert!(!page.contains(ROOT), "the page tells where the article lay");
}

#[test]
fn an_unwritable_file_and_two_formats_at_once_are_refused() {
    let article = "tests/articles/wire.txt";
    let output = newsprism(&["analyze", article, "--html", "no-such-folder/page.html"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("no-such-folder/page.html"), "{error}");
    let output = newsprism(&["analyze", article, "--html", "-", "--json"]);
    assert_eq!(output.status.code(), Some(64));
}
