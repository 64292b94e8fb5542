//! Datelines that open a paragraph, whose places and agencies the article is not about.

use crate::article::{Document, Span};

/// What ends a dateline.
const DASHES: [&str; 4] = [" - ", " – ", " — ", " -- "];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// A dateline is no longer, in bytes.
const LONGEST_DATELINE: usize = 60;

/// Whether a name stands in the dateline that opens a paragraph: "OSLO, March 3 (Agency) - ".
pub(super) fn holds(document: &Document, name: Span) -> bool {
    let field = document.source.field(name.field());
    let from = field.floor_char_boundary(name.start().saturating_sub(LONGEST_DATELINE));
    let before = field.get(from..name.start()).unwrap_or("");
    let start = match before.rfind('\n') {
        Some(at) => from + at + 1,
        None if from == 0 => 0,
        None => return false,
    };
    let end = field.floor_char_boundary(field.len().min(start + LONGEST_DATELINE));
    let opening = field.get(start..end).unwrap_or("");
    let ends = DASHES.iter().filter_map(|dash| opening.find(dash));
    let Some(dateline) = ends.min().and_then(|end| opening.get(..end)) else {
        return false;
    };
    let city = dateline.split([',', ' ', '(']).next().unwrap_or("");
    let capital = city.len() > 2 && city.chars().all(|c| c.is_uppercase() || c == '-');
    let agency = dateline.ends_with(')') && !dateline.contains(':');
    let mut words = dateline.rsplit(' ');
    let day = words.next().is_some_and(|day| day.parse::<u8>().is_ok());
    let month = words.next().unwrap_or("");
    let dated = agency || day && MONTHS.iter().any(|name| month.starts_with(name));
    name.end() <= start + dateline.len() && capital && dated
}
