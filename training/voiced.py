"""Teach the head that tells how somebody's words speak of a mention, and put it into a folder of models.

python voiced.py --sentences FILE --data DIR --models DIR --version V [--folds K]

From the repository's own articles: what each speaker feels about each entity is annotated, not which mention shows it. So the mean
of the logits over an entity's mentions in a speaker's words is taught. Sentences of NewsMTSC among them keep plain praise and blame in mind. With `--folds` nothing is written: the articles are divided by K, each part is
judged by a head that was taught on the others, and scores are printed, those of the head for narration beside them.
`self_test.py` comes after.
"""

import argparse
import json
import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from articles import articles
from base import find
from install import install
from loop import Average
from reader_data import MAX_PIECES, SENTIMENT, newsmtsc, span_weights
from runtime import Runtime
from text import Splitter

EPOCHS, BATCH, PEAK, DECAY, DROP, WIDE = 12, 32, 1e-3, 0.98, 0.5, 64
NEWS = 1500  # mentions of NewsMTSC
NEAR = 10  # a mention at most so many words before a partial quote is what the quote is about
TARGETS = {"negative": [1.0, 0.0, 0.0], "neutral": [0.0, 1.0, 0.0], "positive": [0.0, 0.0, 1.0], "mixed": [0.5, 0.0, 0.5]}


class Voiced(nn.Module):
    """pooled [M,3H] -> logits [M,3]."""

    def __init__(self, wide: int):
        super().__init__()
        self.dense, self.final, self.drop = nn.Linear(wide, WIDE), nn.Linear(WIDE, 3), nn.Dropout(DROP)

    def forward(self, pooled):
        return self.final(self.drop(torch.tanh(self.dense(self.drop(pooled)))))


def speaker_of(article, start: int, end: int, entity: str, sentence: tuple[int, int]) -> str | None:
    """In whose words a mention stands: the shortest quote around it, or a partial one that it is told before."""
    around = [(b - a, speaker) for a, b, _, speaker in article.quotes if a <= start and end <= b]
    if around:
        return min(around)[1]
    for a, b, kind, speaker in article.quotes:
        inside = sentence[0] <= a and b <= sentence[1]
        if kind == "partial" and inside and end <= a and len(article.text[end:a].split()) <= NEAR and speaker != entity:
            return speaker
    return None


def pairs(path: str, runtime: Runtime, splitter: Splitter):
    """(article, label, pooled [M,3H], logits of the head for narration [M,3]) of each speaker and entity in the speaker's words."""
    out, known = [], articles()
    with open(path, encoding="utf-8") as f:
        lines = [json.loads(line) for line in f]
    for line in lines:
        article = known[line["name"]]
        whole = article.text.encode()
        sentences = [tuple(len(whole[:at].decode()) for at in span) for span in line["sentences"]]
        states, found = {}, {}
        for start, end, entity in article.mentions:
            own = next((s for s in sentences if s[0] <= start and end <= s[1]), None)
            speaker = own and speaker_of(article, start, end, entity, own)
            if speaker in (None, "unknown", entity):
                continue
            if own not in states:
                [pieces] = splitter.many([article.text[own[0] : own[1]]])
                states[own] = (pieces.cut(MAX_PIECES), runtime.read(pieces.cut(MAX_PIECES))[0])
            pieces, state = states[own]
            weights = span_weights(pieces, start - own[0], end - own[0])
            if weights is not None:
                seen = (runtime.pooled(state, weights)[0], runtime.sentiment(state, weights))
                found.setdefault((entity, speaker), []).append(seen)
        for key, seen in found.items():
            pooled, narrated = (torch.from_numpy(np.stack(x)).float() for x in zip(*seen))
            out.append((line["name"], article.sentiments.get(key, "neutral"), pooled, narrated))
    return out


def news(data: str, runtime: Runtime, splitter: Splitter):
    """The same of sentences of NewsMTSC's training part, one mention each."""
    out = []
    for example in random.Random(1).sample(newsmtsc(splitter, data, "train"), NEWS):
        weights, label, _ = example.mentions[0]
        state = runtime.read(example.pieces)[0]
        pooled, narrated = runtime.pooled(state, weights), runtime.sentiment(state, weights)[None]
        out.append(("", SENTIMENT[label], torch.from_numpy(pooled).float(), torch.from_numpy(narrated).float()))
    return out


def teach(rows, seed: int = 1) -> dict[str, torch.Tensor]:
    torch.manual_seed(seed)
    model = Voiced(rows[0][2].shape[1])
    opt = torch.optim.AdamW(model.parameters(), lr=PEAK, weight_decay=0.05)
    average, order = Average(model, DECAY), random.Random(seed)
    step, steps = 0, EPOCHS * (len(rows) // BATCH)
    for _ in range(EPOCHS):
        order.shuffle(rows)
        for at in range(0, len(rows) - BATCH + 1, BATCH):
            batch = rows[at : at + BATCH]
            owner = torch.repeat_interleave(torch.arange(BATCH), torch.tensor([len(row[2]) for row in batch]))
            logits = model(torch.cat([row[2] for row in batch]))
            mean = torch.zeros(BATCH, 3).index_add(0, owner, logits) / torch.bincount(owner)[:, None]
            for group in opt.param_groups:
                group["lr"] = PEAK * (1 - step / steps)
            F.cross_entropy(mean, torch.tensor([TARGETS[row[1]] for row in batch])).backward()
            opt.step()
            opt.zero_grad()
            average.update(model)
            step += 1
    return average.weights


def score(labels: list[str], logits: list[torch.Tensor]) -> str:
    """Opinions told and those annotated, by the most probable class."""
    told = [SENTIMENT[int(x.argmax())] for x in logits]
    right = sum(a == b != "neutral" for a, b in zip(told, labels))
    opinions, gold = (sum(x != "neutral" for x in y) for y in (told, labels))
    exact = sum(a == b for a, b in zip(told, labels))
    return (
        f"f1 {200 * right / (opinions + gold):.1f} precision {100 * right / max(1, opinions):.1f} "
        f"recall {100 * right / gold:.1f} accuracy {100 * exact / len(labels):.1f} ({len(labels)})"
    )


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--sentences", required=True, help="what sentence_data wrote")
    p.add_argument("--data", required=True)
    p.add_argument("--models", required=True)
    p.add_argument("--version", required=True)
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    p.add_argument("--folds", type=int)
    a = p.parse_args()
    splitter = Splitter(find(a.base))
    runtime = Runtime(a.models, splitter)
    rows, further = pairs(a.sentences, runtime, splitter), news(a.data, runtime, splitter)
    if not a.folds:
        weights = teach(rows + further)
        install(a.models, "voiced", {f"voiced.{k}": v for k, v in weights.items()}, a.version)
        return
    names = sorted({row[0] for row in rows})
    random.Random(0).shuffle(names)
    judged = []
    for fold in range(a.folds):
        held = set(names[fold :: a.folds])
        model = Voiced(rows[0][2].shape[1]).eval()
        model.load_state_dict(teach([row for row in rows if row[0] not in held] + further))
        with torch.no_grad():
            judged += [(row, model(row[2]).mean(0)) for row in rows if row[0] in held]
    labels = [row[1] for row, _ in judged]
    print("narration's", score(labels, [row[3].mean(0) for row, _ in judged]))
    print("its own    ", score(labels, [logits for _, logits in judged]))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
