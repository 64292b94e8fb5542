//! Who writes an article in which "I" is its author.

use crate::analysis::request::EntityType;
use crate::analysis::result::Entity;
use crate::article::{Document, Role};

/// How sure it is that the narration's "I" is its author.
pub(super) const AUTHOR: f32 = 0.8;
/// So many by-lines, standfirsts and notes are looked at from the article's start, and from its end,
const LOOKED_AT: usize = 20;
/// each no longer than so many bytes.
const LONGEST: usize = 500;
/// Words of a standfirst before its author's name.
const BEFORE: [&str; 4] = ["argues ", "writes ", "asks ", "reports "];
/// And where the name ends it.
const BY: [&str; 2] = ["By ", "by "];
/// What follows an author's name in a note about the author.
const AFTER: [&str; 4] = [" is ", "’s ", "'s ", ", "];

/// The one person of the article whom the by-line, the standfirst or a note at the end names as its author.
pub(super) fn find(document: &Document, entities: &[Entity]) -> Option<usize> {
    let telling = document.paragraphs.iter().filter(|paragraph| {
        matches!(
            paragraph.role,
            Role::Byline | Role::Standfirst | Role::Promo
        )
    });
    let (first, last) = (
        telling.clone().take(LOOKED_AT),
        telling.rev().take(LOOKED_AT),
    );
    let told: Vec<(&str, Role)> = first
        .chain(last)
        .map(|paragraph| (document.text(paragraph.span), paragraph.role))
        .filter(|(text, _)| text.len() <= LONGEST)
        .collect();
    let people = entities.iter().enumerate();
    let mut authors = people.filter(|(_, entity)| {
        entity.entity_type == EntityType::Person
            && entity.name.contains(' ')
            && told
                .iter()
                .any(|(text, role)| names_author(text, *role, &entity.name))
    });
    let (author, _) = authors.next()?;
    authors.next().is_none().then_some(author)
}

fn names_author(text: &str, role: Role, name: &str) -> bool {
    let Some((before, after)) = text.split_once(name) else {
        return false;
    };
    if after.starts_with(char::is_alphanumeric) {
        return false;
    }
    match role {
        Role::Byline => !after.contains(" and ") && !before.contains(" and "),
        Role::Standfirst => {
            let ends = !after.contains(char::is_alphanumeric);
            BEFORE.iter().any(|verb| before.ends_with(verb))
                || ends && BY.iter().any(|by| before.ends_with(by))
        }
        Role::Promo => {
            !before.contains(char::is_alphanumeric)
                && AFTER.iter().any(|next| after.starts_with(next))
        }
        _ => false,
    }
}
