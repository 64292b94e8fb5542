//! Spans, which index the very strings that were sent, since their offsets are asked for in bytes.

use std::sync::LazyLock;

use anyhow::{Context, ensure};
use prost::{Message, Name};
use prost_reflect::{DescriptorPool, DynamicMessage, ReflectMessage, Value};

use crate::newsprism::{AnalyzeArticleResponse, Article, SourceField, TextSpan};

/// The protocol's descriptors, by which spans are found wherever they are.
static PROTOCOL: LazyLock<Result<DescriptorPool, prost_reflect::DescriptorError>> =
    LazyLock::new(|| {
        let descriptors = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
        DescriptorPool::decode(descriptors.as_slice())
    });

/// How many spans an answer has, each of which gives its own text.
pub fn check(article: &Article, answer: &AnalyzeArticleResponse) -> anyhow::Result<usize> {
    let protocol = PROTOCOL.as_ref()?;
    let name = AnalyzeArticleResponse::full_name();
    let descriptor = protocol.get_message_by_name(&name).context(name)?;
    let answer = DynamicMessage::decode(descriptor, answer.encode_to_vec().as_slice())?;
    let mut spans = Vec::new();
    collect(&answer, &mut spans)?;
    for span in &spans {
        let source = match span.field() {
            SourceField::Title => &article.title,
            _ => &article.content,
        };
        let range = usize::try_from(span.start_offset)?..usize::try_from(span.end_offset)?;
        let slice = source.get(range.clone());
        ensure!(
            slice == Some(&span.text),
            "{range:?} is {slice:?}, not {:?}",
            span.text
        );
    }
    Ok(spans.len())
}

/// Adds every span within a message, at any depth.
fn collect(message: &DynamicMessage, spans: &mut Vec<TextSpan>) -> anyhow::Result<()> {
    if message.descriptor().full_name() == TextSpan::full_name() {
        spans.push(message.transcode_to()?);
        return Ok(());
    }
    for (_, value) in message.fields() {
        let parts = match value {
            Value::List(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        for part in parts.iter().filter_map(Value::as_message) {
            collect(part, spans)?;
        }
    }
    Ok(())
}
