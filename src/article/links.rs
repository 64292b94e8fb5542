//! Tells links to other articles by their words.

use super::characters::is_bullet;
use super::prompts::LONGEST_PROMPT;
use super::shape::{Ending, Shape, is_in_capitals};

/// Heads of lists are no longer, in words.
const LONGEST_LIST_HEAD: usize = 6;

/// How a paragraph links to other articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// It is a link of its own.
    Whole,
    /// It heads a list of links: "DON'T MISS:".
    ListHead,
}

/// Labels that a link follows with or without a colon, where they stand in capitals.
#[rustfmt::skip]
const LINK_LABELS: &[&str] = &[
    "read more", "read also", "also read", "also see", "see also", "see more", "read next", "keep reading", "up next", "what to read next", "don't miss",
    "dont miss", "must read", "must reads", "more on this story", "more on this", "more on this topic", "more from", "more stories", "most read",
    "most popular", "most viewed", "most watched", "trending now", "trending", "recommended", "recommended reading", "recommended for you",
    "you may also like", "you might also like", "you may like", "you might like", "editor's picks", "editors' picks", "editor's choice",
    "top stories", "top story", "related", "related articles", "related article", "related stories", "related story", "related content",
    "related links", "related link", "related topics", "related coverage", "related news", "related internet links", "related video",
    "related videos", "further reading", "further reading:", "explore more", "in case you missed it", "latest news", "live updates",
    "full story", "full coverage", "follow live", "watch", "watch more", "watch live", "read the full story", "read full story",
    "read the full article", "around the bbc", "elsewhere", "more news", "read this", "just in", "read", "more", "also", "previous article", "next article", "previous post", "next post", "in pictures", "in photos", "photo gallery",
];

/// What the head of a list opens with: "Most read in sport", "More from the Post".
#[rustfmt::skip]
const LIST_HEADS: &[&str] = &[
    "most read", "most popular", "most viewed", "most shared", "most watched", "most recent", "more from ", "more on ", "more stories", "more top stories",
    "read more on ", "read more about ", "read more from ", "read more in ", "latest from ", "latest in ", "the latest from ", "trending in ", "trending on ",
    "recommended for ", "popular in ", "popular on ", "related to this", "also in ", "also on ", "our latest stories", "today's top stories", "top stories in ",
    "you may also ", "you might also ", "editors' picks", "editor's picks", "what others are reading",
];

/// What names the source of a link before a colon.
#[rustfmt::skip]
const SOURCES: &[&str] = &["more from ", "also on ", "also from ", "more on ", "related from ", "read more on ", "see also on "];

/// Whether, and how, a paragraph links to other articles.
pub(super) fn link(shape: &Shape) -> Option<Link> {
    if shape.folded.is_empty() || shape.words > LONGEST_PROMPT {
        return None;
    }
    if is_tagged(shape)
        || is_trail(shape)
        || (shape.is_line() && shape.text.starts_with(['>', '»', '→']))
    {
        return Some(Link::Whole);
    }
    let folded = shape
        .folded
        .trim_start_matches(|c: char| !c.is_alphanumeric());
    let labels = LINK_LABELS
        .iter()
        .filter_map(|label| Some((*label, folded.strip_prefix(*label)?)));
    for (label, rest) in labels {
        let rest = rest.trim_start();
        let after_mark = rest
            .trim_start_matches(|c: char| {
                matches!(c, ':' | '|' | '>' | '»' | '›' | '→' | '.' | '…') || is_bullet(c)
            })
            .trim_start();
        let marked =
            after_mark.len() < rest.len() && !rest.starts_with('-') || rest.starts_with("- ");
        let words = label.split_whitespace().count();
        let capitals = words > 1 && shape.tokens().take(words).all(is_in_capitals);
        let all_capitals = capitals && shape.tokens().all(is_in_capitals);
        if after_mark.is_empty() || (all_capitals && shape.words <= LONGEST_LIST_HEAD) {
            return Some(Link::ListHead);
        }
        if marked || (capitals && !all_capitals) {
            return Some(Link::Whole);
        }
    }
    let heads = LIST_HEADS.iter().any(|head| folded.starts_with(head));
    let line = matches!(shape.ending, Ending::Open) || shape.text.ends_with(':');
    if heads && line && shape.words <= LONGEST_LIST_HEAD {
        return Some(Link::ListHead);
    }
    // "More from the Post: What comes next"
    let names_source = SOURCES.iter().any(|opening| {
        let name = folded
            .strip_prefix(*opening)
            .and_then(|rest| rest.split_once(':'))
            .map(|(name, _)| name);
        name.is_some_and(|name| name.split_whitespace().count() <= 3)
    });
    names_source.then_some(Link::Whole)
}

/// Whether a line says where in the site the page stands: "Home > News > Crime".
fn is_trail(shape: &Shape) -> bool {
    let steps = shape.text.split(['>', '»', '›']);
    shape.words <= 8
        && steps.clone().count() > 1
        && steps.clone().all(|step| !step.trim().is_empty())
}

/// What kind of article a link leads to, before a colon; over an article they are part of its headline.
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "analysis", "explainer", "explained", "opinion", "comment", "profile", "podcast", "gallery", "timeline", "factbox", "fact check", "live", "recap",
    "interactive", "editorial", "in depth", "background", "go deeper", "long read", "quiz", "review", "your questions answered", "earlier", "commentary", "previous coverage", "previously", "from the archive", "listen",
];

/// Whether a line is a link that says what it leads to: "Analysis: Why storms are getting stronger".
pub(super) fn names_kind(shape: &Shape) -> bool {
    let label = shape
        .folded
        .split_once([':', '|'])
        .map(|(label, _)| label.trim_end());
    shape.is_line() && label.is_some_and(|label| KINDS.contains(&label))
}

/// Whether a line ends in a tag in capitals, as tabloids mark links: "… [LATEST]".
pub(super) fn is_tagged(shape: &Shape) -> bool {
    let tag = shape
        .text
        .strip_suffix(']')
        .and_then(|head| head.rsplit_once('['));
    tag.is_some_and(|(before, tag)| {
        let line = !before.trim_end().is_empty() && !before.trim_end().ends_with(['.', ',']);
        line && tag.len() <= 24 && is_in_capitals(tag)
    })
}
