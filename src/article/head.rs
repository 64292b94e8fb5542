//! Finds the head of an article: headline, standfirst, by-line, and the picture above the body.

use super::bylines::{is_author_line, is_kicker};
use super::document::Role;
use super::roles::{beside_stamp, is_beside_caption, set};
use super::shape::{Ending, Shape};

/// Headlines are no longer, in words.
const LONGEST_HEADLINE: usize = 30;
/// Standfirsts without a full stop are no shorter, in words.
const SHORTEST_STANDFIRST: usize = 8;
/// How many paragraphs of prose may stand between the headline and the by-line, as standfirst.
const MOST_STANDFIRSTS: usize = 2;
/// How far under the headline the by-line may stand, in paragraphs.
const HEAD_LENGTH: usize = 8;

/// Finds headline, standfirst, by-line and the picture above the body; gives back where the body starts.
pub(super) fn mark(shapes: &[Shape], roles: &mut [Option<Role>]) -> usize {
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
