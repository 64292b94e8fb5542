//! The page's Content-Security-Policy: its own style sheet and script, by their digests, and nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The style sheet that the page holds.
pub const STYLE: &str = include_str!("page.css");
/// The script that the page holds.
pub const SCRIPT: &str = include_str!("page.js");

/// The policy, for a `meta` element. Even markup that slipped into the page could load, run or send nothing.
pub fn policy() -> String {
    let digest = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT),
    )
}
