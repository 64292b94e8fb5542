"""What exported models must answer to one sentence and one pair: the manifest's self-test.

python self_test.py --models DIR     writes it, and the tokenizer's options, into DIR/manifest.json

The service asks the same of the models when it loads them, so that a runtime that computes something else is found out
before any article is read.
"""

import argparse
import json
import os

import numpy as np

from base import Base, find
from judge_data import MAX_TARGET, pairs
from reader_data import span_weights
from runtime import Runtime
from text import MAX_PIECES, Splitter

FORMAT = 1
TEXT = "Critics in São Paulo say Mayor Maria Lopez betrayed voters, but NATO praised her."
MENTION = "Maria Lopez"
ANAPHOR = "her"
HOLDER = "NATO"
WORDS = (0, 2, 6, 12)
TARGET, PASSAGE = "nuclear power", "Reactors are safe and clean, and we should build many more of them."
# Runtimes round int8 activations differently: by up to 0.1 and 0.003 here. A graph that is computed wrongly is off by far more.
TOLERANCE = {"logits": 0.5, "probabilities": 0.05}


def tokenizer(base: Base) -> dict:
    """How texts are cut for a base's models."""
    return {
        "lowercase": base.lowercase,
        "strip_accents": base.lowercase,
        "max_pieces": MAX_PIECES,
        "max_target_pieces": MAX_TARGET,
    }


def rounded(values) -> list[float]:
    return [round(float(v), 4) for v in values]


def place(start: int, end: int) -> list[int]:
    """Bytes of characters."""
    return [len(TEXT[:start].encode()), len(TEXT[:end].encode())]


def softmax(logits: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max())
    return e / e.sum()


def self_test(models: str, splitter: Splitter) -> dict:
    """By the files of a folder under ONNX Runtime; probabilities are those before calibration."""
    runtime = Runtime(models, splitter)
    pieces = splitter(TEXT)
    states, world, conll = runtime.read(pieces)
    rows = [pieces.words.index(word) + 1 for word in WORDS]
    firsts = [i + 1 for i, first in enumerate(pieces.first_of_word()) if first]
    start = TEXT.index(MENTION)
    end = start + len(MENTION)
    at = TEXT.index(HOLDER)
    holder = (at, at + len(HOLDER))
    at = TEXT.rindex(ANAPHOR)
    anaphor = (at, at + len(ANAPHOR))
    [pair] = pairs(splitter, [(TARGET, PASSAGE, 0, False)])
    return {
        "text": TEXT,
        "pieces": list(pieces.ids),
        "words": [
            {"word": word, "tags_world": rounded(world[row]), "tags_conll": rounded(conll[row])}
            for word, row in zip(WORDS, rows)
        ],
        "mention": place(start, end),
        "sentiment": rounded(softmax(runtime.sentiment(states, span_weights(pieces, start, end)))),
        "voiced": rounded(softmax(runtime.voiced(states, span_weights(pieces, start, end)))),
        "directed": {
            "holder": place(*holder),
            "target": place(start, end),
            "probabilities": rounded(softmax(runtime.directed(states, span_weights(pieces, *holder), span_weights(pieces, start, end)))),
        },
        "phrases": [
            {"word": word, "scores": rounded(scores)}
            for word, scores in zip(WORDS, runtime.phrases(states[firsts])[list(WORDS)])
        ],
        "link": {
            "anaphor": place(*anaphor),
            "antecedent": place(start, end),
            "score": round(runtime.link(states, span_weights(pieces, *anaphor), span_weights(pieces, start, end)), 4),
        },
        "salience": round(runtime.salience(states), 4),
        "target": TARGET,
        "passage": PASSAGE,
        "stance": rounded(softmax(runtime.stance(pair))),
        "tolerance": TOLERANCE,
    }


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--models", required=True)
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    a = p.parse_args()
    base = find(a.base)
    path = os.path.join(a.models, "manifest.json")
    with open(path, encoding="utf-8") as f:
        manifest = json.load(f)
    manifest = {"format": FORMAT} | manifest | {
        "tokenizer": tokenizer(base),
        "self_test": self_test(a.models, Splitter(base)),
    }
    with open(path, "w", encoding="utf-8") as f:
        json.dump(manifest, f, indent=2, ensure_ascii=False)
        f.write("\n")


if __name__ == "__main__":
    main()
