//! The real program with the real models: configuration, signals, answers, grpcurl.

mod answers;
mod configuration;
mod grpcurl;
mod program;
mod signals;
