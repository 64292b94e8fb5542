//! Tells the captions of pictures and videos by their labels, their credits, or what they describe.

use super::characters::{is_dash, is_opener};
use super::shape::{Ending, Shape, is_in_capitals};

/// Captions are no longer, in words.
const LONGEST_CAPTION: usize = 70;
/// Those with nothing but the photographer's name in brackets.
const LONGEST_NAMED: usize = 30;

#[rustfmt::skip]
const CAPTION_OPENINGS: &[&str] = &[
    "image caption", "image source", "image:", "images:", "photo:", "photos:", "photo by ", "photos by ", "photograph:", "photographs:",
    "picture:", "pictures:", "pictured:", "pictured,", "pictured above", "pic:", "pics:", "media caption", "video caption", "caption:", "credit:",
    "file photo", "file image", "file picture", "file -", "file –", "file —", "illustration:", "illustration by", "graphic:", "video:",
    "(image", "(photo", "(picture", "(credit", "image credit", "photo credit", "picture credit", "photograph by", "photography by",
    "photography:", "pictures by", "image copyright", "enlarge this image", "image supplied", "images supplied", "photo supplied", "picture supplied", "photo /", "(graphic", "media playback is", "video playback", "above:", "below:", "left:", "right:", "top:", "cartoon:", "chart:", "map:",
];

/// What a credit opens with, in brackets or after a caption's full stop.
#[rustfmt::skip]
const CREDIT_OPENINGS: &[&str] = &[
    "image", "images", "photo", "photos", "photograph", "picture", "pictures", "pic", "credit", "video", "handout", "file photo", "file",
    "ap photo", "getty", "reuters", "afp", "epa", "shutterstock", "alamy", "rex", "via ", "©", "copyright", "pa wire", "pa images", "courtesy",
    "supplied", "submitted", "provided", "screengrab", "screenshot", "archive", "associated press", "ap", "pa", "tass",
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
        || has_named_credit(shape)
        || is_picture_number(folded)
        || opens_with_count(folded)
        || (shape.is_line() && (folded.contains(", pictured ") || has_trailing_sign(folded)))
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

/// "… in the yard. (ABC News: Jane Roe)", "… in the yard. JANE ROE FOR THE POST".
fn has_named_credit(shape: &Shape) -> bool {
    const LINKS: &[&str] = &["RELATED", "READ", "MORE", "SEE", "ALSO", "WATCH"];
    let named = |text: &str| {
        let mut words = text.split_whitespace();
        (2..=8).contains(&words.clone().count())
            && words.all(|word| !word.starts_with(char::is_lowercase))
    };
    let bracketed = shape
        .text
        .strip_suffix(')')
        .and_then(|head| head.rsplit_once('('))
        .is_some_and(|(before, inside)| {
            !before.is_empty()
                && named(inside)
                && (inside.contains(": ")
                    || inside.contains('/')
                    || before.ends_with(". ") && shape.words <= LONGEST_NAMED)
                && !LINKS.iter().any(|link| inside.starts_with(link))
                && !inside.contains(|c: char| c.is_ascii_digit())
        });
    let in_capitals = shape.ending == Ending::Open
        && shape.text.rsplit_once(". ").is_some_and(|(before, after)| {
            let mut words = after.split_whitespace();
            (2..=8).contains(&words.clone().count())
                && words.all(is_in_capitals)
                && before
                    .split_whitespace()
                    .filter(|word| !is_in_capitals(word))
                    .count()
                    > 2
        });
    // "… on June 25. WIRE/Jane Roe"
    let signed = shape.ending == Ending::Open
        && shape.text.rsplit_once(". ").is_some_and(|(_, after)| {
            let agency = after.split_once('/').map(|(agency, _)| agency);
            named(after) && agency.is_some_and(is_in_capitals)
        });
    bracketed || in_capitals || signed
}

/// "… in 2011. Image: Jane Roe", "… in 2011. Photograph: Jane Roe/Getty".
fn has_trailing_credit(folded: &str) -> bool {
    let last = folded
        .rsplit_once(':')
        .map(|(head, _)| head.rsplit([' ', '.', '|']).next().unwrap_or(""));
    let label = last.is_some_and(|word| {
        matches!(
            word,
            "image"
                | "images"
                | "photo"
                | "photos"
                | "photograph"
                | "photographs"
                | "picture"
                | "pictures"
                | "credit"
                | "pic"
                | "pics"
                | "illustration"
        )
    });
    label
        || [
            " photo / ",
            " photo | ",
            ". photo/",
            ". picture by ",
            ". pictures by ",
        ]
        .iter()
        .any(|credit| folded.contains(credit))
        || folded.ends_with(" screengrab")
        || folded.rsplit_once("— photo by ").is_some()
        || folded.rsplit_once(" photograph by ").is_some()
        || folded.rsplit_once(". photo by ").is_some()
}

/// "[1/3] Smoke rises from the site"
fn opens_with_count(folded: &str) -> bool {
    let count = folded
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .map(|(count, _)| count);
    count.is_some_and(|count| {
        count.contains('/') && count.chars().all(|c| c.is_ascii_digit() || c == '/')
    })
}

/// "… outside her cafe © Jane Roe"
fn has_trailing_sign(folded: &str) -> bool {
    folded
        .split_once(" © ")
        .is_some_and(|(before, after)| !before.is_empty() && after.split(' ').count() <= 5)
}

/// "Image 1 of 23", "1 / 23": the counters of picture galleries.
fn is_picture_number(folded: &str) -> bool {
    let mut parts = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    let numbers = folded.chars().filter(char::is_ascii_digit).count();
    (1..=6).contains(&numbers)
        && folded.len() <= 20
        && folded.contains(" of ") | folded.contains('/') | folded.contains("image")
        && parts.all(|part| {
            matches!(
                part,
                "image" | "photo" | "picture" | "slide" | "of" | "next"
            ) || part.chars().all(|c| c.is_ascii_digit())
        })
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

/// Whether a line opens as headings do: "What we know so far".
pub(super) fn opens_heading(shape: &Shape) -> bool {
    let first = shape.folded.split(' ').next().unwrap_or("");
    HEADING_OPENINGS.contains(&first)
}

fn is_spaced_dash_start(character: char) -> bool {
    is_dash(character) && character != '-' && character != '‐' && character != '‑'
}
