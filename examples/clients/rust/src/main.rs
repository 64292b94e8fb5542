//! Analyses one article, or a corpus over one stream.

mod connection;
mod corpus;
mod errors;
mod retries;
mod spans;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, Subcommand};
use indicatif::ProgressBar;
use tonic::Status;

use connection::{Connection, Service};
use retries::Retries;

/// The protocol, as the generator makes it of the proto.
mod newsprism {
    tonic::include_proto!("newsprism.v1");
}

use newsprism::analysis_outcome::Outcome;
use newsprism::{
    AnalysisFeatures, AnalysisOptions, AnalyzeArticleRequest, AnalyzeArticleResponse, Article,
    EntityOptions, OffsetEncoding, SegmentOptions, Sentiment, StanceOptions, StanceTarget,
    SummaryOptions,
};

/// Analyses one article, or a corpus over one stream.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    connection: Connection,
    /// The retry policy
    #[arg(long, value_name = "FILE", default_value = "../service-config.json")]
    service_config: PathBuf,
    /// Of an article
    #[arg(long, value_name = "SECONDS", default_value_t = 30.0)]
    deadline: f64,
    /// Detect the stance toward it
    #[arg(long = "target", value_name = "TEXT")]
    targets: Vec<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// One article
    Analyze { file: PathBuf },
    /// A corpus over one stream
    Stream {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            match error.downcast_ref::<Status>() {
                Some(status) => eprintln!("{}", errors::describe(status)),
                None => eprintln!("{error:#}"),
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let service = arguments.connection.open()?;
    let retries = Retries::read(&arguments.service_config)?;
    match &arguments.command {
        Command::Analyze { file } => analyze(&service, &retries, arguments, file).await,
        Command::Stream { files } => stream(&service, &retries, arguments, files).await,
    }
}

async fn analyze(
    service: &Service,
    retries: &Retries,
    arguments: &Arguments,
    file: &Path,
) -> anyhow::Result<()> {
    let request = request(file, &arguments.targets)?;
    let deadline = Duration::from_secs_f64(arguments.deadline);
    let answer = retries
        .call(deadline, &request, async |request| {
            service.clone().analyze_article(request).await
        })
        .await?;
    print(&answer);
    let article = request.article.as_ref().context("no article")?;
    let count = spans::check(article, &answer)?;
    println!("{count} spans in bytes, each gives its own text");
    Ok(())
}

async fn stream(
    service: &Service,
    retries: &Retries,
    arguments: &Arguments,
    files: &[PathBuf],
) -> anyhow::Result<()> {
    let mut requests = BTreeMap::new();
    for file in files {
        let request = request(file, &arguments.targets)?;
        let article = request.article.clone().context("no article")?;
        requests.insert(article.article_id, request);
    }
    let bar = ProgressBar::new(requests.len() as u64);
    let deadline = Duration::from_secs_f64(arguments.deadline) * u32::try_from(requests.len())?;
    let (mut read, mut refused, mut spans) = (0, 0, 0);
    corpus::analyze(service, retries, &requests, deadline, |name, outcome| {
        let line = match outcome {
            Outcome::Analysis(analysis) => {
                let request = requests.get(name).context("an unknown id")?;
                let article = request.article.as_ref().context("no article")?;
                read += 1;
                spans += spans::check(article, &analysis)?;
                let sentiment = describe(analysis.document_sentiment.as_ref());
                format!("{sentiment}, {} entities", analysis.entities.len())
            }
            Outcome::Error(error) => {
                refused += 1;
                errors::describe_message(&error)
            }
        };
        bar.suspend(|| println!("{name}: {line}"));
        bar.inc(1);
        Ok(())
    })
    .await?;
    bar.finish();
    println!("{read} read, {refused} refused, {spans} spans in bytes");
    Ok(())
}

/// The request for an article in a file, whose first line is the title.
fn request(file: &Path, targets: &[String]) -> anyhow::Result<AnalyzeArticleRequest> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let (title, content) = text.split_once('\n').unwrap_or((&text, ""));
    let name = file.file_name().unwrap_or_default();
    let target = |text: &String| StanceTarget {
        text: text.clone(),
        ..StanceTarget::default()
    };
    Ok(AnalyzeArticleRequest {
        article: Some(Article {
            article_id: name.to_string_lossy().into_owned(),
            title: title.trim_end_matches('\r').to_owned(),
            content: content.to_owned(),
            ..Article::default()
        }),
        options: Some(AnalysisOptions {
            offset_encoding: OffsetEncoding::Utf8Bytes.into(),
            ..AnalysisOptions::default()
        }),
        features: Some(AnalysisFeatures {
            summary: Some(SummaryOptions::default()),
            entities: Some(EntityOptions::default()),
            segments: Some(SegmentOptions::default()),
            stance: (!targets.is_empty()).then(|| StanceOptions {
                targets: targets.iter().map(target).collect(),
                ..StanceOptions::default()
            }),
        }),
    })
}

fn print(answer: &AnalyzeArticleResponse) {
    println!("Summary");
    for sentence in answer.summary.iter().flat_map(|summary| &summary.sentences) {
        let text = sentence.span.as_ref().map_or("", |span| &span.text);
        println!("  • {text}");
    }
    println!("Entities");
    for entity in &answer.entities {
        let sentiment = describe(entity.sentiment.as_ref());
        println!(
            "  {}: {sentiment}, {} mentions",
            entity.name,
            entity.mentions.len()
        );
    }
    if !answer.stances.is_empty() {
        println!("Stance");
    }
    for result in &answer.stances {
        let stance = result.stance().as_str_name().trim_start_matches("STANCE_");
        println!(
            "  {}: {} {:+.2}",
            result.text,
            stance.to_lowercase(),
            result.score
        );
    }
}

fn describe(sentiment: Option<&Sentiment>) -> String {
    let sentiment = sentiment.copied().unwrap_or_default();
    let label = sentiment.label().as_str_name();
    let label = label.trim_start_matches("SENTIMENT_LABEL_").to_lowercase();
    format!("{label} {:+.2}", sentiment.score)
}
