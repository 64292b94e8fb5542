//! Tells links to other articles and prompts to the reader by their words.

use super::characters::is_bullet;
use super::shape::{Shape, is_in_capitals};

/// Prompts and links are no longer, in words.
const LONGEST_PROMPT: usize = 45;

// Promotion.

/// Lines that are a prompt as a whole.
#[rustfmt::skip]
const PROMPT_LINES: &[&str] = &[
    "ad", "ads", "advert", "advertisement", "advertising", "sponsored", "sponsored content", "promoted", "promoted content", "loading",
    "article continues below", "story continues below", "skip advertisement", "share", "share this", "share this article", "share article",
    "share this story", "copy link", "print", "print this page", "save", "save article", "comment", "comments", "leave a comment",
    "add a comment", "post a comment", "view comments", "show comments", "hide comments", "join the conversation", "join the discussion",
    "have your say", "play video", "video player", "listen to this article", "back to top", "show more", "load more", "close", "menu",
    "follow us", "log in", "sign in", "register", "subscribe", "subscribe now", "sign up", "more", "key events", "show key events only",
    "your browser does not support this video", "report this ad", "remove ads", "support us", "donate", "donate now", "reuse this content",
];

/// What a prompt may open with, whatever follows.
#[rustfmt::skip]
const PROMPT_OPENINGS: &[&str] = &[
    "sign up ", "signup ", "subscribe to ", "subscribe now", "subscribe for ", "get the latest ", "get our ", "get all the ", "get the biggest ",
    "get breaking ", "click here ", "tap here ", "follow us ", "follow our ", "like us on ", "join our ", "join us on ", "join the conversation",
    "download our ", "download the ", "enter your email", "we use your sign-up", "we use cookies", "this site uses cookies",
    "this website uses cookies", "by signing up", "by clicking ", "by subscribing", "by continuing to use", "you can unsubscribe",
    "invalid email", "thank you for subscribing", "thanks for signing up", "would you like to receive", "do you want to receive",
    "do you have a story", "do you have an opinion", "have you got a story", "got a story", "got a tip", "do you have a tip", "want more ", "want to read more",
    "to read more", "to continue reading", "for more stories like this", "for more news ", "keep up to date", "stay up to date", "stay informed",
    "never miss ", "register for free", "create a free account", "already a subscriber", "already have an account", "this article is free",
    "share this ", "share on ", "share via ", "send us ", "email us ", "let us know ", "tell us ", "have your say", "leave a comment",
    "support our journalism", "support independent", "become a member", "make a donation", "copyright ", "©", "(c) 20", "our standards:",
    "article continues after", "story continues after", "please enable ", "please turn on javascript", "listen to the latest",
    "add us as a preferred source", "add as a preferred source", "view our privacy", "read our privacy", "this material may not be",
    "please refresh the page", "play the daily ", "today's most popular", "skip past newsletter", "this blog is closed", "this blog has", "this live blog ",
];

/// What gives a prompt away wherever it stands.
#[rustfmt::skip]
const PROMPT_PHRASES: &[&str] = &[
    "our newsletter", "our free newsletter", "our daily newsletter", "our weekly newsletter", "newsletter here", "to your inbox", "in your inbox",
    "all rights reserved", "our privacy policy", "our privacy notice", "terms and conditions apply", "sign up here", "subscribe here",
    "in the comments below", "in the comments section", "our whatsapp", "whatsapp channel", "our app", "cookie policy", "unsubscribe at any time",
    "your consent", "push notifications", "follow us on", "to republish", "may not be published, broadcast", "sign up for our",
    "sign up to our", "subscribe to our",
];

/// What share bars are made of.
#[rustfmt::skip]
const SHARING: &[&str] = &[
    "facebook", "twitter", "x", "whatsapp", "email", "e-mail", "mail", "linkedin", "reddit", "messenger", "pinterest", "telegram", "bluesky",
    "threads", "flipboard", "instagram", "tiktok", "youtube", "copy", "link", "share", "print", "save", "on", "via", "this", "article", "icon",
    "close", "comment", "comments", "tweet", "pocket", "sms", "bookmark", "url",
];

/// Whether a paragraph prompts the reader to something: newsletters, notifications, sharing, advertising, comments, cookies, copyright.
pub(super) fn is_promo(shape: &Shape) -> bool {
    let folded = shape.folded.as_str();
    if folded.is_empty() || shape.words > LONGEST_PROMPT {
        return false;
    }
    // What somebody is quoted to say is not the publisher's.
    if folded.starts_with('"') || folded.contains("\" said") || folded.contains(",\" ") {
        return false;
    }
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    PROMPT_LINES.contains(&bare)
        || PROMPT_OPENINGS
            .iter()
            .any(|opening| folded.starts_with(opening) || bare.starts_with(opening))
        || PROMPT_PHRASES.iter().any(|phrase| folded.contains(phrase))
        || is_share_bar(folded)
        || is_comment_count(bare)
}

fn is_share_bar(folded: &str) -> bool {
    let mut words = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty());
    words.clone().count() > 1 && words.all(|word| SHARING.contains(&word))
}

/// "23 comments", "Comments (1,204)", "View 3 comments".
fn is_comment_count(bare: &str) -> bool {
    let mut words = bare
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .clone()
        .any(|word| word == "comment" || word == "comments")
        && words.all(|word| {
            matches!(word, "comment" | "comments" | "view" | "all" | "show")
                || word.chars().all(|c| c.is_ascii_digit())
        })
}

// Links to other articles.

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
    "read more", "read also", "also read", "also see", "see also", "see more", "read next", "up next", "what to read next", "don't miss",
    "dont miss", "must read", "must reads", "more on this story", "more on this", "more on this topic", "more from", "more stories", "most read",
    "most popular", "most viewed", "most watched", "trending now", "trending", "recommended", "recommended reading", "recommended for you",
    "you may also like", "you might also like", "you may like", "you might like", "editor's picks", "editors' picks", "editor's choice",
    "top stories", "top story", "related", "related articles", "related article", "related stories", "related story", "related content",
    "related links", "related link", "related topics", "related coverage", "related news", "related internet links", "related video",
    "related videos", "further reading", "further reading:", "explore more", "in case you missed it", "latest news", "live updates",
    "full story", "full coverage", "follow live", "watch", "watch more", "watch live", "listen", "read the full story", "read full story",
    "read the full article", "around the bbc", "elsewhere", "more news", "topics", "tags", "read this", "just in", "read", "more",
];

/// Whether, and how, a paragraph links to other articles.
pub(super) fn link(shape: &Shape) -> Option<Link> {
    if shape.folded.is_empty() || shape.words > LONGEST_PROMPT {
        return None;
    }
    if is_tagged(shape) {
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
                matches!(c, ':' | '|' | '>' | '»' | '›' | '→') || is_bullet(c)
            })
            .trim_start();
        let marked =
            after_mark.len() < rest.len() && !rest.starts_with('-') || rest.starts_with("- ");
        let words = label.split_whitespace().count();
        let in_capitals = words > 1
            && shape.tokens().take(words).all(is_in_capitals)
            && !shape.tokens().all(is_in_capitals);
        if after_mark.is_empty() {
            return Some(Link::ListHead);
        }
        if marked || in_capitals {
            return Some(Link::Whole);
        }
    }
    None
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
