//! Tells the publisher's notes around an article: corrections, disclosures, keywords, biographies of the author, plugs.

use super::characters::{is_dash, is_opener};
use super::document::Role;
use super::roles::set;
use super::shape::{Ending, Shape};

/// Notes about the author or a book are no longer, in words.
const LONGEST_BIOGRAPHY: usize = 70;

/// The author's name stands in the first by-lines; a live blog's times are no more of it.
const MOST_BYLINES: usize = 8;

/// What a note may open with.
#[rustfmt::skip]
const NOTE_OPENINGS: &[&str] = &[
    "correction:", "corrections:", "correction (", "clarification:", "clarification, ", "correction, ", "corrections, ", "clarifications:", "corrections and clarifications", "correction and clarification",
    "editor's note", "editors' note", "an earlier version of this", "a previous version of this", "an earlier headline", "(corrects ", "(clarifies ",
    "(corrected ", "disclosure:", "disclaimer:", "disclaimer -", "keywords:", "keywords ", "tags:", "topics:", "filed under", "filed in:", "posted in:",
    "explore more on these topics", "note to readers", "this page refreshes", "this page will refresh", "the views expressed", "the opinions expressed",
    "opinions expressed", "views expressed", "sponsored by ", "paid for by", "in partnership with",
    "supported by ", "about the author", "about the writer", "about our coverage",
];

/// What a note says of itself: the article, as the publisher calls it.
#[rustfmt::skip]
const SELF: &[&str] = &[
    "article", "story", "report", "post", "page", "blog", "interview", "piece", "column", "essay", "headline", "version", "copy", "content", "liveblog",
];

/// What a note says has been, or may be, done to it.
#[rustfmt::skip]
const DONE: &[&str] = &[
    "corrected", "amended", "updated", "edited", "condensed", "clarified", "republished", "reproduced", "translated", "adapted", "syndicated", "closed",
    "originally", "automatically", "affiliate", "corrects", "clarifies", "updates", "fixes", "removes", "refreshes", "moderated", "sponsored", "abridged",
];

/// Whether a paragraph is the publisher's note: "Correction: …", "This article was amended on …".
pub(super) fn is_note(shape: &Shape) -> bool {
    if shape.text.starts_with(is_opener) && !shape.text.starts_with(['(', '[', '{']) {
        return false;
    }
    let bare = shape
        .folded
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let opens = |opening: &&str| bare.starts_with(*opening);
    let is_index = ["topics ", "tags ", "related topics "]
        .iter()
        .any(|label| bare.starts_with(label))
        && shape.ending == Ending::Open
        && shape.is_capitalised_throughout();
    let is_index = is_index || matches!(bare, "topics" | "tags" | "more about");
    let condensed = [
        "edited for length",
        "condensed and edited",
        "edited and condensed",
        "a version of this",
    ]
    .iter()
    .any(|phrase| shape.has_phrase(phrase));
    condensed
        || is_index
        || NOTE_OPENINGS.iter().any(opens)
        || speaks_of_itself(bare)
        || disowns_views(shape)
}

/// "(This Feb 11 story has been corrected to …)", "This live blog has been amended".
fn speaks_of_itself(folded: &str) -> bool {
    let mut words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.next() == Some("this")
        && words.by_ref().take(4).any(|word| SELF.contains(&word))
        && words.take(8).any(|word| DONE.contains(&word))
}

/// "… are their own and do not reflect the views of the Post".
fn disowns_views(shape: &Shape) -> bool {
    [
        "own and do not",
        "views are his own",
        "views are her own",
        "views are their own",
        "opinions are his own",
        "opinions are her own",
    ]
    .iter()
    .any(|phrase| shape.has_phrase(phrase))
        || shape.folded.contains("opinions expressed")
        || shape.folded.contains("views expressed")
}

// Biographies and plugs, which only their place tells from the text.

#[rustfmt::skip]
const JOBS: &[&str] = &[
    "columnist", "writer", "reporter", "editor", "journalist", "correspondent", "author", "professor", "fellow", "director", "contributor", "novelist",
    "historian", "analyst", "critic", "commentator", "broadcaster", "academic", "lecturer", "host", "producer", "presenter", "economist", "scholar",
    "researcher", "poet", "playwright", "blogger", "freelance", "freelancer", "scientist", "lawyer", "attorney", "photographer", "founder", "barrister",
    "consultant", "strategist", "activist", "student", "chairman", "chairwoman", "chair", "president", "co-founder", "co-director", "co-author",
];

/// What an author does for the publisher.
const WORKS: &[(&str, &[&str])] = &[
    ("covers", &[]),
    ("teaches", &[]),
    ("writes", &["about", "for", "on", "a", "regularly"]),
    ("reports", &["on", "for"]),
    ("reported", &["from"]),
    ("lives", &["in"]),
];

#[rustfmt::skip]
const PLUGS: &[&str] = &[
    "is published by", "is published on", "is published in", "is out now", "is out on", "is available now", "is available from", "is available at",
    "is available on", "is in cinemas", "in cinemas now", "is on sale", "is released on", "was published by", "published by", "tickets from",
    "tickets are available", "will be published", "to order a copy", "runs until", "is streaming on",  "is out in", "in paperback", "'s book", "'s latest book", "'s new book", "'s latest novel", "'s new novel", "his latest book",
    "her latest book", "his new book", "her new book",
];

/// Marks what the publisher says of the author and of books under the article's last prose, or wherever it names the author first.
pub(super) fn mark(shapes: &[Shape], roles: &mut [Option<Role>]) {
    let bylines: Vec<&str> = shapes
        .iter()
        .zip(roles.iter())
        .filter(|(_, role)| matches!(role, Some(Role::Byline | Role::Standfirst)))
        .map(|(shape, _)| shape.folded.as_str())
        .take(MOST_BYLINES)
        .collect();
    let mut in_tail = true;
    for (index, shape) in shapes.iter().enumerate().rev() {
        if !roles.get(index).is_some_and(Option::is_none) {
            continue;
        }
        let name = shape.folded.trim_start_matches(|c| is_dash(c) || c == ' ');
        let names_author = shape.ending == Ending::Open
            && (2..=4).contains(&shape.words)
            && bylines
                .iter()
                .any(|byline| byline.len() > name.len() && byline.contains(name))
            && shape.is_capitalised_throughout();
        if names_author {
            set(roles, index, Role::Byline);
            continue;
        }
        let by_author = starts_with_author(shape, &bylines);
        let presents = presents_author(shape);
        let addressed = in_tail
            && shape.words <= LONGEST_BIOGRAPHY / 2
            && shape.has_address()
            && !shape.text.starts_with(['"', '“']);
        let plugs = in_tail
            && shape.words <= LONGEST_BIOGRAPHY / 2
            && PLUGS.iter().any(|plug| shape.has_phrase(plug));
        let invites = in_tail
            && shape.is_line()
            && shape.words <= 8
            && [
                "follow ",
                "join ",
                "subscribe ",
                "download ",
                "sign up",
                "like us",
                "visit ",
                "contact ",
                "email ",
            ]
            .iter()
            .any(|request| shape.folded.starts_with(request));
        let listed = [index.wrapping_sub(1), index + 1]
            .iter()
            .any(|at| shapes.get(*at).is_some_and(Shape::is_item));
        if in_tail && !listed && signs_off(shape) {
            set(roles, index, Role::Byline);
        } else if plugs || invites || addressed || presents && (by_author || in_tail) {
            set(roles, index, Role::Promo);
        } else if shape.is_prose() {
            in_tail = false;
        }
    }
}

/// Whether a paragraph opens with a name and says what its bearer does: "Jane Roe is a columnist".
fn presents_author(shape: &Shape) -> bool {
    const PARTICLES: &[&str] = &["de", "van", "von", "der", "and", "al", "bin"];
    if shape.folded.is_empty() || shape.words > LONGEST_BIOGRAPHY {
        return false;
    }
    let words: Vec<&str> = shape.tokens().collect();
    if let [
        "The",
        "writer" | "author" | "writers" | "authors",
        "is" | "are" | "was",
        ..,
    ] = words.as_slice()
    {
        return true;
    }
    let name = words
        .iter()
        .take_while(|word| word.starts_with(char::is_uppercase) || PARTICLES.contains(word))
        .count();
    let named_body = words.first() == Some(&"The") && words.get(1) != Some(&"Rev");
    if !(2..=8).contains(&name) || named_body {
        return false;
    }
    let Some((verb, predicate)) = words.get(name..).and_then(<[&str]>::split_first) else {
        return false;
    };
    match *verb {
        "is" | "are" | "was" => {
            shape.is_item()
                || predicate
                    .iter()
                    .take(14)
                    .any(|word| JOBS.contains(&word.to_lowercase().as_str()))
        }
        _ => WORKS.iter().any(|(works, on)| {
            works == verb
                && (on.is_empty() || predicate.first().is_some_and(|word| on.contains(word)))
        }),
    }
}

/// Whether a last line names an agency or a reporter: "— Jane Roe".
fn signs_off(shape: &Shape) -> bool {
    shape.text.starts_with(is_dash)
        && shape.words <= 5
        && shape.ending == Ending::Open
        && shape.is_capitalised_throughout()
}

/// Whether the first two words are somebody's whom the by-line names.
fn starts_with_author(shape: &Shape, bylines: &[&str]) -> bool {
    let mut words = shape.tokens();
    let (Some(first), Some(last)) = (words.next(), words.next()) else {
        return false;
    };
    let name = format!("{first} {last}").to_lowercase();
    bylines.iter().any(|byline| byline.contains(&name))
}
