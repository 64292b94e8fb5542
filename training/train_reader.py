"""Train the reader: one encoder, two entity taggers, target sentiment.

python train_reader.py --data DIR --out DIR [--minutes N]
"""

import argparse
import random
from math import ceil

import torch
import torch.nn.functional as F

import reader_data as rd
from base import find
from batching import buckets, interleave, reader_batch
from loop import PEAK, train
from metrics import best_tags, entity_f1, macro_f1
from model import Reader, with_near
from silver_data import silver
from text import Splitter

BATCH, SMOOTHING, COREFERENT = 32, 0.05, 0.3
TAGS = {"world": rd.WORLD_TAGS, "conll": rd.CONLL_TAGS}
HEADS = {"world": "world", "conll": "conll", "wikigold": "conll", "gmb": "conll"}  # which tagger a data set teaches
EXTRA = ("sentfin", "dse")
DEV = {
    "conll": ["conll-dev"],
    "wikigold": ["conll-dev"],
    "world": ["world-dev"],
    "newsmtsc": ["rw-dev", "mt-dev"],
    "silver": ["conll-dev", "world-dev", "rw-dev", "mt-dev"],
}  # what is measured while a data set is trained on


def build(base, parts: int = 3) -> Reader:
    return Reader(base, {name: len(tags) for name, tags in TAGS.items()}, EXTRA, parts)


def load(base, weights: dict[str, torch.Tensor]) -> Reader:
    """A trained reader; its sentiment head has as many parts as the weights say."""
    model = build(base, weights["sentiment.dense.weight"].shape[1] // base.hidden)
    model.load_state_dict(weights, strict=False)
    return model.eval()


def start(base, path: str) -> Reader:
    """A reader to train on; a part of the sentiment head that the weights lack starts as if it weren't there."""
    model = build(base)
    model.load_state_dict(with_near(torch.load(path, weights_only=True)), strict=False)
    return model


def loss_of(model, splitter, sets, batch):
    name, indices = batch
    b = reader_batch([sets[name][i] for i in indices], splitter)
    states = model.encoder(b["ids"], b["cases"], b["mask"])
    if name in HEADS:
        labels = b["tags"].flatten()
        there = labels != -100
        logits = model.tags[HEADS[name]](model.drop(states.flatten(0, 1)[there]))
        loss = F.cross_entropy(logits, labels[there])
    elif name == "silver":
        loss = silver_loss(model, states, b)
    else:
        head = name if name in EXTRA else None
        logits = model.feel(states, b["rows"], b["spans"], b["pieces"], head)
        each = F.cross_entropy(logits, b["classes"], label_smoothing=SMOOTHING, reduction="none")
        loss = (each * b["weights"]).sum() / b["weights"].sum()
    return loss, int(b["mask"].sum())


def silver_loss(model, states, b):
    """Cross-entropy to a labeller's distributions: each head's tags, and the mentions' sentiment."""
    loss = torch.zeros(())
    if "soft" in b:
        words = model.drop(states.flatten(0, 1)[b["soft_at"]])
        loss = sum(F.cross_entropy(model.tags[head](words), soft) for head, soft in b["soft"].items())
    if len(b["rows"]):
        loss = loss + F.cross_entropy(model.feel(states, b["rows"], b["spans"], b["pieces"]), b["classes"])
    return loss


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
                logits = model.feel(states, b["rows"], b["spans"], b["pieces"])
                gold += b["classes"].tolist()
                guess += logits.argmax(-1).tolist()
                continue
            head = name.split("-")[0]
            for example, row in zip(part, model.tags[head](states).float().numpy()):
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
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    p.add_argument("--average", type=float, default=0.999, help="decay of the moving average")
    p.add_argument("--most", type=int, help="pieces of a batch; larger ones are split")
    p.add_argument("--check-minutes", type=float, default=12.0)
    p.add_argument("--bf16", action="store_true", help="for a CPU with native bf16")
    p.add_argument("--start", help="weights to start from instead of the base model")
    p.add_argument("--silver", nargs="*", default=[], help="files of label.py, for the data set `silver`")
    p.add_argument("--epochs", default="conll=4,world=3,newsmtsc=5,sentfin=2")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    base = find(a.base)
    splitter = Splitter(base)
    newsmtsc = rd.newsmtsc(splitter, a.data, "train", COREFERENT)
    known = {
        "conll": lambda: rd.tagged(splitter, rd.conll(a.data, "train"), rd.CONLL_TAGS),
        "wikigold": lambda: rd.tagged(splitter, rd.wikigold(a.data), rd.CONLL_TAGS),
        "gmb": lambda: rd.tagged(splitter, rd.gmb(a.data, a.seed), rd.CONLL_TAGS),
        "world": lambda: rd.tagged(splitter, rd.worldwide(a.data, "train"), rd.WORLD_TAGS),
        "newsmtsc": lambda: newsmtsc,
        "joined": lambda: rd.joined(newsmtsc, a.seed),
        "sentfin": lambda: rd.sentfin(splitter, a.data),
        "dse": lambda: rd.dse(splitter, a.data, a.seed),
        "silver": lambda: silver(splitter, a.silver, a.seed),
    }
    sets = {name: known[name]() for name in (part.split("=")[0] for part in a.epochs.split(","))}
    dev = {
        "rw-dev": rd.newsmtsc(splitter, a.data, "rw-dev"),
        "mt-dev": rd.newsmtsc(splitter, a.data, "mt-dev"),
        "conll-dev": rd.tagged(splitter, rd.conll(a.data, "dev"), rd.CONLL_TAGS),
        "world-dev": rd.tagged(splitter, rd.worldwide(a.data, "dev"), rd.WORLD_TAGS),
    }
    dev = {name: dev[name] for part in a.epochs.split(",") for name in DEV.get(part.split("=")[0], ())}
    some = random.Random(0)
    quick = {k: v if v[0].tags is None else some.sample(v, 500) for k, v in dev.items()}

    queues = {}
    for part in a.epochs.split(","):
        name, epochs = part.split("=")
        lengths = [len(e.pieces.ids) for e in sets[name]]
        rng = random.Random(f"{a.seed} {name}")
        batches = [b for _ in range(ceil(float(epochs))) for b in buckets(lengths, BATCH, rng, a.most)]
        queues[name] = batches[: round(len(batches) * float(epochs) / ceil(float(epochs)))]
    batches = interleave(queues)

    if a.start:
        model = start(base, a.start)
    else:
        model = build(base)
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
        average=a.average,
        check_minutes=a.check_minutes,
        bf16=a.bf16,
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
