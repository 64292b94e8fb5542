//! What stands around a name in its sentence, word by word, and what its own words say.

use std::ops::Range;

use super::nouns::{CLOSING, CORPORATE, SPORTING, TRADES};
use super::{Description, Descriptions};
use crate::analysis::request::EntityType;
use crate::analysis::result::{Entity, Mention, MentionKind};
use crate::article::{Document, Span};

/// A description is no longer, in words.
const LONGEST: usize = 8;
/// Of the words before a name so many may describe it.
const TITLE: usize = 4;

/// Words that begin a noun phrase.
#[rustfmt::skip]
const DETERMINERS: [&str; 13] = [
    "a", "an", "the", "its", "his", "her", "their", "our", "my", "your", "this", "that", "one",
];
/// Offices whose titles go on after "of" or "for".
const OFFICES: [&str; 9] = [
    "secretary",
    "minister",
    "chief",
    "head",
    "director",
    "commissioner",
    "speaker",
    "leader",
    "master",
];
/// Words that stand in no description, or after what heads it.
#[rustfmt::skip]
const BREAKS: [&str; 32] = [
    "of", "for", "from", "in", "at", "on", "with", "by", "to", "into", "about", "over", "under", "after", "before", "between", "near",
    "and", "or", "but", "nor", "as", "than", "while", "when", "where", "if", "because", "who", "whose", "whom", "which",
];
/// Words that stand in a clause's verb phrase or before it.
#[rustfmt::skip]
const VERBAL: [&str; 29] = [
    "is", "was", "are", "were", "be", "been", "being", "has", "had", "have", "will", "would", "can", "could", "may", "might", "must",
    "he", "she", "it", "they", "we", "i", "you", "not", "there", "said", "says", "told",
];
/// "Ada Lund is the mayor."
const COPULAS: [&str; 5] = ["is", "was", "became", "remains", "as"];
/// Finds what stands around names, word by word.
pub struct Reader<'a> {
    pub document: &'a Document,
    pub found: Descriptions,
}

impl Reader<'_> {
    /// What is said around an entity's names, and in the first of them.
    pub fn read(&mut self, index: usize, entity: &Entity) {
        let named = entity.mentions.iter().filter(|mention| by_name(mention));
        if let Some(first) = named.clone().next() {
            self.read_name(index, entity, first.span);
        }
        let closable = !matches!(
            entity.entity_type,
            EntityType::Person | EntityType::Geopolitical | EntityType::Group
        );
        let person = entity.entity_type == EntityType::Person;
        for mention in named {
            self.read_around(index, mention, closable);
            // "Captain Manolas".
            let title = self.document.text(mention.span).split_once(' ');
            if let Some((title, _)) = title.filter(|_| person) {
                let title = title.to_lowercase();
                self.add(index, mention.span, &[title]);
            }
        }
    }

    fn add(&mut self, entity: usize, name: Span, words: &[String]) {
        let Some((head, modifiers)) = words.split_last() else {
            return;
        };
        let mut put = |noun: &str| {
            let known = self.found.by_noun.entry(noun.to_owned()).or_default();
            known.push(Description {
                name,
                entity,
                modifiers: modifiers.to_vec(),
            });
        };
        put(head);
        // "Co-leader", "ex-wife".
        let stem = ["co-", "ex-", "vice-"]
            .iter()
            .find_map(|prefix| head.strip_prefix(prefix));
        stem.into_iter().for_each(&mut put);
    }

    /// "Union" of "Seafarers' Union of Piraeus", "captain" of "Captain Manolas".
    fn read_name(&mut self, entity: usize, own: &Entity, name: Span) {
        let words: Vec<String> = own.name.split_whitespace().map(str::to_lowercase).collect();
        if words.len() < 2 {
            return;
        }
        if own.entity_type == EntityType::Person {
            return;
        }
        let end = words
            .iter()
            .position(|word| BREAKS.contains(&word.as_str()))
            .unwrap_or(words.len());
        let head = words.get(..end).unwrap_or(&[]);
        // "The state" is hardly Washington State.
        if head.last().is_some_and(|noun| noun != "state") {
            self.add(entity, name, head);
        }
        let last = head.last().map_or("", |word| word.trim_end_matches('.'));
        if own.entity_type == EntityType::Organization {
            if CORPORATE.contains(&last) {
                self.add(entity, name, &["company".to_owned()]);
            }
            let (before, corporate) = match head {
                [.., before, _] => (before.as_str(), CORPORATE.contains(&last)),
                _ => ("", false),
            };
            let trade = if corporate { before } else { last };
            let of = words.iter().take(2).map(String::as_str).collect::<Vec<_>>();
            for (word, noun) in TRADES {
                if (trade == word || of == [word, "of"]) && last != noun {
                    self.add(entity, name, &[noun.to_owned()]);
                }
            }
            if SPORTING.contains(&last) {
                self.add(entity, name, &["club".to_owned()]);
            }
        }
    }

    /// The words beside a name.
    fn read_around(&mut self, entity: usize, mention: &Mention, closable: bool) -> Option<()> {
        let sentence = self.document.sentences.get(mention.sentence)?;
        let words = sentence.words.clone();
        let own = self.document.words.get(words.clone())?;
        let start = words.start + own.partition_point(|w| w.start() < mention.span.start());
        let end = words.start + own.partition_point(|w| w.start() < mention.span.end());
        let title = self.title(words.start, start);
        self.add(entity, mention.span, &title);
        if start > words.start
            && self.gap(start - 1) == ", "
            && self.document.text(mention.span).contains(' ')
        {
            let described = self.apposed_before(words.start, start);
            self.add(entity, mention.span, &described);
        }
        if closable {
            let closing = self.closing(end, words.end);
            self.add(entity, mention.span, &closing);
        }
        for described in self.apposed_after(end, words.end) {
            self.add(entity, mention.span, &described);
        }
        Some(())
    }

    fn word(&self, at: usize) -> String {
        let span = self.document.words.get(at);
        span.map_or("", |span| self.document.text(*span))
            .to_lowercase()
    }

    /// What stands between a word and the next one.
    fn gap(&self, at: usize) -> &str {
        let words = self
            .document
            .words
            .get(at)
            .zip(self.document.words.get(at + 1));
        let Some((own, next)) = words.filter(|(own, next)| own.field() == next.field()) else {
            return "\n";
        };
        let field = self.document.source.field(own.field());
        field.get(own.end()..next.start()).unwrap_or("\n")
    }

    /// "Climate minister" of "Iceland's climate minister Snorri Vik".
    fn title(&self, from: usize, name: usize) -> Vec<String> {
        let mut words = Vec::new();
        for at in (from..name).rev().take(TITLE) {
            let word = self.word(at);
            // "State" of "Secretary of State Ada Lund" is no title, "mayor" of "a friend of Mayor Ada Lund" is.
            if matches!(word.as_str(), "of" | "for") {
                let office = at.checked_sub(1).filter(|before| *before >= from);
                let office = office.is_some_and(|at| OFFICES.contains(&self.word(at).as_str()));
                return if office { Vec::new() } else { words };
            }
            let breaks = owns(&word) || head_of(std::slice::from_ref(&word)).is_empty();
            if breaks || !matches!(self.gap(at), " " | "-") {
                break;
            }
            words.insert(0, word);
        }
        words
    }

    /// "Mayor" of "The town's mayor, Ada Lund, …": the words from the last comma on, if they begin a noun phrase.
    fn apposed_before(&self, from: usize, name: usize) -> Vec<String> {
        let starts = (from..name.saturating_sub(1)).rev();
        let far = starts.clone().take(LONGEST);
        let begin = far
            .take_while(|at| matches!(self.gap(*at), " " | "-"))
            .last()
            .unwrap_or(name.saturating_sub(1));
        let phrase: Vec<String> = (begin..name).map(|at| self.word(at)).collect();
        let opens = phrase
            .first()
            .is_some_and(|first| DETERMINERS.contains(&first.as_str()));
        let owned = phrase.iter().position(|word| owns(word));
        match owned {
            Some(owner) if owner <= 3 => head_of(phrase.get(owner + 1..).unwrap_or(&[])),
            _ if opens => head_of(phrase.get(1..).unwrap_or(&[])),
            _ => Vec::new(),
        }
    }

    /// "Mine" of "the Cerro Pardo copper mine".
    fn closing(&self, end: usize, to: usize) -> Vec<String> {
        let Some(last) = end.checked_sub(1) else {
            return Vec::new();
        };
        let beside = (end..to.min(end + 2)).take_while(|at| self.gap((*at).max(1) - 1) == " ");
        let words: Vec<String> = beside.map(|at| self.word(at)).collect();
        let noun = words
            .iter()
            .position(|word| CLOSING.contains(&word.as_str()));
        match noun {
            Some(at) if self.gap(last) == " " && !owns(&self.word(last)) => {
                words.get(..=at).unwrap_or(&[]).to_vec()
            }
            _ => Vec::new(),
        }
    }

    /// "Mayor" of "Ada Lund, 52, the mayor of Bergen", "Ada Lund is a mayor".
    fn apposed_after(&self, end: usize, to: usize) -> Vec<Vec<String>> {
        let Some(last) = end.checked_sub(1).filter(|_| end < to) else {
            return Vec::new();
        };
        if owns(&self.word(last)) {
            return Vec::new();
        }
        let mut start = end;
        let mut found = Vec::new();
        let mut gap = self.gap(last);
        if gap == ", " {
            if let Ok(age) = self.word(start).parse::<u8>() {
                found.push(vec![format!("{age}-year-old")]);
                gap = self.gap(start);
                start += 1;
            }
            if gap == ", " && self.word(start) == "who" {
                start += 1;
                gap = " ";
            }
        }
        let copula = gap == " " && COPULAS.contains(&self.word(start).as_str());
        if copula {
            start += 1 + usize::from(self.word(start + 1) == "also");
            let article = self.word(start);
            if !matches!(article.as_str(), "a" | "an" | "the") {
                return found;
            }
        } else if gap != ", " {
            return found;
        }
        let stop = self.segment(start, to);
        let mut words: Vec<String> = (start..stop).map(|at| self.word(at)).collect();
        let clause = |word: &String| VERBAL.contains(&word.as_str());
        if words
            .iter()
            .skip(1)
            .find(|word| head_of(std::slice::from_ref(*word)).is_empty())
            .is_some_and(clause)
        {
            return found;
        }
        if let Some(owner) = words.iter().position(|word| owns(word)) {
            words.drain(..=owner);
        } else if words
            .first()
            .is_some_and(|w| DETERMINERS.contains(&w.as_str()))
        {
            words.remove(0);
        }
        for part in words.split(|word| word == "and") {
            let head = head_of(part);
            if !head.is_empty() {
                found.push(head);
            }
        }
        found
    }

    /// Where the words from here stop that no mark divides.
    fn segment(&self, start: usize, to: usize) -> usize {
        let range: Range<usize> = start..to.min(start + LONGEST);
        let ends = range.clone().find(|at| !matches!(self.gap(*at), " " | "-"));
        ends.map_or(range.end, |at| at + 1)
    }
}

/// A noun phrase's words up to its head.
fn head_of(phrase: &[String]) -> Vec<String> {
    let ends = |word: &String| {
        let word = word.as_str();
        BREAKS.contains(&word) || VERBAL.contains(&word) || DETERMINERS.contains(&word)
    };
    let end = phrase.iter().position(ends).unwrap_or(phrase.len());
    phrase.get(..end).unwrap_or(&[]).to_vec()
}

fn owns(word: &str) -> bool {
    ["'s", "’s", "s'", "s’"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

fn by_name(mention: &Mention) -> bool {
    !matches!(
        mention.kind,
        MentionKind::Nominal | MentionKind::Pronoun | MentionKind::Demonym | MentionKind::Metonym
    )
}
