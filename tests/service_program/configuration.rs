//! Bad configuration ends the program with one line and exit code 64 before a port is bound.

use std::net::TcpListener;

use crate::program::newsprism;

#[test]
fn bad_arguments_are_one_line_and_exit_64() {
    let table: [(&[&str], &str); 17] = [
        (&["serve", "--listen", "nowhere"], "--listen"),
        (&["serve", "--threads", "0"], "--threads"),
        (&["serve", "--queue", "many"], "--queue"),
        (
            &["serve", "--max-content-bytes", "0"],
            "--max-content-bytes",
        ),
        (
            &["serve", "--max-content-bytes", "99999999999"],
            "--max-content-bytes",
        ),
        (&["serve", "--max-deadline", "0s"], "--max-deadline"),
        (&["serve", "--drain", "20"], "--drain"),
        (&["serve", "--log-format", "xml"], "--log-format"),
        (&["serve", "--nonsense"], "--nonsense"),
        (
            &["serve", "--otlp-endpoint", "localhost:4317"],
            "--otlp-endpoint",
        ),
        (
            &["serve", "--otlp-endpoint", "http://not a host"],
            "--otlp-endpoint",
        ),
        (&["serve", "--trace-ratio", "1.5"], "--trace-ratio"),
        (&["serve", "--admin-listen", "9464"], "--admin-listen"),
        (&["serve", "--queue-wait", "long"], "--queue-wait"),
        (&["serve", "--tls-cert", "/nowhere/tls.crt"], "required"),
        (
            &[
                "serve",
                "--tls-cert",
                "/nowhere/c",
                "--tls-key",
                "/nowhere/k",
            ],
            "--tls-cert",
        ),
        (
            &["serve", "--tokens-file", "/nowhere/tokens"],
            "--tokens-file",
        ),
    ];
    for (arguments, named) in table {
        let output = newsprism(arguments).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(64), "{arguments:?}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
        assert!(stderr.contains(named), "{arguments:?}: {stderr}");
    }
}

#[test]
fn the_environment_is_checked_as_arguments_are() {
    let output = newsprism(&["serve"])
        .env("NEWSPRISM_DRAIN", "soon")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(64));
}

#[test]
fn a_port_in_use_is_an_error_of_its_own() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = newsprism(&["serve", "--listen", &address])
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("can't listen on"), "{stderr}");
}
