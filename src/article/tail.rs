//! Finds what stands under the article's last prose: links to other articles.

use super::document::Role;
use super::roles::set;
use super::shape::{Ending, Shape};

/// Links that read as a sentence or as an item of a list are no longer, in words.
const LONGEST_LINK: usize = 16;

/// Marks the lines under the article's last prose as links.
pub(super) fn mark(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    let links = may_be_links(shapes, roles);
    let is_text = |(link, role): (&bool, &Option<Role>)| role.is_none() && !link;
    let Some(last) = links.iter().zip(roles.iter()).rposition(is_text) else {
        return;
    };
    for (index, shape) in shapes.iter().enumerate().skip((last + 1).max(body_start)) {
        // "($1 = 11.4200 kronor)" under a wire report leads nowhere.
        let aside = shape.text.starts_with('(') && shape.text.ends_with(')');
        if roles.get(index) == Some(&None) && shape.words > 0 && !aside {
            set(roles, index, Role::RelatedLink);
        }
    }
}

/// Whether each paragraph could be a link, if nothing but links and furniture stood under it.
fn may_be_links(shapes: &[Shape], roles: &[Option<Role>]) -> Vec<bool> {
    let mut links: Vec<bool> = Vec::with_capacity(shapes.len());
    let mut above: Option<(&Shape, Option<Role>)> = None;
    for (shape, role) in shapes.iter().zip(roles) {
        let above_links = links.last() == Some(&true);
        let short = shape.words <= LONGEST_LINK;
        let link = if shape.is_line() || shape.words == 0 {
            true
        } else if shape.is_item() {
            // A list of headlines; one that belongs to the text is announced: "The rules are:".
            let under_text =
                above.is_some_and(|(above, _)| !above.is_item() && above.ending == Ending::Stop);
            let under_link = above.is_some_and(|(above, _)| above.is_item()) && above_links;
            short && shape.words >= 4 && shape.ending == Ending::Open && (under_text || under_link)
        } else if shape.ending == Ending::Exclaimed {
            // "Are ferries safe?" among links, where a last sentence would follow the text.
            let under_furniture = above
                .is_some_and(|(_, role)| matches!(role, Some(Role::RelatedLink | Role::Promo)));
            let under_link =
                above_links && above.is_some_and(|(above, role)| role.is_none() && above.words > 0);
            short && (under_furniture || under_link)
        } else {
            false
        };
        links.push(link);
        above = Some((shape, *role));
    }
    links
}
