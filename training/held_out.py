"""What no training file may hold: python held_out.py --data DIR FILE.pt ...

The test sentences of NewsMTSC (and its dev ones), the test and dev sentences of Worldwide Newswire, CoNLL-2003's test,
FNC-1's test bodies and VAST's test posts. Texts are compared by their letters and digits alone; a text is also held out
when it is a part of a held-out body.
"""

import argparse
import csv
import os
import re
import sys

import torch

import reader_data as rd
from text import key


class HeldOut:
    def __init__(self, data: str):
        csv.field_size_limit(sys.maxsize)
        self.sentences: set[str] = set()
        for part in ("rw-dev", "mt-dev", "rw-test", "mt-test"):
            self.sentences |= {key(row["sentence_normalized"]) for row in rd.newsmtsc_rows(data, part)}
        for read, parts in ((rd.worldwide, ("dev", "test")), (rd.conll, ("dev", "test"))):
            for part in parts:
                self.sentences |= {key(" ".join(words)) for words, _ in read(data, part)}
        bodies = []
        with open(os.path.join(data, "fnc1", "competition_test_bodies.csv"), encoding="utf-8", newline="") as f:
            bodies += [r["articleBody"] for r in csv.DictReader(f)]
        with open(os.path.join(data, "vast", "vast_test.csv"), encoding="utf-8", newline="") as f:
            bodies += [r["Tweet"] for r in csv.DictReader(f)]
        self.bodies = {key(body) for body in bodies}
        # Each body's runs of words, so that one look-up finds a sentence taken from it.
        self.runs = {run for body in bodies for run in runs(body)}

    def has(self, text: str) -> bool:
        return key(text) in self.sentences or key(text) in self.bodies or any(r in self.runs for r in runs(text))


def runs(text: str, n: int = 12):
    """All runs of n words."""
    words = re.findall(r"\w+", text.lower())
    return (hash(tuple(words[i : i + n])) for i in range(len(words) - n + 1))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("files", nargs="*", help="files of label.py")
    a = p.parse_args()
    held, bad = HeldOut(a.data), 0
    for path in a.files:
        rows = torch.load(path, weights_only=False)
        found = [r["text"] for r in rows if held.has(r["text"])]
        bad += len(found)
        print(f"{path}: {len(rows)} texts, {len(found)} of them held out")
    for name, texts in train_texts(a.data).items():
        found = [t for t in texts if held.has(t)]
        print(f"{name}: {len(texts)} texts, {len(found)} of them held out")
    if bad:
        raise SystemExit(1)


def train_texts(data: str) -> dict[str, list[str]]:
    """The labelled training texts that could share sentences with what is held out."""
    return {
        "newsmtsc train": [row["sentence_normalized"] for row in rd.newsmtsc_rows(data, "train")],
        "worldwide train": [" ".join(words) for words, _ in rd.worldwide(data, "train")],
        "conll train": [" ".join(words) for words, _ in rd.conll(data, "train")],
        "wikigold": [" ".join(words) for words, _ in rd.wikigold(data)],
        "gmb": [" ".join(words) for words, _ in rd.gmb_rows(data)],
    }


if __name__ == "__main__":
    main()
