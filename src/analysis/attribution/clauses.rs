//! Attributions by their cues: where what is said starts and ends, before the cue, after it, or on both sides.

use std::ops::Range;

use super::cues::{self, Following};
use super::extents::is_spaced;
use super::phrases::{self, phrase_after};
use super::sources::{self, Subject};
use super::tokens::{Class, Token, Tokens};
use super::{Attribution, Kind};

/// A cue must introduce words in so many of ten uses.
pub(super) const LEAST_SHARE: u8 = 4;
/// How sure an attribution is at least whose words stand where such words do.
const PLACED: f32 = 0.8;
/// In how many of ten uses a verb of saying with its subject right after a quote attributes it.
const AFTER_QUOTE: u8 = 9;
/// A source, and what it says.
pub(super) type Said = (Option<Range<usize>>, Vec<Range<usize>>);

/// An attribution in tokens of its paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clause {
    pub content: Vec<Range<usize>>,
    pub cue: Option<usize>,
    pub source: Option<Range<usize>>,
    /// The source's span where it stands in another paragraph.
    pub source_elsewhere: Option<crate::article::Span>,
    pub confidence: f32,
    /// Whether only the order of the text tells who speaks.
    pub continued: bool,
}

impl Clause {
    pub fn attribution(self, tokens: &Tokens<'_>) -> Option<Attribution> {
        let words = |quoted: bool| {
            let all = self
                .content
                .iter()
                .flat_map(|range| tokens.all.get(range.clone()).unwrap_or(&[]));
            all.filter(|token| token.is_word() && token.quoted == quoted)
                .count()
        };
        let kind = match (words(true), words(false)) {
            (0, _) => Kind::Indirect,
            (_, 0) => Kind::Direct,
            _ => Kind::Partial,
        };
        let content: Vec<_> = self
            .content
            .iter()
            .filter_map(|range| tokens.span(range.clone()))
            .collect();
        if content.is_empty() {
            return None;
        }
        Some(Attribution {
            content,
            cue: self.cue.and_then(|at| Some(tokens.get(at)?.span)),
            source: self
                .source
                .and_then(|range| tokens.span(range))
                .or(self.source_elsewhere),
            kind,
            confidence: self.confidence,
            continued: self.continued,
        })
    }

    /// One past the last token of what is said.
    pub fn end(&self) -> usize {
        self.content
            .iter()
            .map(|range| range.end)
            .max()
            .unwrap_or(0)
    }

    /// Whether a token belongs to what is said.
    pub fn covers(&self, at: usize) -> bool {
        self.content.iter().any(|range| range.contains(&at))
    }
}

/// The paragraph's attributions that a cue introduces, in the order of the cues.
pub(super) fn find(tokens: &Tokens<'_>) -> Vec<Clause> {
    let mut found: Vec<Clause> = Vec::new();
    for sentence in tokens.sentences.iter().flat_map(windows) {
        let first = found.len();
        let sentence = after_dateline(tokens, sentence);
        let question = is_question(tokens, &sentence);
        for at in sentence.clone() {
            if tokens.at(at, |token| token.quoted) {
                continue;
            }
            let mut share = cues::share(tokens, at);
            if share < LEAST_SHARE && sources::follow_quote(tokens, at, sentence.start) {
                share = AFTER_QUOTE;
            }
            if share < LEAST_SHARE {
                continue;
            }
            let before = found.get(first..).unwrap_or(&[]);
            let reader = Reader {
                tokens,
                sentence: sentence.clone(),
                before,
            };
            let clause = reader.read(at, share).filter(|clause| {
                !question || clause.content.iter().any(|range| quotes(tokens, range))
            });
            // "Said in a statement that": the statement says nothing else.
            let same = |other: &Clause| {
                clause
                    .as_ref()
                    .is_some_and(|own| own.content == other.content)
            };
            if let Some(twin) =
                (first..found.len()).find(|index| found.get(*index).is_some_and(same))
            {
                let says = |at: usize| tokens.at(at, |t| cues::is_saying(&t.lower));
                let noun = found
                    .get(twin)
                    .and_then(|own| own.cue)
                    .is_some_and(|cue| !says(cue));
                if !(noun && says(at)) {
                    continue;
                }
                found.remove(twin);
            }
            found.extend(clause);
        }
    }
    found
}

/// Whether the article asks: "Did you think of closing?"
fn is_question(tokens: &Tokens<'_>, sentence: &Range<usize>) -> bool {
    let last = sentence.end.checked_sub(1);
    tokens.at(sentence.start, |t| ASKING.contains(&t.lower.as_str()))
        && last.is_some_and(|last| tokens.at(last, |t| t.is("?") && !t.quoted))
}

/// Whether a quote opens among these tokens.
fn quotes(tokens: &Tokens<'_>, range: &Range<usize>) -> bool {
    range
        .clone()
        .any(|at| tokens.at(at, |t| t.class == Class::Open))
}

/// A sentence as it is read: at once, or in pieces where it is absurdly long. Bounds the time.
fn windows(sentence: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
    const LONGEST: usize = 400;
    let end = sentence.end;
    sentence
        .clone()
        .step_by(LONGEST)
        .map(move |start| start..end.min(start + LONGEST))
}

/// The sentence without a dateline: "WASHINGTON (AFP) – ".
fn after_dateline(tokens: &Tokens<'_>, sentence: Range<usize>) -> Range<usize> {
    const LONGEST: usize = 12;
    let near = sentence.start..sentence.end.min(sentence.start + LONGEST);
    let dash = near
        .clone()
        .find(|at| tokens.at(*at, |t| t.is_dash() && !t.quoted));
    let place = |at: usize| {
        tokens.at(at, |t| {
            t.class != Class::Open && (!t.is_word() || !t.text.starts_with(char::is_lowercase))
        })
    };
    match dash {
        Some(dash)
            if dash > sentence.start
                && (sentence.start..dash).all(place)
                && !tokens.at(dash + 1, |t| t.text.starts_with(char::is_lowercase))
                && is_spaced(tokens, dash) =>
        {
            dash + 1..sentence.end
        }
        _ => sentence,
    }
}

pub(super) struct Reader<'a> {
    pub tokens: &'a Tokens<'a>,
    pub sentence: Range<usize>,
    /// What the sentence's earlier cues introduce.
    pub before: &'a [Clause],
}

impl Reader<'_> {
    fn read(&self, cue: usize, share: u8) -> Option<Clause> {
        let according = self.tokens.at(cue, |t| t.is("according") || t.is("words"));
        let (source, content) = if according {
            self.according(cue)?
        } else {
            self.verb(cue)?
        };
        let content: Vec<Range<usize>> = content
            .into_iter()
            .filter_map(|range| self.trimmed(range))
            .collect();
        let first = content.first()?.start;
        // Words before a cue, "that" after it or a quotation mark leave little doubt.
        let opening = |t: &Token<'_>| t.class == Class::Open || t.is("that");
        let quoted = || content.iter().any(|range| quotes(self.tokens, range));
        let placed = first < cue || self.tokens.at(first, opening) || source.is_some() && quoted();
        let share = f32::from(share) / 10.0;
        Some(Clause {
            content,
            cue: Some(cue),
            confidence: if placed { share.max(PLACED) } else { share },
            source,
            source_elsewhere: None,
            continued: false,
        })
    }

    fn verb(&self, cue: usize) -> Option<Said> {
        let floor = self.sentence.start;
        let next = cues::following(self.tokens, cue);
        let verb = sources::verb_start(self.tokens, cue, floor);
        let word = self.tokens.get(cue)?;
        let says = cues::is_saying(&word.lower)
            || cues::is_retort(self.tokens, cue)
            || sources::ends_speech(self.tokens, cue, floor);
        if says
            && verb == cue
            && let Some(source) = self.inverted(cue, next)
        {
            let mut content = vec![self.preceding(cue)];
            content.extend(self.resumed_quote(source.end));
            return Some((Some(source), content));
        }
        if cues::is_naming(&word.lower)
            && let Some(named) = self.naming(cue, verb)
        {
            return named;
        }
        let subject = sources::subject(self.tokens, cue, floor);
        let (source, relative) = match subject {
            _ if sources::is_passive(self.tokens, verb, cue) => (self.agent(cue), false),
            Subject::Phrase { at, relative } => (Some(at), relative),
            Subject::Shared => (self.shared(cue), false),
            Subject::Missing => (None, false),
        };
        if let Some(phrase) = source.clone().filter(|phrase| phrase.end <= cue)
            && (says || word.is_any(&["put", "puts"]))
            && !relative
            && let phrase = self.after_as(phrase)
            && self.follows_words(phrase.start, cue, next)
        {
            let to = self.described_from(phrase.start).unwrap_or(phrase.start);
            let mut content = vec![self.preceding(to)];
            content.extend(
                self.resumed_quote(cue + 1)
                    .or_else(|| self.resumed_clause(cue + 1, phrase.start)),
            );
            return Some((source, content));
        }
        let start = match &source {
            // The words stand after the agent of a passive.
            Some(agent) if agent.start > cue && agent.end < self.sentence.end => agent.end,
            _ => self.opening(cue, next)?,
        };
        let end = self.end(start, relative, self.tokens.at(start, |t| t.is("that")));
        let content = start..end;
        Some((source, vec![content]))
    }

    /// The source in "…, said X", if this is such a sentence.
    fn inverted(&self, cue: usize, next: Following) -> Option<Range<usize>> {
        let tokens = self.tokens;
        let before = tokens.before(cue).filter(|_| cue > self.sentence.start)?;
        if !matches!(next, Following::Nominal | Following::Other) {
            return None;
        }
        let source = phrase_after(tokens, cue + 1, self.sentence.end)?;
        if before.class == Class::Close {
            return Some(self.issuer(&source).unwrap_or(source));
        }
        let ends =
            source.end >= self.sentence.end || tokens.at(source.end, |t| t.is_any(&[",", "."]));
        let named = tokens.at(cue + 1, |t| {
            t.is_capitalized() || t.is_any(&["the", "a", "an"])
        });
        let single = tokens.at(cue + 1, |t| phrases::is_pronoun(&t.lower));
        // "Doe, the mayor, countered the claim."
        let plain = tokens.at(cue, |t| cues::is_plain(&t.lower));
        (before.is(",") && ends && named && !single && plain).then_some(source)
    }

    /// Where the description starts that stands between a quote and the source's name: "“No,” the union's secretary, Ada Lund, said".
    fn described_from(&self, name: usize) -> Option<usize> {
        const LONGEST: usize = 12;
        let comma = name.checked_sub(1)?;
        let first = self.sentence.start.max(name.saturating_sub(LONGEST));
        let close = (first..name)
            .rev()
            .find(|at| self.tokens.at(*at, |t| t.class == Class::Close))?;
        let words = close + 1..comma;
        let opens = sources::opens_description(self.tokens, close + 1);
        let plain = words.into_iter().all(|at| {
            self.tokens.at(at, |t| {
                (t.is_word() || t.is_any(&["-", "'", "’"])) && !phrases::is_auxiliary(&t.lower)
            })
        });
        (opens && plain && self.tokens.at(comma, |t| t.is(","))).then_some(close + 1)
    }

    /// Whose paper is read: "“…,” reads a statement from the union".
    fn issuer(&self, paper: &Range<usize>) -> Option<Range<usize>> {
        let noun = paper.end.checked_sub(1)?;
        let is_paper = self
            .tokens
            .at(noun, |t| sources::PAPERS.contains(&t.lower.as_str()));
        let tied = self.tokens.at(paper.end, |t| t.is_any(&["from", "by"]));
        (is_paper && tied).then(|| phrase_after(self.tokens, paper.end + 1, self.sentence.end))?
    }

    /// Whether what is said stands before "X said".
    fn follows_words(&self, source: usize, cue: usize, next: Following) -> bool {
        let tokens = self.tokens;
        let Some(before) = tokens
            .before(source)
            .filter(|_| source > self.sentence.start)
        else {
            return false;
        };
        let after_quote = before.class == Class::Close;
        if after_quote {
            return true;
        }
        if !(before.is(",") || before.is_dash()) {
            return false;
        }
        let words = source - 1 - self.sentence.start;
        let leading = tokens
            .get(self.sentence.start)
            .map_or("", |t| t.lower.as_str());
        let adverbial = cues::is_preposition(leading) || LEADING.contains(&leading);
        match next {
            Following::Mark => {
                (words >= 2 || tokens.at(cue + 1, |t| t.is(","))) && !self.quote_follows(cue)
            }
            Following::That | Following::Colon => false,
            // "The plan, she said, “is dead.”"
            Following::Quote => {
                let first = (cue + 1..cue + 4).find(|at| tokens.at(*at, |t| t.is_word()));
                !adverbial
                    && first.is_some_and(|at| tokens.at(at, |t| t.quoted && !t.is_capitalized()))
            }
            _ if adverbial || words < 4 => false,
            Following::Nominal => {
                cues::is_addressing(tokens.get(cue).map_or("", |t| t.lower.as_str()))
                    && self.rest_is_short(cue)
            }
            _ => self.rest_is_short(cue) || self.adverbial_ends(cue),
        }
    }

    /// Whether no more than when or where it was said stands between a cue and a comma: "…, Doe said on Monday, the largest".
    fn adverbial_ends(&self, cue: usize) -> bool {
        const LONGEST: usize = 5;
        let adverbial = self.tokens.at(cue + 1, |t| {
            t.is_any(&["in", "on", "at", "after"])
                || cues::is_adjunct(&t.lower)
                || sources::is_time(&t.lower)
        });
        let mut near = cue + 1..self.sentence.end.min(cue + 1 + LONGEST);
        let comma = near.find(|at| !self.tokens.at(*at, |t| t.is_word() && !t.is("that")));
        adverbial && comma.is_some_and(|at| self.tokens.at(at, |t| t.is(",")))
    }

    fn quote_follows(&self, cue: usize) -> bool {
        quotes(self.tokens, &(cue + 1..self.sentence.end))
    }

    fn rest_is_short(&self, cue: usize) -> bool {
        let rest = self
            .tokens
            .all
            .get(cue + 1..self.sentence.end)
            .unwrap_or(&[]);
        rest.len() <= 12 && !rest.iter().any(|t| t.is("that") || t.class == Class::Open)
    }

    /// Whom "by" names after a cue in the passive.
    fn agent(&self, cue: usize) -> Option<Range<usize>> {
        const REACH: usize = 8;
        let near = cue + 1..self.sentence.end.min(cue + REACH);
        let by = near
            .into_iter()
            .find(|at| self.tokens.at(*at, |t| t.is("by") && !t.quoted))?;
        phrase_after(self.tokens, by + 1, self.sentence.end)
    }

    /// The source of the sentence so far.
    fn shared(&self, cue: usize) -> Option<Range<usize>> {
        let earlier = self
            .before
            .iter()
            .rev()
            .find(|clause| clause.source.is_some() && !clause.covers(cue));
        if let Some(clause) = earlier {
            return clause.source.clone();
        }
        let mut start = self.sentence.start;
        let leading = self.tokens.get(start).map_or("", |t| t.lower.as_str());
        // "Last week Doe …"
        let week = |t: &Token<'_>| t.is_any(&["week", "month", "year", "night", "weekend"]);
        let time = |t: &Token<'_>| week(t) || sources::is_time(&t.lower);
        if matches!(leading, "last" | "this" | "next") && self.tokens.at(start + 1, time) {
            start += 2 + usize::from(self.tokens.at(start + 2, |t| t.is(",")));
        } else if cues::is_preposition(leading)
            || LEADING.contains(&leading)
            || leading.ends_with("ing")
            || leading.ends_with("ed")
        {
            let comma = (start..cue).find(|at| self.tokens.at(*at, |t| t.is(",")));
            start = match comma {
                Some(comma) if comma + 1 < cue => comma + 1,
                _ => start + 1,
            };
        }
        phrases::main_subject(self.tokens, start, cue)
    }
}

/// Words that open a question.
#[rustfmt::skip]
const ASKING: [&str; 28] = [
    "did", "do", "does", "would", "could", "can", "will", "should", "is", "are", "was", "were", "has", "have", "had", "may", "might", "must", "what",
    "why", "how", "who", "where", "when", "which", "don't", "didn't", "isn't",
];

/// Words that open an adverbial before the main clause.
#[rustfmt::skip]
const LEADING: [&str; 25] = [
    "during", "after", "before", "when", "while", "as", "if", "but", "and", "although", "though", "because", "since", "despite", "later",
    "earlier", "however", "meanwhile", "still", "yet", "then", "asked", "speaking", "so", "indeed",
];
