//! The fields of a line of an annotation: bare words, and quoted strings with the place where they stand in the article.

use std::ops::Range;

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A word without quotes: a keyword, an id, a number, `..`.
    Word(String),
    /// A string in double quotes, and the N of `@N` behind it.
    Text(String, Option<usize>),
}

impl Field {
    /// The word, where it is one.
    pub fn word(&self) -> Result<&str, String> {
        match self {
            Field::Word(word) => Ok(word),
            Field::Text(text, _) => Err(format!("{text:?} where a word should stand")),
        }
    }

    /// The string, where it is one.
    pub fn text(&self) -> Result<&str, String> {
        match self {
            Field::Text(text, _) => Ok(text),
            Field::Word(word) => Err(format!("{word} where a string in quotes should stand")),
        }
    }

    /// Where the string stands in the article: its N-th place, from 1; without N it must stand there once.
    ///
    /// # Errors
    /// Where it doesn't stand there so many times, or N is missing though it stands there more than once.
    pub fn place(&self, article: &str) -> Result<Range<usize>, String> {
        let Field::Text(text, nth) = self else {
            return Err(self.text().err().unwrap_or_default());
        };
        let mut places = article.match_indices(text.as_str()).map(|(at, _)| at);
        let at = match nth {
            Some(n) => n.checked_sub(1).and_then(|before| places.nth(before)),
            None => {
                let first = places.next();
                if places.next().is_some() {
                    return Err(format!(
                        "{text:?} stands there more than once: @N is missing"
                    ));
                }
                first
            }
        };
        let at =
            at.ok_or_else(|| format!("{text:?}@{} is not in the article", nth.unwrap_or(1)))?;
        Ok(at..at + text.len())
    }
}

/// Splits a line into fields.
///
/// # Errors
/// Where a string is empty or has no end, or something other than `@N` or a space follows it.
pub fn split(line: &str) -> Result<Vec<Field>, String> {
    let mut fields = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let field;
        (field, rest) = match rest.strip_prefix('"') {
            Some(quoted) => string(quoted)?,
            None => {
                let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                (Field::Word(word.to_owned()), rest)
            }
        };
        fields.push(field);
        rest = rest.trim_start();
    }
    Ok(fields)
}

/// A string after its opening quote, with its place, and the rest of the line.
fn string(quoted: &str) -> Result<(Field, &str), String> {
    let mut text = String::new();
    let mut characters = quoted.char_indices();
    let end = loop {
        match characters.next() {
            None => return Err("a string without an end".to_owned()),
            Some((at, '"')) => break at + 1,
            Some((_, '\\')) => match characters.next() {
                Some((_, escaped @ ('"' | '\\'))) => text.push(escaped),
                _ => return Err("a \\ that escapes nothing".to_owned()),
            },
            Some((_, other)) => text.push(other),
        }
    };
    if text.is_empty() {
        return Err("an empty string".to_owned());
    }
    let rest = quoted.get(end..).unwrap_or("");
    let (suffix, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let nth = match suffix.strip_prefix('@') {
        Some(n) => Some(n.parse().map_err(|_| format!("@{n} is no number"))?),
        None if suffix.is_empty() => None,
        None => return Err(format!("{suffix} right behind a string")),
    };
    Ok((Field::Text(text, nth), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_strings_are_told_apart() {
        let text = |text: &str, nth| Field::Text(text.to_owned(), nth);
        let word = |word: &str| Field::Word(word.to_owned());
        let cases = [
            (
                "paragraph 3 body",
                vec![word("paragraph"), word("3"), word("body")],
            ),
            (
                r#"never "He said: \"No.\""@2"#,
                vec![word("never"), text("He said: \"No.\"", Some(2))],
            ),
            (
                r#""a" .. "b\\"@1 "#,
                vec![text("a", None), word(".."), text("b\\", Some(1))],
            ),
        ];
        for (line, fields) in cases {
            assert_eq!(split(line), Ok(fields), "{line}");
        }
    }

    #[test]
    fn malformed_strings_are_refused() {
        for line in [
            r#"never "He said"#,
            r#"never """#,
            r#""a"b"#,
            r#""a"@x"#,
            r#""a\b""#,
        ] {
            assert!(split(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_place_is_counted_from_one() {
        let place = |text: &str, nth| Field::Text(text.to_owned(), nth).place("it is what it is");
        assert_eq!(place("it", Some(2)), Ok(11..13));
        assert_eq!(place("what", None), Ok(6..10));
        for (text, nth) in [
            ("it", None),
            ("it", Some(3)),
            ("it", Some(0)),
            ("was", None),
        ] {
            assert!(place(text, nth).is_err(), "{text}@{nth:?}");
        }
    }
}
