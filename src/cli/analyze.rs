//! `newsprism analyze FILE`: one article from a file, for a person to read or as the API's JSON.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use super::models::ModelArgs;
use super::{html, terminal};
use crate::analysis::request::{
    EntityOptions, EvidenceLevel, StanceOptions, StanceTarget, SummaryOptions,
};
use crate::analysis::{Analysis, AnalysisRequest, Analyzer, Uninterrupted};
use crate::article::{OffsetEncoding, Source};
use crate::model::{Manifest, Models};
use crate::server::convert::{Shape, respond};
use crate::server::json::to_json;
use crate::server::limits::Limits;
use crate::server::pipeline_version;

/// Analyse one article.
#[derive(Debug, Clone, Args)]
pub struct AnalyzeArgs {
    /// A text file in UTF-8; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// An entity or proposition to detect the stance toward; may be given several times
    #[arg(long = "target", value_name = "TARGET")]
    targets: Vec<String>,
    /// Print the answer as the API's own JSON
    #[arg(long)]
    json: bool,
    /// Write an HTML page with the article and everything found in it; - for standard output
    #[arg(long, value_name = "OUT", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// The models to analyse with
    #[command(flatten)]
    pub models: ModelArgs,
}

/// Analyses the file and prints what was found, or writes it where `--html` says.
pub fn execute(args: &AnalyzeArgs, models: Arc<dyn Models>) -> Result<()> {
    let request = request(args)?;
    let analysis = Analyzer::new(Arc::clone(&models))
        .analyze(&request, &Uninterrupted)
        .with_context(|| args.file.display().to_string())?;
    if let Some(out) = &args.html {
        let page = html::render(&analysis, &title(&args.file))?;
        return if is_dash(out) {
            print(io::stdout(), &page)
        } else {
            fs::write(out, page).with_context(|| out.display().to_string())
        };
    }
    if args.json {
        return print(io::stdout(), &json(&analysis, models.manifest())?);
    }
    // anstream strips the colours where standard output is no terminal.
    print(anstream::stdout(), &terminal::render(&analysis))
}

/// Writes a text; a reader that has heard enough is no error.
fn print(mut out: impl Write, text: &str) -> Result<()> {
    match out.write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("standard output"),
    }
}

/// What a page calls the article of a file.
fn title(file: &Path) -> String {
    if is_dash(file) {
        return "standard input".to_owned();
    }
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

fn is_dash(file: &Path) -> bool {
    file == Path::new("-")
}

fn request(args: &AnalyzeArgs) -> Result<AnalysisRequest> {
    let limits = Limits::default();
    let content = read(&args.file)?;
    ensure!(
        content.len() <= limits.content_bytes,
        "{}: {} bytes, more than the limit of {}",
        args.file.display(),
        content.len(),
        limits.content_bytes
    );
    for target in &args.targets {
        ensure!(
            !target.trim().is_empty(),
            "--target: a target must not be blank"
        );
    }
    let targets: Vec<StanceTarget> = (1..)
        .zip(&args.targets)
        .map(|(number, text)| StanceTarget {
            id: format!("t{number}"),
            text: text.clone(),
            aliases: Vec::new(),
            kind: None,
        })
        .collect();
    Ok(AnalysisRequest {
        // On the page every passage that counts can be pointed at.
        evidence: match args.html {
            Some(_) => EvidenceLevel::Full,
            None => EvidenceLevel::default(),
        },
        summary: Some(SummaryOptions::default()),
        entities: Some(EntityOptions::default()),
        stance: (!targets.is_empty()).then_some(StanceOptions { targets }),
        ..AnalysisRequest::of(Source::new("", content))
    })
}

fn read(file: &Path) -> Result<String> {
    let name = file.display();
    let bytes = if is_dash(file) {
        let mut bytes = Vec::new();
        io::stdin()
            .read_to_end(&mut bytes)
            .context("standard input")?;
        bytes
    } else {
        fs::read(file).with_context(|| name.to_string())?
    };
    match String::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => bail!("{name}: the file is empty"),
        Ok(text) => Ok(text),
        Err(error) => bail!(
            "{name}: not UTF-8 at byte {}",
            error.utf8_error().valid_up_to()
        ),
    }
}

fn json(analysis: &Analysis, manifest: &Manifest) -> Result<String> {
    let shape = Shape {
        article_id: String::new(),
        encoding: OffsetEncoding::Utf8,
        segments: true,
    };
    let answer = respond(analysis, shape, manifest, &pipeline_version(manifest));
    Ok(serde_json::to_string_pretty(&to_json(&answer)?)? + "\n")
}
