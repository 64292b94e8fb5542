//! What the server is, for `GetServiceInfo`.

use std::time::Duration;

use super::int;
use crate::engine::EngineConfig;
use crate::model::Manifest;
use crate::server::limits::Limits;
use crate::server::pb;

/// Writes the server's description.
pub fn service_info(
    manifest: &Manifest,
    pipeline_version: &str,
    limits: &Limits,
    engine: EngineConfig,
    max_deadline: Duration,
) -> pb::GetServiceInfoResponse {
    let models = manifest.models.iter().map(|model| pb::ModelInfo {
        name: model.name.clone(),
        version: model.version.clone(),
        sha256: model.digest.sha256.clone(),
        license: model.license.clone(),
    });
    let metrics = manifest.metrics.iter().map(|metric| pb::QualityMetric {
        task: metric.task.clone(),
        metric: metric.metric.clone(),
        value: metric.value,
    });
    pb::GetServiceInfoResponse {
        server_version: env!("CARGO_PKG_VERSION").to_owned(),
        pipeline_version: pipeline_version.to_owned(),
        models: models.collect(),
        metrics: metrics.collect(),
        language_codes: vec!["en".to_owned()],
        content_types: vec![pb::ContentType::PlainText.into()],
        limits: Some(pb::Limits {
            max_content_bytes: int(limits.content_bytes),
            max_title_bytes: int(limits.title_bytes),
            max_batch_size: int(limits.batch_size),
            max_targets: int(limits.targets),
            max_target_bytes: int(limits.target_bytes),
            max_aliases: int(limits.aliases),
            max_spans: int(limits.spans),
            max_focus_bytes: int(limits.focus_bytes),
            compute_threads: int(engine.threads.get()),
            max_queued_calls: int(engine.queue),
            max_deadline: prost_types::Duration::try_from(max_deadline).ok(),
            max_message_bytes: int(limits.message_bytes()),
            max_queued_tokens: i64::try_from(engine.queue_cost).unwrap_or(i64::MAX),
            max_queue_wait: prost_types::Duration::try_from(engine.queue_wait).ok(),
            max_streams: int(limits.streams),
            max_stream_in_flight: int(limits.stream_in_flight),
        }),
    }
}
