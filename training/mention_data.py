"""GUM's and GAP's texts as the service reads them (`examples/coreference_data.rs`), beside their annotation."""

import argparse
import csv
import json
import os
import re
from dataclasses import dataclass, field

import numpy as np
import torch

from articles import FOLDER
from install import hidden_of

HELD_OUT = {"GUM_interview_hill", "GUM_interview_libertarian", "GUM_news_nasa", "GUM_news_sensitive"}
DEV = {"GUM_interview_cyclone", "GUM_interview_gaming", "GUM_news_homeopathic", "GUM_news_iodine"}


@dataclass
class Token:
    """A token of GUM, with its bytes in the text; `parent` is an index into the sentence, -1 for the root."""

    span: tuple[int, int]
    pos: str
    parent: int
    relation: str
    entity: str


@dataclass
class Text:
    name: str
    text: bytes
    words: list
    mentions: list
    entities: list
    forms: list
    anaphors: list
    pairs: np.ndarray
    states: np.ndarray | None = None  # [words,3H]
    seen: np.ndarray | None = None  # [mentions,2H]
    features: np.ndarray | None = None  # [pairs,F]
    sentences: list = field(default_factory=list)


def options(epochs: int) -> argparse.Namespace:
    """The command line of a training on these texts, with the models' hidden size; seeds torch."""
    p = argparse.ArgumentParser()
    p.add_argument("--texts", required=True, help="what coreference_data wrote")
    p.add_argument("--data", required=True)
    p.add_argument("--models", required=True)
    p.add_argument("--articles", default=FOLDER, help="the repository's own, annotated")
    p.add_argument("--epochs", type=int, default=epochs)
    torch.manual_seed(1)
    torch.set_num_threads(1)
    a = p.parse_args()
    with open(os.path.join(a.models, "manifest.json"), encoding="utf-8") as f:
        a.hidden = hidden_of(json.load(f))
    return a


def texts(folder: str, hidden: int, features: int, words: bool = False) -> list[Text]:
    """What `coreference_data` wrote; with `words` GUM's texts alone and their words' states."""

    def array(name: str, width: int):
        data = np.memmap(os.path.join(folder, name), "<f4", "r").reshape(-1, width)
        at = 0

        def take(n: int):
            nonlocal at
            at += n
            return data[at - n : at]

        return take

    word, mention, pair = array("words.f32", 3 * hidden), array("mentions.f32", 2 * hidden), array("features.f32", features)
    out = []
    with open(os.path.join(folder, "documents.jsonl"), encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            row["text"] = row["text"].encode()
            row["pairs"] = np.array(row["pairs"], np.int64).reshape(-1, 2)
            t = Text(**row)
            assert t.name not in HELD_OUT, t.name
            t.states = word(len(t.words))
            t.seen, t.features = mention(len(t.mentions)), pair(len(t.pairs))
            if not words or t.words:
                out.append(t)
    return out


def tokens(path: str, text: bytes) -> list[list[Token]]:
    """The sentences of a CoNLL-U file, found in its text one after another."""
    sentences, at, span, covered = [], 0, (0, 0), 0
    with open(path, encoding="utf-8") as f:
        blocks = f.read().split("\n\n")
    for block in blocks:
        rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
        rows = [r for r in rows if "." not in r[0]]
        sentence, covered = [], 0
        for r in rows:
            first, _, last = r[0].partition("-")
            if int(last or first) > covered:
                covered = int(last or first)
                form = r[1].encode()
                start = text.index(form, at)
                span = (start, start + len(form))
                at = span[1]
            if not last:
                entity = re.search(r"(?:^|\|)Entity=([^|]*)", r[9])
                sentence.append(Token(span, r[3], int(r[6]) - 1, r[7], entity.group(1) if entity else ""))
        if sentence:
            sentences.append(sentence)
    return sentences


def mentions(sentences: list[list[Token]]) -> list[tuple[tuple[int, int], tuple[int, int], int, str]]:
    """(span, span of the head, entity, what the opening bracket says of it) of each mention."""
    out = []
    for sentence in sentences:
        waiting = []
        for i, token in enumerate(sentence):
            for opens, entity, about, closes in re.findall(r"(\()?(\d+)((?:-[^()]*)?)(\))?", token.entity):
                if opens:
                    waiting.append((int(entity), i, about))
                if closes:
                    k = max((k for k, w in enumerate(waiting) if w[0] == int(entity)), default=None)
                    if k is not None:
                        _, first, about = waiting.pop(k)
                        head = next((j for j in range(first, i + 1) if not first <= sentence[j].parent <= i), i)
                        out.append(((sentence[first].span[0], token.span[1]), sentence[head].span, int(entity), about))
    return out


def gap_rows(data: str) -> dict[str, dict]:
    """The rows that may be learnt from, by their names, with offsets in bytes."""
    rows = {}
    for part in ("development", "validation"):
        with open(os.path.join(data, "gap_coref", f"gap-{part}.tsv"), encoding="utf-8", newline="") as f:
            for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
                for name in ("Pronoun", "A", "B"):
                    start = len(r["Text"][: int(r[name + "-offset"])].encode())
                    r[name + "-span"] = (start, start + len(r[name].encode()))
                rows[r["ID"]] = r
    return rows
