//! Gives each paragraph its role: first by its own words, then by its neighbours and its place. In doubt it is body.

use super::bylines::is_byline;
use super::captions::is_credited;
use super::document::Role;
use super::head;
use super::interviews;
use super::links::{Link, link};
use super::lists;
use super::notes;
use super::prompts::{is_promo, is_share_word};
use super::quotes;
use super::shape::{Ending, Shape, is_in_capitals};
use super::tail;

/// Headings within the body are no longer, in words.
const LONGEST_SUBHEADING: usize = 12;
/// Questions that head a stretch of the body are no longer, in words.
const LONGEST_QUESTION_HEADING: usize = 10;

/// The role of each paragraph, in order. Linear in the paragraphs' length.
pub(super) fn assign(shapes: &[Shape]) -> Vec<Role> {
    let mut roles: Vec<Option<Role>> = shapes.iter().map(by_words).collect();
    mark_share_words(shapes, &mut roles);
    let body_start = head::mark(shapes, &mut roles);
    lists::mark_named_links(shapes, &mut roles, body_start);
    lists::mark_links(shapes, &mut roles);
    lists::mark_rows(shapes, &mut roles, body_start);
    notes::mark(shapes, &mut roles);
    tail::mark(shapes, &mut roles, body_start);
    interviews::mark(shapes, &mut roles, body_start);
    mark_sent_words(shapes, &mut roles, body_start);
    mark_headings(shapes, &mut roles, body_start);
    let text_roles = shapes.iter().zip(roles).map(|(shape, role)| match role {
        Some(role) => role,
        None if quotes::fill(shape.text) => Role::Quote,
        None => Role::Body,
    });
    text_roles.collect()
}

/// What a paragraph is by its own words alone; `None` where they don't tell.
fn by_words(shape: &Shape) -> Option<Role> {
    if shape.is_title {
        return Some(Role::Headline);
    }
    let link = link(shape);
    if link == Some(Link::ListHead) {
        return Some(Role::RelatedLink);
    }
    if is_promo(shape) {
        return Some(Role::Promo);
    }
    if link.is_some() {
        return Some(Role::RelatedLink);
    }
    if is_credited(shape) {
        return Some(Role::Caption);
    }
    is_byline(shape).then_some(Role::Byline)
}

/// Marks the words of a share bar that was cut into lines.
fn mark_share_words(shapes: &[Shape], roles: &mut [Option<Role>]) {
    let is_bar = |roles: &[Option<Role>], index: Option<usize>| {
        index.is_some_and(|index| {
            roles.get(index) == Some(&Some(Role::Promo))
                || shapes.get(index).is_some_and(is_share_word)
        })
    };
    for (index, shape) in shapes.iter().enumerate() {
        let beside = is_bar(roles, index.checked_sub(1)) || is_bar(roles, Some(index + 1));
        if is_share_word(shape) && beside {
            set(roles, index, Role::Promo);
        }
    }
}

/// Marks what is announced as somebody's words and stands without quotation marks: "Our correspondent sends this:".
fn mark_sent_words(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    #[rustfmt::skip]
    const SENDING: &[&str] = &[
        "says", "said", "writes", "wrote", "written", "sends", "sent", "tweets", "tweeted", "posts", "posted", "messages", "emails", "emailed", "adds",
        "added", "replies", "replied", "reports", "reported", "files", "filed", "reads", "read", "statement", "texts", "texted", "explains", "explained",
        "tweet", "post", "message", "email", "letter",
    ];
    for (index, pair) in shapes.windows(2).enumerate().skip(body_start) {
        let [above, shape] = pair else { continue };
        let announced = above.text.ends_with(':')
            && above.has_word(SENDING)
            && roles.get(index).is_some_and(Option::is_none);
        let unmarked =
            !shape.text.contains(['"', '“', '”']) && shape.is_prose() && !shape.is_item();
        let first_person = shape.words > 3
            && shape
                .tokens()
                .any(|word| word == "I" || word.starts_with("I'") || word.starts_with("I’"));
        if announced && unmarked && first_person && roles.get(index + 1) == Some(&None) {
            set(roles, index + 1, Role::Quote);
        }
    }
}

/// Marks the short lines that head a stretch of the body.
fn mark_headings(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    let mut questions = Vec::new();
    let mut headings = 0;
    // Goes up from the end, to know what stands under each line.
    let mut text_follows = false;
    for (index, shape) in shapes.iter().enumerate().skip(body_start).rev() {
        match roles.get(index) {
            Some(None) => {}
            Some(Some(Role::Quote | Role::Body)) => {
                text_follows = true;
                continue;
            }
            _ => continue,
        }
        let heading = is_dashed(shape)
            || shape.is_line()
                && (shape.words <= LONGEST_SUBHEADING || beside_stamp(shapes, index));
        if heading && text_follows {
            set(roles, index, Role::Subheading);
            headings += 1;
        } else if is_question_heading(shape) && text_follows {
            questions.push(index);
            headings += usize::from(shape.tokens().all(is_in_capitals));
        }
        text_follows = shape.is_prose();
    }
    // A question alone may be the writer's own; among headings it is one of them.
    if headings + questions.len() > 1 {
        for index in questions {
            set(roles, index, Role::Subheading);
        }
    }
}

/// "- Hunger in the land -", as agencies set their headings.
fn is_dashed(shape: &Shape) -> bool {
    shape.words <= LONGEST_SUBHEADING && shape.text.starts_with("- ") && shape.text.ends_with(" -")
}

/// Whether it is a question that may head a stretch: "What happens now?"
fn is_question_heading(shape: &Shape) -> bool {
    const ASKING: &[&str] = &[
        "what", "why", "how", "who", "when", "where", "what's", "who's", "is", "are", "will",
        "can", "could", "does", "do", "did", "should",
    ];
    let first = shape.folded.split(' ').next().unwrap_or("");
    shape.ending == Ending::Exclaimed
        && shape.text.ends_with('?')
        && (3..=LONGEST_QUESTION_HEADING).contains(&shape.words)
        && ASKING.contains(&first)
        && !shape.folded.contains(['.', '"', ':'])
}

pub(super) fn set(roles: &mut [Option<Role>], index: usize, role: Role) {
    if let Some(slot) = roles.get_mut(index) {
        *slot = Some(role);
    }
}

/// Whether the paragraph above or below is a caption.
pub(super) fn is_beside_caption(roles: &[Option<Role>], index: usize) -> bool {
    let above = index.checked_sub(1).and_then(|above| roles.get(above));
    let below = roles.get(index + 1);
    above == Some(&Some(Role::Caption)) || below == Some(&Some(Role::Caption))
}

/// Whether the paragraph above is a time, as over the entries of a live blog.
pub(super) fn beside_stamp(shapes: &[Shape], index: usize) -> bool {
    let above = index.checked_sub(1).and_then(|above| shapes.get(above));
    above.is_some_and(is_stamp)
}

/// Whether a paragraph is a time, as over the entries of a live blog.
pub(super) fn is_stamp(shape: &Shape) -> bool {
    shape.words <= 6
        && shape.folded.contains(|c: char| c.is_ascii_digit())
        && !shape.folded.starts_with("by ")
        && is_byline(shape)
}

#[cfg(test)]
mod tests;
