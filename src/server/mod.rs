//! The gRPC server: a thin adapter over the analyses, its error model, its health and its shutdown.

mod adapter;
mod admin;
mod batch;
mod call;
mod call_layer;
mod call_line;
pub mod config;
mod connections;
pub mod convert;
mod cost;
pub mod failure;
mod followed;
mod gate_layer;
mod grpc_timeout;
pub mod json;
mod lifecycle;
pub mod limits;
mod methods;
pub mod pb;
mod reload;
mod serve;
pub mod service;
mod stalled;
pub mod status;
mod stream;
mod tls;
mod tokens;
mod work;

pub use config::ServerConfig;
pub use connections::ConnectionLimits;
pub use reload::Reloaded;
pub use serve::{Listeners, ServeError, run};
pub use service::{ArticleAnalyzer, ModelAnalyzer, pipeline_version};
pub use tls::Tls;
pub use tokens::Tokens;
