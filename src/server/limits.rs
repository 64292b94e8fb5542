//! The limits on what a caller may send, each enforced by `convert` and reported by `GetServiceInfo`.

/// In bytes of UTF-8 or in counts, as named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an article's content.
    pub content_bytes: usize,
    /// Bytes of an article's title.
    pub title_bytes: usize,
    /// Bytes of the ids that callers give to articles and targets.
    pub id_bytes: usize,
    /// Articles of one batch.
    pub batch_size: usize,
    /// Targets of stance, and of entities.
    pub targets: usize,
    /// Bytes of a target's text, name or alias.
    pub target_bytes: usize,
    /// Aliases of one target.
    pub aliases: usize,
    /// Spans of one target.
    pub spans: usize,
    /// Bytes of a summary's focus.
    pub focus_bytes: usize,
    /// Streams open at the same time, on all connections together.
    pub streams: usize,
    /// Articles of one stream that are read ahead of the answers taken.
    pub stream_in_flight: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            content_bytes: 1 << 20,
            title_bytes: 4 << 10,
            id_bytes: 256,
            batch_size: 32,
            targets: 32,
            target_bytes: 512,
            aliases: 32,
            spans: 1024,
            focus_bytes: 1024,
            streams: 32,
            stream_in_flight: 16,
        }
    }
}

impl Limits {
    /// Bytes of an article's title and content.
    pub fn article_bytes(&self) -> usize {
        self.content_bytes.saturating_add(self.title_bytes)
    }

    /// Bytes of a whole request message: the content's limit and as much again as all the rest may take, so that a
    /// content moderately over its limit is answered with its size.
    pub fn message_bytes(&self) -> usize {
        self.content_bytes.saturating_add(2 << 20)
    }
}
