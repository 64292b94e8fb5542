//! Tells captions, links to other articles and prompts to the reader by their words.

use super::characters::{is_bullet, is_dash, is_opener};
use super::shape::{Ending, Shape, is_in_capitals};

/// Prompts and links are no longer, in words.
const LONGEST_PROMPT: usize = 45;
/// Captions are no longer, in words.
const LONGEST_CAPTION: usize = 70;

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

// Captions.

#[rustfmt::skip]
const CAPTION_OPENINGS: &[&str] = &[
    "image caption", "image source", "image:", "images:", "photo:", "photos:", "photo by ", "photos by ", "photograph:", "photographs:",
    "picture:", "pictures:", "pictured:", "pictured,", "pictured above", "pic:", "pics:", "media caption", "video caption", "caption:", "credit:",
    "file photo", "file image", "file picture", "file -", "file –", "file —", "illustration:", "illustration by", "graphic:", "video:",
    "(image", "(photo", "(picture", "(credit", "image credit", "photo credit", "picture credit", "photograph by", "photography by",
    "photography:", "pictures by", "above:", "below:", "left:", "right:", "top:", "cartoon:", "chart:", "map:",
];

/// What a credit opens with, in brackets or after a caption's full stop.
#[rustfmt::skip]
const CREDIT_OPENINGS: &[&str] = &[
    "image", "images", "photo", "photos", "photograph", "picture", "pictures", "pic", "credit", "video", "handout", "file photo", "file",
    "ap photo", "getty", "reuters", "afp", "epa", "shutterstock", "alamy", "rex", "via ", "©", "copyright", "pa wire", "pa images", "courtesy",
    "supplied", "submitted", "provided", "screengrab", "screenshot", "associated press", "ap", "pa", "tass",
];

/// Agencies before their photographer's name.
const AGENCY_CREDITS: &[&str] = &[
    " reuters/",
    " afp/",
    " ap photo/",
    " getty/",
    " getty images/",
    " pa/",
    " epa/",
];

/// What a credit ends with, without brackets.
#[rustfmt::skip]
const CREDIT_ENDINGS: &[&str] = &[
    "getty images", "/getty", "/ap", "/afp", "/reuters", "/epa", "ap photo", "via getty", "via reuters", "via ap", "via afp", "shutterstock",
    "/alamy", "/pa", "pa wire", "pa images", "/rex", "/tass", "alamy stock photo", "file photo", "afp via getty images",
];

/// Whether a paragraph is a picture's, video's or table's text with a label or a credit.
pub(super) fn is_credited(shape: &Shape) -> bool {
    let folded = shape.folded.as_str();
    if folded.is_empty() || shape.words > LONGEST_CAPTION {
        return false;
    }
    CAPTION_OPENINGS
        .iter()
        .any(|opening| folded.starts_with(opening))
        || has_bracketed_credit(folded)
        || has_trailing_credit(folded)
        || (shape.ending == Ending::Open
            && AGENCY_CREDITS.iter().any(|credit| folded.contains(credit)))
        || (shape.ending == Ending::Open
            && CREDIT_ENDINGS.iter().any(|ending| folded.ends_with(ending)))
        || [
            "(ap photo",
            "(photo by ",
            "(image: ",
            "(photo: ",
            "(picture: ",
        ]
        .iter()
        .any(|mark| folded.contains(mark))
}

/// "… (Image: Getty)", "… [Photo by Jane Roe]".
fn has_bracketed_credit(folded: &str) -> bool {
    let bare = folded.trim_end_matches('.');
    let inside = bare
        .strip_suffix([')', ']'])
        .and_then(|head| head.rsplit_once(['(', '[']))
        .map(|(_, inside)| inside);
    inside.is_some_and(opens_credit)
}

/// "… in 2011. Image: Jane Roe", "… in 2011. Photograph: Jane Roe/Getty".
fn has_trailing_credit(folded: &str) -> bool {
    let last = folded
        .rsplit_once(':')
        .map(|(head, _)| head.rsplit([' ', '.', '|']).next().unwrap_or(""));
    let label = last.is_some_and(|word| {
        matches!(
            word,
            "image" | "photo" | "photograph" | "picture" | "credit" | "pic" | "illustration"
        )
    });
    label
        || folded.rsplit_once(" photograph by ").is_some()
        || folded.rsplit_once(". photo by ").is_some()
}

fn opens_credit(inside: &str) -> bool {
    CREDIT_OPENINGS.iter().any(|opening| {
        inside.strip_prefix(opening).is_some_and(|rest| {
            opening.ends_with([' ', '©'])
                || rest.is_empty()
                || !rest.starts_with(char::is_alphanumeric)
        })
    })
}

// Captions without a credit.

/// Words in -ing that are things, not what somebody in a picture is doing.
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "morning", "evening", "thing", "nothing", "something", "anything", "everything", "building", "meeting", "wedding", "hearing", "during",
    "housing", "funding", "spending", "planning", "training", "banking", "trading", "manufacturing", "engineering", "mining", "farming",
    "shipping", "shooting", "bombing", "killing", "being", "ceiling", "warning", "ruling", "opening", "feeling", "king", "ring", "spring",
    "string", "wing", "parking", "fishing", "gambling", "boxing", "racing", "testing", "voting", "policing", "briefing", "bring", "sing",
    "according", "wellbeing", "cutting", "landing", "lending", "marketing", "reading", "beijing", "nursing", "working", "living", "rising",
];

/// Words that open headings rather than name who is in a picture.
const HEADING_OPENINGS: &[&str] = &[
    "how", "why", "what", "when", "where", "who", "is", "are", "the", "a", "an", "no", "more",
    "not", "and", "but",
];

/// Whether a line says what somebody is doing, as pictures' descriptions do: "Kassym-Jomart Tokayev shaking hands with Erdogan".
pub(super) fn describes_picture(shape: &Shape) -> bool {
    if shape.words < 4
        || !shape.is_line()
        || shape.text.starts_with(is_opener)
        || shape.text.contains(is_spaced_dash_start)
    {
        return false;
    }
    let words: Vec<&str> = shape.tokens().take(6).collect();
    let starts_named = words.first().is_some_and(|word| {
        word.starts_with(char::is_uppercase)
            && !HEADING_OPENINGS.contains(&word.to_lowercase().as_str())
    });
    let pairs = words.iter().zip(words.iter().skip(1));
    starts_named
        && pairs.into_iter().any(|(before, word)| {
            before.starts_with(char::is_uppercase)
                && word.len() > 4
                && word.ends_with("ing")
                && word.starts_with(char::is_lowercase)
                && !THINGS.contains(word)
        })
}

fn is_spaced_dash_start(character: char) -> bool {
    is_dash(character) && character != '-' && character != '‐' && character != '‑'
}
