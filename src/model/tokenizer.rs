//! BERT's tokenisation with byte offsets: words, their case class, their word pieces.
//!
//! After `BasicTokenizer` and `WordpieceTokenizer` of google-research/bert: control characters are dropped, text is
//! lower-cased and stripped of accents (NFD without non-spacing marks) where the vocabulary is so, words split at white
//! space, at every punctuation character and around every CJK character, then cut greedily into the longest known pieces.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::load_error::Problem;
use super::manifest::TokenizerOptions;

const MAX_WORD_CHARS: usize = 100;

/// One word as the encoder sees it: a run of letters and digits, or one punctuation character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Its pieces, as indexes into [`Tokens::ids`]; never empty.
    pub pieces: Range<usize>,
    /// How it is written.
    pub case: Case,
}

/// How a word is written; fed to the encoder, whose vocabulary has no capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// No capital.
    Lower = 0,
    /// A capital at its start only.
    Title = 1,
    /// Two letters or more, none of them small.
    Upper = 2,
    /// Anything else.
    Mixed = 3,
}

impl Case {
    fn of(word: &str) -> Case {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let small = word.chars().any(char::is_lowercase);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if capitals == 0 {
            Case::Lower
        } else if capitals == 1 && word.chars().next().is_some_and(char::is_uppercase) {
            Case::Title
        } else if letters >= 2 && !small {
            Case::Upper
        } else {
            Case::Mixed
        }
    }
}

/// A text's words and pieces, without `[CLS]` and `[SEP]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Vocabulary ids of the pieces.
    pub ids: Vec<i32>,
    /// The words that they make up, in order.
    pub words: Vec<Word>,
}

/// A WordPiece vocabulary.
pub struct Tokenizer {
    starts: HashMap<String, i32>,
    continuations: HashMap<String, i32>,
    unknown: i32,
    lowercase: bool,
    strip_accents: bool,
    /// The id that opens every input.
    pub cls: i32,
    /// The id that closes every text.
    pub sep: i32,
}

impl Tokenizer {
    /// A tokenizer over a vocabulary of one piece a line, in the order of their ids.
    ///
    /// # Errors
    /// Where it lacks a special piece.
    pub fn new(vocabulary: &str, options: &TokenizerOptions) -> Result<Self, Problem> {
        let mut starts = HashMap::new();
        let mut continuations = HashMap::new();
        for (line, id) in vocabulary.lines().zip(0..) {
            match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuations.insert(rest.to_owned(), id),
                _ => starts.insert(line.to_owned(), id),
            };
        }
        let special = |name| {
            let id = starts.get(name).copied();
            id.ok_or(Problem::Vocabulary(name))
        };
        Ok(Tokenizer {
            unknown: special("[UNK]")?,
            cls: special("[CLS]")?,
            sep: special("[SEP]")?,
            lowercase: options.lowercase,
            strip_accents: options.strip_accents,
            starts,
            continuations,
        })
    }

    /// Cuts a text into words and pieces.
    pub fn tokenize(&self, text: &str) -> Tokens {
        let mut tokens = Tokens::default();
        for span in words(text) {
            let Some(word) = text.get(span.clone()) else {
                continue;
            };
            let first = tokens.ids.len();
            self.pieces(&self.normalize(word), &mut tokens.ids);
            if tokens.ids.len() > first {
                tokens.words.push(Word {
                    span,
                    pieces: first..tokens.ids.len(),
                    case: Case::of(word),
                });
            }
        }
        tokens
    }

    fn normalize(&self, word: &str) -> String {
        let mut normal: String = word.chars().filter(|&c| !is_dropped(c)).collect();
        if self.strip_accents {
            normal = normal
                .nfd()
                .filter(|&c| !(is_combining_mark(c) && is_non_spacing(c)))
                .collect();
        }
        if self.lowercase {
            normal = normal.chars().flat_map(char::to_lowercase).collect();
        }
        normal
    }

    /// Greedy longest match first; one `[UNK]` where no cutting fits.
    fn pieces(&self, word: &str, ids: &mut Vec<i32>) {
        if word.is_empty() {
            return;
        }
        let first = ids.len();
        let mut rest = word;
        let mut known = &self.starts;
        while !rest.is_empty() && word.chars().count() <= MAX_WORD_CHARS {
            let longest = rest
                .char_indices()
                .map(|(start, c)| start + c.len_utf8())
                .rev()
                .find_map(|end| known.get(rest.get(..end)?).map(|&id| (end, id)));
            let Some((end, id)) = longest else { break };
            ids.push(id);
            rest = rest.get(end..).unwrap_or("");
            known = &self.continuations;
        }
        if !rest.is_empty() {
            ids.truncate(first);
            ids.push(self.unknown);
        }
    }
}

/// The byte ranges of the words before normalisation.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            words.extend(start.take().map(|s| s..at));
        } else if is_punctuation(c) || is_cjk(c) {
            words.extend(start.take().map(|s| s..at));
            words.push(at..end);
        } else if start.is_none() && !is_dropped(c) {
            start = Some(at);
        }
    }
    words.extend(start.map(|s| s..text.len()));
    words
}

fn is_dropped(c: char) -> bool {
    c == '\u{FFFD}'
        || (c.general_category_group() == GeneralCategoryGroup::Other && !c.is_whitespace())
}

fn is_non_spacing(c: char) -> bool {
    c.general_category() == unicode_properties::GeneralCategory::NonspacingMark
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNCASED: TokenizerOptions = TokenizerOptions {
        lowercase: true,
        strip_accents: true,
        max_pieces: 254,
        max_target_pieces: 64,
    };

    fn tokenizer() -> Tokenizer {
        let vocabulary = "[UNK]\n[CLS]\n[SEP]\nu\n.\ns\ncafe\nun\n##believ\n##able\n’\n中";
        Tokenizer::new(vocabulary, &UNCASED).unwrap()
    }

    #[test]
    fn a_cased_vocabulary_keeps_capitals_and_accents() {
        let options = TokenizerOptions {
            lowercase: false,
            strip_accents: false,
            ..UNCASED
        };
        let vocabulary = "[UNK]\n[CLS]\n[SEP]\nCafé\ncafe\ncafé";
        let tokenizer = Tokenizer::new(vocabulary, &options).unwrap();
        assert_eq!(tokenizer.tokenize("Café cafe café CAFE").ids, [3, 4, 5, 0]);
    }

    #[test]
    fn a_vocabulary_needs_its_special_pieces() {
        let error = Tokenizer::new("[UNK]\n[CLS]\na", &UNCASED).err().unwrap();
        assert_eq!(error.to_string(), "the vocabulary has no [SEP]");
    }

    #[test]
    fn cuts_words_into_the_longest_known_pieces() {
        let tokens = tokenizer().tokenize("Unbelievable caf\u{e9}s");
        assert_eq!(tokens.ids, [7, 8, 9, 0]);
        assert_eq!(tokens.words[1].span, 13..19);
    }

    #[test]
    fn splits_at_punctuation_and_keeps_byte_offsets() {
        let text = "U.S.’\u{200b} CAFE\u{301} 中中";
        let tokens = tokenizer().tokenize(text);
        let words: Vec<_> = tokens.words.iter().map(|w| &text[w.span.clone()]).collect();
        assert_eq!(words, ["U", ".", "S", ".", "’", "CAFE\u{301}", "中", "中"]);
        assert_eq!(tokens.ids, [3, 4, 5, 4, 10, 6, 11, 11]);
        assert_eq!(tokens.words[5].case, Case::Upper);
    }

    #[test]
    fn tells_how_a_word_is_written() {
        for (word, case) in [
            ("parade", Case::Lower),
            ("1991", Case::Lower),
            ("Putin", Case::Title),
            ("I", Case::Title),
            ("NATO", Case::Upper),
            ("G7", Case::Title),
            ("iPhone", Case::Mixed),
            ("McDonald", Case::Mixed),
        ] {
            assert_eq!(Case::of(word), case, "{word}");
        }
    }

    #[test]
    fn an_over_long_word_is_unknown() {
        assert_eq!(tokenizer().tokenize(&"u".repeat(101)).ids, [0]);
    }
}
