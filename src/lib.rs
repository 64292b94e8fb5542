//! Newsprism reads news articles: summaries, sentiment by entity, stance by target.
//!
//! Data flows one way: text → [`article::Document`] → model outputs → analysis results → protobuf.
#![forbid(unsafe_code)]

pub mod article;
pub mod evaluate;
