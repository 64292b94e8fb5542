//! Between the protocol and the domain: requests are checked on the way in, results are given offsets on the way out.

mod check;
mod info;
mod labels;
mod offsets;
mod options;
mod request;
mod response;
mod size;

pub use info::service_info;
pub use request::{Checked, Rules, Wanted, check, check_shared};
pub use response::{Shape, keep_referenced_entities, respond};
pub use size::answer_memory;

/// A count or an offset as the protocol has it. Limits keep every one far below the maximum.
fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
