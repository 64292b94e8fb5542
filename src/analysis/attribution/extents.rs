//! How far reported words reach: where they start and end around the cue.

use std::ops::Range;

use super::clauses::{LEAST_SHARE, Reader};
use super::cues::{self, Following};
use super::phrases;
use super::sources;
use super::tokens::{Class, Tokens};

/// How far after a cue "that" or a quote may open what is said, in tokens.
const REACH: usize = 16;
/// Where people post.
const PLATFORMS: [&str; 7] = [
    "twitter",
    "x",
    "facebook",
    "instagram",
    "telegram",
    "linkedin",
    "tiktok",
];
/// Prepositions that after a cue say where, when or how, not what.
const ADVERBIAL: [&str; 8] = ["in", "at", "by", "from", "into", "with", "out", "up"];

impl Reader<'_> {
    /// What is said before a token: from the start of its sentence, or of the quote that ends there.
    pub(super) fn preceding(&self, to: usize) -> Range<usize> {
        let tokens = self.tokens;
        let mut end = to;
        while end > self.sentence.start
            && tokens.at(end - 1, |t| t.is(",") || t.is_dash() && !t.quoted)
        {
            end -= 1;
        }
        let mut start = self.sentence.start;
        // A quote that runs over sentences starts earlier.
        while start > 0
            && tokens.at(start, |t| t.quoted || t.class == Class::Close)
            && tokens.at(start - 1, |t| t.quoted || t.class == Class::Open)
        {
            start -= 1;
        }
        if start < self.sentence.start {
            return start..end;
        }
        // What an earlier cue of the sentence introduces is said already.
        let said = self
            .before
            .iter()
            .flat_map(|clause| clause.cue)
            .filter(|cue| *cue < end)
            .max();
        if let Some(cue) = said
            && let Some(comma) = (cue..end)
                .rev()
                .find(|at| tokens.at(*at, |t| t.is(",") && !t.quoted))
            && comma + 2 < end
        {
            return comma + 1..end;
        }
        start..end
    }

    /// The quote in which words go on after the attribution that interrupts them.
    pub(super) fn resumed_quote(&self, from: usize) -> Option<Range<usize>> {
        let tokens = self.tokens;
        let opens = |at: usize| {
            let breaks = tokens
                .before(at)
                .is_some_and(|t| t.is_any(&[",", ":", ";"]) || t.is_dash());
            breaks && tokens.at(at, |t| t.class == Class::Open)
        };
        let open = (from..self.sentence.end).find(|at| opens(*at))?;
        Some(open..self.quote_end(open))
    }

    /// The clause that goes on after the attribution that interrupts it: "Rates, she said, will stay high."
    pub(super) fn resumed_clause(&self, from: usize, source: usize) -> Option<Range<usize>> {
        let tokens = self.tokens;
        let after_quote = tokens
            .before(source)
            .is_some_and(|t| t.class == Class::Close);
        if after_quote
            || !tokens.at(from, |t| t.is_any(&[",", ";"]))
            || from + 2 >= self.sentence.end
        {
            return None;
        }
        let leaves = |word: &str| {
            word.ends_with("ing")
                || matches!(
                    word,
                    "who" | "which" | "while" | "a" | "an" | "as" | "but" | "adding"
                )
        };
        (!tokens.at(from + 1, |t| leaves(&t.lower)))
            .then(|| from + 1..self.end(from + 1, false, true))
    }

    /// One past the closing mark of the quote that opens here; the paragraph's end where it is open there.
    pub(super) fn quote_end(&self, open: usize) -> usize {
        let tokens = self.tokens;
        (open + 1..tokens.all.len())
            .find(|at| tokens.at(*at, |t| t.class == Class::Close))
            .map_or(tokens.all.len(), |at| at + 1)
    }

    /// Where what is said after a cue starts.
    pub(super) fn opening(&self, cue: usize, next: Following) -> Option<usize> {
        let tokens = self.tokens;
        let word = tokens.get(cue)?;
        let limit = self.sentence.end.min(cue + REACH);
        let marker = (cue + 1..limit).find(|at| {
            tokens.at(*at, |t| {
                (t.is("that") && !t.quoted) || t.class == Class::Open
            })
        });
        let colon = (cue + 1..limit).find(|at| tokens.at(*at, |t| t.is(":") && !t.quoted));
        if let Some(start) = cues::that_follows(tokens, cue) {
            return Some(start);
        }
        if cues::quote_as(tokens, cue).is_some() {
            let skip = matches!(next, Following::Preposition | Following::To);
            return Some(cue + 1 + usize::from(skip));
        }
        match next {
            Following::That => return Some(cue + 1),
            Following::Quote => return marker,
            Following::Colon => return Some(cue + 2),
            // "As Doe said, …"
            Following::Mark
                if tokens.at(self.sentence.start, |t| t.is("as"))
                    && tokens.at(cue + 1, |t| t.is(",")) =>
            {
                return Some(cue + 2);
            }
            _ => {}
        }
        if word.is_any(&["put", "puts"]) {
            return marker;
        }
        if cues::is_addressing(&word.lower) {
            let hearer = self.hearer(cue + 1);
            let starts =
                |at: usize| tokens.at(at, |t| t.is(",")) && tokens.at(at + 1, |t| t.is_word());
            if let Some(hearer) = hearer.filter(|at| starts(*at)) {
                return Some(hearer);
            }
            return marker
                .or(colon.map(|at| at + 1))
                .or(hearer)
                .filter(|at| *at < self.sentence.end);
        }
        let dated = tokens.at(cue + 1, |t| t.is("on"))
            && tokens.at(cue + 2, |t| {
                sources::is_time(&t.lower) || t.is_any(&PLATFORMS)
            });
        let adverbial = dated || tokens.at(cue + 1, |t| t.is_any(&ADVERBIAL));
        if cues::is_saying(&word.lower) {
            let adjunct = matches!(next, Following::Preposition | Following::Mark)
                || tokens.at(cue + 1, |t| {
                    sources::is_time(&t.lower)
                        || t.lower.ends_with("ly")
                        || cues::is_adjunct(&t.lower)
                });
            if adjunct {
                if let Some(colon) = colon {
                    return Some(colon + 1);
                }
                if let Some(marker) = marker {
                    return Some(marker);
                }
                // "Said on Friday he would go"
                let clause = dated
                    && tokens.at(cue + 3, |t| {
                        t.is_word()
                            && !cues::is_preposition(&t.lower)
                            && !cues::is_adjunct(&t.lower)
                            && !t.is("to")
                            && !t.lower.ends_with("ing")
                            && !sources::is_time(&t.lower)
                    });
                if adverbial {
                    return clause.then_some(cue + 3);
                }
            }
            let mut at = cue + 1;
            while at < self.sentence.end && tokens.at(at, |t| sources::is_time(&t.lower)) {
                at += 1;
            }
            return (at < self.sentence.end && tokens.at(at, |t| t.is_word())).then_some(at);
        }
        if adverbial {
            return marker;
        }
        let skip = usize::from(next == Following::Preposition);
        let start = cue + 1 + skip;
        (start < self.sentence.end && tokens.at(start, |t| t.is_word() || t.class == Class::Open))
            .then_some(start)
    }

    /// One past the phrase that names the hearer: "reporters" of "told reporters he would".
    fn hearer(&self, start: usize) -> Option<usize> {
        let tokens = self.tokens;
        let first = tokens.get(start).filter(|t| t.is_word())?;
        if phrases::is_pronoun(&first.lower) {
            return Some(start + 1);
        }
        let mut at = start + 1;
        while at < self.sentence.end
            && tokens.at(at, |t| {
                t.is_word()
                    && !phrases::is_pronoun(&t.lower)
                    && !t.is_any(&["the", "his", "her", "their", "to", "about", "there"])
            })
            && at - start < 5
            && (tokens.at(at, |t| t.is_capitalized()) == tokens.at(at - 1, |t| t.is_capitalized())
                || at == start + 1)
        {
            at += 1;
        }
        Some(at)
    }

    /// Where what starts here ends.
    pub(super) fn end(&self, start: usize, relative: bool, is_clause: bool) -> usize {
        let tokens = self.tokens;
        let mut at = start;
        let mut end = self.sentence.end;
        while at < end {
            let Some(token) = tokens.get(at) else { break };
            if token.class == Class::Open {
                let close = self.quote_end(at);
                if close >= end {
                    end = close;
                    break;
                }
                // A quote, and then what is no part of the clause around it.
                let comma = close > 1
                    && tokens.at(close - 2, |t| t.is(","))
                    && tokens.at(close, |t| t.is_any(&["and", "but"]))
                    && !tokens.at(close + 1, |t| t.is("that"));
                if !is_clause && (comma || self.leaves(close, at == start)) {
                    return close;
                }
                at = close;
                continue;
            }
            if !token.quoted && at > start && self.stops(at, relative, is_clause) {
                return at;
            }
            at += 1;
        }
        end
    }

    /// Whether what stands after a quote's end is no part of what is said; `whole` where the quote opened it.
    fn leaves(&self, close: usize, whole: bool) -> bool {
        const ADVERBIAL: [&str; 12] = [
            "while", "during", "in", "on", "at", "when", "as", "after", "before", "because",
            "since", "last",
        ];
        self.tokens.at(close, |t| {
            let joins = t.is_any(&["and", "but", "for"]);
            !t.is_word() && !t.is("-")
                || t.is_any(&ADVERBIAL)
                || t.lower.ends_with("ing")
                || whole && joins
        })
    }

    fn stops(&self, at: usize, relative: bool, is_clause: bool) -> bool {
        let tokens = self.tokens;
        let Some(token) = tokens.get(at) else {
            return true;
        };
        let word_after = |at: usize| tokens.get(at + 1).map_or("", |t| t.lower.as_str());
        if token.is(",") || token.is_dash() && is_spaced(tokens, at) {
            if relative {
                return true;
            }
            let next = word_after(at);
            if next == "according"
                || next.ends_with("ing") && cues::share(tokens, at + 1) >= LEAST_SHARE
            {
                return true;
            }
            if matches!(next, "while" | "which" | "although" | "though" | "whereas") {
                return !is_clause || next == "while";
            }
            return matches!(next, "and" | "but") && self.new_cue(at + 2);
        }
        if token.is(";") {
            return self.new_cue(at + 1);
        }
        if token.is_any(&["and", "but"]) {
            return self.verb_follows(at + 1);
        }
        false
    }

    /// Whether a cue with a subject of its own follows soon: "but Doe said".
    fn new_cue(&self, from: usize) -> bool {
        (from..self.sentence.end.min(from + 7)).any(|at| {
            self.tokens
                .at(at, |t| !t.quoted && cues::is_saying(&t.lower))
                && cues::share(self.tokens, at) >= 7
        })
    }

    /// Whether the next word, adverbs and auxiliaries apart, is a cue: "and said".
    fn verb_follows(&self, from: usize) -> bool {
        let end = self.sentence.end.min(from + 4);
        let verb = (from..end).find(|at| sources::verb_start(self.tokens, *at + 1, *at) == *at + 1);
        verb.is_some_and(|at| {
            cues::share(self.tokens, at) >= 5 && !self.tokens.at(at, |t| t.lower.ends_with("ing"))
        })
    }

    /// Without punctuation at the ends that is no part of what is said.
    pub(super) fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let tokens = self.tokens;
        let (mut start, mut end) = (range.start, range.end);
        while start < end && tokens.at(start, |t| t.class == Class::Punctuation && !t.quoted) {
            start += 1;
        }
        while start < end && tokens.at(end - 1, |t| t.class == Class::Punctuation && !t.quoted) {
            end -= 1;
        }
        (start < end).then_some(start..end)
    }
}

/// Whether a mark stands apart from the word before, as a dash between clauses does.
pub(super) fn is_spaced(tokens: &Tokens<'_>, at: usize) -> bool {
    let pair = tokens.get(at).zip(tokens.before(at));
    pair.is_some_and(|(token, before)| token.text != "-" || before.span.end() < token.span.start())
}
