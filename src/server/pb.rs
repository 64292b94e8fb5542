//! The protocol as Rust types and service traits, generated from `proto/newsprism/v1`.
#![allow(missing_docs, clippy::all)]

tonic::include_proto!("newsprism.v1");

/// The protocol's descriptors with all that they import, an encoded `google.protobuf.FileDescriptorSet`.
pub const DESCRIPTORS: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/newsprism_descriptor.bin"));
