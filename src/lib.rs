//! Newsprism reads news articles: summaries, sentiment by entity, stance by target.
//!
//! Data flows one way: text → [`article::Document`] → model outputs → analysis results → protobuf.
#![forbid(unsafe_code)]

pub mod analysis;
pub mod article;
pub mod cli;
pub mod engine;
pub mod evaluate;
pub mod model;
pub mod server;
pub mod telemetry;
