//! Retries. tonic has none of its own, so the published service config's policy is carried out here.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use backon::{BackoffBuilder, ExponentialBuilder, Retryable};
use serde::Deserialize;
use tokio::time::{Instant, timeout_at};
use tonic::{Code, Request, Response, Status};
use tonic_types::StatusExt;

/// How calls are tried again.
pub struct Retries {
    backoff: ExponentialBuilder,
    codes: Vec<Code>,
}

impl Retries {
    /// Reads the policy of a gRPC service config, as gRFC A6 defines it.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let text = fs::read(file).with_context(|| file.display().to_string())?;
        let config: ServiceConfig = serde_json::from_slice(&text)?;
        let [method] = config.method_config;
        let policy = method.retry_policy;
        let codes = policy.retryable_status_codes.iter().map(|name| code(name));
        Ok(Retries {
            backoff: ExponentialBuilder::new()
                .with_jitter()
                .with_min_delay(seconds(&policy.initial_backoff)?)
                .with_max_delay(seconds(&policy.max_backoff)?)
                .with_factor(policy.backoff_multiplier)
                .with_max_times(policy.max_attempts - 1),
            codes: codes.collect::<Result<_, _>>()?,
        })
    }

    /// How long to wait before each further attempt.
    pub fn waits(&self) -> impl Iterator<Item = Duration> {
        self.backoff.build()
    }

    /// Makes a call, and again where that may help, all within the deadline.
    pub async fn call<Q: Clone, A>(
        &self,
        deadline: Duration,
        message: &Q,
        attempt: impl AsyncFn(Request<Q>) -> Result<Response<A>, Status>,
    ) -> Result<A, Status> {
        let end = Instant::now() + deadline;
        let attempts = || async {
            let mut request = Request::new(message.clone());
            // The server sheds what it can't do in time, and stops work that is too late.
            request.set_timeout(end - Instant::now());
            attempt(request).await
        };
        let answered = attempts
            .retry(self.backoff)
            .when(|status| self.codes.contains(&status.code()))
            // The server knows better when to come back.
            .adjust(|status, backoff| {
                let info = status.get_details_retry_info();
                let delay = info.and_then(|info| info.retry_delay).or(backoff)?;
                (Instant::now() + delay < end).then_some(delay)
            });
        let answer = timeout_at(end, answered).await;
        let answer = answer.map_err(|_| Status::deadline_exceeded("the deadline passed"))?;
        Ok(answer?.into_inner())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServiceConfig {
    method_config: [MethodConfig; 1],
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MethodConfig {
    retry_policy: RetryPolicy,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RetryPolicy {
    max_attempts: usize,
    initial_backoff: String,
    max_backoff: String,
    backoff_multiplier: f32,
    retryable_status_codes: Vec<String>,
}

/// A time of JSON's form: `0.2s`.
fn seconds(text: &str) -> anyhow::Result<Duration> {
    let number = text.strip_suffix('s').context("a time ends in s")?;
    Ok(Duration::try_from_secs_f64(number.parse()?)?)
}

fn code(name: &str) -> anyhow::Result<Code> {
    match name {
        "RESOURCE_EXHAUSTED" => Ok(Code::ResourceExhausted),
        "UNAVAILABLE" => Ok(Code::Unavailable),
        _ => bail!("{name} is no reason to try again"),
    }
}
