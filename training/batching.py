"""Batches of similar length, as tensors, and the order in which several data sets take turns."""

import random

import numpy as np
import torch


def buckets(lengths: list[int], size: int, rng: random.Random, most: int | None = None) -> list[list[int]]:
    """Indices in batches of `size` of like length; shuffled anew by `rng`.

    Batches of more than `most` pieces are split, since memory grows with them."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    out = []
    block = size * 50
    for i in range(0, len(order), block):
        part = sorted(order[i : i + block], key=lambda j: lengths[j])
        for j in range(0, len(part), size):
            batch = part[j : j + size]
            step = max(1, min(size, most // width_of([lengths[k] for k in batch]))) if most else size
            out += [batch[k : k + step] for k in range(0, len(batch), step)]
    rng.shuffle(out)
    return out


def interleave(queues: dict[str, list]) -> list[tuple[str, list[int]]]:
    """Merge the batches of several data sets so that each is spread evenly over the whole."""
    marked = [
        ((i + 0.5) / len(batches), name, batch)
        for name, batches in queues.items()
        for i, batch in enumerate(batches)
    ]
    return [(name, batch) for _, name, batch in sorted(marked, key=lambda m: m[0])]


def grid(rows: list[list], fill, width: int, dtype=torch.long) -> torch.Tensor:
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows], dtype=dtype)


def width_of(lengths: list[int]) -> int:
    """Longest length, rounded up to a multiple of 16: few shapes."""
    return (max(lengths) + 15) // 16 * 16


def reader_batch(examples, splitter) -> dict[str, torch.Tensor]:
    """ids, cases, mask, pieces (mask without special ones) [B,T]; tags [B,T] if tagged; rows [M], spans [M,T], classes [M] (or [M,3]), weights [M].

    With a labeller's tags also `soft` {head: [N,tags]} and `soft_at` [N], places in the flattened [B*T]."""
    ids = [[splitter.cls, *e.pieces.ids, splitter.sep] for e in examples]
    width = width_of([len(i) for i in ids])
    out = {
        "ids": grid(ids, splitter.pad, width),
        "cases": grid([[0, *e.pieces.cases, 0] for e in examples], 0, width),
        "mask": grid([[1.0] * len(i) for i in ids], 0.0, width, torch.float),
        "pieces": grid([[0.0] + [1.0] * (len(i) - 2) for i in ids], 0.0, width, torch.float),
    }
    if examples[0].tags is not None:
        out["tags"] = grid([[-100, *e.tags] for e in examples], -100, width)
        return out
    if soft := [(row, *e.soft) for row, e in enumerate(examples) if e.soft]:
        out["soft_at"] = torch.tensor([row * width + 1 + i for row, at, _ in soft for i in np.flatnonzero(at >= 0)])
        out["soft"] = {
            head: torch.from_numpy(np.concatenate([tags[head][at[at >= 0]] for _, at, tags in soft])).float()
            for head in soft[0][2]
        }
    mentions = [(row, *m) for row, e in enumerate(examples) for m in e.mentions]
    out["rows"] = torch.tensor([m[0] for m in mentions])
    out["spans"] = grid([[0.0, *m[1]] for m in mentions], 0.0, width, torch.float)
    out["classes"] = torch.tensor([m[2] for m in mentions])
    out["weights"] = torch.tensor([m[3] for m in mentions])
    return out


def judge_batch(examples, splitter) -> dict[str, torch.Tensor]:
    """Pairs `[CLS] target [SEP] passage [SEP]`: ids, types, mask [B,T]; spans [B,T] over the target."""
    cls, sep = splitter.cls, splitter.sep
    ids = [[cls, *e.target, sep, *e.passage, sep] for e in examples]
    width = width_of([len(i) for i in ids])
    types = [[0] * (len(e.target) + 2) + [1] * (len(e.passage) + 1) for e in examples]
    spans = [[0.0] + [1.0 / len(e.target)] * len(e.target) for e in examples]
    return {
        "ids": grid(ids, splitter.pad, width),
        "types": grid(types, 0, width),
        "mask": grid([[1.0] * len(i) for i in ids], 0.0, width, torch.float),
        "spans": grid(spans, 0.0, width, torch.float),
        "classes": torch.tensor([e.label for e in examples]),
    }
