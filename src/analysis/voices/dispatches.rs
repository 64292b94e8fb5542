//! What somebody sends, given as paragraphs of its own without quotation marks: "Ada Lund sends this:".

use super::Stretch;
use super::speakers::{Resolver, Said};

/// What announces such a paragraph, before the colon.
#[rustfmt::skip]
const ANNOUNCING: [&str; 10] = [
    " sends this", " sent this", " writes", " wrote", " reports", " has this", " emails", " emailed", " messages", " messaged",
];

impl Resolver<'_> {
    /// The paragraphs that a person announced by the one before sends.
    pub fn dispatches(&mut self) -> Vec<Stretch> {
        let paragraphs = self.document.paragraphs.iter().filter(|p| p.analyzed);
        let pairs: Vec<_> = paragraphs.clone().zip(paragraphs.skip(1)).collect();
        let mut sent = Vec::new();
        for (announcing, next) in pairs {
            let text = self.document.text(announcing.span);
            let announces = text
                .strip_suffix(':')
                .is_some_and(|text| ANNOUNCING.iter().any(|ending| text.ends_with(ending)));
            let quoted = self.document.text(next.span).starts_with(['“', '"', '‘']);
            let Some(last) = announcing
                .sentences
                .end
                .checked_sub(1)
                .filter(|_| announces && !quoted)
            else {
                continue;
            };
            if let Some((name, entity)) = self.subject(last)
                && let Some(Said::By(speaker)) = self.said_by(entity, name, last)
            {
                sent.push(Stretch::of(next.span, speaker));
            }
        }
        sent
    }
}
