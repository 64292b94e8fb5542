//! Collects what is wrong with a request, field by field, so that a caller sees it at once.

use crate::server::failure::{Metadata, Violation};
use crate::server::pb::ErrorReason;

/// The most fields that are named: errors travel in headers, of which many clients take 8 KiB.
const MOST: usize = 16;

/// The fields found at fault.
#[derive(Default)]
pub(super) struct Check {
    pub(super) violations: Vec<Violation>,
}

impl Check {
    /// Notes a field at fault, if not too many are already.
    pub(super) fn fault(
        &mut self,
        field: impl Into<String>,
        reason: ErrorReason,
        description: impl Into<String>,
        metadata: Metadata,
    ) {
        if self.violations.len() >= MOST {
            return;
        }
        self.violations.push(Violation {
            field: field.into(),
            reason,
            description: description.into(),
            metadata,
        });
    }

    /// Notes an option out of its range.
    pub(super) fn invalid(&mut self, field: impl Into<String>, description: impl Into<String>) {
        self.fault(field, ErrorReason::OptionInvalid, description, Vec::new());
    }

    /// The enum value of a number; notes one that this version doesn't know.
    pub(super) fn known<E: TryFrom<i32>>(
        &mut self,
        field: impl Into<String>,
        number: i32,
    ) -> Option<E> {
        let known = E::try_from(number).ok();
        if known.is_none() {
            self.invalid(field, format!("unknown enum number {number}"));
        }
        known
    }

    /// Notes a text over its limit.
    pub(super) fn at_most_bytes(
        &mut self,
        field: &str,
        reason: ErrorReason,
        text: &str,
        limit: usize,
    ) {
        if text.len() > limit {
            let metadata = vec![
                ("limit_bytes", limit.to_string()),
                ("size_bytes", text.len().to_string()),
            ];
            let description = format!("{} bytes are over the limit of {limit}", text.len());
            self.fault(field, reason, description, metadata);
        }
    }

    /// Notes a list over its limit.
    pub(super) fn at_most(&mut self, field: &str, count: usize, limit: usize) {
        if count > limit {
            let metadata = vec![("limit", limit.to_string()), ("count", count.to_string())];
            let description = format!("{count} are over the limit of {limit}");
            self.fault(field, ErrorReason::TooManyTargets, description, metadata);
        }
    }
}
