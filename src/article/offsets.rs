//! Offsets in the unit the caller counts in: UTF-8 bytes, UTF-16 units or code points.

/// Bytes between two remembered offsets: a look-up reads at most this much text.
const STRIDE: usize = 256;

/// What an offset counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum OffsetEncoding {
    /// Bytes of UTF-8 (Rust, Go).
    #[default]
    Utf8,
    /// Units of UTF-16 (Java, JavaScript, C#).
    Utf16,
    /// Unicode code points (Python).
    CodePoint,
}

impl OffsetEncoding {
    fn units(self, character: char) -> usize {
        match self {
            OffsetEncoding::Utf8 => character.len_utf8(),
            OffsetEncoding::Utf16 => character.len_utf16(),
            OffsetEncoding::CodePoint => 1,
        }
    }
}

/// Converts offsets into one text between bytes and another unit, each in constant or logarithmic time.
///
/// Holds 16 bytes for every 256 of a text that isn't ASCII, and nothing otherwise.
#[derive(Debug, Clone)]
pub struct OffsetMap<'a> {
    text: &'a str,
    encoding: OffsetEncoding,
    /// For each stride of the text, the first character that starts in it or after it. Empty where the two units are the same.
    marks: Vec<Mark>,
}

/// The same place in both units.
#[derive(Debug, Clone, Copy)]
struct Mark {
    byte: usize,
    encoded: usize,
}

impl<'a> OffsetMap<'a> {
    /// Reads the text once.
    pub fn new(text: &'a str, encoding: OffsetEncoding) -> Self {
        let mut marks = Vec::new();
        if encoding != OffsetEncoding::Utf8 && !text.is_ascii() {
            let mut encoded = 0;
            for (byte, character) in text.char_indices() {
                if byte >= marks.len() * STRIDE {
                    marks.push(Mark { byte, encoded });
                }
                encoded += encoding.units(character);
            }
        }
        OffsetMap {
            text,
            encoding,
            marks,
        }
    }

    /// The offset of a byte in the caller's unit. A byte within a character counts as that character's start, one past the text as its end.
    pub fn to_encoded(&self, byte: usize) -> usize {
        let byte = self.text.floor_char_boundary(byte);
        // The stride's mark may lie past this byte, in which case the stride before it holds the byte's character.
        let stride = byte / STRIDE;
        let mark = [Some(stride), stride.checked_sub(1)]
            .into_iter()
            .flatten()
            .filter_map(|index| self.marks.get(index))
            .find(|mark| mark.byte <= byte);
        match mark {
            None => byte,
            Some(mark) => {
                let between = self.text.get(mark.byte..byte).unwrap_or("");
                mark.encoded
                    + between
                        .chars()
                        .map(|character| self.encoding.units(character))
                        .sum::<usize>()
            }
        }
    }

    /// The byte at an offset in the caller's unit; `None` past the text's end or within a character.
    pub fn to_byte(&self, encoded: usize) -> Option<usize> {
        let after = self.marks.partition_point(|mark| mark.encoded <= encoded);
        let Some(mark) = after.checked_sub(1).and_then(|index| self.marks.get(index)) else {
            return self.text.is_char_boundary(encoded).then_some(encoded);
        };
        let mut at = *mark;
        for character in self.text.get(mark.byte..)?.chars() {
            if at.encoded >= encoded {
                break;
            }
            at.byte += character.len_utf8();
            at.encoded += self.encoding.units(character);
        }
        (at.encoded == encoded).then_some(at.byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_the_callers_unit() {
        let text = "a😀é—b";
        for (encoding, offsets) in [
            (OffsetEncoding::Utf8, [0, 1, 5, 7, 10, 11]),
            (OffsetEncoding::Utf16, [0, 1, 3, 4, 5, 6]),
            (OffsetEncoding::CodePoint, [0, 1, 2, 3, 4, 5]),
        ] {
            let map = OffsetMap::new(text, encoding);
            for (byte, encoded) in [0, 1, 5, 7, 10, 11].into_iter().zip(offsets) {
                assert_eq!(map.to_encoded(byte), encoded);
                assert_eq!(map.to_byte(encoded), Some(byte));
            }
            assert_eq!(map.to_byte(offsets[5] + 1), None);
            assert_eq!(map.to_byte(usize::MAX), None);
        }
    }

    #[test]
    fn refuses_the_middle_of_a_character() {
        assert_eq!(
            OffsetMap::new("a😀", OffsetEncoding::Utf16).to_byte(2),
            None
        );
        assert_eq!(OffsetMap::new("a😀", OffsetEncoding::Utf8).to_byte(3), None);
        assert_eq!(OffsetMap::new("a😀", OffsetEncoding::Utf8).to_encoded(3), 1);
        assert_eq!(
            OffsetMap::new("a", OffsetEncoding::CodePoint).to_encoded(9),
            1
        );
    }
}
