//! The gRPC service through its own client, in-process on a port of its own.

mod calls;
mod health;
mod limits;
mod load;
mod logs;
mod offsets;
mod reflection;
mod shutdown;
mod support;
