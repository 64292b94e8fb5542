"""Train the judge: stance of a passage toward a target.

python train_judge.py --data DIR --out DIR [--minutes N]
"""

import argparse
import random

import torch
import torch.nn.functional as F

import judge_data as jd
from batching import buckets, judge_batch
from loop import PEAK, train
from metrics import macro_f1
from model import Judge, pool
from text import Splitter

BATCH, SMOOTHING = 32, 0.05
TRAIN_PAIR = 192  # pieces of a pair in training; 256 in use


def classify(model, b):
    states = model.encoder(b["ids"], b["types"], b["mask"])
    return model.stance(pool(states, torch.arange(len(states)), b["spans"]))


def loss_of(model, splitter, examples, batch):
    b = judge_batch([examples[i] for i in batch[1]], splitter)
    loss = F.cross_entropy(classify(model, b), b["classes"], label_smoothing=SMOOTHING)
    return loss, int(b["mask"].sum())


@torch.no_grad()
def evaluate(model, splitter, examples) -> dict[str, float]:
    """Macro-F1 over all pairs and over the zero-shot ones."""
    order = sorted(examples, key=lambda e: len(e.target) + len(e.passage))
    guess = []
    for i in range(0, len(order), 32):
        guess += classify(model, judge_batch(order[i : i + 32], splitter)).argmax(-1).tolist()
    gold = [e.label for e in order]
    zero = [i for i, e in enumerate(order) if e.zero_shot]
    out = {"zero-shot": macro_f1([gold[i] for i in zero], [guess[i] for i in zero])}
    if len(zero) < len(order):
        out["all"] = macro_f1(gold, guess)
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--minutes", type=float)
    p.add_argument("--peak", type=float, default=PEAK)
    p.add_argument("--steps", type=int, help="stop after so many steps of the schedule")
    p.add_argument("--start", help="weights to start from instead of the base model")
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    splitter = Splitter()
    vast = jd.pairs(splitter, jd.vast(a.data, "train"), TRAIN_PAIR)
    extra = jd.perspectrum(a.data) + jd.argkp(a.data) + jd.ibm_claims(a.data)
    examples = vast + jd.pairs(splitter, extra, TRAIN_PAIR)
    dev = jd.pairs(splitter, jd.vast(a.data, "dev"))
    zero_dev = [e for e in dev if e.zero_shot]

    batches, rng = [], random.Random(a.seed)
    for epoch in range(a.epochs):  # all auxiliary pairs in the first epoch, a quarter of them later
        others = list(range(len(vast), len(examples)))
        part = list(range(len(vast))) + (others if epoch == 0 else rng.sample(others, len(others) // 4))
        lengths = [len(examples[i].target) + len(examples[i].passage) for i in part]
        batches += [("pairs", [part[i] for i in b]) for b in buckets(lengths, BATCH, rng)]

    model = Judge()
    if a.start:
        model.load_state_dict(torch.load(a.start, weights_only=True))
    else:
        model.encoder.load_base()
    train(
        model,
        batches,
        lambda batch: loss_of(model, splitter, examples, batch),
        lambda final: evaluate(model, splitter, dev if final else zero_dev),
        a.out,
        minutes=a.minutes,
        stop=a.steps,
        peak=a.peak,
        average=0.997,
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
