"""Teach the head that tells what one mention's entity feels about another's, and put it into a folder of models.

python directed.py --data DIR --models DIR --version V [--base BERT_DIR] [--seed N] [--all]

From directed sentiment in political news (Park et al. 2021), on the states of the folder's reader. Each row gives two ordered
pairs. A tenth of the sentences is kept out of the training and tells how good each epoch is,
unless `--all` has it learnt from as well: then the scores printed tell nothing. `self_test.py` comes after.
"""

import argparse
import hashlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from base import find
from install import install
from loop import Average
from reader_data import MAX_PIECES, dse_rows, span_weights
from runtime import Runtime
from text import Splitter

EPOCHS, BATCH, PEAK, SMOOTHING, DECAY = 8, 64, 1e-3, 0.05, 0.995
INPUTS = ("holders", "targets", "between")
NEGATIVE, NEUTRAL, POSITIVE = range(3)
# What the first feels about the second, and the second about the first, by the row's label.
CLASSES = {0: (NEUTRAL, NEUTRAL), 1: (POSITIVE, NEUTRAL), 2: (NEUTRAL, POSITIVE), 3: (NEGATIVE, NEUTRAL), 4: (NEUTRAL, NEGATIVE)}


class Directed(nn.Module):
    """holders, targets, between [P,2H] -> logits [P,3]."""

    def __init__(self, hidden: int, wide: int = 256, drop: float = 0.3):
        super().__init__()
        self.holders, self.targets, self.between = (nn.Linear(2 * hidden, wide) for _ in INPUTS)
        self.hidden = nn.Linear(4 * wide, wide)
        self.final = nn.Linear(wide, 3)
        self.drop = nn.Dropout(drop)

    def forward(self, holders, targets, between):
        holder = torch.tanh(self.holders(self.drop(holders)))
        target = torch.tanh(self.targets(self.drop(targets)))
        between = torch.tanh(self.between(self.drop(between)))
        x = self.drop(torch.cat([holder, target, holder * target, between], -1))
        return self.final(self.drop(torch.relu(self.hidden(x))))


def pairs(runtime: Runtime, splitter: Splitter, rows) -> tuple[list[torch.Tensor], torch.Tensor]:
    """Inputs, each [2N,2H], and classes [2N]: of row n, what p feels about q at 2n, and q about p at 2n + 1."""
    inputs, classes = {name: [] for name in INPUTS}, []
    for (_, p, q, label), pieces in zip(rows, splitter.many([text for text, *_ in rows])):
        pieces = pieces.cut(MAX_PIECES)
        p, q = span_weights(pieces, *p), span_weights(pieces, *q)
        if p is None or q is None:
            continue
        states = runtime.read(pieces)[0]
        for holder, target in ((p, q), (q, p)):
            for name, value in runtime.directed_inputs(states, holder, target).items():
                inputs[name].append(value[0])
        classes += CLASSES[label]
    return [torch.from_numpy(np.array(inputs[name], np.float32)) for name in INPUTS], torch.tensor(classes)


def f1(model, part, threshold: float) -> float:
    """Of the opinions told, one a row at most: with the right holder, target and polarity."""
    model.eval()
    with torch.no_grad():
        p = torch.softmax(model(*part[0]), -1)
    model.train()
    opinions = p[:, [NEGATIVE, POSITIVE]].reshape(-1, 4)
    truth = F.one_hot(part[1], 3)[:, [NEGATIVE, POSITIVE]].reshape(-1, 4)
    highest, at = opinions.max(-1)
    told = highest >= threshold
    right = (truth[torch.arange(len(at)), at] * told).sum()
    return float(200 * right / (told.sum() + truth.sum()))


def fold(text: str) -> int:
    return int(hashlib.md5(text.encode()).hexdigest(), 16) % 10


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--models", required=True)
    p.add_argument("--version", required=True)
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    p.add_argument("--seed", type=int, default=3)
    p.add_argument("--all", action="store_true", help="learn from the tenth too, when all is chosen")
    a = p.parse_args()
    torch.manual_seed(a.seed)
    splitter = Splitter(find(a.base))
    runtime = Runtime(a.models, splitter)
    rows = dse_rows(a.data, "train")
    train = pairs(runtime, splitter, [row for row in rows if a.all or fold(row[0])])
    dev = pairs(runtime, splitter, [row for row in rows if not fold(row[0])])

    hidden = train[0][0].shape[1] // 2
    model = Directed(hidden)
    opt = torch.optim.AdamW(model.parameters(), lr=PEAK, weight_decay=0.01)
    average = Average(model, DECAY)
    n = len(train[1]) // 2
    step, steps = 0, EPOCHS * (n // BATCH)
    for epoch in range(EPOCHS):
        order = torch.randperm(n)[: n // BATCH * BATCH]
        for batch in order.split(BATCH):
            rate = min(step / (0.1 * steps), (1 - step / steps) / 0.9)
            for group in opt.param_groups:
                group["lr"] = PEAK * rate
            both = torch.cat([2 * batch, 2 * batch + 1])
            logits = model(*(x[both] for x in train[0]))
            (2 * F.cross_entropy(logits, train[1][both], label_smoothing=SMOOTHING)).backward()
            opt.step()
            opt.zero_grad()
            average.update(model)
            step += 1
        raw = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average.weights)
        print(epoch, " ".join(f"{t:.2f}: {f1(model, dev, t):.1f}" for t in (0.3, 0.35, 0.4, 0.45, 0.5)), flush=True)
        model.load_state_dict(raw)
    install(a.models, "directed", {f"directed.{k}": v for k, v in average.weights.items()}, a.version)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
