//! Models of a user's own folder: the same answers from a copy of the embedded ones, and one clear line for each kind of bad set.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use newsprism::analysis::request::{EntityOptions, StanceOptions, StanceTarget, SummaryOptions};
use newsprism::analysis::{Analysis, AnalysisRequest, Analyzer, Uninterrupted};
use newsprism::article::Source;
use newsprism::model::{ModelSet, Models};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const MODELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models");

/// A folder that looks like a copy of the embedded set. Each file is a link, to be broken by writing another in its place.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(MODELS).unwrap() {
        let entry = entry.unwrap();
        symlink(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

fn put(folder: &Path, name: &str, content: &[u8]) {
    let file = folder.join(name);
    fs::remove_file(&file).unwrap();
    fs::write(file, content).unwrap();
}

fn edit(folder: &Path, change: impl FnOnce(&mut Value)) {
    let json = fs::read(folder.join("manifest.json")).unwrap();
    let mut manifest = serde_json::from_slice(&json).unwrap();
    change(&mut manifest);
    put(folder, "manifest.json", manifest.to_string().as_bytes());
}

/// Another file in a model's place, of which the manifest states the digest.
fn put_model(folder: &Path, index: usize, content: &[u8]) {
    let manifest: Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let name = manifest["models"][index]["file"].as_str().unwrap();
    put(folder, name, content);
    let digest = Sha256::digest(content);
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    edit(folder, |m| m["models"][index]["sha256"] = digest.into());
}

/// The sentiment head, stating that it reads 1,153 values for each mention where the encoder gives three times 384.
fn misshapen_head() -> Vec<u8> {
    // A dimension's value in protobuf: the field's tag and a varint.
    let (stated, wrong) = ([0x08, 0x80, 0x09], [0x08, 0x81, 0x09]);
    let mut graph = fs::read(format!("{MODELS}/sentiment.onnx")).unwrap();
    let at = graph.windows(3).rposition(|bytes| bytes == stated).unwrap();
    graph[at..at + 3].copy_from_slice(&wrong);
    graph
}

type Break = fn(&Path);

/// What is broken, and what the message must say.
const BROKEN: [(Break, &str); 22] = [
    (
        |folder| fs::remove_file(folder.join("manifest.json")).unwrap(),
        "manifest.json: No such file",
    ),
    (
        |folder| fs::remove_file(folder.join("judge.onnx")).unwrap(),
        "judge.onnx: No such file",
    ),
    (
        |folder| put(folder, "vocab.txt", b"[UNK]\n[CLS]\n[SEP]\n"),
        "vocab.txt: its SHA-256 is",
    ),
    (
        |folder| put(folder, "stance.onnx", b""),
        "stance.onnx: its SHA-256 is e3b0c44298fc1c149afbf4c8996fb924",
    ),
    (
        |folder| put(folder, "manifest.json", b"{\"format\": 1,"),
        "manifest.json: no manifest of models: EOF",
    ),
    (
        |folder| edit(folder, |m| m["format"] = json!(2)),
        "manifest.json: format 2, this program reads format 1",
    ),
    (
        |folder| edit(folder, |m| m["tokenizer"]["stem"] = json!(true)),
        "manifest.json: no manifest of models: unknown field `stem`",
    ),
    (
        |folder| edit(folder, |m| m["tokenizer"]["max_pieces"] = json!(600)),
        "manifest.json: tokenizer.max_pieces is 600",
    ),
    (
        |folder| edit(folder, |m| m["tokenizer"]["lowercase"] = json!(false)),
        "manifest.json: self-test: the sentence becomes the pieces",
    ),
    (
        |folder| edit(folder, |m| m["models"][2]["license"] = json!(" ")),
        "manifest.json: the licence of judge is blank",
    ),
    (
        |folder| {
            edit(folder, |m| {
                m["models"][0]["labels"]["tags_conll"][1] = json!("B-X")
            })
        },
        "manifest.json: labels of reader, tags_conll, are O B-X I-PER",
    ),
    (
        |folder| edit(folder, |m| m["models"][3]["name"] = json!("stances")),
        "manifest.json: models has no \"stance\"",
    ),
    (
        |folder| edit(folder, |m| m["models"][7]["name"] = json!("feelings")),
        "manifest.json: models has no \"directed\"",
    ),
    (
        |folder| {
            edit(folder, |m| {
                m["self_test"]["directed"]["probabilities"] = json!([0.0, 0.0, 1.0])
            })
        },
        "manifest.json: self-test: directed: ",
    ),
    (
        |folder| edit(folder, |m| m["models"][6]["name"] = json!("saliences")),
        "manifest.json: models has no \"salience\"",
    ),
    (
        |folder| {
            edit(folder, |m| {
                m["self_test"].as_object_mut().unwrap().remove("salience");
            })
        },
        "manifest.json: no manifest of models: missing field `salience`",
    ),
    (
        |folder| edit(folder, |m| m["self_test"]["salience"] = json!(0.9)),
        "manifest.json: self-test: salience: ",
    ),
    (
        |folder| edit(folder, |m| m["vocab"]["file"] = json!("../vocab.txt")),
        "not the name of a file in the manifest's own folder",
    ),
    (
        |folder| put_model(folder, 0, b"not a graph"),
        "reader.onnx: no usable ONNX graph",
    ),
    (
        |folder| put_model(folder, 1, &misshapen_head()),
        "sentiment.onnx: pooled: its shape is [spans,1153], not [any,1152]",
    ),
    (
        |folder| put_model(folder, 0, &fs::read(folder.join("judge.onnx")).unwrap()),
        "reader.onnx: case_ids: the graph has none of this name",
    ),
    (
        |folder| {
            edit(folder, |m| {
                m["self_test"]["stance"] = json!([0.9, 0.05, 0.05])
            })
        },
        "manifest.json: self-test: stance: 0.0",
    ),
];

#[test]
fn each_kind_of_bad_set_is_named() {
    for (break_it, says) in BROKEN {
        let folder = copy();
        break_it(folder.path());
        let error = ModelSet::open(folder.path()).err().expect(says).to_string();
        assert!(error.contains(says), "{error:?} lacks {says:?}");
        assert!(!error.contains('\n'), "{error}");
        assert!(
            error.starts_with(folder.path().to_str().unwrap()),
            "{error}"
        );
    }
}

#[test]
fn a_bad_set_ends_every_command_with_64() {
    let folder = copy();
    put(folder.path(), "manifest.json", b"{");
    let article = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles/wire.txt");
    // A port that can't be bound: the models are looked at first.
    let commands = [
        vec!["serve", "--listen", "192.0.2.1:1"],
        vec!["analyze", article],
        vec!["evaluate", "--data", "."],
    ];
    for arguments in commands {
        let output = Command::new(env!("CARGO_BIN_EXE_newsprism"))
            .args(&arguments)
            .env("NEWSPRISM_MODEL_DIR", folder.path())
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(64), "{arguments:?}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
        assert!(stderr.contains("manifest.json: no manifest"), "{stderr}");
    }
}

fn analysis(models: ModelSet) -> Analysis {
    let target = StanceTarget {
        id: "t1".to_owned(),
        text: "raising interest rates".to_owned(),
        aliases: Vec::new(),
        kind: None,
    };
    let request = AnalysisRequest {
        summary: Some(SummaryOptions::default()),
        entities: Some(EntityOptions::default()),
        stance: Some(StanceOptions {
            targets: vec![target],
        }),
        ..AnalysisRequest::of(Source::new("", include_str!("articles/wire.txt")))
    };
    let analyzer = Analyzer::new(Arc::new(models));
    analyzer.analyze(&request, &Uninterrupted).unwrap()
}

#[test]
fn a_copy_of_the_embedded_set_gives_the_same_analysis() {
    let folder = copy();
    let own = ModelSet::open(folder.path()).unwrap();
    assert!(analysis(own) == analysis(ModelSet::embedded().unwrap()));
}

#[test]
fn a_temperature_tempers_probabilities() {
    let folder = copy();
    let calibration = json!({"stance": {"temperature": 1e6}});
    edit(folder.path(), |m| m["calibration"] = calibration);
    let models = ModelSet::open(folder.path()).unwrap();
    let target = models.tokenize("nuclear power");
    let passage = models.tokenize("Reactors are safe and clean, and we should build more of them.");
    let stance = models.stance(&target, &passage).unwrap();
    assert!((stance.confidence() - 1.0 / 3.0).abs() < 1e-3, "{stance:?}");

    let calibration = json!({"stance": {"temperature": 0}});
    edit(folder.path(), |m| m["calibration"] = calibration);
    let error = ModelSet::open(folder.path()).err().unwrap().to_string();
    assert!(
        error.contains("calibration.stance.temperature is 0, not above 0"),
        "{error}"
    );
}
