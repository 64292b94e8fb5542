//! The gRPC service through its own client, in-process on a port of its own.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod admin;
mod batch;
mod calls;
#[path = "../certificates/mod.rs"]
mod certificates;
mod connections;
mod health;
#[path = "../http2/mod.rs"]
mod http2;
mod limits;
mod load;
mod logs;
mod memory;
mod offsets;
mod reflection;
mod shutdown;
mod stalled;
mod stream;
mod support;
mod tls;
mod tokens;
