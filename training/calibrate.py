"""Temperatures of the sentiment and stance heads, by dev likelihood: python calibrate.py --data DIR --models DIR

Logits are divided by the temperature before the softmax (Guo et al. 2017, On Calibration of Modern Neural Networks);
the most probable class stays the same. Sentiment: rw-dev and mt-dev together. Stance: VAST's zero-shot dev rows (`--open`: FNC-1's dev bodies).
Prints the expected calibration error (15 bins, in points) before and after, and one JSON line for `export.py --calibration`.
"""

import argparse
import json

import numpy as np

import judge_data as jd
import reader_data as rd
from base import find
from runtime import Runtime
from text import Splitter

GRID = np.arange(0.5, 3.01, 0.02)


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def temperature(logits: np.ndarray, gold: np.ndarray) -> float:
    """The one of GRID with the greatest likelihood of `gold` [M] under `logits` [M,3]."""
    rows = np.arange(len(gold))
    return float(min(GRID, key=lambda t: -np.log(softmax(logits / t)[rows, gold]).mean()))


def calibration_error(logits: np.ndarray, gold: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error of the most probable class, in points."""
    p = softmax(logits)
    sure, right = p.max(1), p.argmax(1) == gold
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[place == b].sum() - right[place == b].sum()) for b in range(bins)]
    return 100 * sum(gaps) / len(gold)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    p.add_argument("--models", required=True)
    p.add_argument("--open", action="store_true", help="stance by FNC-1's dev bodies in place of VAST's dev rows")
    a = p.parse_args()
    splitter = Splitter(find(a.base))
    runtime = Runtime(a.models, splitter)
    sentiment = []
    for part in ("rw-dev", "mt-dev"):
        for e in rd.newsmtsc(splitter, a.data, part):
            states = runtime.read(e.pieces)[0]
            sentiment += [(runtime.sentiment(states, weights), label) for weights, label, _ in e.mentions]
    if a.open:
        pairs = jd.pairs(splitter, jd.fnc1(a.data, True, 0))
    else:
        pairs = [e for e in jd.pairs(splitter, jd.vast(a.data, "dev")) if e.zero_shot]
    stance = [(runtime.stance(e), e.label) for e in pairs]
    out = {}
    for name, rows in (("sentiment", sentiment), ("stance", stance)):
        logits, gold = np.stack([r[0] for r in rows]), np.array([r[1] for r in rows])
        t = temperature(logits, gold)
        before, after = calibration_error(logits, gold), calibration_error(logits / t, gold)
        print(f"{name}: temperature {t:.2f}, calibration error on dev {before:.1f} before, {after:.1f} after")
        out[name] = {"temperature": round(t, 2)}
    print(json.dumps(out))


if __name__ == "__main__":
    main()
