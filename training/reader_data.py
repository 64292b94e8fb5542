"""Training and evaluation examples of the reader: entity tags and target sentiment.

Sources (folders of the data directory): conll2003, worldwide_newswire_ner, ner_small_sets (WikiGold), gmb_ner, newsmtsc,
sentfin, dse_political_news.
"""

import csv
import io
import json
import os
import random
import re
import zipfile
from dataclasses import dataclass, field

import numpy as np

from text import MAX_PIECES, Pieces, Splitter, key


def bio(types: list[str]) -> list[str]:
    return ["O"] + [f"{p}-{t}" for t in types for p in ("B", "I")]


WORLD_TAGS = bio(
    ["Location", "Person", "Organization", "NORP", "Date", "Misc", "Money", "Facility", "Product"]
)
CONLL_TAGS = bio(["PER", "ORG", "LOC", "MISC"])
SENTIMENT = ["negative", "neutral", "positive"]


@dataclass
class Example:
    """One sentence: its pieces, and either tags per piece (-100 where none) or mentions."""

    pieces: Pieces
    tags: list[int] | None = None
    # (weights over the pieces that sum to 1, class or the three classes' probabilities, loss weight)
    mentions: list[tuple[list[float], int | list[float], float]] = field(default_factory=list)
    gold: list[str] | None = None  # BIO tag of every pre-token, for evaluation
    # A labeller's tags: the row that each piece stands for (-1 for none), {head: probabilities [rows, tags]}
    soft: tuple[np.ndarray, dict[str, np.ndarray]] | None = None


def to_bio(tags: list[str]) -> list[str]:
    """IOB1 (B- only between touching entities of one type) or BIO to BIO."""
    out, last = [], "O"
    for tag in tags:
        begins = tag != "O" and (tag[0] == "B" or last == "O" or last[2:] != tag[2:])
        out.append("B-" + tag[2:] if begins else tag)
        last = tag
    return out


def read_columns(path: str, separator: str) -> list[tuple[list[str], list[str]]]:
    """Sentences (words, BIO tags) of a file with one word a line and blank lines between sentences."""
    sentences, words, tags = [], [], []
    with open(path, encoding="utf-8") as f:
        for line in [*f, ""]:
            parts = line.rstrip("\n").split(separator) if line.strip() else []
            if parts and parts[0] != "-DOCSTART-":
                words.append(parts[0])
                tags.append(parts[-1] if re.fullmatch("[BI]-[A-Za-z]+", parts[-1]) else "O")
            elif words:
                if not (len(words) == 1 and words[0].startswith("http")):  # source line of an article
                    sentences.append((words, to_bio(tags)))
                words, tags = [], []
    return sentences


def conll(data: str, part: str):
    """part: train, dev or test."""
    name = {"train": "eng.train", "dev": "eng.testa", "test": "eng.testb"}[part]
    return read_columns(os.path.join(data, "conll2003", name), " ")


def worldwide(data: str, part: str):
    """Articles sorted by file name; number i is test if i % 10 == 0, dev if 1, else train.

    Sentences of the training articles that test or dev hold too are left out of them."""
    folder = os.path.join(data, "worldwide_newswire_ner", "processed_annotated")
    parts = {"train": [], "dev": [], "test": []}
    for i, name in enumerate(sorted(os.listdir(folder))):
        mine = {0: "test", 1: "dev"}.get(i % 10, "train")
        parts[mine] += read_columns(os.path.join(folder, name), "\t")
    if part != "train":
        return parts[part]
    held = {key(" ".join(words)) for words, _ in parts["dev"] + parts["test"]}
    return [s for s in parts["train"] if key(" ".join(s[0])) not in held]


def wikigold(data: str):
    """Wikipedia's sentences, with CoNLL-2003's types."""
    return read_columns(os.path.join(data, "ner_small_sets", "wikigold", "CONLL-format", "data", "wikigold.conll.txt"), " ")


def gmb_rows(data: str):
    """Sentences (words, tags) of the Groningen Meaning Bank, mostly Voice of America; its tags are a tagger's, corrected in parts."""
    words, tags = [], []
    with zipfile.ZipFile(os.path.join(data, "gmb_ner", "ner_dataset.csv.zip")) as archive:
        [name] = archive.namelist()
        for row in csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="latin-1", newline="")):
            if row["Sentence #"] and words:
                yield words, tags
                words, tags = [], []
            words.append(row["Word"])
            tags.append(row["Tag"])
    yield words, tags


def gmb(data: str, seed: int, count: int = 12000):
    """So many of its sentences at random, with CoNLL-2003's types: peoples and citizens are MISC, dates nothing."""
    types = {"per": "PER", "org": "ORG", "geo": "LOC", "gpe": "MISC", "art": "MISC", "eve": "MISC", "nat": "MISC"}
    rows = [(words, tags) for words, tags in gmb_rows(data) if 5 <= len(words) <= 60]
    sentences = []
    for words, tags in random.Random(seed).sample(rows, count):
        known = [types.get(tag[2:]) for tag in tags]
        sentences.append((words, to_bio([f"{tag[0]}-{kind}" if kind else "O" for tag, kind in zip(tags, known)])))
    return sentences


def tagged(splitter: Splitter, sentences, names: list[str]) -> list[Example]:
    """Words joined by single spaces; a word's tag goes to its first pre-token, I- to its others."""
    index = {name: i for i, name in enumerate(names)}
    out = []
    texts = [" ".join(words) for words, _ in sentences]
    for (words, tags), pieces in zip(sentences, splitter.many(texts)):
        owner = [i for i, word in enumerate(words) for _ in range(len(word) + 1)]  # per character
        gold, last = [], -1
        for start, _ in pieces.word_spans:
            word = owner[start]
            tag = tags[word]
            gold.append("I-" + tag[2:] if tag != "O" and word == last else tag)
            last = word
        labels = [
            index[gold[w]] if first else -100
            for w, first in zip(pieces.words, pieces.first_of_word())
        ]
        out.append(Example(pieces.cut(MAX_PIECES), tags=labels[:MAX_PIECES], gold=gold))
    return out


def span_weights(pieces: Pieces, start: int, end: int) -> list[float] | None:
    """Equal weights on the pieces that overlap the characters start..end; None if there are none."""
    inside = [float(s < end and e > start) for s, e in pieces.spans]
    total = sum(inside)
    return [x / total for x in inside] if total else None


def newsmtsc_rows(data: str, part: str) -> list[dict]:
    """part: train, rw-dev, mt-dev, rw-test, mt-test. Seven of train's sentences that the others hold too are left out."""

    def rows(part):
        with open(os.path.join(data, "newsmtsc", part + ".jsonl"), encoding="utf-8") as f:
            return [json.loads(line) for line in f]

    if part != "train":
        return rows(part)
    others = ("rw-dev", "mt-dev", "rw-test", "mt-test")
    held = {key(row["sentence_normalized"]) for other in others for row in rows(other)}
    return [row for row in rows(part) if key(row["sentence_normalized"]) not in held]


def newsmtsc(splitter: Splitter, data: str, part: str, coreferent: float = 0.0) -> list[Example]:
    """part: as of `newsmtsc_rows`. `coreferent` is the loss weight of further mentions."""
    rows = newsmtsc_rows(data, part)
    out = []
    for row, pieces in zip(rows, splitter.many([r["sentence_normalized"] for r in rows])):
        example = Example(pieces.cut(MAX_PIECES))
        for target in row["targets"]:
            label = {2: 0, 4: 1, 6: 2}[int(target["polarity"])]
            places = [(target, 1.0)]
            if coreferent:
                places += [(m, coreferent) for m in target.get("further_mentions") or []]
            for place, weight in places:
                weights = span_weights(example.pieces, place["from"], place["to"])
                if weights is None and weight == 1.0:
                    weights = [0.0] * len(example.pieces.ids)  # cut off: [CLS] alone decides
                if weights is not None:
                    example.mentions.append((weights, label, weight))
        out.append(example)
    return out


def sentfin(splitter: Splitter, data: str) -> list[Example]:
    """Finance headlines; the entities' places are found by string search."""
    with open(os.path.join(data, "sentfin", "SEntFiN.csv"), encoding="utf-8", newline="") as f:
        entry = re.compile(r"""['"]([^:]+?)['"]: ['"](negative|neutral|positive)['"]""")
        rows = [(r["Title"], dict(entry.findall(r["Decisions"]))) for r in csv.DictReader(f)]
    out = []
    for (title, decisions), pieces in zip(rows, splitter.many([t for t, _ in rows])):
        example = Example(pieces.cut(MAX_PIECES))
        for entity, label in decisions.items():
            start = title.lower().find(entity.lower())
            if start >= 0:
                weights = span_weights(example.pieces, start, start + len(entity))
                if weights is not None:
                    example.mentions.append((weights, SENTIMENT.index(label), 1.0))
        if example.mentions:
            out.append(example)
    return out


def joined(examples: list[Example], seed: int) -> list[Example]:
    """Random pairs of sentences read as one; every mention keeps its class.

    Two targets of different sentiment in one input are rare in the data; this makes them common, so that
    the classifier learns to look at what is said around the mention and not at the whole input."""
    order = list(range(len(examples)))
    random.Random(seed).shuffle(order)
    out = []
    for i, j in zip(order[::2], order[1::2]):
        a, b = examples[i], examples[j]
        n, m = len(a.pieces.ids), len(b.pieces.ids)
        if n + m > MAX_PIECES:
            out += [a, b]
            continue
        words = a.pieces.words + [w + len(a.pieces.word_spans) for w in b.pieces.words]
        spans = a.pieces.word_spans + b.pieces.word_spans
        pieces = Pieces(
            a.pieces.ids + b.pieces.ids, a.pieces.spans + b.pieces.spans, words, a.pieces.cases + b.pieces.cases, spans
        )
        mentions = [(w + [0.0] * m, *rest) for w, *rest in a.mentions]
        mentions += [([0.0] * n + w, *rest) for w, *rest in b.mentions]
        out.append(Example(pieces, mentions=mentions))
    return out


def dse_rows(data: str, part: str) -> list[tuple[str, tuple[int, int], tuple[int, int], int]]:
    """part: train, valid -> (sentence, span of p, span of q, label) of political sentences with "[p]" and "[q]" marked;
    train's sentences that valid holds too are left out.

    1 p likes q, 2 q likes p, 3 p dislikes q, 4 q dislikes p, 0 nothing between them. The file's marks end a character early
    in places ("[Los Angele]s"): spans go on to the word's end."""
    held = {text for text, *_ in dse_rows(data, "valid")} if part == "train" else set()
    rows = []
    with open(os.path.join(data, "dse_political_news", part + ".txt"), encoding="utf-8") as f:
        for line in f:
            marked, _, _, label = line.rstrip("\n").split("\t")
            parts = re.split(r"[\[\]]", marked)
            if len(parts) == 5 and parts[1] and parts[3]:
                text = "".join(parts)
                p, q = len(parts[0]), sum(map(len, parts[:3]))
                ends = [word_end(text, p + len(parts[1])), word_end(text, q + len(parts[3]))]
                rows.append((text, (p, ends[0]), (q, ends[1]), int(label)))
    return [row for row in rows if row[0] not in held]


def word_end(text: str, at: int) -> int:
    """The end of the word that goes on at `at`; `at` itself where none does."""
    while at < len(text) and text[at].isalnum():
        at += 1
    return at


def dse(splitter: Splitter, data: str, seed: int, neutral: float = 0.33) -> list[Example]:
    """The train rows of `dse_rows`: the class is that of the one liked or disliked; where there is nothing between them, both
    are neutral, and only a share `neutral` of these rows is used."""
    rng = random.Random(seed)
    rows = [row for row in dse_rows(data, "train") if row[3] or rng.random() < neutral]
    out = []
    for (_, p, q, label), pieces in zip(rows, splitter.many([text for text, *_ in rows])):
        example = Example(pieces.cut(MAX_PIECES))
        classes = {0: {p: 1, q: 1}, 1: {q: 2}, 2: {p: 2}, 3: {q: 0}, 4: {p: 0}}[label]
        for span, c in classes.items():
            weights = span_weights(example.pieces, *span)
            if weights is not None:
                example.mentions.append((weights, c, 0.5 if label == 0 else 1.0))
        if example.mentions:
            out.append(example)
    return out
