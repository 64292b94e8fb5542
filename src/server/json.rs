//! Messages of the protocol as JSON, by its own mapping: what grpcurl prints and Go's protojson reads.

use prost::{Message, Name};
use prost_reflect::{DescriptorPool, DynamicMessage};
use serde::Serialize;
use serde_json::Value;

use super::pb::DESCRIPTORS;

/// Why a message has no JSON: always a bug, since every message is in the descriptors.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// The descriptors are broken or lack the message.
    #[error("no descriptor of {0}")]
    Descriptor(String),
    /// The message does not fit its descriptor.
    #[error("{0}")]
    Message(String),
}

/// A message as JSON. Fields that have their default values are left out.
pub fn to_json<M: Message + Name>(message: &M) -> Result<Value, JsonError> {
    let no_descriptor = || JsonError::Descriptor(M::full_name());
    let pool = DescriptorPool::decode(DESCRIPTORS).map_err(|_| no_descriptor())?;
    let descriptor = pool
        .get_message_by_name(&M::full_name())
        .ok_or_else(no_descriptor)?;
    let message = DynamicMessage::decode(descriptor, message.encode_to_vec().as_slice())
        .map_err(|error| JsonError::Message(error.to_string()))?;
    message
        .serialize(serde_json::value::Serializer)
        .map_err(|error| JsonError::Message(error.to_string()))
}
