"""The encoder (6 layers, hidden 384, BERT layout) and the heads of the two networks, in plain PyTorch."""

import os

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

from text import base_folder

HIDDEN, LAYERS, HEADS, VOCAB, POSITIONS = 384, 6, 12, 30522, 512


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
    def __init__(self, drop: float):
        super().__init__()
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key = nn.Linear(HIDDEN, HIDDEN)
        self.value = nn.Linear(HIDDEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.out_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.down_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = CheapDropout(drop)

    def forward(self, x, bias):
        """x [B,T,384]; bias [B,1,1,T] is 0 on real pieces and very negative on padding, or None."""

        def split(y):
            return y.view(y.shape[0], -1, HEADS, HIDDEN // HEADS).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = torch.matmul(q, k.transpose(2, 3)) * (HIDDEN // HEADS) ** -0.5
        if bias is not None:
            scores = scores + bias
        weights = torch.softmax(scores, -1)
        mixed = torch.matmul(weights, v).transpose(1, 2).reshape(x.shape[0], -1, HIDDEN)
        x = self.out_norm(x + self.drop(self.out(mixed)))
        return self.down_norm(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """ids, types [B,T] -> states [B,T,384]. `types` is the case class (reader) or the segment (judge)."""

    def __init__(self, type_rows: int, drop: float = 0.1):
        super().__init__()
        self.word = nn.Embedding(VOCAB, HIDDEN)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Embedding(type_rows, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = CheapDropout(drop)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))

    def forward(self, ids, types, mask=None):
        x = self.word(ids) + self.kind(types) + self.position.weight[: ids.shape[1]]
        x = self.drop(self.norm(x))
        bias = None if mask is None else (1.0 - mask[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_base(self):
        """Start from all-MiniLM-L6-v2. Type rows beyond its two start as row 0 with a little noise."""
        w = load_file(os.path.join(base_folder(), "model.safetensors"))
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
        for i in range(LAYERS):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    state[f"layers.{i}.{ours}.{part}"] = w[f"encoder.layer.{i}.{theirs}.{part}"]
        self.load_state_dict(state)


class SpanClassifier(nn.Module):
    """pooled [M,768] = [CLS] state and mean state of a span -> logits [M,3].

    `extra` adds final layers of their own for auxiliary data sets; they share the dense layer."""

    def __init__(self, extra: tuple[str, ...] = (), drop: float = 0.1):
        super().__init__()
        self.dense = nn.Linear(2 * HIDDEN, HIDDEN)
        self.drop = CheapDropout(drop)
        self.final = nn.Linear(HIDDEN, 3)
        self.extra = nn.ModuleDict({name: nn.Linear(HIDDEN, 3) for name in extra})

    def forward(self, pooled, name: str | None = None):
        x = self.drop(torch.tanh(self.dense(pooled)))
        return (self.extra[name] if name else self.final)(x)


def pool(states, rows, spans):
    """states [B,T,384], rows [M] (which sentence), spans [M,T] (weights that sum to 1) -> [M,768]."""
    mine = states[rows]
    mean = torch.bmm(spans.unsqueeze(1), mine).squeeze(1)
    return torch.cat([mine[:, 0], mean], -1)


class Reader(nn.Module):
    def __init__(self, tags: dict[str, int], extra: tuple[str, ...], drop: float = 0.1):
        super().__init__()
        self.encoder = Encoder(4, drop)
        self.tags = nn.ModuleDict({name: nn.Linear(HIDDEN, n) for name, n in tags.items()})
        self.sentiment = SpanClassifier(extra, drop)
        self.drop = CheapDropout(drop)


class Judge(nn.Module):
    def __init__(self, drop: float = 0.1):
        super().__init__()
        self.encoder = Encoder(2, drop)
        self.stance = SpanClassifier((), drop)
