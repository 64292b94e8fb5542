//! Tells lines by the lines around them: lists of links, rows of tables, lines beside a caption.

use std::ops::Range;

use super::captions::{describes_picture, opens_heading};
use super::document::Role;
use super::links::{Link, is_tagged, link, names_kind};
use super::roles::{is_stamp, set};
use super::shape::{Ending, Shape};

/// No more lines in a row belong to the caption beside them.
const MOST_BARE_CAPTIONS: usize = 3;
/// A line over a caption is part of it where it has more words, and else a heading, unless both speak of the same.
const LONGEST_HEADING_OVER_CAPTION: usize = 5;
/// This many lines in a row are a list of links.
const SHORTEST_LINK_LIST: usize = 3;
/// This many rows are a table.
const SHORTEST_TABLE: usize = 3;
/// Links are no longer, in words.
const LONGEST_LINK: usize = 20;

/// Marks the lines under a link or under the head of a list of links.
pub(super) fn mark_links(shapes: &[Shape], roles: &mut [Option<Role>]) {
    let groups_tell = shapes.last().is_some_and(|last| last.group > 0);
    // The group of the link above, and whether it heads a list.
    let mut above: Option<(usize, bool)> = None;
    for (index, shape) in shapes.iter().enumerate() {
        let role = roles.get(index).copied().flatten();
        if let Some(found) = link(shape).filter(|_| role == Some(Role::RelatedLink)) {
            // A "Read more" under the link it belongs to heads nothing.
            let trails = above.is_none()
                && index > 0
                && roles.get(index - 1) == Some(&Some(Role::RelatedLink));
            let heads = (found == Link::ListHead && !trails)
                || (is_tagged(shape) && above.is_some_and(|(_, heads)| heads));
            above = Some((shape.group, heads));
            continue;
        }
        let Some((group, heads)) = above else {
            continue;
        };
        let same_group = groups_tell && shape.group == group;
        let short = (1..=LONGEST_LINK).contains(&shape.words) && !shape.folded.is_empty();
        let open = matches!(shape.ending, Ending::Open)
            || ((same_group || heads) && shape.ending == Ending::Exclaimed);
        let pictured =
            is_part_of_caption(shapes, roles, index..index + 1, false) || describes_picture(shape);
        if role.is_none() && short && open && (same_group || (heads && !pictured)) {
            set(roles, index, Role::RelatedLink);
        } else {
            above = None;
        }
    }
}

/// Marks the line over a "Read more" of its own, which names what there is to read, and lines that name the kind of what they lead to.
pub(super) fn mark_named_links(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    const LINK_WORDS: &[&str] = &[
        "read more",
        "read the full story",
        "full story",
        "read full story",
        "read more here",
        "watch now",
        "listen now",
    ];
    for (index, pair) in shapes.windows(2).enumerate().skip(body_start) {
        let [line, below] = pair else { continue };
        let headline = line.is_line() || line.ending == Ending::Exclaimed;
        let named =
            headline && (3..=LONGEST_LINK).contains(&line.words) && line.group + 1 >= below.group;
        let follows = LINK_WORDS.contains(
            &below
                .folded
                .trim_end_matches(|c: char| !c.is_alphanumeric()),
        );
        let leads_on = named && follows || names_kind(line);
        if leads_on && roles.get(index) == Some(&None) {
            set(roles, index, Role::RelatedLink);
        }
    }
}

/// Marks rows of lines: tables, lists that the text announces, lines that describe a picture or stand beside its caption, links.
pub(super) fn mark_rows(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    let mut at = body_start;
    while at < shapes.len() {
        let row = shapes
            .iter()
            .zip(roles.iter())
            .skip(at)
            .take_while(|(shape, role)| role.is_none() && shape.is_line() && shape.words > 0)
            .count();
        if row == 0 {
            at += 1;
            continue;
        }
        let lines = at..at + row;
        let heading = usize::from(heads_row(shapes.get(lines.clone()).unwrap_or(&[])));
        if let Some(role) = role_of_row(shapes, roles, lines.clone()) {
            let spared = match role {
                Role::Body | Role::Caption => heading,
                _ => 0,
            };
            roles
                .iter_mut()
                .skip(lines.start + spared)
                .take(row - spared)
                .for_each(|slot| *slot = Some(role));
        }
        at = lines.end;
    }
}

/// What the lines of a row are together; `None` where only each alone can tell.
fn role_of_row(shapes: &[Shape], roles: &[Option<Role>], lines: Range<usize>) -> Option<Role> {
    let row = shapes.get(lines.clone())?;
    let above = lines.start.checked_sub(1).and_then(|above| {
        let text = roles.get(above) == Some(&None);
        shapes.get(above).filter(|_| text)
    });
    let long = row.iter().all(|shape| shape.words >= 4);
    let announced = above.is_some_and(|above| above.text.ends_with(':'));
    let summed_up = row.first().is_some_and(heads_summary);
    if row.len() > 1 && (announced || summed_up) {
        return Some(Role::Body);
    }
    let few = row.len() <= MOST_BARE_CAPTIONS;
    let pictured = is_part_of_caption(shapes, roles, lines.clone(), true)
        || is_picture_count(shapes, roles, &lines)
        || row.iter().any(describes_picture);
    if is_table(row) || (few && pictured) {
        return Some(Role::Caption);
    }
    // A heading has text under it; a line over the next entry's time has none.
    let over_stamp = above.is_some() && shapes.get(lines.end).is_some_and(is_stamp);
    (long && (over_stamp || row.len() >= SHORTEST_LINK_LIST)).then_some(Role::RelatedLink)
}

/// Whether most lines of a row are names and figures.
fn is_table(row: &[Shape]) -> bool {
    let rows = row.iter().filter(|shape| shape.is_table_row()).count();
    rows >= SHORTEST_TABLE && rows * 2 > row.len()
}

/// Whether the first line of a row is the heading over a summary or a table.
fn heads_row(row: &[Shape]) -> bool {
    let first = row.first();
    let untabled = row.iter().take_while(|shape| !shape.is_table_row()).count();
    row.len() > 1 && first.is_some_and(heads_summary)
        || is_table(row) && (untabled > 1 || first.is_some_and(opens_heading))
}

/// Whether lines belong to the caption above or below them, rather than to the text; a line over a caption may by its length alone.
fn is_part_of_caption(
    shapes: &[Shape],
    roles: &[Option<Role>],
    lines: Range<usize>,
    by_length: bool,
) -> bool {
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
                line.shares_word(below) || (by_length && line.words > LONGEST_HEADING_OVER_CAPTION)
            })
    })
}

/// Whether a line heads a live blog's summary: "What we know so far", "Key points".
pub(super) fn heads_summary(shape: &Shape) -> bool {
    const HEADS: &[&str] = &[
        "summary",
        "key points",
        "key developments",
        "key events so far",
        "at a glance",
        "in brief",
        "top lines",
        "main points",
        "what we know",
        "what you need to know",
        "highlights",
        "the story so far",
        "key takeaways",
        "in short",
        "the latest",
    ];
    shape.is_line() && shape.words <= 7 && HEADS.iter().any(|head| shape.has_phrase(head))
}

/// Whether a line is a number over a caption, as galleries count their pictures.
fn is_picture_count(shapes: &[Shape], roles: &[Option<Role>], lines: &Range<usize>) -> bool {
    let number = shapes.get(lines.start).is_some_and(|shape| {
        shape.folded.len() <= 2 && shape.folded.chars().all(|c| c.is_ascii_digit())
    });
    number && lines.len() == 1 && roles.get(lines.end) == Some(&Some(Role::Caption))
}
