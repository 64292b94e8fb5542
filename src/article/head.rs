//! Finds the head of an article: headline, standfirst, by-line, and the picture above the body.

use super::bylines::{is_author_line, is_dated_line, is_kicker, is_known_kicker, is_posted_line};
use super::captions::opens_heading;
use super::document::Role;
use super::lists::heads_summary;
use super::roles::{beside_stamp, is_beside_caption, set};
use super::shape::{Ending, Shape, is_in_capitals};

/// Headlines are no longer, in words.
const LONGEST_HEADLINE: usize = 30;
/// Standfirsts without a full stop are no shorter, in words.
const SHORTEST_STANDFIRST: usize = 8;
/// How many paragraphs of prose may stand between the headline and the by-line, as standfirst.
const MOST_STANDFIRSTS: usize = 2;
/// How far under the headline the by-line may stand, in paragraphs.
const HEAD_LENGTH: usize = 12;
/// Labels over the headline are no more, in paragraphs.
const MOST_KICKERS: usize = 4;

/// Finds headline, standfirst, by-line and the picture above the body; gives back where the body starts.
pub(super) fn mark(shapes: &[Shape], roles: &mut [Option<Role>]) -> usize {
    let Some(under_headline) = mark_headline(shapes, roles) else {
        return 0;
    };
    let head = || under_headline..shapes.len().min(under_headline + HEAD_LENGTH);
    let is_open =
        |roles: &[Option<Role>], index: usize| roles.get(index).is_some_and(Option::is_none);
    let posted = |index: usize, roles: &[Option<Role>]| {
        is_open(roles, index) && shapes.get(index).is_some_and(is_posted_line)
    };
    let byline = head()
        .find(|index| roles.get(*index) == Some(&Some(Role::Byline)) || posted(*index, roles));

    // Prose above the by-line is the standfirst, unless it is so much that the by-line must stand under the article.
    let above = under_headline..byline.unwrap_or(under_headline);
    let prose_above = above.clone().filter(|index| {
        // The points of a wire report's summary are one standfirst, however many.
        is_open(roles, *index)
            && shapes
                .get(*index)
                .is_some_and(|shape| shape.is_prose() && !shape.is_item())
    });
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
        let furniture_follows = matches!(
            roles.get(index + 1),
            Some(Some(Role::Caption | Role::Promo))
        );
        let stands_alone =
            byline.is_none() && shape.words <= 4 && (text_follows || furniture_follows);
        // A bare name over the standfirst or the agency's.
        let named_above = above_byline && shape.words <= 3 && shape.is_capitalised_throughout();
        // "Lagos", "Exclusive"
        let one_word = beside_byline
            && shape.words == 1
            && shape.is_line()
            && !heads_summary(shape)
            && shape.is_capitalised_throughout();
        let role = if one_word
            || is_dated_line(shape)
            || is_posted_line(shape)
            || (is_author_line(shape) && named_above)
            || (is_author_line(shape) && (beside_byline || stands_alone))
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
        } else if byline.is_some() && !beside_stamp(shapes, index) && !heads_text(shapes, index) {
            // Lines under the by-line are the points of a summary, the standfirst, or what the picture shows.
            let is_point =
                |at: usize| is_open(roles, at) && shapes.get(at).is_some_and(Shape::is_line);
            let among_points = is_point(index + 1)
                || roles.get(index.wrapping_sub(1)) == Some(&Some(Role::Standfirst));
            if (among_points && shape.words >= 4)
                || (opens_heading(shape) && shape.words >= SHORTEST_STANDFIRST)
            {
                Role::Standfirst
            } else {
                Role::Caption
            }
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
    // "STROUD OFF!" over the headline proper.
    let kicks = (1..=5).contains(&headline.words) && headline.tokens().all(is_in_capitals);
    let proper = shapes.get(under).filter(|shape| {
        kicks
            && roles.get(under) == Some(&None)
            && is_headline(shape)
            && shape.words > headline.words
            && under + 1 < shapes.len()
    });
    if proper.is_some() {
        set(roles, under, Role::Headline);
        under += 1;
    }
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
    let heads =
        |index: usize| index + 1 < shapes.len() && shapes.get(index).is_some_and(is_headline);
    let open = |(index, role): (usize, &Option<Role>)| role.is_none().then_some(index);
    let candidates: Vec<usize> = roles
        .iter()
        .enumerate()
        .filter_map(open)
        .take(MOST_KICKERS + 1)
        .collect();
    let first = *candidates.first()?;
    let is_label = |index: &&usize| shapes.get(**index).is_some_and(is_kicker);
    let labels = candidates.iter().take_while(is_label).count();
    let known = shapes.get(first).is_some_and(is_known_kicker);
    let labelled = candidates.get(labels).copied().filter(|under| {
        labels > 0
            && heads(*under)
            && shapes
                .get(*under)
                .is_some_and(|shape| shape.words > if known { 1 } else { 3 })
    });
    if labelled.is_some() {
        for label in candidates.iter().take(labels) {
            set(roles, *label, Role::RelatedLink);
        }
        return labelled;
    }
    heads(first).then_some(first)
}

/// Whether a line between by-line and body heads the text under it: "What we know so far".
fn heads_text(shapes: &[Shape], index: usize) -> bool {
    let heading = shapes
        .get(index)
        .is_some_and(|shape| shape.words <= 7 && (opens_heading(shape) || heads_summary(shape)));
    heading || shapes.get(index + 1).is_some_and(Shape::is_item)
}

fn is_headline(shape: &Shape) -> bool {
    shape.words <= LONGEST_HEADLINE
        && matches!(shape.ending, Ending::Open | Ending::Exclaimed)
        && !shape.folded.is_empty()
        && !shape.is_item()
}
