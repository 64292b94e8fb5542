//! What holds of every text whatever: spans point into it in any unit, nothing is lost, nothing fails.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing
)]

use newsprism::article::{
    Document, Field, OffsetEncoding, OffsetMap, ReadOptions, Source, Span, read,
};
use proptest::prelude::*;

const ENCODINGS: [OffsetEncoding; 3] = [
    OffsetEncoding::Utf8,
    OffsetEncoding::Utf16,
    OffsetEncoding::CodePoint,
];

/// Texts made of what breaks offsets and segmentation, and of anything else.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => "[A-Za-z]{1,9}",
        3 => Just(" ".to_owned()),
        2 => proptest::sample::select(vec![
            "\r\n", "\n\n", "\n", "\r", "\u{2029}", "\u{A0}", "\u{200B}", "\u{FEFF}", "\0", "\u{301}", "e\u{301}", "👩‍👩‍👧", "😀", "🇰🇿", "שלום",
            "مرحبا", "“", "”", "‘", "’", "\"", "'", "«", "»", "(", ")", "[", "]", ".", "...", "…", "!", "?", ":", "—", "Mr.", "U.S.", "p.m.",
            "READ MORE:", "By Jane Roe", "(Image: Getty)", "• ", "1.", "£5m", "'90s", "dogs'",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|character| character.to_string()),
    ];
    proptest::collection::vec(pieces, 0..120).prop_map(|pieces| pieces.concat())
}

fn every_span(document: &Document) -> Vec<Span> {
    let paragraphs = document.paragraphs.iter().map(|paragraph| paragraph.span);
    let sentences = document.sentences.iter().map(|sentence| sentence.span);
    let quotes = document
        .quotes
        .iter()
        .flat_map(|quote| quote.parts.iter().copied().chain([quote.span]));
    paragraphs
        .chain(sentences)
        .chain(document.words.iter().copied())
        .chain(quotes)
        .collect()
}

/// The text between two offsets of a unit, by the unit's own means.
fn slice(text: &str, encoding: OffsetEncoding, start: usize, end: usize) -> String {
    match encoding {
        OffsetEncoding::Utf8 => String::from_utf8(text.as_bytes()[start..end].to_vec()).unwrap(),
        OffsetEncoding::Utf16 => {
            String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[start..end]).unwrap()
        }
        OffsetEncoding::CodePoint => text.chars().skip(start).take(end - start).collect(),
    }
}

/// Everything that must hold of a document.
fn check(document: &Document) {
    let mut previous_sentence_end = 0;
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        let text = document.text(paragraph.span);
        assert!(!text.trim().is_empty());
        assert_eq!(paragraph.sentences.start, previous_sentence_end);
        previous_sentence_end = paragraph.sentences.end;
        let sentences = &document.sentences[paragraph.sentences.clone()];
        assert_eq!(paragraph.analyzed, !sentences.is_empty());
        assert!(
            sentences
                .iter()
                .all(|sentence| sentence.paragraph == index
                    && paragraph.span.contains(sentence.span))
        );
        assert!(
            sentences
                .windows(2)
                .all(|pair| pair[0].span.end() <= pair[1].span.start())
        );
        for sentence in sentences {
            assert!(
                document.words[sentence.words.clone()]
                    .iter()
                    .all(|word| sentence.span.contains(*word))
            );
        }
    }
    assert_eq!(previous_sentence_end, document.sentences.len());
    assert!(
        document
            .quotes
            .windows(2)
            .all(|pair| pair[0].span < pair[1].span)
    );
    for quote in &document.quotes {
        assert!(
            !quote.parts.is_empty() && quote.parts.iter().all(|part| quote.span.contains(*part))
        );
        assert!(quote.parts.iter().all(|part| document.is_quoted(*part)));
    }
    assert!(
        document
            .quoted
            .windows(2)
            .all(|pair| pair[0].end() <= pair[1].start() || pair[0].field() != pair[1].field())
    );
}

/// Everything but white space and invisible edges lies in a paragraph.
fn nothing_is_lost(document: &Document) {
    for field in [Field::Title, Field::Content] {
        let kept = |text: &str| {
            text.chars()
                .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200B}' | '\u{FEFF}'))
                .count()
        };
        let spans = document
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.span)
            .filter(|span| span.field() == field);
        let in_paragraphs: usize = spans.map(|span| kept(document.text(span))).sum();
        assert_eq!(in_paragraphs, kept(document.source.field(field)));
    }
}

proptest! {
    #[test]
    fn reading_holds_of_any_text(title in texts(), content in texts(), boilerplate_included: bool) {
        let document = read(Source::new(title, content), &ReadOptions { boilerplate_included });
        check(&document);
        nothing_is_lost(&document);
    }

    #[test]
    fn spans_hold_in_every_unit(content in texts()) {
        let document = read(Source::new("", content.as_str()), &ReadOptions { boilerplate_included: true });
        for encoding in ENCODINGS {
            let map = OffsetMap::new(&content, encoding);
            for span in every_span(&document) {
                let (start, end) = (map.to_encoded(span.start()), map.to_encoded(span.end()));
                prop_assert_eq!(slice(&content, encoding, start, end), document.text(span));
                prop_assert_eq!(map.to_byte(start), Some(span.start()));
                prop_assert_eq!(map.to_byte(end), Some(span.end()));
            }
        }
    }

    #[test]
    fn offsets_agree_with_counting(text in "\\PC{0,700}|[a-z😀é]{0,700}") {
        for encoding in ENCODINGS {
            let map = OffsetMap::new(&text, encoding);
            let mut encoded = 0;
            for (byte, character) in text.char_indices().chain([(text.len(), '\0')]) {
                prop_assert_eq!(map.to_encoded(byte), encoded);
                prop_assert_eq!(map.to_byte(encoded), Some(byte));
                encoded += match encoding {
                    OffsetEncoding::Utf8 => character.len_utf8(),
                    OffsetEncoding::Utf16 => character.len_utf16(),
                    OffsetEncoding::CodePoint => 1,
                };
            }
            // One past the end, which the last round's stand-in stepped over.
            prop_assert_eq!(map.to_byte(encoded), None);
        }
    }
}

/// So much of each of these is read in time that grows with its length alone; a quadratic step would take minutes. Not more,
/// since this is a debug build's work, and no figure: a mebibyte of each takes ten seconds of an idle core.
#[test]
fn a_long_run_of_anything_is_read() {
    const BYTES: usize = 256 << 10;
    let patterns = [
        "a",
        "A",
        "A ",
        "a. ",
        "A. A",
        ". ",
        ".",
        "..",
        "!",
        "? ",
        "?\" A ",
        "?' Mr. ",
        "\"",
        "\" ",
        "“",
        "“a",
        "“a” ",
        "”",
        "'",
        "' ",
        "'a",
        "a' ",
        "s' ",
        "‘“",
        "«",
        "(",
        "( ",
        "( . ",
        ")",
        "[",
        "[...] ",
        "\0",
        "\u{301}",
        "a\u{301}",
        "שלום ",
        "🇰🇿",
        "👩‍👩‍👧",
        "\n",
        "a\n",
        "a\n\n",
        "\"a\n\n",
        "“‘a\n\n",
        "A b\n",
        "A b\n\n",
        "READ MORE\n",
        "READ MORE: a\n\n",
        "By Jane\n\n",
        "12:30\n",
        "a (Image: Getty)\n\n",
        "A looking b\n",
        "Image: ",
        "a:\u{301}",
        ". (",
        "Dr. ",
        "U.S. ",
        "1. ",
        "… I ",
        "@",
        "- ",
        "• a\n",
        "\r\n",
        "\r",
        " ",
        "\u{A0}",
        "\u{200B}",
        "a,\nb ",
        "The men said they would go on and on until the work was done at last\n",
    ];
    for pattern in patterns {
        let text = pattern.repeat(BYTES / pattern.len());
        let options = ReadOptions {
            boilerplate_included: true,
        };
        let document = read(Source::new("", text.as_str()), &options);
        assert!(!document.paragraphs.is_empty() || text.trim_matches('\u{200B}').trim().is_empty());
    }
}
