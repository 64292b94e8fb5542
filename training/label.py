"""Let trained readers label unlabelled sentences: entity tags by one, sentiment by the mean of several.

python label.py --data DIR --tags BASE:WEIGHTS.pt --sentiment BASE:WEIGHTS.pt [...] --out FILE.pt

BASE is `minilm` or the folder of the large encoder. A file holds a list of
{text, spans [W] of words, tags {head: float16 [W,tags] probabilities}}, or with `--sentiment` {text, mentions [(start, end, [3])]}.
"""

import argparse
import os

import torch

from base import find
from batching import grid, width_of
from metrics import best_tags
from reader_data import span_weights
from silver_data import unlabelled
from text import MAX_PIECES, Splitter
from train_reader import TAGS, load

BATCH = 32
TARGETS = ("Person", "Organization", "NORP", "Location", "Product", "Facility", "Misc")


class Labeller:
    def __init__(self, name: str, bf16: bool):
        folder, weights = name.rsplit(":", 1)
        self.base, self.bf16 = find(folder), bf16
        self.splitter, self.model = Splitter(self.base), load(self.base, torch.load(weights, weights_only=True))

    @torch.no_grad()
    def states(self, pieces):
        s = self.splitter
        ids = [[s.cls, *p.ids, s.sep] for p in pieces]
        width = width_of([len(i) for i in ids])
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            return self.model.encoder(
                grid(ids, s.pad, width),
                grid([[0, *p.cases, 0] for p in pieces], 0, width),
                grid([[1.0] * len(i) for i in ids], 0.0, width, torch.float),
            ).float()


@torch.no_grad()
def tag(labeller: Labeller, texts: list[str]) -> list[dict]:
    """The files' entries, with mentions that have no sentiment yet."""
    out = []
    pieces = [p.cut(MAX_PIECES) for p in labeller.splitter.many(texts)]
    states = labeller.states(pieces)
    for text, p, row in zip(texts, pieces, states):
        firsts = [i + 1 for i, first in enumerate(p.first_of_word()) if first]
        logits = {head: labeller.model.tags[head](row[firsts]) for head in TAGS}
        spans = p.word_spans[: len(firsts)]
        tags = {head: torch.softmax(x, -1).half().numpy() for head, x in logits.items()}
        best, mentions = best_tags(logits["world"].numpy(), TAGS["world"]), []
        for i, t in enumerate(best):
            if t[0] == "B" and t[2:] in TARGETS:
                end = i + 1
                while end < len(best) and best[end] == "I-" + t[2:]:
                    end += 1
                mentions.append((spans[i][0], spans[end - 1][1]))
        out.append({"text": text, "spans": spans, "tags": tags, "mentions": mentions})
    return out


@torch.no_grad()
def feel(labellers: list[Labeller], rows: list[dict]):
    """Give each mention the mean of the labellers' probabilities."""
    rows, sums = [r for r in rows if r["mentions"]], {}
    if not rows:
        return
    for labeller in labellers:
        pieces = [p.cut(MAX_PIECES) for p in labeller.splitter.many([r["text"] for r in rows])]
        states = labeller.states(pieces)
        places, weights = [], []
        for i, (row, p) in enumerate(zip(rows, pieces)):
            for start, end in row["mentions"]:
                w = span_weights(p, start, end)
                if w is not None:
                    places.append((i, start, end))
                    weights.append([0.0, *w])
        if not places:
            continue
        spans = grid(weights, 0.0, states.shape[1], torch.float)
        inside = grid([[0.0] + [1.0] * len(p.ids) for p in pieces], 0.0, states.shape[1], torch.float)
        logits = labeller.model.feel(states, torch.tensor([p[0] for p in places]), spans, inside)
        for place, probabilities in zip(places, torch.softmax(logits, -1)):
            sums.setdefault(place, []).append(probabilities)
    for i, row in enumerate(rows):
        row["mentions"] = [
            (s, e, torch.stack(sums[i, s, e]).mean(0).tolist()) for s, e in row["mentions"] if (i, s, e) in sums
        ]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--tags", required=True)
    p.add_argument("--sentiment", default=[], nargs="+", help="the files then hold mentions, not tags")
    p.add_argument("--out", required=True)
    p.add_argument("--counts", default="world=20000,us=8000,voa=6000", help="sentences of each source")
    p.add_argument("--skip", type=int, default=0, help="leave out so many of them, for another process")
    p.add_argument("--most", type=int, help="label only so many sentences")
    p.add_argument("--bf16", action="store_true")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    counts = {name: int(count) for name, count in (part.split("=") for part in a.counts.split(","))}
    texts = unlabelled(a.data, a.seed, counts)[a.skip :][: a.most]
    taggers, feelers = Labeller(a.tags, a.bf16), [Labeller(s, a.bf16) for s in a.sentiment]
    out = []
    block = BATCH * 50  # saved and said after each; batches of like length within it
    for i in range(0, len(texts), block):
        part = sorted(texts[i : i + block], key=len)
        for j in range(0, len(part), BATCH):
            rows = tag(taggers, part[j : j + BATCH])
            if feelers:
                feel(feelers, rows)
            kept = ("text", "mentions") if feelers else ("text", "spans", "tags")
            out += [{k: row[k] for k in kept} for row in rows if row["mentions"] or not feelers]
        torch.save(out, a.out + ".part")
        os.replace(a.out + ".part", a.out)
        print(f"{len(out)}/{len(texts)}", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
