//! Tells prompts to the reader by their words: newsletters, sharing, advertising, comments, cookies, copyright, contacts.

use super::characters::is_bullet;
use super::notes::is_note;
use super::shape::{Ending, Shape};

/// Prompts are no longer, in words.
pub(super) const LONGEST_PROMPT: usize = 45;
/// The publisher's notes are no longer, in words.
const LONGEST_NOTE: usize = 90;
/// Prompts without a full stop that name no publisher are no longer, in words.
const LONGEST_BARE_PROMPT: usize = 16;

/// Lines that are a prompt as a whole.
#[rustfmt::skip]
const PROMPT_LINES: &[&str] = &[
    "ad", "ads", "advert", "advertisement", "advertising", "sponsored", "sponsored content", "sponsored links", "paid content", "partner content", "promoted stories", "from our partners", "newsletters", "promoted", "promoted content", "loading",
    "skip advertisement", "ad feature", "advertisement feature", "paid post", "share", "share this", "share this article", "share article", "share this story", "copy link", "print",
    "print this page", "save", "save article", "bookmark", "comment", "comments", "leave a comment", "leave a reply", "add a comment",
    "post a comment", "view comments", "show comments", "hide comments", "join the conversation", "join the discussion", "have your say",
    "play video", "video player", "listen to this article", "back to top", "back to gallery", "show more", "load more", "close", "menu",
    "follow us", "log in", "sign in", "register", "subscribe", "subscribe now", "sign up", "newsletter sign-up", "key events",
    "show key events only", "your browser does not support this video", "report this ad", "remove ads", "support us", "donate", "donate now",
    "reuse this content", "gift this article", "get short url", "send feedback", "skip to content", "thank you for subscribing", "supported by", "refresh", "reply", "sort by", "premium", "subscriber only", "subscriber exclusive", "listen",
    "submit", "ok", "cancel", "no thanks", "got it", "accept", "accept all", "reject all", "dismiss", "privacy policy", "terms of use", "cookie policy",
    "disclaimer", "about us", "see all newsletters", "about sharing", "terms and conditions",
];

/// What a prompt may open with, whatever follows.
#[rustfmt::skip]
const PROMPT_OPENINGS: &[&str] = &[
    "sign up ", "signup ", "subscribe to ", "subscribe now", "subscribe for ", "get the latest ", "get our ", "get all the ", "get the biggest ",
    "get breaking ", "click here ", "tap here ", "follow us ", "follow our ", "like us on ", "join our ", "join us on ", "join the conversation",
    "download our ", "download the ", "enter your email", "we use your sign-up", "by signing up", "by clicking ", "by subscribing",
    "by continuing to use", "advertisement continue", "advertisement ·", "advertisement -", "advertisement scroll", "you can unsubscribe", "invalid email", "thank you for subscribing", "thanks for signing up",
    "would you like to receive", "do you want to receive", "do you have a story", "do you have an opinion", "have you got a story", "got a story",
    "got a tip", "got a news", "got a view", "got a photo", "thanks for reading", "like what you ", "scroll down for ", "for more stories", "do you have a tip", "want more ", "want to read more", "to read more", "to continue reading", "continue reading",
    "for more stories like this", "for more news ", "keep up to date", "stay up to date", "stay informed", "never miss ", "register for free",
    "create a free account", "already a subscriber", "already have an account", "share this ", "share on ", "share via ", "send us ", "email us ",
    "have your say", "leave a comment", "support independent", "become a member", "make a donation", "copyright ", "©",
    "(c) 20", "our standards:", "please enable ", "please turn on javascript", "listen to the latest", "view our privacy", "read our privacy",
    "this material may not be", "please refresh the page", "play the daily ", "today's most popular", "skip past ", "comments: ",
    "comments are closed", "for a graphic", "for graphics", "log in to ", "you have reached your ", "load older ", "load newer ", "show newer ", "new updates",
    "auto-update", "auto-refresh", "comment rules", "commenting rules", "community guidelines", "community rules", "was this helpful", "was this article",
    "you can email us", "you can contact us", "you can call us", "you can send us", "get involved:", "comments are now closed", "posting as ", "to order a copy", "to buy a copy", "to subscribe",
];

/// What gives a prompt away wherever it stands.
#[rustfmt::skip]
const PROMPT_PHRASES: &[&str] = &[
    "our newsletter", "our newsletters", "our free newsletter", "our daily newsletter", "our weekly newsletter", "newsletter here", "to your inbox",
    "in your inbox", "all rights reserved", "our privacy policy", "our privacy notice", "terms and conditions apply", "sign up here",
    "subscribe here", "sign up now", "subscribe today", "comment below", "comments below", "comments section below", "in the comments below",
    "have your say", "our whatsapp", "whatsapp channel", "our app", "cookie policy", "unsubscribe at any time", "your consent",
    "push notifications", "follow us on", "us on social media", "to republish", "may not be published, broadcast", "may not be reproduced",
    "sign up for our", "sign up to our", "subscribe to our", "we use cookies", "uses cookies", "cookies help us", "ad blocker", "accept cookies", "preferred source",
    "share this story", "share this article", "send this story", "send this article", "gift this article", "gift articles", "email our",
    "contact our newsdesk", "our newsdesk", "our comments", "our community guidelines", "our house rules", "delivery charges may apply",
    "we may earn", "affiliate links", "affiliate commission", "your email address will not", "story continues below", "story continued below",
    "article continues below", "story continues after", "article continues after", "download now", "get in touch with our", "ad-free", "tell us what you think",
    "let us know what you think", "write to us", "we'd like to hear", "we want to hear", "we would like to hear", "we'd love to hear", "free trial",
    "free articles", "subscribers only", "for subscribers", "subscriber-only", "exclusive to subscribers", "cancel anytime", "cancel any time",
    "we value your privacy", "and our partners",  "privacy choices", "manage preferences", "cookie settings", "cookie preferences",
    "by using this site", "by using this website", "by using our", "be the first to comment", "jump to comments", "click here", "most commented",
    "comments on this article", "comment on this", "advertise with us", "contact us", "post your comment", "logged in to", "in to comment", "share it with a friend",  "consider supporting us", "consider subscribing", "support our journalism",
    "summary of this article", "you agree to our", "i agree to", "post your comments", "licensing rights", "this newspaper adheres",
    "complaint about editorial", "editors' code of practice", "whatsapp us", "message us on", "call us on", "email us at", "text us",
];

/// Verbs that ask the reader to do something.
#[rustfmt::skip]
const REQUESTS: &[&str] = &[
    "sign", "subscribe", "register", "follow", "join", "get", "download", "click", "tap", "share", "email", "e-mail", "send", "text", "message",
    "comment", "submit", "contact", "call", "write", "donate", "support", "vote", "become", "enter", "accept", "whatsapp", "ring", "return", "load", "allow", "enable", "manage", "turn",
    "refresh", "add", "save", "bookmark", "prefer", "choose", "make", "set", "log", "try", "discover", "like", "find", "check", "keep",
    "receive", "upgrade", "unlock", "activate", "install", "connect", "rate", "view", "help", "visit", "opt", "read", "listen", "watch", "tell",
    "let", "please", "copy", "mute", "open", "switch", "catch", "start", "scan", "buy", "order", "take", "search", "see", "explore",
];

/// What a publisher asks its readers to use.
#[rustfmt::skip]
const CHANNELS: &[&str] = &[
    "newsletter", "newsletters", "inbox", "app", "alerts", "notifications", "notification", "email", "emails", "e-mail", "facebook", "twitter",
    "instagram", "whatsapp", "telegram", "tiktok", "youtube", "linkedin", "bluesky", "podcast", "podcasts", "comments", "cookies",
    "subscription", "subscriber", "newsdesk", "newsroom", "auto-refresh", "e-edition", "crossword", "crosswords", "puzzles", "rss", "javascript",
    "autoplay", "membership", "ad-blocker", "subscribers", "members",
];

/// What only a publisher asks for, whatever for.
const PLAIN_REQUESTS: &[&str] = &[
    "sign up",
    "subscribe",
    "unsubscribe",
    "click here",
    "log in",
    "register now",
    "register for free",
];

/// What a publisher promises of what it offers.
#[rustfmt::skip]
const OFFERS: &[&str] = &[
    "latest", "free", "daily", "weekly", "breaking", "every", "delivered", "exclusive", "exclusives", "straight", "news", "stories", "best", "updates",
    "subscribe", "join", "interviews", "headlines",
];

/// What a publisher calls its own, after "us" or "our".
#[rustfmt::skip]
const PUBLICATIONS: &[&str] = &[
    "news", "story", "stories", "site", "website", "page", "desk", "journalism", "journalists", "reporters", "coverage", "updates", "social",
    "search", "google", "channel", "forum", "survey", "poll", "quiz", "letters", "interviews", "bookshop", "shop", "readers",
    "articles", "feedback", "tips", "newsroom", "digital", "edition", "reporter", "correspondent", "editor", "journalist",
];

/// Whether a paragraph prompts the reader to something, or is the publisher's own small print.
pub(super) fn is_promo(shape: &Shape) -> bool {
    let folded = shape.folded.as_str();
    if folded.is_empty() || shape.words > LONGEST_NOTE {
        return false;
    }
    if is_note(shape) {
        return true;
    }
    // What somebody is quoted to say is not the publisher's.
    if shape.words > LONGEST_PROMPT
        || folded.starts_with('"')
        || folded.contains("\" said")
        || folded.contains(",\" ")
    {
        return false;
    }
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let opens = |opening: &&str| folded.starts_with(*opening) || bare.starts_with(*opening);
    PROMPT_LINES.contains(&bare)
        || PROMPT_OPENINGS.iter().any(opens)
        || PROMPT_PHRASES.iter().any(|phrase| shape.has_phrase(phrase))
        || is_share_bar(folded)
        || is_menu(shape)
        || asks_reader(shape)
}

/// Whether it asks the reader to do something with what the publisher offers: "Get the Comet app", "Do you know more? Email our sports desk."
fn asks_reader(shape: &Shape) -> bool {
    let bare = shape.words <= LONGEST_BARE_PROMPT && shape.ending == Ending::Open;
    let offers = shape.has_word(&["newsletter", "newsletters"]) && shape.has_word(OFFERS);
    let asks = |sentence: &str| {
        let sentence = sentence.trim_matches(|c: char| c.is_whitespace() || is_bullet(c));
        let plainly = PLAIN_REQUESTS.iter().any(|request| {
            sentence
                .strip_prefix(request)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        let words: Vec<&str> = words(sentence).collect();
        let Some((verb, asked)) = words.split_first() else {
            return false;
        };
        let has = |words: &[&str], list: &[&str]| words.iter().any(|word| list.contains(word));
        // "Email our newsdesk", but not "Share prices in our biggest firms".
        let ours = asked
            .iter()
            .take(2)
            .position(|word| matches!(*word, "us" | "our"));
        let named = ours
            .and_then(|at| asked.get(at + 1..))
            .is_some_and(|named| {
                let named = named.get(..named.len().min(4)).unwrap_or(named);
                has(named, CHANNELS) || has(named, PUBLICATIONS)
            });
        let offered = has(asked, CHANNELS) && (bare || has(asked, OFFERS));
        // "Email Tim", over a live blog.
        let addressed =
            matches!(*verb, "email" | "e-mail") && bare && (1..=2).contains(&asked.len());
        plainly || addressed || (REQUESTS.contains(verb) && (named || offered))
    };
    // Links hand on what they ask for: "READ MORE: Follow us for news".
    let mut sentences = shape.folded.split(['.', '?', '!', ':', '—', '|']);
    sentences.any(|sentence| asks(sentence) || sentence.split(',').skip(1).any(asks))
        || (bare && offers)
        || has_desk_address(shape)
}

/// Whether it gives a desk's address: "Letters should be sent to letters@post.example".
fn has_desk_address(shape: &Shape) -> bool {
    let opens_with_request = words(&shape.folded).next().is_some_and(|word| {
        matches!(
            word,
            "send"
                | "letters"
                | "write"
                | "email"
                | "got"
                | "do"
                | "have"
                | "contact"
                | "know"
                | "tell"
        )
    });
    let names_somebody = shape
        .tokens()
        .skip(1)
        .find(|word| *word != "to")
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    shape.has_address() && opens_with_request && !names_somebody
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
}

// Bars and menus.

/// What share bars and the page's controls are made of, beside numbers.
#[rustfmt::skip]
const SHARING: &[&str] = &[
    "facebook", "twitter", "x", "whatsapp", "email", "e-mail", "mail", "linkedin", "reddit", "messenger", "pinterest", "telegram", "bluesky",
    "threads", "flipboard", "instagram", "tiktok", "youtube", "copy", "copied", "link", "url", "share", "shares", "print", "save", "saved", "on",
    "via", "to", "this", "article", "story", "post", "icon", "close", "comment", "comments", "reply", "replies", "view", "show", "all", "tweet",
    "pocket", "sms", "bookmark", "notifications", "off", "gift", "follow", "likes", "k", "m", "and", "listen", "report", "like", "permalink",
    "load", "more", "updates", "update", "auto", "refresh", "return", "back", "top", "menu", "change", "text", "size", "turn", "reuse", "content",
    "click", "jump", "skip", "posts", "options", "min", "mins", "page", "new", "alerts", "play", "pause", "mute", "audio", "gallery", "sort", "by",
    "newest", "oldest", "normal", "larger", "smaller", "very", "large", "sharing", "viewing", "live", "about", "extra", "for", "here", "us",
];

/// Those of them that a text hardly holds alone as a line.
#[rustfmt::skip]
const SHARING_ALONE: &[&str] = &["whatsapp", "linkedin", "reddit", "pinterest", "flipboard", "tweet", "bookmark"];

/// Those of them that bars of one word beside other bars are.
#[rustfmt::skip]
const SHARING_BESIDE: &[&str] = &[
    "facebook", "twitter", "x", "email", "e-mail", "mail", "messenger", "telegram", "bluesky", "threads", "instagram", "tiktok", "youtube",
    "copy", "pocket", "sms", "mix", "buffer", "rss", "more", "viber",
];

/// "Facebook Twitter WhatsApp", "118 shares", "Share   Comments (43)", "Notifications off".
fn is_share_bar(folded: &str) -> bool {
    let parts = || {
        folded
            .split(' ')
            .filter(|word| !word.contains(['/', '.']))
            .flat_map(|word| word.split(|c: char| !(c.is_alphabetic() || c == '-')))
            .filter(|part| !part.trim_matches('-').is_empty())
    };
    let is_any = |known: &[&str]| parts().any(|part| known.contains(&part));
    parts().all(|part| SHARING.contains(&part))
        && (parts().count() > 1
            || is_any(SHARING_ALONE)
            || is_any(&["comments", "shares"])
            || (folded.contains(|c: char| c.is_ascii_digit()) && is_any(&["comment", "share"])))
}

/// Whether a line is one word of a share bar that was cut into lines.
pub(super) fn is_share_word(shape: &Shape) -> bool {
    SHARING_BESIDE.contains(&shape.folded.as_str())
}

/// "How we moderate comments | Privacy | Terms".
fn is_menu(shape: &Shape) -> bool {
    const PAGES: &[&str] = &[
        "privacy",
        "terms",
        "cookies",
        "advertise",
        "contact",
        "accessibility",
        "help",
    ];
    let entries = shape.folded.split(['|', '·', '/', '•']);
    shape.words <= 20
        && shape.ending == Ending::Open
        && entries.clone().count() > 1
        && entries
            .filter_map(|entry| words(entry).next())
            .any(|word| PAGES.contains(&word))
}
