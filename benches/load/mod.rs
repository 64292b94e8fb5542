//! Load on the real program, and what it does to it. The long runs are in `main.rs`, the short ones among the tests.

pub mod articles;
pub mod client;
pub mod kill;
pub mod length;
pub mod memory;
pub mod overload;
pub mod report;
pub mod rolling;
pub mod rotate;
pub mod server;
pub mod soak;
pub mod traffic;
