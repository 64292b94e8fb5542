"""Train the reader: one encoder, two entity taggers, target sentiment.

python train_reader.py --data DIR --out DIR [--minutes N]
"""

import argparse
import random
from math import ceil

import torch
import torch.nn.functional as F

import reader_data as rd
from batching import buckets, interleave, reader_batch
from loop import PEAK, train
from metrics import best_tags, entity_f1, macro_f1
from model import Reader, pool
from text import Splitter

BATCH, SMOOTHING, COREFERENT = 32, 0.05, 0.3
TAGS = {"world": rd.WORLD_TAGS, "conll": rd.CONLL_TAGS}
EXTRA = ("sentfin", "dse")


def build() -> Reader:
    return Reader({name: len(tags) for name, tags in TAGS.items()}, EXTRA)


def loss_of(model, splitter, sets, batch):
    name, indices = batch
    b = reader_batch([sets[name][i] for i in indices], splitter)
    states = model.encoder(b["ids"], b["cases"], b["mask"])
    if name in TAGS:
        labels = b["tags"].flatten()
        there = labels != -100
        logits = model.tags[name](model.drop(states.flatten(0, 1)[there]))
        loss = F.cross_entropy(logits, labels[there])
    else:
        head = name if name in EXTRA else None
        logits = model.sentiment(pool(states, b["rows"], b["spans"]), head)
        each = F.cross_entropy(logits, b["classes"], label_smoothing=SMOOTHING, reduction="none")
        loss = (each * b["weights"]).sum() / b["weights"].sum()
    return loss, int(b["mask"].sum())


@torch.no_grad()
def evaluate(model, splitter, sets) -> dict[str, float]:
    """Macro-F1 of the sentiment sets, entity F1 of the tagged sets."""
    out = {}
    for name, examples in sets.items():
        order = sorted(range(len(examples)), key=lambda i: len(examples[i].pieces.ids))
        gold, guess = [], []
        for i in range(0, len(order), 32):
            part = [examples[j] for j in order[i : i + 32]]
            b = reader_batch(part, splitter)
            states = model.encoder(b["ids"], b["cases"], b["mask"])
            if part[0].tags is None:
                logits = model.sentiment(pool(states, b["rows"], b["spans"]))
                gold += b["classes"].tolist()
                guess += logits.argmax(-1).tolist()
                continue
            head = name.split("-")[0]
            for example, row in zip(part, model.tags[head](states).numpy()):
                firsts = [i + 1 for i, first in enumerate(example.pieces.first_of_word()) if first]
                tags = best_tags(row[firsts], TAGS[head])
                gold.append(example.gold)
                guess.append(tags + ["O"] * (len(example.gold) - len(tags)))
        out[name] = macro_f1(gold, guess) if isinstance(gold[0], int) else entity_f1(gold, guess)
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--minutes", type=float)
    p.add_argument("--peak", type=float, default=PEAK)
    p.add_argument("--steps", type=int, help="stop after so many steps of the schedule")
    p.add_argument("--start", help="weights to start from instead of the base model")
    p.add_argument("--epochs", default="conll=4,world=3,newsmtsc=5,sentfin=2")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    splitter = Splitter()
    sets = {
        "conll": rd.tagged(splitter, rd.conll(a.data, "train"), rd.CONLL_TAGS),
        "world": rd.tagged(splitter, rd.worldwide(a.data, "train"), rd.WORLD_TAGS),
        "newsmtsc": rd.newsmtsc(splitter, a.data, "train", COREFERENT),
        "sentfin": rd.sentfin(splitter, a.data),
        "dse": rd.dse(splitter, a.data, a.seed),
    }
    sets["joined"] = rd.joined(sets["newsmtsc"], a.seed)
    dev = {
        "rw-dev": rd.newsmtsc(splitter, a.data, "rw-dev"),
        "mt-dev": rd.newsmtsc(splitter, a.data, "mt-dev"),
        "conll-dev": rd.tagged(splitter, rd.conll(a.data, "dev"), rd.CONLL_TAGS),
        "world-dev": rd.tagged(splitter, rd.worldwide(a.data, "dev"), rd.WORLD_TAGS),
    }
    some = random.Random(0)
    quick = {k: v if v[0].tags is None else some.sample(v, 500) for k, v in dev.items()}

    queues = {}
    for part in a.epochs.split(","):
        name, epochs = part.split("=")
        lengths = [len(e.pieces.ids) for e in sets[name]]
        rng = random.Random(f"{a.seed} {name}")
        batches = [b for _ in range(ceil(float(epochs))) for b in buckets(lengths, BATCH, rng)]
        queues[name] = batches[: round(len(batches) * float(epochs) / ceil(float(epochs)))]
    batches = interleave(queues)

    model = build()
    if a.start:
        model.load_state_dict(torch.load(a.start, weights_only=True), strict=False)
    else:
        model.encoder.load_base()
    train(
        model,
        batches,
        lambda batch: loss_of(model, splitter, sets, batch),
        lambda final: evaluate(model, splitter, dev if final else quick),
        a.out,
        minutes=a.minutes,
        stop=a.steps,
        peak=a.peak,
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
