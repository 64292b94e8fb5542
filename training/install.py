"""Put a head that was taught on exported models' states into their folder, with its entry in the manifest.

python install.py --models DIR     puts heads there that find, link and prefer nothing, for a folder that lacks them
"""

import argparse
import hashlib
import json
import os

import torch

import onnx_graph
from export import put
from reader_data import SENTIMENT

LICENSES = {
    "phrases": "Apache-2.0; taught on GUM (CC BY 4.0) and GAP (Apache-2.0)",
    "directed": "Apache-2.0; taught on directed sentiment in political news (none stated; news sentences)",
    "voiced": "Apache-2.0; taught on the repository's own articles and NewsMTSC (MIT-style)",
    "links": "Apache-2.0; taught on GUM (CC BY 4.0), GAP (Apache-2.0) and the repository's own articles",
    "salience": "Apache-2.0; taught on highlights of CNN articles (Apache-2.0 as stated; news text)",
}
TYPES = ["person", "organization", "place", "thing", "event", "time", "abstract"]
ROLES = ["subject", "object", "oblique", "possessive", "other"]
LABELS = ["O", "B", "I", *TYPES, *ROLES]
FEATURES = 86  # of a pair, as the service has them
SEEN = 18  # features of a sentence, likewise


def about(hidden: int) -> dict[str, dict]:
    return {
        "phrases": {
            "description": "Base noun phrases, what they stand for and their part in the sentence, from words' states; fp32.",
            "inputs": {"states": f"float [N,{3 * hidden}]"},
            "outputs": {"scores": f"[N,{len(LABELS)}]"},
            "labels": {"scores": LABELS},
        },
        "directed": {
            "description": "Sentiment of a holder toward a target, from the mean states of both and of what is near and between them; fp32.",
            "inputs": {name: f"float [P,{2 * hidden}]" for name in ("holders", "targets", "between")},
            "outputs": {"logits": "[P,3]"},
            "labels": {"logits": SENTIMENT},
        },
        "voiced": {
            "description": "Sentiment of a mention in somebody's own words: [CLS], its mean state, that of what is near it; fp32.",
            "inputs": {"pooled": f"float [M,{3 * hidden}]"},
            "outputs": {"logits": "[M,3]"},
            "labels": {"logits": SENTIMENT},
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
        "salience": {
            "description": "The worth of a sentence for a summary, from [CLS], its mean state and what can be seen of it; fp32.",
            "inputs": {"sentences": f"float [N,{2 * hidden + SEEN}]"},
            "outputs": {"scores": "[N,1]"},
        },
    }


def hidden_of(manifest: dict) -> int:
    [reader] = [m for m in manifest["models"] if m["name"] == "reader"]
    return int(reader["outputs"]["states"].strip("[]").split(",")[-1])


def install(models: str, name: str, weights: dict[str, torch.Tensor], version: str | None = None):
    """`name` is that of a head of `about`; without a version it gets the set's; the manifest's self-test is made by `self_test.py` afterwards."""
    path = os.path.join(models, "manifest.json")
    with open(path, encoding="utf-8") as f:
        manifest = json.load(f)
    arrays = {k: v.float().numpy() for k, v in weights.items()}
    content = getattr(onnx_graph, name)(arrays).SerializeToString()
    put(models, name + ".onnx", content)
    entry = {
        "name": name,
        "file": name + ".onnx",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "version": version or manifest["version"],
        "license": LICENSES[name],
        **about(hidden_of(manifest))[name],
    }
    at = next((i for i, m in enumerate(manifest["models"]) if m["name"] == name), len(manifest["models"]))
    manifest["models"][at : at + 1] = [entry]
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
        "voiced": linear("voiced.dense", 64, 3 * hidden) | linear("voiced.final", 3, 64) | {"voiced.final.bias": torch.tensor([0.0, 10.0, 0.0])},
        "salience": linear("salience", 1, 2 * hidden + SEEN),
        "directed": linear("directed.holders", 64, 2 * hidden)
        | linear("directed.targets", 64, 2 * hidden)
        | linear("directed.between", 64, 2 * hidden)
        | linear("directed.hidden", 64, 4 * 64)
        | linear("directed.final", 3, 64)
        | {"directed.final.bias": torch.tensor([0.0, 10.0, 0.0])},
    }


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--models", required=True)
    a = p.parse_args()
    with open(os.path.join(a.models, "manifest.json"), encoding="utf-8") as f:
        manifest = json.load(f)
    there = {m["name"] for m in manifest["models"]}
    for name, weights in blank(hidden_of(manifest)).items():
        if name not in there:
            install(a.models, name, weights)


if __name__ == "__main__":
    main()
