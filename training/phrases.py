"""Teach the phrase head on words' states: base noun phrases, what they stand for, their part in the sentence.

python phrases.py --texts DIR --data DIR --models DIR

From GUM's trees and entities, its test part left out. A base noun phrase is a noun or pronoun with what stands before it
and names joined to it; its possessor is part of it, a clause or a prepositional phrase is not.
"""

import os
import re

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from install import FEATURES, LABELS, ROLES, TYPES, install
from mention_data import DEV, mentions, options, texts, tokens

PARTS = {"det", "amod", "nummod", "compound", "flat", "nmod:poss", "advmod", "case", "nmod:desc", "det:predet", "goeswith", "punct"}
THINGS = {"object", "substance", "animal", "plant"}


def role(sentence, i: int) -> int:
    seen = 0
    while sentence[i].relation in ("conj", "appos", "flat", "compound") and sentence[i].parent >= 0 and seen < 20:
        i, seen = sentence[i].parent, seen + 1
    relation = sentence[i].relation
    if relation.startswith("nsubj"):
        return ROLES.index("subject")
    if relation in ("obj", "iobj"):
        return ROLES.index("object")
    if relation == "nmod:poss":
        return ROLES.index("possessive")
    if relation.startswith(("obl", "nmod")):
        return ROLES.index("oblique")
    return ROLES.index("other")


def phrase(sentence, head: int) -> range:
    """The indices of the base noun phrase of a head."""
    inside = {head}
    grown = True
    while grown:
        grown = False
        for i, token in enumerate(sentence):
            if i in inside or token.parent not in inside or token.relation.split(":")[0] not in {p.split(":")[0] for p in PARTS}:
                continue
            relation = token.relation
            if relation.split(":")[0] == "nmod" and relation not in PARTS:
                continue
            # "of the country": the preposition belongs outside; "country's": the ending belongs to the possessor.
            if relation == "case" and (token.parent == head or i < token.parent):
                continue
            if relation == "punct" and not (min(inside) < i < max(inside)):
                continue
            if i > head and relation not in ("flat", "compound", "goeswith", "punct", "case"):
                continue
            inside.add(i)
            grown = True
    first, last = head, head
    while first - 1 in inside or (first - 2 in inside and first - 1 > 0 and sentence[first - 1].relation in ("punct", "cc", "conj")):
        first -= 1
    while last + 1 in inside:
        last += 1
    return range(first, last + 1)


def labels(text, path: str) -> np.ndarray:
    """[words,3]: bound, type, role; -100 where unknown."""
    sentences = tokens(path, text.text)
    kinds = {}
    for _, head, _, about in mentions(sentences):
        kind = re.match(r"-(\w+)", about)
        kinds[head] = "thing" if kind and kind.group(1) in THINGS else kind.group(1) if kind else None
    starts = {start: i for i, (start, _) in enumerate(text.words)}
    out = np.full((len(text.words), 3), -100)
    out[:, 0] = 0
    word_at = sorted(starts)
    for sentence in sentences:
        heads = [
            i for i, t in enumerate(sentence)
            if t.pos in ("NOUN", "PROPN", "PRON") and t.relation not in ("compound", "flat", "goeswith", "nmod:desc")
        ]
        spans = {i: phrase(sentence, i) for i in heads}
        for i in sorted(heads, key=lambda i: -len(spans[i])):
            start, end = sentence[spans[i][0]].span[0], sentence[spans[i][-1]].span[1]
            own = [starts[s] for s in word_at if start <= s < end]
            outer = any(i in spans[j] and j != i for j in heads)
            for k, w in enumerate(own):
                if not outer:
                    out[w, 0] = 1 if k == 0 else 2
                kind = kinds.get(sentence[i].span)
                if kind in TYPES:
                    out[w, 1] = TYPES.index(kind)
                out[w, 2] = role(sentence, i)
    return out


def scores(found: np.ndarray, gold: np.ndarray) -> str:
    def spans(bounds):
        out, start = set(), None
        for i, b in enumerate([*bounds, 0]):
            if start is not None and b != 2:
                out.add((start, i))
                start = None
            if b == 1 or (b == 2 and start is None):
                start = i
        return out

    a, b = spans(found[:, 0]), spans(gold[:, 0])
    f1 = 200 * len(a & b) / max(1, len(a) + len(b))
    right = [100 * (found[:, k] == gold[:, k])[gold[:, k] >= 0].mean() for k in (1, 2)]
    return f"phrases f1 {f1:.1f}, types {right[0]:.1f}, roles {right[1]:.1f}"


class Phrases(nn.Module):
    def __init__(self, hidden: int):
        super().__init__()
        self.dense = nn.Linear(3 * hidden, 128)
        self.final = nn.Linear(128, len(LABELS))
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        groups = self.final(self.drop(torch.tanh(self.dense(self.drop(x)))))
        return groups.split([3, len(TYPES), len(ROLES)], -1)


def main():
    a = options(8)
    parts = {False: ([], []), True: ([], [])}
    for text in texts(a.texts, a.hidden, FEATURES, words=True):
        path = os.path.join(a.data, "gum", "dep", text.name + ".conllu")
        x, y = parts[text.name in DEV]
        x.append(np.array(text.states))
        y.append(labels(text, path))
    (x, y), (dev_x, dev_y) = (tuple(np.concatenate(part) for part in parts[dev]) for dev in (False, True))
    x, y, dev_x = torch.from_numpy(x), torch.from_numpy(y), torch.from_numpy(dev_x)
    model = Phrases(a.hidden)
    steps = a.epochs * (len(x) // 128 + 1)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.02, steps)
    for epoch in range(a.epochs):
        model.train()
        for batch in torch.randperm(len(x)).split(128):
            groups = model(x[batch])
            loss = sum(F.cross_entropy(g, y[batch, k], ignore_index=-100) for k, g in enumerate(groups))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        if epoch % 4 == 3:
            model.eval()
            with torch.no_grad():
                found = np.stack([g.argmax(-1).numpy() for g in model(dev_x)], 1)
            print(epoch, f"dev {scores(found, dev_y)}", flush=True)
    install(a.models, "phrases", {"phrases." + k: v for k, v in model.state_dict().items()})


if __name__ == "__main__":
    main()
