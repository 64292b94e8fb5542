"""From text to model input: word pieces, their character spans, their pre-token and its case class.

The service does the same in Rust; `fixtures.py` writes examples that both sides can be compared on.
"""

import re
from dataclasses import dataclass

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from base import Base, minilm

CLS, SEP, PAD, UNK = "[CLS]", "[SEP]", "[PAD]", "[UNK]"
MAX_PIECES = 254  # of a sentence, without [CLS] and [SEP]


def key(text: str) -> str:
    """The letters and digits alone, to find a text again that is set otherwise."""
    return re.sub(r"[\W_]+", "", text).lower()


def case_class(word: str) -> int:
    """0 no upper-case letter; 1 Title (only the first character is upper-case); 2 UPPER (two letters or
    more, none lower-case); 3 anything else. `word` is the pre-token as it stands in the original text."""
    upper = sum(c.isupper() for c in word)
    if upper == 0:
        return 0
    if upper == 1 and word[0].isupper():
        return 1
    letters = sum(c.isalpha() for c in word)
    if letters >= 2 and not any(c.islower() for c in word):
        return 2
    return 3


@dataclass
class Pieces:
    """Word pieces of one text, without special tokens."""

    ids: list[int]
    spans: list[tuple[int, int]]  # character span of each piece in the text
    words: list[int]  # index of the pre-token of each piece
    cases: list[int]  # case class of the pre-token of each piece
    word_spans: list[tuple[int, int]]  # character span of each pre-token

    def first_of_word(self) -> list[bool]:
        return [i == 0 or self.words[i] != self.words[i - 1] for i in range(len(self.words))]

    def cut(self, n: int) -> "Pieces":
        return Pieces(self.ids[:n], self.spans[:n], self.words[:n], self.cases[:n], self.word_spans)


class Splitter:
    """BERT's basic tokenisation followed by WordPiece, by default that of the small encoder."""

    def __init__(self, base: Base | None = None):
        base = base or minilm()
        self.vocab = base.vocab()
        index = {piece: i for i, piece in enumerate(self.vocab)}
        self.tokenizer = Tokenizer(models.WordPiece(index, unk_token=UNK, max_input_chars_per_word=100))
        self.tokenizer.normalizer = normalizers.BertNormalizer(
            clean_text=True, handle_chinese_chars=True, strip_accents=base.lowercase, lowercase=base.lowercase
        )
        self.tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self.cls, self.sep, self.pad = index[CLS], index[SEP], index[PAD]

    def __call__(self, text: str) -> Pieces:
        return self.many([text])[0]

    def many(self, texts: list[str]) -> list[Pieces]:
        out = []
        for text, enc in zip(texts, self.tokenizer.encode_batch(texts, add_special_tokens=False)):
            word_spans: list[tuple[int, int]] = []
            for word, (start, end) in zip(enc.word_ids, enc.offsets):
                if word == len(word_spans):
                    word_spans.append((start, end))
                else:
                    word_spans[word] = (word_spans[word][0], end)
            classes = [case_class(text[s:e]) for s, e in word_spans]
            cases = [classes[w] for w in enc.word_ids]
            out.append(Pieces(enc.ids, enc.offsets, enc.word_ids, cases, word_spans))
        return out
