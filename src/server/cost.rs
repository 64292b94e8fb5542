//! What a request is likely to cost, told from its size alone, so that it can be admitted or shed before any work is done.

use crate::analysis::AnalysisRequest;
use crate::article::Field;

/// Bytes of English for each word piece, rounded down: news has 4.4 to 4.8.
const BYTES_PER_PIECE: usize = 4;
/// What the shortest article costs beside its pieces: reading, sorting, writing the answer.
const OVERHEAD: usize = 32;
/// The pieces of the passages that are judged for one stance target, at most.
const PIECES_PER_TARGET: usize = 1024;

/// Word pieces that the models are likely to read: those of the article once, and those of a few passages for each target
/// of stance.
///
/// An estimate need only be in proportion: the engine measures how long a unit of it takes.
pub fn estimate(request: &AnalysisRequest) -> u64 {
    let bytes =
        request.source.field(Field::Title).len() + request.source.field(Field::Content).len();
    let pieces = bytes.div_ceil(BYTES_PER_PIECE);
    let targets = request
        .stance
        .as_ref()
        .map_or(0, |stance| stance.targets.len());
    let judged = targets.saturating_mul(pieces.min(PIECES_PER_TARGET));
    let cost = OVERHEAD.saturating_add(pieces).saturating_add(judged);
    u64::try_from(cost).unwrap_or(u64::MAX)
}
