//! Who "the defendant" and "her client" are.

use super::candidates::Candidate;
use super::described::Described;

/// What the person is called whom a trial is about.
const ACCUSED: [&str; 2] = ["defendant", "accused"];
/// So many of an article's people are looked at.
const PEOPLE: usize = 16;

impl Described<'_> {
    /// The person whom the article names most, where somebody is accused or defended.
    pub(super) fn accused(&self, own: &Candidate, noun: &str, owners: &[usize]) -> Option<usize> {
        let owned = matches!(own.first(), "his" | "her");
        let wanted = ACCUSED.contains(&noun) && own.first() == "the" || noun == "client" && owned;
        if !wanted {
            return None;
        }
        let people = (0..self.entities.len()).filter(|entity| self.is_person(*entity));
        let others = people.filter(|entity| !owners.contains(entity));
        self.most_named(own, others.take(PEOPLE))
    }
}
