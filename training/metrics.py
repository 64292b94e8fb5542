"""Macro-F1 over classes, exact-match entity F1 over spans, and the decoding of tags."""

import numpy as np


def macro_f1(gold: list[int], guess: list[int], classes: int = 3) -> float:
    scores = []
    for c in range(classes):
        hit = sum(g == c and p == c for g, p in zip(gold, guess))
        total = sum(g == c for g in gold) + sum(p == c for p in guess)
        scores.append(2 * hit / total if total else 0.0)
    return 100 * sum(scores) / classes


def spans_of(tags: list[str]) -> set[tuple[int, int, str]]:
    """Entities of a BIO sequence as (first, last + 1, type). An I- without its B- opens an entity."""
    out, start, kind = set(), 0, None
    for i, tag in enumerate([*tags, "O"]):
        inside = tag.startswith("I-") and tag[2:] == kind
        if kind is not None and not inside:
            out.add((start, i, kind))
            kind = None
        if tag != "O" and not inside:
            start, kind = i, tag[2:]
    return out


def entity_f1(gold: list[list[str]], guess: list[list[str]]) -> float:
    """Micro F1 over exact spans with type, as conlleval counts it."""
    hit = total = 0
    for g, p in zip(gold, guess):
        g_spans, p_spans = spans_of(g), spans_of(p)
        hit += len(g_spans & p_spans)
        total += len(g_spans) + len(p_spans)
    return 100 * 2 * hit / total if total else 0.0


def best_tags(logits: np.ndarray, names: list[str]) -> list[str]:
    """Most probable valid sequence (Viterbi): I-X only after B-X or I-X. logits [words, tags]."""
    if len(logits) == 0:
        return []
    inside = np.array([name[0] == "I" for name in names])
    kinds = np.array([name[2:] for name in names])
    barred = np.where(inside[None, :] & (kinds[:, None] != kinds[None, :]), -np.inf, 0.0)
    shifted = logits - logits.max(1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    score, back = logs[0] + np.where(inside, -np.inf, 0.0), []
    for row in logs[1:]:
        paths = score[:, None] + barred
        back.append(paths.argmax(0))
        score = paths.max(0) + row
    best = [int(score.argmax())]
    for pointers in reversed(back):
        best.append(int(pointers[best[-1]]))
    return [names[i] for i in reversed(best)]
