"""The repository's own annotated articles; the format is that of `tests/golden/README.md`."""

import glob
import os
import re
from dataclasses import dataclass

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "articles")
PLACE = r'"((?:[^"\\]|\\.)*)"(?:@(\d+))?'


@dataclass
class Article:
    """Places are characters of the text."""

    text: str
    mentions: list[tuple[int, int, str]]  # start, end, entity
    quotes: list[tuple[int, int, str, str]]  # start, end, kind, speaker
    sentiments: dict[tuple[str, str], str]  # by entity and voice


def articles(folder: str = FOLDER) -> dict[str, Article]:
    """By their names."""
    out = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.gold"))):
        with open(path[: -len("gold")] + "txt", encoding="utf-8", newline="") as f:
            text = f.read()
        with open(path, encoding="utf-8") as f:
            gold = f.read()

        def rows(pattern: str) -> list:
            return re.findall(pattern, gold, re.MULTILINE)

        out[os.path.splitext(os.path.basename(path))[0]] = Article(
            text,
            [(*place(text, words, n), own) for own, words, n in rows(r"^mention (\S+) \S+ " + PLACE)],
            [
                (place(text, first, n)[0], place(text, last, m)[1], kind, speaker)
                for kind, first, n, last, m, speaker in rows(rf"^quote \S+ (\S+) {PLACE} \.\. {PLACE} speaker (\S+)")
            ],
            {(own, voice): label for own, voice, label in rows(r"^sentiment (\S+) (\S+) (\S+)")},
        )
    return out


def place(text: str, words: str, n: str) -> tuple[int, int]:
    """The n-th place at which the words stand, not overlapping."""
    words, end = re.sub(r"\\(.)", r"\1", words), 0
    for _ in range(int(n or 1)):
        start = text.index(words, end)
        end = start + len(words)
    return start, end
