//! Classes of characters that paragraphs, sentences, quotes and roles agree on.

/// White space, and the invisible characters that scraped text carries around its edges.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}' | '\u{FEFF}')
}

/// Characters that end a line.
pub(super) fn is_line_break(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Punctuation that may end a sentence.
pub(super) fn is_terminal(character: char) -> bool {
    matches!(
        character,
        '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '。' | '！' | '？'
    )
}

/// Marks that close a quotation or a bracket, and so belong to the sentence before them.
pub(super) fn is_closer(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}'
    )
}

/// Marks that open a quotation or a bracket, and so belong to the sentence after them.
pub(super) fn is_opener(character: char) -> bool {
    matches!(
        character,
        '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '(' | '[' | '{'
    )
}

/// Hyphens and dashes.
pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―')
}

/// Signs that open an item of a list.
pub(super) fn is_bullet(character: char) -> bool {
    matches!(
        character,
        '•' | '·' | '●' | '○' | '▪' | '■' | '‣' | '*' | '►' | '▶'
    ) || is_dash(character)
}
