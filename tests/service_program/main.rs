//! The real program with the real models: configuration, signals, answers, grpcurl.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod answers;
mod canary;
mod collector;
mod configuration;
mod descriptors;
mod figures;
mod grpcurl;
mod hostile;
mod hostile_clients;
#[path = "../http2/mod.rs"]
mod http2;
mod program;
mod raw_call;
mod signals;
mod traces;
