"""Largest absolute input of each channel of each linear layer, over some training examples.

python ranges.py --data DIR --reader WEIGHTS.pt --judge WEIGHTS.pt --out FILE.npz
"""

import argparse
import random

import numpy as np
import torch

import judge_data as jd
import reader_data as rd
from base import find
from batching import judge_batch, reader_batch
from model import Judge
from text import Splitter
from train_reader import load

EXAMPLES = 128  # of each data set


@torch.no_grad()
def ranges_of(encoder, inputs) -> dict[str, np.ndarray]:
    """inputs: (ids, types), each [1,T] -> {layer: largest values [in]}."""
    found: dict[str, torch.Tensor] = {}

    def watch(name):
        def hook(_, args):
            top = args[0].abs().flatten(0, -2).amax(0)
            found[name] = torch.maximum(found[name], top) if name in found else top

        return hook

    for name, module in encoder.named_modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(watch("encoder." + name))
    encoder.eval()
    for ids, types in inputs:
        encoder(ids, types)
    return {name: value.numpy() for name, value in found.items()}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--reader", required=True)
    p.add_argument("--judge", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    p.add_argument("--open", action="store_true", help="by WikiGold and PERSPECTRUM in place of CoNLL-2003 and VAST")
    a = p.parse_args()
    base = find(a.base)
    splitter, rng = Splitter(base), random.Random(0)
    reader, judge = load(base, torch.load(a.reader, weights_only=True)), Judge(base)
    judge.load_state_dict(torch.load(a.judge, weights_only=True))
    sentences = rng.sample(rd.newsmtsc(splitter, a.data, "train"), EXAMPLES)
    sentences += rd.tagged(splitter, rng.sample(rd.worldwide(a.data, "train"), EXAMPLES), rd.WORLD_TAGS)
    names = rd.wikigold(a.data) if a.open else rd.conll(a.data, "train")
    sentences += rd.tagged(splitter, rng.sample(names, EXAMPLES), rd.CONLL_TAGS)
    read = [reader_batch([e], splitter) for e in sentences]
    stances = jd.perspectrum(a.data) if a.open else jd.vast(a.data, "train")
    pairs = jd.pairs(splitter, rng.sample(stances, EXAMPLES))
    judged = [judge_batch([e], splitter) for e in pairs]
    out = {
        "reader": ranges_of(reader.encoder, ((b["ids"], b["cases"]) for b in read)),
        "judge": ranges_of(judge.encoder, ((b["ids"], b["types"]) for b in judged)),
    }
    np.savez(a.out, **{f"{m}/{layer}": v for m, found in out.items() for layer, v in found.items()})


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
