"""Train the judge: stance of a passage toward a target.

python train_judge.py --data DIR --out DIR [--minutes N]
"""

import argparse
import random
from math import ceil

import torch
import torch.nn.functional as F

import judge_data as jd
from base import find
from batching import buckets, interleave, judge_batch
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


def evaluate(model, splitter, sets) -> dict[str, float]:
    """The scores of each set, under its name."""
    return {f"{name} {k}": v for name, part in sets.items() for k, v in scores(model, splitter, part).items()}


@torch.no_grad()
def scores(model, splitter, examples) -> dict[str, float]:
    """Macro-F1 over all pairs and over the zero-shot ones, if there are any."""
    order = sorted(examples, key=lambda e: len(e.target) + len(e.passage))
    guess = []
    for i in range(0, len(order), 32):
        guess += classify(model, judge_batch(order[i : i + 32], splitter)).argmax(-1).tolist()
    gold = [e.label for e in order]
    zero = [i for i, e in enumerate(order) if e.zero_shot]
    out = {"zero-shot": macro_f1([gold[i] for i in zero], [guess[i] for i in zero])} if zero else {}
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
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    p.add_argument("--bf16", action="store_true", help="for a CPU with native bf16")
    p.add_argument("--start", help="weights to start from instead of the base model")
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--open", action="store_true", help="without VAST")
    p.add_argument("--others", type=int, default=0, help="passages with others' targets, fresh ones in each epoch")
    p.add_argument("--fnc1", type=float, default=1.0, help="epochs of FNC-1, spread evenly")
    p.add_argument("--check-minutes", type=float, default=12.0)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    base = find(a.base)
    splitter = Splitter(base)
    vast = [] if a.open else jd.pairs(splitter, jd.vast(a.data, "train"), TRAIN_PAIR)
    extra = jd.perspectrum(a.data) + jd.argkp(a.data) + jd.ibm_claims(a.data)
    examples = vast + jd.pairs(splitter, extra, TRAIN_PAIR)
    known = len(examples)
    unrelated = jd.perspectrum_others if a.open else jd.vast_others
    others = unrelated(a.data, a.others * a.epochs, random.Random(a.seed))
    examples += jd.pairs(splitter, others, TRAIN_PAIR)
    fnc1 = jd.pairs(splitter, jd.fnc1(a.data, False, 0), TRAIN_PAIR)
    dev = jd.pairs(splitter, jd.vast(a.data, "dev"))
    zero_dev = [e for e in dev if e.zero_shot]
    fnc1_dev = jd.pairs(splitter, jd.fnc1(a.data, True, 0), TRAIN_PAIR)

    batches, rng = [], random.Random(a.seed)
    for epoch in range(a.epochs):  # all auxiliary pairs in the first epoch, a quarter of them later
        auxiliary = list(range(len(vast), known))
        whole = epoch == 0 or a.open
        part = list(range(len(vast))) + (auxiliary if whole else rng.sample(auxiliary, len(auxiliary) // 4))
        part += range(known + epoch * a.others, known + (epoch + 1) * a.others)
        lengths = [len(examples[i].target) + len(examples[i].passage) for i in part]
        batches += [("pairs", [part[i] for i in b]) for b in buckets(lengths, BATCH, rng)]
    if a.fnc1:
        lengths = [len(e.target) + len(e.passage) for e in fnc1]
        heads = [b for _ in range(ceil(a.fnc1)) for b in buckets(lengths, BATCH, rng)]
        heads = heads[: round(len(heads) * a.fnc1 / ceil(a.fnc1))]
        batches = interleave({"pairs": [b for _, b in batches], "fnc1": heads})

    model = Judge(base)
    if a.start:
        model.load_state_dict(torch.load(a.start, weights_only=True))
    else:
        model.encoder.load_base()
    train(
        model,
        batches,
        lambda batch: loss_of(model, splitter, fnc1 if batch[0] == "fnc1" else examples, batch),
        lambda final: evaluate(model, splitter, {"vast": dev if final else zero_dev, "fnc1": fnc1_dev}),
        a.out,
        minutes=a.minutes,
        stop=a.steps,
        peak=a.peak,
        average=0.997,
        check_minutes=a.check_minutes,
        bf16=a.bf16,
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
