"""Weights out of exported model files, to train on from a shipped version: int8 values times their scales.

python shipped.py --models DIR --reader FILE.pt --judge FILE.pt
"""

import argparse
import os

import numpy as np
import onnx
import torch
from onnx import numpy_helper


def weights_of(path: str) -> dict[str, torch.Tensor]:
    """The inverse of `onnx_graph.py`: a linear layer is [in,out] there and [out,in] here."""
    graph = onnx.load(path).graph
    found = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
    out = {}
    for name, value in found.items():
        layer, _, part = name.rpartition(".")
        if part == "int8" and layer.endswith(".weight"):  # an embedding: one scale a row
            out[layer] = value * found[layer + ".scale"]
        elif part == "int8":
            even = 1 / found[layer + ".even"] if layer + ".even" in found else even_of(layer, found)
            out[layer + ".weight"] = (value * found[layer + ".scale"] / even[:, None]).T
        elif part in ("weight", "bias"):
            linear = part == "weight" and value.ndim == 2
            out[name] = value.T if linear else value
    out["encoder.position.weight"] = found.get("position")
    out["encoder.kind.weight"] = found.get("kind")
    return {k: torch.tensor(v, dtype=torch.float32) for k, v in out.items() if v is not None}


def even_of(layer: str, found: dict):
    """Query, key and value share one input and so one divisor, kept under the first's name; `down` has none."""
    at, part = layer.rsplit(".", 1)
    name = f"{at}.query.even"
    return 1 / found[name] if part in ("key", "value") and name in found else np.ones(1, np.float32)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--models", required=True)
    p.add_argument("--reader", required=True)
    p.add_argument("--judge", required=True)
    a = p.parse_args()
    for encoder, head, out in (("reader", "sentiment", a.reader), ("judge", "stance", a.judge)):
        files = [os.path.join(a.models, name + ".onnx") for name in (encoder, head)]
        torch.save({**weights_of(files[0]), **weights_of(files[1])}, out)


if __name__ == "__main__":
    main()
