"""Sentences of news without labels, which the large encoder labels and the small one learns from.

Sources (folders of the data directory): us_news_articles and gmb_ner (text only), worldwide_newswire_ner (train).
Sentences that a test or dev part of NewsMTSC or Worldwide Newswire holds are left out, and so are FNC-1's test bodies
and VAST's test posts: `held_out.py` shows it of every training file.
"""

import json
import os
import random
import re

import numpy as np
import torch

from held_out import HeldOut
from reader_data import Example, gmb_rows, newsmtsc_rows, worldwide
from text import MAX_PIECES, Splitter

# A sentence ends at a full stop or the like before a space and a capital, unless an abbreviation stands before it.
END = re.compile(r"(?<![A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)[.?!][\"”’']?\s+(?=[\"“‘'A-Z0-9])")


def sentences_of(article: str) -> list[str]:
    out = []
    for paragraph in article.splitlines():
        start = 0
        for end in [m.end() for m in END.finditer(paragraph)] + [len(paragraph)]:
            sentence = " ".join(paragraph[start:end].split())
            start = end
            if 30 <= len(sentence) <= 400:
                out.append(sentence)
    return out


def us_news(data: str) -> list[str]:
    with open(os.path.join(data, "us_news_articles", "articles-3000.jsonl"), encoding="utf-8") as f:
        return [s for line in f for s in sentences_of(json.loads(line)["content"])]


def gmb(data: str) -> list[str]:
    """Sentences of the Groningen Meaning Bank, words joined by spaces."""
    sentences = (" ".join(words) for words, _ in gmb_rows(data))
    return [s for s in sentences if 30 <= len(s) <= 400]


def unlabelled(data: str, seed: int, counts: dict[str, int]) -> list[str]:
    """So many sentences of each source at random: us (us_news_articles), voa (gmb_ner), and the training parts world
    (Worldwide Newswire) and newsmtsc."""
    rng, held = random.Random(seed), HeldOut(data)
    sources = {
        "us": lambda: us_news(data),
        "voa": lambda: gmb(data),
        "world": lambda: [" ".join(words) for words, _ in worldwide(data, "train")],
        "newsmtsc": lambda: [row["sentence_normalized"] for row in newsmtsc_rows(data, "train")],
    }
    out = []
    for name, count in counts.items():
        source = sorted(set(sources[name]()))
        rng.shuffle(source)
        out += source[:count]
    out = [s for s in dict.fromkeys(out) if len(s) >= 20 and not held.has(s)]
    rng.shuffle(out)
    return out


def silver(splitter: Splitter, paths: list[str], seed: int, neutral: float = 0.3) -> list[Example]:
    """Examples from files of `label.py`; a word's distribution goes to its first piece.

    Of the sentences that are labelled for their sentiment alone, a share `neutral` is used where all is neutral."""
    rng, by_text = random.Random(seed), {}
    for path in paths:
        for row in torch.load(path, weights_only=False):
            by_text.setdefault(row["text"], {}).update(row)
    rows = [r for r in by_text.values() if "tags" in r or any(p[1] < 0.65 for *_, p in r["mentions"]) or rng.random() < neutral]
    out = []
    for row, pieces in zip(rows, splitter.many([r["text"] for r in rows])):
        example = Example(pieces.cut(MAX_PIECES))
        if "tags" in row:
            at = {start: i for i, (start, _) in enumerate(row["spans"])}
            pick = [
                at.get(pieces.word_spans[w][0], -1) if first else -1
                for w, first in zip(pieces.words, pieces.first_of_word())
            ][:MAX_PIECES]
            example.soft = (np.array(pick), row["tags"])
        for start, end, probabilities in row.get("mentions", []):
            inside = [float(s < end and e > start) for s, e in example.pieces.spans]
            if total := sum(inside):
                example.mentions.append(([x / total for x in inside], probabilities, 1.0))
        if example.soft or example.mentions:
            out.append(example)
    return out
