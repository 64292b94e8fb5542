"""Prove the conversion of BERT-base cased by what it fills into a gap: python check_bert.py DIR"""

import os
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from base import bert
from model import Encoder
from text import Splitter

CHECKS = [
    ("The senator strongly", "the bill, calling it a disaster.", {"opposed", "criticized", "condemned", "denounced"}),
    ("The capital of France is", ".", {"Paris"}),
]


@torch.no_grad()
def fill(folder: str, before: str, after: str, best: int = 5) -> list[str]:
    """The `best` pieces for the gap between `before` and `after`, by the fill-mask head."""
    base = bert(folder)
    splitter, encoder = Splitter(base), Encoder(base, 2).eval()
    encoder.load_base()
    w = load_file(os.path.join(folder, "model.safetensors"))
    left, right = splitter(before).ids, splitter(after).ids
    ids = torch.tensor([[splitter.cls, *left, splitter.vocab.index("[MASK]"), *right, splitter.sep]])
    x = encoder(ids, torch.zeros_like(ids))[0, 1 + len(left)]
    x = F.gelu(F.linear(x, w["mask.dense.weight"], w["mask.dense.bias"]))
    x = F.layer_norm(x, x.shape, w["mask.LayerNorm.weight"], w["mask.LayerNorm.bias"], 1e-12)
    logits = encoder.word.weight @ x + w["mask.bias"]
    return [splitter.vocab[i] for i in logits.topk(best).indices]


def main():
    for before, after, expected in CHECKS:
        found = fill(sys.argv[1], before, after)
        print(before, "[MASK]", after, "->", ", ".join(found))
        if not expected & set(found):
            raise SystemExit("the conversion is wrong: none of " + ", ".join(sorted(expected)))


if __name__ == "__main__":
    main()
