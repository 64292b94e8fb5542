"""The encoder (BERT layout; H is its hidden size) and the heads of the two networks, in plain PyTorch."""

import os

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from base import HEADS, POSITIONS, Base

NEAR = 12  # pieces


class CheapDropout(nn.Module):
    """Dropout whose masks are slices, at random places, of one long random mask drawn once.

    On a CPU the drawing of fresh random numbers costs as much as the attention does."""

    pools: dict[float, torch.Tensor] = {}
    size = 1 << 23

    def __init__(self, p: float):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        if self.p not in self.pools:
            self.pools[self.p] = (torch.rand(self.size) >= self.p).float() / (1 - self.p)
        n = x.numel()
        start = int(torch.randint(self.size - n, ()))
        return x * self.pools[self.p][start : start + n].view(x.shape)


class Layer(nn.Module):
    def __init__(self, hidden: int, drop: float):
        super().__init__()
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, hidden)
        self.out_norm = nn.LayerNorm(hidden, eps=1e-12)
        self.up = nn.Linear(hidden, 4 * hidden)
        self.down = nn.Linear(4 * hidden, hidden)
        self.down_norm = nn.LayerNorm(hidden, eps=1e-12)
        self.drop = CheapDropout(drop)

    def forward(self, x, bias):
        """x [B,T,H]; bias [B,1,1,T] is 0 on real pieces and very negative on padding, or None."""

        size = x.shape[2] // HEADS

        def split(y):
            return y.view(y.shape[0], -1, HEADS, size).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = torch.matmul(q, k.transpose(2, 3)) * size**-0.5
        if bias is not None:
            scores = scores + bias
        weights = torch.softmax(scores, -1)
        mixed = torch.matmul(weights, v).transpose(1, 2).reshape(x.shape)
        x = self.out_norm(x + self.drop(self.out(mixed)))
        return self.down_norm(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """ids, types [B,T] -> states [B,T,H]. `types` is the case class (reader) or the segment (judge)."""

    def __init__(self, base: Base, type_rows: int, drop: float = 0.1):
        super().__init__()
        self.base = base
        self.word = nn.Embedding(len(base.vocab()), base.hidden)
        self.position = nn.Embedding(POSITIONS, base.hidden)
        self.kind = nn.Embedding(type_rows, base.hidden)
        self.norm = nn.LayerNorm(base.hidden, eps=1e-12)
        self.drop = CheapDropout(drop)
        self.layers = nn.ModuleList(Layer(base.hidden, drop) for _ in range(base.layers))

    def forward(self, ids, types, mask=None):
        x = self.word(ids) + self.kind(types) + self.position.weight[: ids.shape[1]]
        x = self.drop(self.norm(x))
        bias = None if mask is None else (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_base(self):
        """Start from the base's weights. Type rows beyond its two start as row 0 with a little noise."""
        w = load_file(os.path.join(self.base.folder, "model.safetensors"))
        state = {
            "word.weight": w["embeddings.word_embeddings.weight"],
            "position.weight": w["embeddings.position_embeddings.weight"],
            "norm.weight": w["embeddings.LayerNorm.weight"],
            "norm.bias": w["embeddings.LayerNorm.bias"],
        }
        types = w["embeddings.token_type_embeddings.weight"]
        if len(self.kind.weight) == 2:
            state["kind.weight"] = types
        else:
            rows = types[:1].repeat(len(self.kind.weight), 1)
            state["kind.weight"] = rows + 0.01 * torch.randn_like(rows)
        names = {
            "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
            "out": "attention.output.dense", "out_norm": "attention.output.LayerNorm",
            "up": "intermediate.dense", "down": "output.dense", "down_norm": "output.LayerNorm",
        }  # fmt: skip
        for i in range(len(self.layers)):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    state[f"layers.{i}.{ours}.{part}"] = w[f"encoder.layer.{i}.{theirs}.{part}"]
        self.load_state_dict(state)


class SpanClassifier(nn.Module):
    """pooled [M,parts*H] (see `pool`) -> logits [M,3].

    `extra` adds final layers of their own for auxiliary data sets; they share the dense layer."""

    def __init__(self, hidden: int, parts: int = 2, extra: tuple[str, ...] = (), drop: float = 0.1):
        super().__init__()
        self.parts = parts
        self.dense = nn.Linear(parts * hidden, hidden)
        self.drop = CheapDropout(drop)
        self.final = nn.Linear(hidden, 3)
        self.extra = nn.ModuleDict({name: nn.Linear(hidden, 3) for name in extra})

    def forward(self, pooled, name: str | None = None):
        x = self.drop(torch.tanh(self.dense(pooled)))
        return (self.extra[name] if name else self.final)(x)


def pool(states, rows, spans, near=None):
    """states [B,T,H], rows [M] (which sentence), spans [M,T] (weights that sum to 1) -> [M,2H].

    That is the [CLS] state and the span's mean state; with `near` [M,T] (see `nearness`) also the mean state of what
    stands around the span, [M,3H]."""
    mine = states[rows]
    means = [torch.bmm(weights.unsqueeze(1), mine).squeeze(1) for weights in (spans, near) if weights is not None]
    return torch.cat([mine[:, 0], *means], -1)


def nearness(spans, pieces):
    """spans [M,T], pieces [M,T] (1 on the sentence's pieces, 0 on special ones) -> weights [M,T] that sum to 1.

    A weight falls from 1 in the span to 0 at NEAR pieces from it: the local context of Zeng et al. 2019 (LCF-BERT)."""
    place = torch.arange(spans.shape[1])
    far = torch.where(spans > 0, 0.0, 1e9)
    distance = ((place[:, None] - place[None]).abs() + far[:, None, :]).amin(-1)
    weights = (1 - distance / NEAR).clamp(min=0) * pieces
    return weights / weights.sum(1, keepdim=True).clamp(min=1e-9)


def with_near(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """A reader's weights with all three parts of the sentiment head; one that sees no nearness gives it no weight."""
    dense, hidden = weights["sentiment.dense.weight"], weights["encoder.norm.bias"].numel()
    return {**weights, "sentiment.dense.weight": F.pad(dense, (0, 3 * hidden - dense.shape[1]))}


class Reader(nn.Module):
    """`parts` is 3 where the sentiment head also sees what stands near the mention, else 2."""

    def __init__(self, base: Base, tags: dict[str, int], extra: tuple[str, ...], parts: int, drop: float = 0.1):
        super().__init__()
        self.encoder = Encoder(base, 4, drop)
        self.tags = nn.ModuleDict({name: nn.Linear(base.hidden, n) for name, n in tags.items()})
        self.sentiment = SpanClassifier(base.hidden, parts, extra, drop)
        self.drop = CheapDropout(drop)

    def feel(self, states, rows, spans, pieces, head: str | None = None):
        """Sentiment logits [M,3] of mentions; `pieces` [B,T] is 1 on the sentences' pieces."""
        near = nearness(spans, pieces[rows]) if self.sentiment.parts == 3 else None
        return self.sentiment(pool(states, rows, spans, near), head)


class Judge(nn.Module):
    def __init__(self, base: Base, drop: float = 0.1):
        super().__init__()
        self.encoder = Encoder(base, 2, drop)
        self.stance = SpanClassifier(base.hidden, drop=drop)
