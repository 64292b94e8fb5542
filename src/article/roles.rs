//! Gives each paragraph its role: first by its own words, then by its neighbours and its place. In doubt it is body.

use std::ops::Range;

use super::boilerplate::{Link, is_promo, is_tagged, link};
use super::bylines::is_byline;
use super::captions::{describes_picture, is_credited};
use super::document::Role;
use super::head;
use super::quotes;
use super::shape::{Ending, Shape};

/// Headings within the body are no longer, in words.
const LONGEST_SUBHEADING: usize = 12;
/// No more lines in a row belong to the caption beside them.
const MOST_BARE_CAPTIONS: usize = 3;
/// A line over a caption is part of it where it has more words, and else a heading, unless both speak of the same.
const LONGEST_HEADING_OVER_CAPTION: usize = 5;
/// This many lines in a row are a list of links.
const SHORTEST_LINK_LIST: usize = 3;
/// Links are no longer, in words.
const LONGEST_LINK: usize = 20;

/// The role of each paragraph, in order. Linear in the paragraphs' length.
pub(super) fn assign(shapes: &[Shape]) -> Vec<Role> {
    let mut roles: Vec<Option<Role>> = shapes.iter().map(by_words).collect();
    let body_start = head::mark(shapes, &mut roles);
    mark_link_lists(shapes, &mut roles);
    mark_bare_captions(shapes, &mut roles, body_start);
    mark_tail(shapes, &mut roles, body_start);
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
    if link(shape).is_some() {
        return Some(Role::RelatedLink);
    }
    if is_promo(shape) {
        return Some(Role::Promo);
    }
    if is_credited(shape) {
        return Some(Role::Caption);
    }
    is_byline(shape).then_some(Role::Byline)
}

/// Marks the lines under a link or under the head of a list of links.
fn mark_link_lists(shapes: &[Shape], roles: &mut [Option<Role>]) {
    let groups_tell = shapes.last().is_some_and(|last| last.group > 0);
    // The group of the link above, and whether it heads a list.
    let mut above: Option<(usize, bool)> = None;
    for (index, shape) in shapes.iter().enumerate() {
        let role = roles.get(index).copied().flatten();
        if let Some(found) = link(shape).filter(|_| role == Some(Role::RelatedLink)) {
            let heads = found == Link::ListHead
                || (is_tagged(shape) && above.is_some_and(|(_, heads)| heads));
            above = Some((shape.group, heads));
            continue;
        }
        let Some((group, heads)) = above else {
            continue;
        };
        let same_group = groups_tell && shape.group == group;
        let short = shape.words <= LONGEST_LINK && !shape.folded.is_empty();
        let open = matches!(shape.ending, Ending::Open)
            || (same_group && shape.ending == Ending::Exclaimed);
        let pictured = is_beside_caption(roles, index) || describes_picture(shape);
        if role.is_none() && short && open && (same_group || (heads && !pictured)) {
            set(roles, index, Role::RelatedLink);
        } else {
            above = None;
        }
    }
}

/// Marks lines that stand beside a credited caption or describe a picture, and rows of lines that are links.
fn mark_bare_captions(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    let mut at = body_start;
    while at < shapes.len() {
        let row = shapes
            .iter()
            .zip(roles.iter())
            .skip(at)
            .take_while(|(shape, role)| role.is_none() && shape.is_line())
            .count();
        if row == 0 {
            at += 1;
            continue;
        }
        let lines = at..at + row;
        let beside = row <= MOST_BARE_CAPTIONS && is_part_of_caption(shapes, roles, lines.clone());
        let described = lines
            .clone()
            .filter_map(|index| shapes.get(index))
            .any(describes_picture);
        let sentence_long = lines
            .clone()
            .filter_map(|index| shapes.get(index))
            .all(|shape| shape.words >= 4);
        let whole = if beside || (described && row <= MOST_BARE_CAPTIONS) {
            Some(Role::Caption)
        } else if row >= SHORTEST_LINK_LIST && sentence_long {
            Some(Role::RelatedLink)
        } else {
            None
        };
        if let Some(role) = whole {
            roles
                .iter_mut()
                .skip(lines.start)
                .take(row)
                .for_each(|slot| *slot = Some(role));
        }
        at = lines.end;
    }
}

/// Whether lines belong to the caption above or below them, rather than to the text.
fn is_part_of_caption(shapes: &[Shape], roles: &[Option<Role>], lines: Range<usize>) -> bool {
    let caption = |index: usize| {
        shapes
            .get(index)
            .filter(|_| roles.get(index) == Some(&Some(Role::Caption)))
    };
    let above = lines.start.checked_sub(1).and_then(caption);
    let below = caption(lines.end);
    lines.filter_map(|index| shapes.get(index)).any(|line| {
        above.is_some_and(|above| line.shares_word(above))
            || below.is_some_and(|below| {
                line.shares_word(below) || line.words > LONGEST_HEADING_OVER_CAPTION
            })
    })
}

/// Marks the lines under the article's last prose as links.
fn mark_tail(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    let is_text = |(shape, role): (&Shape, &Option<Role>)| role.is_none() && shape.is_prose();
    let Some(last) = shapes.iter().zip(roles.iter()).rposition(is_text) else {
        return;
    };
    for role in roles
        .iter_mut()
        .skip((last + 1).max(body_start))
        .filter(|role| role.is_none())
    {
        *role = Some(Role::RelatedLink);
    }
}

/// Marks the short lines that head a stretch of the body.
fn mark_headings(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    // Goes up from the end, to know what stands under each line.
    let mut text_follows = false;
    for (index, shape) in shapes.iter().enumerate().skip(body_start).rev() {
        if !roles.get(index).is_some_and(Option::is_none) {
            continue;
        }
        let heading =
            shape.is_line() && (shape.words <= LONGEST_SUBHEADING || beside_stamp(shapes, index));
        if heading && text_follows {
            set(roles, index, Role::Subheading);
        }
        text_follows = shape.is_prose();
    }
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
    above.is_some_and(|above| {
        above.words <= 6
            && above.folded.starts_with(|c: char| c.is_ascii_digit())
            && is_byline(above)
    })
}

#[cfg(test)]
mod tests;
