"""Teach the link head which earlier mention an anaphor takes its meaning from, or none.

python links.py --texts DIR --data DIR --models DIR

From OntoGUM's chains (its test part left out) and GAP's development rows. Of each anaphor the probability of its true
antecedents is maximised in a softmax over all possible ones and a new chain, whose score is 0 (Denis & Baldridge 2008).
"""

import copy
import os

import numpy as np
import torch
from torch import nn

from articles import Article, articles
from install import FEATURES, install
from mention_data import DEV, gap_rows, mentions, options, texts, tokens

ARTICLE_WEIGHT, GAP_WEIGHT = 5, 3  # times that an article, and a row of GAP, is read in an epoch


class Links(nn.Module):
    """seen [M,2H], pairs [P,2], features [P,F] -> scores [P]."""

    def __init__(self, hidden: int, wide: int = 64, drop: float = 0.4):
        super().__init__()
        self.mention = nn.Linear(2 * hidden, wide)
        self.hidden = nn.Linear(3 * wide + FEATURES, 64)
        self.final = nn.Linear(64, 1)
        self.drop, self.less = nn.Dropout(drop), nn.Dropout(drop / 2)

    def forward(self, seen, pairs, features):
        seen = torch.tanh(self.mention(self.drop(seen)))
        own, other = seen[pairs[:, 0]], seen[pairs[:, 1]]
        x = torch.cat([own, other, own * other, features], -1)
        return self.final(self.less(torch.relu(self.hidden(x)))).squeeze(-1)


def gum_labels(text, data: str):
    """[pairs] 1 true, 0 false; [pairs] whether the pair counts."""
    path = os.path.join(data, "gum/coref/ontogum/conllu", text.name + ".conllu")
    gold = mentions(tokens(path, text.text))
    chain = []
    for start, end in text.mentions:
        fits = [
            (g[0][1] - g[0][0], g[2]) for g in gold
            if g[0][0] <= start and end <= g[0][1] and start <= g[1][0] and g[1][1] <= end
        ]
        chain.append(min(fits)[1] if fits else -1)
    chain = np.array(chain)
    own, other = (chain[text.pairs[:, k]] for k in (0, 1))
    return ((own == other) & (own >= 0)).astype(np.float32), np.ones(len(own), bool)


def gap_labels(text, row: dict):
    """The same of a row: the pairs of its pronoun with names alone, of a pronoun that means neither with its two people."""
    entity = {}
    for (start, end), own in zip(text.mentions, text.entities):
        for person in "AB":
            a, b = row[person + "-span"]
            if own is not None and start < b and a < end:
                entity.setdefault(person, own)
    true = {entity[p] for p in "AB" if row[p + "-coref"] == "TRUE" and p in entity}
    known = any(row[p + "-coref"] == "TRUE" for p in "AB")
    label, counts = np.zeros(len(text.pairs), np.float32), np.zeros(len(text.pairs), bool)
    for k, (i, j) in enumerate(text.pairs):
        start, end = text.mentions[i]
        own = text.entities[j]
        if (start, end) == row["Pronoun-span"] and own is not None and (known or own in entity.values()):
            label[k], counts[k] = own in true, True
    return label, counts


def article_labels(text, article: Article):
    """The same of an article of the repository's own, in which all mentions of its entities are annotated and of nothing else."""
    bytes_before = [0]
    for character in article.text:
        bytes_before.append(bytes_before[-1] + len(character.encode()))
    known = {bytes_before[end]: (bytes_before[start], own) for start, end, own in article.mentions}
    chain = []
    for start, end in text.mentions:
        at, entity = known.get(end, (end, None))
        chain.append(entity if at < end and start < end else None)
    own, other = ([chain[i] for i in text.pairs[:, k]] for k in (0, 1))
    label = np.array([a is not None and a == b for a, b in zip(own, other)], np.float32)
    return label, np.array([a is not None or b is not None for a, b in zip(own, other)], bool)


def groups(text, label, counts):
    """For each anaphor with pairs that count: indices of these pairs."""
    kept = np.flatnonzero(counts)
    if not len(kept):
        return []
    cuts = np.flatnonzero(np.diff(text.pairs[kept, 0])) + 1
    return np.split(kept, cuts)


def loss_of(scores, label, owner, n):
    """scores, label [P]; owner [P] the anaphor, 0..n -> mean negative log-likelihood."""
    new = torch.zeros(n)
    highest = torch.zeros(n).scatter_reduce(0, owner, scores.detach(), "amax")
    weight = torch.exp(scores - highest[owner])
    all_ = torch.exp(new - highest).scatter_add(0, owner, weight)
    true = torch.zeros(n).scatter_add(0, owner, weight * label)
    none = torch.zeros(n).scatter_add(0, owner, label) == 0
    true = torch.where(none, torch.exp(new - highest), true)
    return -(true.clamp(min=1e-9).log() - all_.log())


def measure(model, items, threshold: float) -> str:
    """How many anaphors get an antecedent of the right chain, and how many get one at all."""
    right = found = gold = 0
    for text, label, sets in items:
        with torch.no_grad():
            scores = model(*inputs(text)).numpy()
        for own in sets:
            e = np.exp(scores[own])
            p = e / (1 + e.sum())
            entity = [text.entities[j] if text.entities[j] is not None else -1 - j for j in text.pairs[own, 1]]
            sums = {}
            for q, k in zip(p, entity):
                sums[k] = sums.get(k, 0) + q
            best = max(sums, key=sums.get)
            true = label[own].max() > 0
            gold += true
            if sums[best] >= threshold:
                found += 1
                right += max(l for l, k in zip(label[own], entity) if k == best)
    f1 = 200 * right / max(1, found + gold)
    return f"f1 {f1:.1f} p {100 * right / max(1, found):.1f} r {100 * right / max(1, gold):.1f} ({gold})"


def inputs(text):
    return (
        torch.from_numpy(np.array(text.seen)),
        torch.from_numpy(text.pairs),
        torch.from_numpy(np.array(text.features)),
    )


def main():
    a = options(12)
    rows = gap_rows(a.data)
    gold = articles(a.articles)
    parts = {"train": [], "GUM dev": [], "GAP validation": []}
    for text in texts(a.texts, a.hidden, FEATURES):
        if text.name.startswith("GUM"):
            part = "GUM dev" if text.name in DEV else "train"
            label, counts = gum_labels(text, a.data)
        elif text.name in gold:
            part = "train"
            label, counts = article_labels(text, gold[text.name])
        elif text.name in rows:
            part = "GAP validation" if text.name.startswith("validation") else "train"
            label, counts = gap_labels(text, rows[text.name])
        else:  # an article that is left out
            continue
        sets = groups(text, label, counts)
        if sets:
            parts[part].append((text, label, sets))
    # A batch is one document of GUM, an article, or as many rows of GAP.
    gum = [[item] for item in parts["train"] if item[0].name.startswith("GUM")]
    gum += [[item] for item in parts["train"] if item[0].name in gold] * ARTICLE_WEIGHT
    gap = [item for item in parts["train"] if item[0].name in rows]
    model = Links(a.hidden)
    mean = copy.deepcopy(model)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.05)
    per_epoch = len(gum) + (len(gap) + 31) // 32 * GAP_WEIGHT
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, a.epochs * per_epoch)
    rng, step = np.random.default_rng(1), 0
    for epoch in range(a.epochs):
        order = rng.permutation(len(gap))
        batches = gum + [[gap[i] for i in order[k : k + 32]] for k in range(0, len(gap), 32)] * GAP_WEIGHT
        model.train()
        for b in rng.permutation(len(batches)):
            seen, pairs, features, labels, owners, n, m = [], [], [], [], [], 0, 0
            for text, label, sets in batches[b]:
                for own in sets:
                    pairs.append(text.pairs[own] + m)
                    features.append(text.features[own])
                    labels.append(label[own])
                    owners.append(np.full(len(own), n))
                    n += 1
                seen.append(text.seen)
                m += len(text.seen)
            seen, pairs, features, labels, owners = (
                torch.from_numpy(np.concatenate(x)) for x in (seen, pairs, features, labels, owners)
            )
            loss = loss_of(model(seen, pairs, features), labels, owners, n).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(0.99, step / (step + 10))
            with torch.no_grad():
                for own, other in zip(mean.parameters(), model.parameters()):
                    own.mul_(keep).add_(other, alpha=1 - keep)
        if epoch % 3 == 2:
            mean.eval()
            for part in ("GUM dev", "GAP validation"):
                for threshold in (0.3, 0.5, 0.7):
                    print(epoch, part, threshold, measure(mean, parts[part], threshold), flush=True)
    install(a.models, "links", {"links." + k: v for k, v in mean.state_dict().items()})


if __name__ == "__main__":
    main()
