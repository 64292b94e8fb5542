"""Teach the salience head what each sentence of an article is worth for a summary.

python salience.py --texts DIR --models DIR --version VERSION     puts the head there
python salience.py --texts DIR --scores FILE                      what heads say of articles that they did not learn from

From CNN's highlights: a sentence's value is how good a summary it makes beside others (`salience_data`). Ridge regression to the
values as they stand among those of their article: a linear head, since only the order within an article counts.
`salience_scores` makes summaries by FILE.
"""

import argparse
import json
import os

import numpy as np
import torch

from install import SEEN, install

FOLDS = 5
STATES, FEATURES = 1000.0, 10.0  # penalties of the weights of what the reader saw, and of the features


def articles(folder: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """What `salience_data` wrote: of each article its sentences [n,2H+F], and their values [n], mean 0 and deviation 1."""
    with open(os.path.join(folder, "documents.jsonl"), encoding="utf-8") as f:
        values = [np.array(json.loads(line)["values"]) for line in f]
    ends = np.cumsum([len(v) for v in values])
    rows = np.fromfile(os.path.join(folder, "sentences.f32"), "<f4").reshape(ends[-1], -1)
    return [(own, (v - v.mean()) / (v.std() + 1e-6)) for own, v in zip(np.split(rows, ends[:-1]), values)]


def teach(texts: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The weights [2H+F] of the rows as they come."""
    deviation = np.concatenate([own for own, _ in texts]).std(0) + 1e-3
    penalty = np.full(len(deviation), STATES)
    penalty[-SEEN:] = FEATURES
    square, product = np.diag(penalty), np.zeros(len(deviation))
    for own, values in texts:
        own = (own - own.mean(0)) / deviation
        square += own.T @ own
        product += own.T @ values
    return np.linalg.solve(square, product) / deviation


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--texts", required=True, help="what salience_data wrote")
    p.add_argument("--models")
    p.add_argument("--version", help="of the head")
    p.add_argument("--scores")
    a = p.parse_args()
    texts = articles(a.texts)
    if a.scores:
        scores = [np.empty(0)] * len(texts)
        for fold in range(FOLDS):
            weights = teach([t for i, t in enumerate(texts) if i % FOLDS != fold])
            for i in range(fold, len(texts), FOLDS):
                scores[i] = texts[i][0] @ weights
        np.concatenate(scores).astype("<f4").tofile(a.scores)
    if a.models:
        weights = teach(texts)
        mean = np.concatenate([own for own, _ in texts]).mean(0)
        head = {"salience.weight": weights[None], "salience.bias": -(mean @ weights)[None]}
        install(a.models, "salience", {k: torch.tensor(v) for k, v in head.items()}, a.version)


if __name__ == "__main__":
    main()
