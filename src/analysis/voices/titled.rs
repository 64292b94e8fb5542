//! Whose the quotes of headings are: of whom the body has saying the same, whom the heading names beside them, or who alone
//! speaks below.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::echoes::Sayings;
use super::{Stretch, Voices};
use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, MentionKind, Speaker};
use crate::article::{Document, Field, Paragraph, Role, Span};

/// The people named, with their names, by where those start.
type Named<'a> = HashMap<(Field, usize), (&'a Entity, Span)>;

/// Words that a quote holds which is somebody's speech, and no 'term' of the trade.
#[rustfmt::skip]
const SPEECH: [&str; 34] = [
    "i", "we", "you", "my", "our", "me", "us", "your", "he", "she", "they", "it", "is", "are", "was", "were", "has", "have", "had", "will", "would",
    "can", "could", "should", "must", "don't", "can't", "won't", "i'm", "it's", "he's", "she's", "they're", "we're",
];
/// So much of what is said below a heading is one speaker's, whose words the heading gives.
const MOST: f32 = 0.75;
/// Who speaks below a heading does so at least so often.
const OFTEN: usize = 2;

/// The quotes of headings whose speaker isn't known yet, with whom they are taken to be of.
pub(super) fn find(document: &Document, entities: &[Entity], voices: &Voices) -> Vec<Stretch> {
    let headings: Vec<(usize, &Paragraph)> = document
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, paragraph)| paragraph.role.is_heading())
        .collect();
    let spans: Vec<Span> = headings.iter().map(|(_, heading)| heading.span).collect();
    let quotes = headings.iter().flat_map(|(at, heading)| {
        let quotes = quoted_in(document, heading.span);
        quotes.map(move |span| (*at, *heading, span))
    });
    let open: Vec<_> = quotes
        .filter(|(.., span)| {
            let own = voices.innermost(*span);
            !own.is_some_and(Stretch::is_known)
        })
        .collect();
    if open.is_empty() {
        return Vec::new();
    }
    let said = Sayings::of(document, &spans, &voices.stretches);
    let people = entities
        .iter()
        .filter(|entity| entity.entity_type == EntityType::Person);
    let ids: HashSet<&str> = people.clone().map(|person| person.id.as_str()).collect();
    let named: Named<'_> = people
        .flat_map(|person| person.mentions.iter().map(move |own| (person, own)))
        .filter(|(_, own)| own.kind != MentionKind::Pronoun)
        .map(|(person, own)| ((own.span.field(), own.span.start()), (person, own.span)))
        .collect();
    let speaker = |at: usize, heading: &Paragraph, span: Span| {
        let echo = said.sayer(document, span).cloned();
        let words = document.text(span).to_lowercase().replace('’', "'");
        let speech = words.split(' ').any(|word| SPEECH.contains(&word));
        echo.or_else(|| beside(document, &named, heading.span, span))
            .or_else(|| {
                speech
                    .then(|| below(document, voices, &ids, (at, heading)))
                    .flatten()
            })
    };
    let told = open
        .into_iter()
        .filter_map(|(at, heading, span)| Some(Stretch::of(span, speaker(at, heading, span)?)));
    told.collect()
}

/// The quoted stretches within a heading.
fn quoted_in(document: &Document, heading: Span) -> impl Iterator<Item = Span> {
    let from = document
        .quoted
        .partition_point(|part| (part.field(), part.end()) <= (heading.field(), heading.start()));
    let parts = document.quoted.iter().skip(from).copied();
    parts.take_while(move |part| heading.contains(*part))
}

/// "‘I was robbed’: Ada Lund on her defeat", "Ada Lund on her defeat: ‘I was robbed’"
fn beside(document: &Document, named: &Named<'_>, heading: Span, quote: Span) -> Option<Speaker> {
    let marks = ['’', '”', '‘', '“', '\'', '"'];
    let after = document.after(quote);
    let name = after.trim_start_matches(marks).strip_prefix(": ");
    let before = document.source.field(heading.field());
    let before = before.get(heading.start()..quote.start()).unwrap_or("");
    let start = match name {
        Some(name) => quote.end() + after.len() - name.len(),
        None if before.trim_end_matches(marks).ends_with(": ") => heading.start(),
        None => return None,
    };
    let (person, span) = named.get(&(quote.field(), start))?;
    let after = document.after(*span);
    // "‘He is a liar’: Ada Lund condemned by rivals"
    let by = after.split(' ').take(4).any(|word| word == "by");
    let owns = after.starts_with(['\'', '’']);
    (!owns && !by).then(|| Speaker::of(person, *span))
}

/// Whose words most of those are that stand below a heading, before the next one; a headline has the whole article below it.
fn below(
    document: &Document,
    voices: &Voices,
    people: &HashSet<&str>,
    (at, heading): (usize, &Paragraph),
) -> Option<Speaker> {
    let whole = heading.role != Role::Subheading;
    let paragraphs = document.paragraphs.get(at + 1..)?;
    let section = paragraphs
        .iter()
        .take_while(|paragraph| whole || !paragraph.role.is_heading());
    let first = paragraphs.first()?.span;
    let last = section.last()?.span;
    if first.field() != last.field() {
        return None;
    }
    let mut said: BTreeMap<&str, (usize, usize, &Speaker)> = BTreeMap::new();
    let mut all = 0;
    let before = voices.stretches.partition_point(|stretch| {
        (stretch.span.field(), stretch.span.start()) < (first.field(), first.start())
    });
    let inside = voices.stretches.iter().skip(before).take_while(|stretch| {
        stretch.span.field() == first.field() && stretch.span.start() < last.end()
    });
    for stretch in inside {
        all += stretch.span.len();
        if let Some(speaker) = &stretch.speaker
            && let Some(id) = speaker.entity_id.as_deref()
        {
            let own = said.entry(id).or_insert((0, 0, speaker));
            own.0 += stretch.span.len();
            own.1 += 1;
        }
    }
    let (most, times, speaker) = said.into_values().max_by_key(|(length, ..)| *length)?;
    let id = speaker.entity_id.as_deref()?;
    let alone = times >= OFTEN && most as f32 >= MOST * all as f32;
    (alone && people.contains(id)).then(|| speaker.clone())
}
