//! Gives each paragraph its role: first by its own words, then by its neighbours and its place. In doubt it is body.

use super::boilerplate::{Link, describes_picture, is_credited, is_promo, is_tagged, link};
use super::bylines::{is_author_line, is_byline, is_kicker};
use super::document::Role;
use super::quotes;
use super::shape::{Ending, Shape};

/// Headlines are no longer, in words.
const LONGEST_HEADLINE: usize = 30;
/// Headings within the body are no longer, in words.
const LONGEST_SUBHEADING: usize = 12;
/// Standfirsts without a full stop are no shorter, in words.
const SHORTEST_STANDFIRST: usize = 8;
/// How many paragraphs of prose may stand between the headline and the by-line, as standfirst.
const MOST_STANDFIRSTS: usize = 2;
/// How far under the headline the by-line may stand, in paragraphs.
const HEAD_LENGTH: usize = 8;
/// This many lines in a row are a list of links.
const SHORTEST_LINK_LIST: usize = 3;
/// Links are no longer, in words.
const LONGEST_LINK: usize = 20;

/// The role of each paragraph, in order. Linear in the paragraphs' length.
pub(super) fn assign(shapes: &[Shape]) -> Vec<Role> {
    let mut roles: Vec<Option<Role>> = shapes.iter().map(by_words).collect();
    let body_start = mark_head(shapes, &mut roles);
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

/// Finds headline, standfirst, by-line and the picture above the body; gives back where the body starts.
fn mark_head(shapes: &[Shape], roles: &mut [Option<Role>]) -> usize {
    let Some(under_headline) = mark_headline(shapes, roles) else {
        return 0;
    };
    let head = || under_headline..shapes.len().min(under_headline + HEAD_LENGTH);
    let is_open =
        |roles: &[Option<Role>], index: usize| roles.get(index).is_some_and(Option::is_none);
    let byline = head().find(|index| roles.get(*index) == Some(&Some(Role::Byline)));

    // Prose above the by-line is the standfirst, unless it is so much that the by-line must stand under the article.
    let above = under_headline..byline.unwrap_or(under_headline);
    let prose_above = above
        .clone()
        .filter(|index| is_open(roles, *index) && shapes.get(*index).is_some_and(Shape::is_prose));
    let byline = byline.filter(|_| prose_above.count() <= MOST_STANDFIRSTS);

    for index in head() {
        let (Some(shape), true) = (shapes.get(index), is_open(roles, index)) else {
            continue;
        };
        let above_byline = byline.is_some_and(|byline| index < byline);
        let beside_byline = [index.wrapping_sub(1), index + 1]
            .iter()
            .any(|at| roles.get(*at) == Some(&Some(Role::Byline)));
        let text_follows =
            shapes.get(index + 1).is_some_and(Shape::is_prose) && is_open(roles, index + 1);
        let role = if is_author_line(shape)
            && (beside_byline || (byline.is_none() && text_follows && shape.words <= 4))
        {
            Role::Byline
        } else if above_byline {
            if is_beside_caption(roles, index) && shape.is_line() {
                Role::Caption
            } else {
                Role::Standfirst
            }
        } else if shape.is_prose() {
            return index;
        } else if byline.is_some() && !beside_stamp(shapes, index) {
            Role::Caption
        } else if shape.words >= SHORTEST_STANDFIRST && text_follows {
            Role::Standfirst
        } else {
            return index;
        };
        set(roles, index, role);
    }
    head().end
}

/// Marks the headline, and its repetitions in the content; gives back the index under it, or `None` where there is none.
fn mark_headline(shapes: &[Shape], roles: &mut [Option<Role>]) -> Option<usize> {
    let has_title = shapes.first().is_some_and(|shape| shape.is_title);
    let at = if has_title {
        0
    } else {
        find_headline(shapes, roles)?
    };
    let headline = shapes.get(at)?;
    let mut under = at + 1;
    for (index, shape) in shapes.iter().enumerate() {
        if shape.text == headline.text {
            set(roles, index, Role::Headline);
            // A label may stand between the title and its repetition.
            if index <= under + 1 {
                under = index + 1;
            }
        }
    }
    Some(under)
}

/// The first paragraph that could be anything, if it looks like a headline over something; a label above it is a link to its section.
fn find_headline(shapes: &[Shape], roles: &mut [Option<Role>]) -> Option<usize> {
    let open = |(index, role): (usize, &Option<Role>)| role.is_none().then_some(index);
    let mut candidates = roles.iter().enumerate().filter_map(open);
    let (first, second) = (candidates.next()?, candidates.next());
    let heads =
        |index: usize| index + 1 < shapes.len() && shapes.get(index).is_some_and(is_headline);
    let labelled = second.filter(|second| {
        shapes.get(first).is_some_and(is_kicker)
            && heads(*second)
            && shapes.get(*second).is_some_and(|shape| shape.words > 3)
    });
    if labelled.is_some() {
        set(roles, first, Role::RelatedLink);
        return labelled;
    }
    heads(first).then_some(first)
}

fn is_headline(shape: &Shape) -> bool {
    shape.words <= LONGEST_HEADLINE
        && matches!(shape.ending, Ending::Open | Ending::Exclaimed)
        && !shape.folded.is_empty()
        && !shape.is_item()
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
        let beside =
            is_beside_caption(roles, lines.start) || is_beside_caption(roles, lines.end - 1);
        let described = lines
            .clone()
            .filter_map(|index| shapes.get(index))
            .any(describes_picture);
        let sentence_long = lines
            .clone()
            .filter_map(|index| shapes.get(index))
            .all(|shape| shape.words >= 4);
        let whole = if beside || (described && row <= 2) {
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

fn set(roles: &mut [Option<Role>], index: usize, role: Role) {
    if let Some(slot) = roles.get_mut(index) {
        *slot = Some(role);
    }
}

/// Whether the paragraph above or below is a caption.
fn is_beside_caption(roles: &[Option<Role>], index: usize) -> bool {
    let above = index.checked_sub(1).and_then(|above| roles.get(above));
    let below = roles.get(index + 1);
    above == Some(&Some(Role::Caption)) || below == Some(&Some(Role::Caption))
}

/// Whether the paragraph above is a time, as over the entries of a live blog.
fn beside_stamp(shapes: &[Shape], index: usize) -> bool {
    let above = index.checked_sub(1).and_then(|above| shapes.get(above));
    above.is_some_and(|above| {
        above.words <= 6
            && above.folded.starts_with(|c: char| c.is_ascii_digit())
            && is_byline(above)
    })
}
