"""Last step of the reader: average weight sets and shift biases of the heads, by dev scores.

python finish_reader.py --data DIR --weights A.pt [B.pt ...] --out FILE.pt [--tags]

The mean of the weight sets (equal shares) is taken. Then two offsets, for negative and positive, are chosen from
a grid so that the mean of the macro-F1 on rw-dev and mt-dev, smoothed over neighbouring offsets, is best;
they are added to the bias of the final layer. With `--tags` offsets for O and for each type of tags_world are chosen
likewise, one after the other, by the entity F1 on dev. Only a share of all offsets is used, since dev sets are small.
"""

import argparse

import numpy as np
import torch

import reader_data as rd
from average import mean_of
from base import find
from batching import reader_batch
from metrics import best_tags, entity_f1, macro_f1
from text import Splitter
from train_reader import TAGS, load

GRID = np.arange(-8, 9) * 0.1
SHARE = 0.7


@torch.no_grad()
def logits_of(model, splitter, examples) -> tuple[np.ndarray, list[int]]:
    """logits [M,3] and gold classes of all mentions."""
    order = sorted(examples, key=lambda e: len(e.pieces.ids))
    logits, gold = [], []
    for i in range(0, len(order), 32):
        b = reader_batch(order[i : i + 32], splitter)
        states = model.encoder(b["ids"], b["cases"], b["mask"])
        logits.append(model.feel(states, b["rows"], b["spans"], b["pieces"]).numpy())
        gold += b["classes"].tolist()
    return np.concatenate(logits), gold


def best_offsets(parts) -> tuple[np.ndarray, float]:
    """Offsets [3] with the best smoothed mean score over `parts` (pairs of logits and gold)."""
    n = len(GRID)
    scores = np.zeros((n, n))
    for i, negative in enumerate(GRID):
        for j, positive in enumerate(GRID):
            shift = np.array([negative, 0, positive])
            scores[i, j] = np.mean([macro_f1(g, (x + shift).argmax(1).tolist()) for x, g in parts])
    smooth = np.full((n, n), -1.0)
    for i in range(2, n - 2):
        for j in range(2, n - 2):
            smooth[i, j] = scores[i - 2 : i + 3, j - 2 : j + 3].mean()
    i, j = np.unravel_index(smooth.argmax(), smooth.shape)
    return np.array([GRID[i], 0, GRID[j]], np.float32), smooth[i, j]


@torch.no_grad()
def tag_offsets(model, splitter, examples, names: list[str]) -> np.ndarray:
    """Offsets [tags] of the tags_world logits; one value for O, one for B- and I- of each type."""
    order = sorted(examples, key=lambda e: len(e.pieces.ids))
    rows = []
    for i in range(0, len(order), 32):
        part = order[i : i + 32]
        b = reader_batch(part, splitter)
        logits = model.tags["world"](model.encoder(b["ids"], b["cases"], b["mask"])).numpy()
        for example, row in zip(part, logits):
            rows.append(row[[j + 1 for j, first in enumerate(example.pieces.first_of_word()) if first]])

    def score(offsets):
        guess = []
        for example, row in zip(order, rows):
            tags = best_tags(row + offsets, names)
            guess.append(tags + ["O"] * (len(example.gold) - len(tags)))
        return entity_f1([e.gold for e in order], guess)

    offsets = np.zeros(len(names), np.float32)
    best = first = score(offsets)
    for kind in ["O", *(name[2:] for name in names if name[0] == "B")]:
        mine = np.array([name == kind or name[2:] == kind for name in names], np.float32)
        top, value = max((score(offsets + v * mine), v) for v in (-0.8, -0.4, 0.4, 0.8))
        if top > best + 0.03:
            best, offsets = top, offsets + value * mine
    print(f"world-dev {first:.2f}, with the offsets {best:.2f}, with their share {score(SHARE * offsets):.2f}")
    return SHARE * offsets


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--weights", required=True, nargs="+")
    p.add_argument("--out")
    p.add_argument("--tags", action="store_true")
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    a = p.parse_args()
    base = find(a.base)
    splitter = Splitter(base)
    weights = mean_of([(path, 1.0) for path in a.weights])
    model = load(base, weights)
    parts = [logits_of(model, splitter, rd.newsmtsc(splitter, a.data, n)) for n in ("rw-dev", "mt-dev")]
    plain = [macro_f1(g, x.argmax(1).tolist()) for x, g in parts]
    shift, smooth = best_offsets(parts)
    shift *= SHARE
    after = [macro_f1(g, (x + shift).argmax(1).tolist()) for x, g in parts]
    print("rw-dev, mt-dev", np.round(plain, 2), "offsets", shift, "after", np.round(after, 2), f"{smooth:.2f}")
    weights["sentiment.final.bias"] += torch.from_numpy(shift)
    if a.tags:
        world = rd.tagged(splitter, rd.worldwide(a.data, "dev"), TAGS["world"])
        weights["tags.world.bias"] += torch.from_numpy(tag_offsets(model, splitter, world, TAGS["world"]))
    if a.out:
        torch.save(weights, a.out)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
