"""Put a head that was taught on exported models' states into their folder, with its entry in the manifest.

python install.py --models DIR     puts heads there that find and link nothing, for a folder that has none yet
"""

import argparse
import hashlib
import json
import os

import torch

import onnx_graph
from export import put

LICENSE = "Apache-2.0; taught on GUM (CC BY 4.0) and GAP (Apache-2.0)"
TYPES = ["person", "organization", "place", "thing", "event", "time", "abstract"]
ROLES = ["subject", "object", "oblique", "possessive", "other"]
LABELS = ["O", "B", "I", *TYPES, *ROLES]
FEATURES = 64  # of a pair, as the service has them


def about(hidden: int) -> dict[str, dict]:
    return {
        "phrases": {
            "description": "Base noun phrases, what they stand for and their part in the sentence, from words' states; fp32.",
            "inputs": {"states": f"float [N,{3 * hidden}]"},
            "outputs": {"scores": f"[N,{len(LABELS)}]"},
            "labels": {"scores": LABELS},
        },
        "links": {
            "description": "Whether two mentions stand for one thing, from their states, what is near them and features of the pair; fp32.",
            "inputs": {
                "mentions": f"float [M,{2 * hidden}]",
                "anaphors": "int64 [P]",
                "antecedents": "int64 [P]",
                "features": f"float [P,{FEATURES}]",
            },
            "outputs": {"scores": "[P,1]"},
        },
    }


def install(models: str, name: str, weights: dict[str, torch.Tensor]):
    """`name` is phrases or links; the manifest's self-test is made by `self_test.py` afterwards."""
    path = os.path.join(models, "manifest.json")
    with open(path, encoding="utf-8") as f:
        manifest = json.load(f)
    arrays = {k: v.float().numpy() for k, v in weights.items()}
    content = getattr(onnx_graph, name)(arrays).SerializeToString()
    first = "dense" if name == "phrases" else "mention"
    wide = arrays[f"{name}.{first}.weight"].shape[1]
    put(models, name + ".onnx", content)
    entry = {
        "name": name,
        "file": name + ".onnx",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "version": manifest["version"],
        "license": LICENSE,
        **about(wide // 3 if name == "phrases" else wide // 2)[name],
    }
    manifest["models"] = [m for m in manifest["models"] if m["name"] != name] + [entry]
    put(models, "manifest.json", (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())


def blank(hidden: int) -> dict[str, dict]:
    def linear(name: str, rows: int, columns: int) -> dict:
        return {f"{name}.weight": torch.zeros(rows, columns), f"{name}.bias": torch.zeros(rows)}

    return {
        "phrases": linear("phrases.dense", 128, 3 * hidden) | linear("phrases.final", len(LABELS), 128),
        "links": linear("links.mention", 64, 2 * hidden)
        | linear("links.hidden", 64, 3 * 64 + FEATURES)
        | linear("links.final", 1, 64)
        | {"links.final.bias": torch.full((1,), -10.0)},
    }


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--models", required=True)
    a = p.parse_args()
    with open(os.path.join(a.models, "manifest.json"), encoding="utf-8") as f:
        sizes = {m["name"]: m["outputs"] for m in json.load(f)["models"]}
    hidden = int(sizes["reader"]["states"].strip("[]").split(",")[-1])
    for name, weights in blank(hidden).items():
        install(a.models, name, weights)


if __name__ == "__main__":
    main()
