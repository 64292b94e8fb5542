//! What stands in `deploy/` names what the program has: settings, metrics, times; each alert is tested and has its entry in
//! the runbook. `deploy/check` does what needs Kubernetes' schemas and Prometheus' own tool.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Command};
use newsprism::cli::serve::ServeArgs;
use newsprism::telemetry::Metrics;
use newsprism::telemetry::metrics::{Gauges, Method};

fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy")
}

fn read(name: &str) -> String {
    let path = deploy().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every manifest of Kubernetes.
fn manifests() -> String {
    let mut text = String::new();
    let mut folders: Vec<_> = ["base", "components", "overlays", "test/overlays"]
        .map(|folder| deploy().join(folder))
        .into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    text
}

/// The words of a text, of letters, digits and underscores.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
}

/// What follows each of these prefixes of lines, to the end of the line.
fn values<'a>(text: &'a str, prefix: &str) -> Vec<&'a str> {
    text.lines()
        .filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix(prefix))
        .collect()
}

#[test]
fn row_19_every_setting_of_the_manifests_is_one_of_the_program() {
    let serve = ServeArgs::augment_args(Command::new("serve"));
    let known: BTreeSet<&str> = serve
        .get_arguments()
        .filter_map(|argument| argument.get_env()?.to_str())
        .collect();
    let manifests = manifests();
    let named: BTreeSet<&str> = words(&manifests)
        .filter(|word| word.starts_with("NEWSPRISM_"))
        .collect();
    assert!(named.contains("NEWSPRISM_TLS_CERT"), "{named:?}");
    let unknown: Vec<_> = named.difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn row_19_a_pod_has_time_to_drain_before_it_is_killed() {
    let settings = read("base/kustomization.yaml");
    let seconds = |name: &str| -> u64 {
        let value = values(&settings, name)[0];
        value.trim_end_matches('s').parse().unwrap()
    };
    let deployment = read("base/deployment.yaml");
    let grace = values(&deployment, "terminationGracePeriodSeconds: ")[0];
    let drain = seconds("NEWSPRISM_DRAIN=");
    assert!(grace.parse::<u64>().unwrap() > seconds("NEWSPRISM_PRE_DRAIN=") + drain);
    assert!(drain >= seconds("NEWSPRISM_MAX_DEADLINE="));
}

#[test]
fn row_13_alerts_and_dashboard_name_metrics_that_are_exported() {
    let method = Method {
        grpc_service: "",
        grpc_method: "",
    };
    let metrics = Metrics::new(std::slice::from_ref(&method));
    metrics.call_handled(&method, "OK", Duration::ZERO);
    let exported = metrics.render(Gauges::default()).unwrap();
    let exported: BTreeSet<&str> = exported
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next())
        .collect();
    for (name, least) in [
        ("monitoring/alerts.yaml", 6),
        ("monitoring/alerts_test.yaml", 6),
        ("monitoring/dashboard.json", 13),
    ] {
        let text = read(name);
        let named: BTreeSet<&str> = words(&text)
            .filter(|word| word.starts_with("grpc_server_") || word.starts_with("newsprism_"))
            .map(|word| word.strip_suffix("_bucket").unwrap_or(word))
            .collect();
        assert!(named.len() >= least, "{name} names only {named:?}");
        let unknown: Vec<_> = named.difference(&exported).collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
    }
}

#[test]
fn each_alert_is_tested_and_has_an_entry_in_the_runbook() {
    let rules = read("monitoring/alerts.yaml");
    let tests = read("monitoring/alerts_test.yaml");
    let runbook = read("monitoring/runbook.md");
    let alerts: BTreeSet<&str> = values(&rules, "alert: ").into_iter().collect();
    assert!(alerts.len() > 10, "{alerts:?}");
    let tested: BTreeSet<&str> = values(&tests, "alertname: ").into_iter().collect();
    let entries: BTreeSet<&str> = values(&runbook, "## ").into_iter().collect();
    assert_eq!(alerts, tested);
    assert_eq!(alerts, entries);
    for alert in alerts {
        let link = format!("runbook.md#{}", alert.to_lowercase());
        assert!(rules.contains(&link), "{link}");
    }
}
