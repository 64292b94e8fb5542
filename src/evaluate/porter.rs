//! Porter's stemmer with the extensions of NLTK, which ROUGE is computed with (Porter 1980, "An algorithm for suffix stripping").
//!
//! For measuring only: the analyses stem by Snowball's successor to it, whose stems differ. Words are ASCII, in lower case.

use std::borrow::Cow;

/// Forms that the rules get wrong.
const IRREGULAR: &[(&str, &str)] = &[
    ("sky", "sky"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("news", "news"),
    ("innings", "inning"),
    ("inning", "inning"),
    ("outings", "outing"),
    ("outing", "outing"),
    ("cannings", "canning"),
    ("canning", "canning"),
    ("howe", "howe"),
    ("proceed", "proceed"),
    ("exceed", "exceed"),
    ("succeed", "succeed"),
];

/// Suffixes, each with what takes its place. The first that a word ends in is the only one tried.
type Rules = &'static [(&'static str, &'static str)];

const STEP_1A: Rules = &[("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")];

const STEP_2: Rules = &[
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("fulli", "ful"),
];

const STEP_3: Rules = &[
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
];

const STEP_4: &[&str] = &[
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize",
];

/// The stem of a word.
pub fn stem(word: &str) -> Cow<'_, str> {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return Cow::Borrowed(stem);
    }
    if word.len() <= 2 {
        return Cow::Borrowed(word);
    }
    let word = step_1a(word.to_owned());
    let word = step_1b(word);
    let word = step_1c(word);
    let word = step_2(word);
    let word = replace(word, STEP_3, |stem| measure(stem) > 0);
    let word = step_4(word);
    let word = step_5a(word);
    Cow::Owned(step_5b(word))
}

/// Plurals: `ponies` to `poni`, but `dies` to `die`.
fn step_1a(word: String) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() == 1 => format!("{stem}ie"),
        _ => replace(word, STEP_1A, |_| true),
    }
}

/// Past tenses and participles: `agreed` to `agree`, `hopping` to `hop`, `filing` to `file`.
fn step_1b(word: String) -> String {
    if let Some(stem) = word.strip_suffix("ied") {
        return format!("{stem}{}", if stem.len() == 1 { "ie" } else { "i" });
    }
    if let Some(stem) = word.strip_suffix("eed") {
        return if measure(stem) > 0 {
            format!("{stem}ee")
        } else {
            word
        };
    }
    let cut = ["ed", "ing"]
        .iter()
        .filter_map(|suffix| word.strip_suffix(suffix))
        .find(|stem| has_vowel(stem));
    let Some(stem) = cut else {
        return word;
    };
    if ["at", "bl", "iz"].iter().any(|end| stem.ends_with(end)) {
        return format!("{stem}e");
    }
    if let Some(single) = without_double_consonant(stem) {
        return if stem.ends_with(['l', 's', 'z']) {
            stem.to_owned()
        } else {
            single.to_owned()
        };
    }
    if measure(stem) == 1 && ends_short(stem) {
        return format!("{stem}e");
    }
    stem.to_owned()
}

/// `happy` to `happi`, but not `enjoy`.
fn step_1c(word: String) -> String {
    match word.strip_suffix('y') {
        Some(stem) if stem.len() > 1 && consonants(stem).last() == Some(&true) => {
            format!("{stem}i")
        }
        _ => word,
    }
}

fn step_2(word: String) -> String {
    if let Some(stem) = word.strip_suffix("alli")
        && measure(stem) > 0
    {
        return step_2(format!("{stem}al"));
    }
    if let Some(stem) = word.strip_suffix("logi") {
        // The "l" counts with what stands before it: short stems, such as "geo", work as "archaeo" does.
        return if measure(&format!("{stem}l")) > 0 {
            format!("{stem}log")
        } else {
            word
        };
    }
    replace(word, STEP_2, |stem| measure(stem) > 0)
}

fn step_4(word: String) -> String {
    let cut = STEP_4
        .iter()
        .find_map(|suffix| Some((*suffix, word.strip_suffix(suffix)?)));
    match cut {
        Some((suffix, stem))
            if measure(stem) > 1 && (suffix != "ion" || stem.ends_with(['s', 't'])) =>
        {
            stem.to_owned()
        }
        _ => word,
    }
}

fn step_5a(word: String) -> String {
    match word.strip_suffix('e') {
        Some(stem) if measure(stem) > 1 || (measure(stem) == 1 && !ends_short(stem)) => {
            stem.to_owned()
        }
        _ => word,
    }
}

fn step_5b(word: String) -> String {
    match word.strip_suffix('l') {
        Some(stem) if stem.ends_with('l') && measure(stem) > 1 => stem.to_owned(),
        _ => word,
    }
}

/// Replaces the first suffix that the word ends in, where the condition holds for what stands before it.
fn replace(word: String, rules: Rules, condition: impl Fn(&str) -> bool) -> String {
    let cut = rules
        .iter()
        .find_map(|(suffix, other)| Some((word.strip_suffix(suffix)?, other)));
    match cut {
        Some((stem, other)) if condition(stem) => format!("{stem}{other}"),
        _ => word,
    }
}

/// Whether each letter is a consonant; "y" is one where none stands before it.
fn consonants(word: &str) -> Vec<bool> {
    let mut flags = Vec::with_capacity(word.len());
    for letter in word.bytes() {
        flags.push(match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' => false,
            b'y' => flags.last().is_none_or(|before| !before),
            _ => true,
        });
    }
    flags
}

/// How often a consonant follows a vowel: the `m` in `[C](VC){m}[V]`.
fn measure(stem: &str) -> usize {
    consonants(stem)
        .windows(2)
        .filter(|pair| *pair == [false, true])
        .count()
}

fn has_vowel(stem: &str) -> bool {
    consonants(stem).contains(&false)
}

/// The word less its last letter, where it ends in two consonants that are the same.
fn without_double_consonant(word: &str) -> Option<&str> {
    let single = word.get(..word.len().checked_sub(1)?)?;
    let last = word.bytes().next_back();
    (single.bytes().next_back() == last && consonants(word).last() == Some(&true)).then_some(single)
}

/// Whether it ends in consonant, vowel, consonant, the last none of "w", "x", "y"; or is vowel and consonant.
fn ends_short(word: &str) -> bool {
    match consonants(word).as_slice() {
        [false, true] => true,
        [.., true, false, true] => !word.ends_with(['w', 'x', 'y']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn stems_as_nltk_does() {
        let stems: BTreeMap<String, String> =
            serde_json::from_str(include_str!("../../tests/data/porter.json")).unwrap();
        assert!(stems.len() >= 100);
        for (word, expected) in &stems {
            assert_eq!(stem(word), *expected, "the stem of {word}");
        }
    }
}
