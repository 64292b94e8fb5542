"""Export trained weights to the model files that the service embeds.

python export.py --reader WEIGHTS.pt --judge WEIGHTS.pt --out DIR --version V [--metrics metrics.json]

Writes reader.onnx, sentiment.onnx, judge.onnx, stance.onnx (int8 encoders, fp32 heads), vocab.txt and
manifest.json. The heads for phrases, links, salience and directed sentiment go along as they are: teach them anew after this (`link.sh`, `salience.sh`, `directed.py`). `--ranges` evens out the channels before quantisation. `--float DIR` also writes the fp32 encoders there, for comparison.
"""

import argparse
import hashlib
import json
import os

import numpy as np
import torch

import onnx_graph
from base import find
from judge_data import STANCE
from model import with_near
from reader_data import CONLL_TAGS, SENTIMENT, WORLD_TAGS
from self_test import FORMAT, self_test, tokenizer
from text import Splitter



def about(reader: dict) -> dict[str, dict]:
    """What the manifest says of each model, by the sizes of the reader's weights; the judge has the same."""
    hidden = reader["encoder.norm.bias"].size
    layers = sum(name.endswith(".query.bias") for name in reader)
    size = f"{layers} layers, hidden {hidden}, int8"
    return {
        "reader": {
            "description": f"Encoder of sentences with two entity taggers; {size}.",
            "inputs": {"input_ids": "int64 [1,T]", "case_ids": "int64 [1,T]"},
            "outputs": {"states": f"[1,T,{hidden}]", "tags_world": "[1,T,19]", "tags_conll": "[1,T,9]"},
            "labels": {"tags_world": WORLD_TAGS, "tags_conll": CONLL_TAGS},
        },
        "sentiment": {
            "description": "Sentiment toward a mention from [CLS] and the mean states of the mention and of what is near; fp32.",
            "inputs": {"pooled": f"float [M,{3 * hidden}]"},
            "outputs": {"logits": "[M,3]"},
            "labels": {"logits": SENTIMENT},
        },
        "judge": {
            "description": f"Encoder of (target, passage) pairs; {size}.",
            "inputs": {"input_ids": "int64 [1,T]", "token_type_ids": "int64 [1,T]"},
            "outputs": {"states": f"[1,T,{hidden}]"},
        },
        "stance": {
            "description": "Stance toward the target from [CLS] and the mean state of the target; fp32.",
            "inputs": {"pooled": f"float [M,{2 * hidden}]"},
            "outputs": {"logits": "[M,3]"},
            "labels": {"logits": STANCE},
        },
    }


LICENSE = "Apache-2.0 base model; see MODEL_CARD.md for the terms of the training data"


def arrays(weights: dict[str, torch.Tensor]) -> dict:
    return {k: v.float().numpy() for k, v in weights.items()}


def put(folder: str, name: str, content: bytes):
    """Write under a temporary name, then rename, so that no reader sees half a file."""
    path = os.path.join(folder, name)
    with open(path + ".part", "wb") as f:
        f.write(content)
    os.replace(path + ".part", path)


def part_of(ranges: dict | None, model: str) -> dict:
    """The ranges of one model, under the names of its layers."""
    start = model + "/"
    return {k[len(start) :]: v for k, v in (ranges or {}).items() if k.startswith(start)}


def build(reader: dict, judge: dict, int8: bool, ranges: dict | None = None) -> dict[str, bytes]:
    graphs = {
        "reader": onnx_graph.reader(reader, int8, part_of(ranges, "reader")),
        "sentiment": onnx_graph.classifier(reader, "sentiment"),
        "judge": onnx_graph.judge(judge, int8, part_of(ranges, "judge")),
        "stance": onnx_graph.classifier(judge, "stance"),
    }
    return {name: graph.SerializeToString() for name, graph in graphs.items()}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    p.add_argument("--reader", required=True)
    p.add_argument("--judge", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--float")
    p.add_argument("--heads", help="a folder of models whose further heads go along; without, teach them after this")
    p.add_argument("--ranges", help="file of ranges.py")
    p.add_argument("--version", default="1")
    p.add_argument("--metrics", help='json list of {"task","metric","value"}')
    p.add_argument("--calibration", help='json {"sentiment": {"temperature": T}, "stance": {"temperature": T}}')
    a = p.parse_args()
    base = find(a.base)
    reader = arrays(with_near(torch.load(a.reader, weights_only=True)))
    judge = arrays(torch.load(a.judge, weights_only=True))
    ranges = dict(np.load(a.ranges)) if a.ranges else None
    if a.float:
        os.makedirs(a.float, exist_ok=True)
        for name, content in build(reader, judge, False).items():
            put(a.float, name + ".onnx", content)
    os.makedirs(a.out, exist_ok=True)
    entries = []
    for name, content in build(reader, judge, True, ranges).items():
        put(a.out, name + ".onnx", content)
        entries.append(
            {
                "name": name,
                "file": name + ".onnx",
                "sha256": hashlib.sha256(content).hexdigest(),
                "bytes": len(content),
                "version": a.version,
                "license": LICENSE,
                **about(reader)[name],
            }
        )
    heads = []
    if a.heads:
        with open(os.path.join(a.heads, "manifest.json"), encoding="utf-8") as f:
            heads = [m for m in json.load(f)["models"] if m["name"] in ("directed", "phrases", "links", "salience")]
    for head in heads:
        with open(os.path.join(a.heads, head["file"]), "rb") as f:
            content = f.read()
        for folder in (a.out, a.float):
            if folder:
                put(folder, head["file"], content)
    vocab = "".join(piece + "\n" for piece in base.vocab()).encode()
    put(a.out, "vocab.txt", vocab)
    metrics = []
    if a.metrics:
        with open(a.metrics, encoding="utf-8") as f:
            metrics = json.load(f)
    calibration = {"sentiment": {"temperature": 1.0}, "stance": {"temperature": 1.0}}
    if a.calibration:
        with open(a.calibration, encoding="utf-8") as f:
            calibration = json.load(f)
    manifest = {
        "format": FORMAT,
        "version": a.version,
        "models": entries + heads,
        "vocab": {"file": "vocab.txt", "sha256": hashlib.sha256(vocab).hexdigest(), "bytes": len(vocab)},
        "tokenizer": tokenizer(base),
        "calibration": calibration,
        "self_test": self_test(a.out, Splitter(base)) if heads else {},
        "metrics": metrics,
    }
    put(a.out, "manifest.json", (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())


if __name__ == "__main__":
    main()
