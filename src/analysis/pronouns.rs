//! Personal pronouns: whom they can stand for.

use crate::analysis::voices::gender::Gender;

/// Pronouns that can stand for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// "he", "she".
    Person(Gender),
    /// "it".
    Thing,
    /// "they".
    Several,
    /// "I".
    Speaker,
    /// "you".
    Hearer,
    /// "we".
    Speakers,
}

/// The class of a word in lower case; `None` for what is no personal pronoun.
pub fn class_of(word: &str) -> Option<Class> {
    Some(match word {
        "he" | "him" | "his" | "himself" => Class::Person(Gender::Masculine),
        "she" | "her" | "hers" | "herself" => Class::Person(Gender::Feminine),
        "it" | "its" | "itself" => Class::Thing,
        "they" | "them" | "their" | "theirs" | "themselves" => Class::Several,
        "i" | "me" | "my" | "mine" | "myself" => Class::Speaker,
        "you" | "your" | "yours" | "yourself" => Class::Hearer,
        "we" | "us" | "our" | "ours" | "ourselves" => Class::Speakers,
        _ => return None,
    })
}

/// What "it" comes before that stands for nothing, in "it is hard to say" and "it is time that".
#[rustfmt::skip]
const IMPERSONAL: [&str; 49] = [
    "clear", "unclear", "possible", "impossible", "important", "true", "false", "hard", "difficult", "easy", "easier", "harder", "essential",
    "crucial", "vital", "critical", "necessary", "unnecessary", "time", "good", "better", "best", "wrong", "right", "fair", "unfair", "sad",
    "shame", "pity", "early", "late", "soon", "obvious", "reasonable", "surprising", "unusual", "common", "rare", "likely", "unlikely",
    "tempting", "understandable", "inevitable", "worth", "raining", "snowing", "amazing", "great", "matter",
];
/// What may stand between the verb and that.
#[rustfmt::skip]
const BETWEEN: [&str; 21] = [
    "not", "n't", "too", "so", "very", "also", "still", "now", "as", "more", "quite", "only", "just", "simply", "really", "never", "a",
    "about", "no", "high", "been",
];
/// How long something takes.
const LASTING: [&str; 8] = [
    "while", "day", "week", "month", "year", "decade", "moment", "lot",
];
/// What such a word is completed by.
const COMPLETING: [&str; 10] = [
    "to", "that", "if", "for", "whether", "how", "why", "what", "when", "who",
];
/// A verb of such an "it".
#[rustfmt::skip]
const BEING: [&str; 10] = ["is", "was", "'s", "’s", "s", "be", "seems", "seemed", "becomes", "became"];
/// What "mine" follows where it is a pronoun.
#[rustfmt::skip]
const BEFORE_MINE: [&str; 18] = [
    "of", "is", "was", "are", "were", "be", "been", "than", "as", "like", "by", "not", "'s", "’s", "and", "but", "to", "with",
];

/// Whether the word at a place among a sentence's words, in lower case, is no pronoun, or one that stands for nothing:
/// "a copper mine", "it is clear that" (Lappin & Leass 1994).
pub fn stands_for_nothing(words: &[String], at: usize) -> bool {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let before = at.checked_sub(1).map_or("", word);
    match word(at) {
        "mine" => !before.is_empty() && !BEFORE_MINE.contains(&before),
        "it" => {
            let after = |from: usize| words.iter().skip(from).map(String::as_str);
            let mut rest = after(at + 1).skip_while(|word| {
                matches!(
                    *word,
                    "would" | "will" | "may" | "might" | "could" | "has" | "'" | "’"
                )
            });
            let turns = matches!(
                (word(at + 1), word(at + 2)),
                ("turns" | "turned", "out") | ("takes" | "took", "time")
            ) || matches!((word(at + 1), word(at + 2)), ("takes" | "took", "a"))
                && LASTING.contains(&word(at + 3))
                || matches!(
                    (word(at + 1), word(at + 2)),
                    (
                        "seems" | "appears" | "seemed" | "appeared",
                        "that" | "as" | "like"
                    )
                );
            let made = matches!(
                before,
                "make" | "makes" | "made" | "making" | "find" | "finds" | "found"
            ) && IMPERSONAL.contains(&word(at + 1));
            let is = rest.next().is_some_and(|verb| BEING.contains(&verb));
            let mut rest = rest.skip_while(|word| BETWEEN.contains(word));
            let adjective = rest.next().filter(|word| is && IMPERSONAL.contains(word));
            let impersonal = adjective.is_some();
            let mut rest = rest.take(3);
            // "It is likely to close": a firm may be.
            let completed = if matches!(adjective, Some("likely" | "unlikely")) {
                rest.next() == Some("that")
            } else {
                rest.any(|word| COMPLETING.contains(&word))
            };
            turns || made || impersonal && completed
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::stands_for_nothing;

    fn empty(text: &str, word: &str) -> bool {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let at = words.iter().position(|other| other == word).unwrap();
        stands_for_nothing(&words, at)
    }

    #[test]
    fn a_mine_is_no_pronoun_and_some_it_stands_for_nothing() {
        for (text, word) in [
            ("nobody moves a mine overnight", "mine"),
            ("he said it was too soon to call", "it"),
            ("it is clear that they lost", "it"),
            ("it turns out he left", "it"),
            ("this made it hard to see", "it"),
            ("it is likely that they lost", "it"),
            ("it took a while", "it"),
        ] {
            assert!(empty(text, word), "{text}");
        }
        for (text, word) in [
            ("it is likely to cut jobs", "it"),
            ("it was critical of the plan", "it"),
            ("it took a stake in a rival", "it"),
            ("it came to power in may", "it"),
            ("a friend of mine left", "mine"),
            ("it was sold to a bank", "it"),
            ("it is expected to lose", "it"),
            ("it was clear and cold", "it"),
        ] {
            assert!(!empty(text, word), "{text}");
        }
    }
}
