//! Whether an article argues in its own name, as columns and editorials do, or reports.

use crate::analysis::pronouns::{self, Class};
use crate::analysis::voices::{Voice, Voices};
use crate::article::{Document, Sentence};

/// An article argues when one in so many of its own sentences does; set by judgement.
const ONE_IN: usize = 12;

/// Who argues gives others less than this share of the words; interviews and reports give more. Set on the golden set's seen half.
const OTHERS: f32 = 0.25;

/// Whether the writer speaks for themselves ("I think") or tells what ought to be ("the council must act") in enough of the
/// sentences that are nobody else's words, and others have little of the article.
pub fn is_commentary(document: &Document, voices: &Voices) -> bool {
    let own = document
        .sentences
        .iter()
        .filter(|sentence| voices.of_sentence(document, sentence) == Voice::Article);
    let (mut all, mut arguing) = (0, 0);
    for sentence in own {
        all += 1;
        arguing += usize::from(argues(document, voices, sentence));
    }
    // One or two such sentences are a slip, or somebody's words taken for the article's.
    arguing > 2 && arguing * ONE_IN >= all && others(document, voices) < OTHERS
}

/// The share of the words that are others', quoted or reported.
fn others(document: &Document, voices: &Voices) -> f32 {
    let sentences = &document.sentences;
    let words = sentences
        .iter()
        .filter_map(|s| document.words.get(s.words.clone()));
    let (mut all, mut others) = (0, 0);
    for word in words.flatten() {
        all += 1;
        others += usize::from(voices.at(document, *word) != Voice::Article);
    }
    others as f32 / all.max(1) as f32
}

fn argues(document: &Document, voices: &Voices, sentence: &Sentence) -> bool {
    const OUGHT: [&str; 3] = ["should", "must", "ought"];
    let words = document.words.get(sentence.words.clone()).unwrap_or(&[]);
    words
        .iter()
        .filter(|word| voices.at(document, **word) == Voice::Article)
        .map(|word| document.text(*word).to_lowercase())
        .any(|word| {
            let plain = word.split(['\'', '’']).next().unwrap_or(&word);
            OUGHT.contains(&plain) || pronouns::class_of(plain) == Some(Class::Speaker)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ReadOptions, Source, read};

    fn commentary(text: &str) -> bool {
        let source = Source::new("", text);
        let document = read(source, &ReadOptions::default());
        is_commentary(&document, &Voices::of(&document, &[]))
    }

    #[test]
    fn who_argues_in_their_own_name_comments() {
        assert!(commentary(
            "I have lived by the canal for years. The council wants to fill it in. It must not be let to do so. \
             My neighbours agree."
        ));
    }

    #[test]
    fn an_interviewers_i_does_not_argue() {
        assert!(!commentary(
            "I met Lena Ortiz by the canal. I asked whether it must go. “I have lived here for years,” said Ortiz. \
             “The council wants to fill it in, and my neighbours agree with me that it must not.” I thanked her."
        ));
    }

    #[test]
    fn who_tells_what_others_say_reports() {
        assert!(!commentary(
            "The council wants to fill in the canal. “I think they must be mad,” said Lena Ortiz, who lives beside it. \
             “We should stop them.” The vote is on Monday."
        ));
        assert!(!commentary(
            "The vote is on Monday. Objections must be sent before. It is the third."
        ));
    }
}
