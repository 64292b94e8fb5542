//! Finds interviews whose questions stand in paragraphs of their own: an answer is all quotation, without marks.

use std::collections::BTreeMap;

use super::document::Role;
use super::roles::set;
use super::shape::{Ending, Shape, is_in_capitals};

/// Fewer questions make no interview.
const FEWEST_QUESTIONS: usize = 3;
/// Fewer turns with a label make no speaker.
const FEWEST_TURNS: usize = 2;
/// Labels of speakers are no longer, in bytes.
const LONGEST_LABEL: usize = 40;
/// Questions are no longer, in words.
const LONGEST_QUESTION: usize = 60;

const INTERVIEWEE: &[&str] = &["i", "my", "me", "we", "our", "us", "mine", "myself"];
const SPEAKER: &[&str] = &["i", "my", "me", "mine", "myself"];
const ADDRESSEE: &[&str] = &["you", "your", "yours", "yourself"];

/// Marks an interview's answers as quotes and its questions as body.
///
/// Explainers ask in paragraphs of their own too; only an interview's questions say "you", and its answers "I".
pub(super) fn mark(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    mark_labelled(shapes, roles);
    mark_dashed(shapes, roles, body_start);
    let text: Vec<usize> = (body_start..shapes.len())
        .filter(|index| roles.get(*index).is_some_and(Option::is_none))
        .collect();
    let shape = |at: usize| text.get(at).and_then(|index| shapes.get(*index));
    let questions: Vec<usize> = (0..text.len())
        .filter(|at| shape(*at).is_some_and(is_question))
        .filter(|at| shape(at + 1).is_some_and(is_answer))
        .collect();
    let asked = questions.len();
    let count = |of: &dyn Fn(usize) -> bool| questions.iter().filter(|at| of(**at)).count();
    let to_you = count(&|at| shape(at).is_some_and(|shape| shape.has_word(ADDRESSEE)));
    let by = |words: &[&str]| count(&|at| shape(at + 1).is_some_and(|shape| says(shape, words)));
    // Columnists ask and say "we" now and then; a long row of questions is no column.
    let in_person =
        by(SPEAKER) * 3 >= asked || (asked > FEWEST_QUESTIONS && by(INTERVIEWEE) * 3 >= asked);
    if asked < FEWEST_QUESTIONS || to_you * 4 < asked || !in_person {
        return;
    }
    let mut exchanges: Vec<(usize, Role)> = Vec::new();
    // A statement may open the interview in the place of a question: "You must be delighted."
    if let Some(opening) = questions.first().and_then(|first| first.checked_sub(2)) {
        let addressed = shape(opening)
            .is_some_and(|shape| shape.has_word(ADDRESSEE) && shape.words <= LONGEST_QUESTION);
        let answered =
            shape(opening + 1).is_some_and(|shape| is_answer(shape) && says(shape, INTERVIEWEE));
        if addressed && answered {
            exchanges.extend([(opening, Role::Body), (opening + 1, Role::Quote)]);
        }
    }
    for (order, at) in questions.iter().enumerate() {
        exchanges.push((*at, Role::Body));
        let end = questions.get(order + 1).copied().unwrap_or(text.len());
        let between = end - at - 1;
        for offset in 1..=between {
            let Some(answer) = shape(at + offset).filter(|shape| is_answer(shape)) else {
                break;
            };
            // Three paragraphs up to the next question: an answer, a question put as a statement, its answer.
            let statement = between == 3
                && offset == 2
                && answer.words <= LONGEST_QUESTION / 2
                && (answer.has_word(ADDRESSEE) || !says(answer, SPEAKER));
            let answers = offset == 1
                || !statement && (between == 3 && offset == 3 || says(answer, INTERVIEWEE));
            let role = if answers { Role::Quote } else { Role::Body };
            exchanges.push((at + offset, role));
        }
    }
    for (at, role) in exchanges {
        if let Some(index) = text.get(at) {
            set(roles, *index, role);
        }
    }
}

/// Marks an interview's paragraphs by the labels of its speakers: "Q: …", "A: …", "JANE ROE: …". Whoever asks most is the interviewer.
fn mark_labelled(shapes: &[Shape], roles: &mut [Option<Role>]) {
    let open = |index: usize, roles: &[Option<Role>]| roles.get(index) == Some(&None);
    let mut speakers: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (index, shape) in shapes.iter().enumerate() {
        if let (Some(label), true) = (label(shape), open(index, roles)) {
            let (turns, questions) = speakers.entry(label).or_default();
            *turns += 1;
            *questions += usize::from(label == "Q" || shape.text.ends_with('?'));
        }
    }
    speakers.retain(|_, (turns, _)| *turns >= FEWEST_TURNS);
    let mut by_asking: Vec<(f64, &str)> = speakers
        .iter()
        .map(|(label, (turns, questions))| (*questions as f64 / *turns as f64, *label))
        .collect();
    by_asking.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let interviewer = match by_asking.as_slice() {
        [(most, label), (next, _), ..] if *most > 0.3 && *most >= 2.0 * next => *label,
        _ => return,
    };
    for (index, shape) in shapes.iter().enumerate() {
        let speaker = label(shape).filter(|label| speakers.contains_key(label));
        if let (Some(speaker), true) = (speaker, open(index, roles)) {
            let role = if speaker == interviewer {
                Role::Body
            } else {
                Role::Quote
            };
            set(roles, index, role);
        }
    }
}

/// Marks an interview whose questions and answers each open with a dash, in turns.
fn mark_dashed(shapes: &[Shape], roles: &mut [Option<Role>], body_start: usize) {
    const DASHES: [&str; 3] = ["- ", "– ", "— "];
    let turns: Vec<usize> = (body_start..shapes.len())
        .filter(|index| roles.get(*index) == Some(&None))
        .filter(|index| {
            let text = shapes.get(*index).map_or("", |shape| shape.text);
            DASHES.iter().any(|dash| text.starts_with(dash))
        })
        .collect();
    let asks = |index: &&usize| {
        shapes
            .get(**index)
            .is_some_and(|own| own.text.ends_with('?'))
    };
    let questions = turns.iter().step_by(2).filter(asks).count();
    let back = turns.iter().skip(1).step_by(2).filter(asks).count();
    if turns.len() < 2 * FEWEST_QUESTIONS || questions < FEWEST_QUESTIONS || 2 * back > questions {
        return;
    }
    for (order, index) in turns.into_iter().enumerate() {
        let role = if order % 2 == 0 {
            Role::Body
        } else {
            Role::Quote
        };
        set(roles, index, role);
    }
}

/// The speaker's name or initials that a transcript's paragraph opens with.
fn label<'a>(shape: &Shape<'a>) -> Option<&'a str> {
    let (label, said) = shape.text.split_once([':', '.'])?;
    let initial = label.len() == 1;
    let named = label.len() <= LONGEST_LABEL && label.split_whitespace().all(is_in_capitals);
    let separated = shape.text.get(label.len()..)?.starts_with(':') || initial;
    (named && separated && said.contains(char::is_alphabetic)).then_some(label)
}

fn is_question(shape: &Shape) -> bool {
    // "I said no. What would the sequel be?"
    let answers_back =
        shape.text.contains(". ") && says(shape, SPEAKER) && !shape.has_word(ADDRESSEE);
    shape.text.ends_with('?')
        && shape.words <= LONGEST_QUESTION
        && !opens_quote(shape)
        && label(shape).is_none()
        && !answers_back
}

/// Whether it may be an answer: running text that isn't told by a reporter.
fn is_answer(shape: &Shape) -> bool {
    !is_question(shape)
        && !opens_quote(shape)
        && label(shape).is_none()
        && shape.ending != Ending::Unfinished
}

fn opens_quote(shape: &Shape) -> bool {
    shape.text.starts_with(['"', '“', '‘', '\''])
}

/// Whether it has one of the words outside quotation marks.
fn says(shape: &Shape, words: &[&str]) -> bool {
    shape
        .text
        .split(['"', '“', '”'])
        .step_by(2)
        .flat_map(|part| part.split(|c: char| !c.is_alphanumeric()))
        .any(|word| words.contains(&word.to_lowercase().as_str()))
}
