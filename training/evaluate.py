"""Task scores of exported model files under ONNX Runtime.

python evaluate.py --data DIR --models DIR [DIR ...] [--part dev|test] [--json FILE]

Several folders (say int8 and fp32) are scored side by side. Choose on dev; look at test once, at the end.
"""

import argparse
import json

import judge_data as jd
import reader_data as rd
from base import find
from metrics import entity_f1, macro_f1
from runtime import HEAD_TAGS, Runtime, word_tags
from text import Splitter


def reader_scores(runtime: Runtime, data: str, part: str, only: str) -> dict[str, float]:
    splitter, out = runtime.splitter, {}
    for name in ("rw", "mt"):
        if only and only not in f"newsmtsc {name}":
            continue
        gold, guess = [], []
        for e in rd.newsmtsc(splitter, data, f"{name}-{part}"):
            states = runtime.read(e.pieces)[0]
            for weights, label, _ in e.mentions:
                gold.append(label)
                guess.append(int(runtime.sentiment(states, weights).argmax()))
        out[f"newsmtsc {name}"] = macro_f1(gold, guess)
    for name, read in (("conll", rd.conll), ("world", rd.worldwide)):
        if only and only not in name:
            continue
        gold, guess = [], []
        for e in rd.tagged(splitter, read(data, part), HEAD_TAGS[name]):
            logits = runtime.read(e.pieces)[1 if name == "world" else 2]
            gold.append(e.gold)
            guess.append(word_tags(e.pieces, logits, HEAD_TAGS[name]))
        out[name] = entity_f1(gold, guess)
    return out


def judge_scores(runtime: Runtime, data: str, part: str) -> dict[str, float]:
    pairs = jd.pairs(runtime.splitter, jd.vast(data, part))
    guess = [int(runtime.stance(p).argmax()) for p in pairs]
    out = {"vast all": macro_f1([p.label for p in pairs], guess)}
    for name, zero in (("zero-shot", True), ("few-shot", False)):
        keep = [i for i, p in enumerate(pairs) if p.zero_shot == zero]
        out[f"vast {name}"] = macro_f1([pairs[i].label for i in keep], [guess[i] for i in keep])
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--base", default="minilm", help="minilm, or the folder of the large encoder")
    p.add_argument("--models", required=True, nargs="+")
    p.add_argument("--part", default="dev", choices=["dev", "test"])
    p.add_argument("--only", default="", help="newsmtsc, conll, world or vast")
    p.add_argument("--json", help="write the figures of the first folder here, for the manifest")
    a = p.parse_args()
    splitter = Splitter(find(a.base))
    every = []
    for folder in a.models:
        runtime = Runtime(folder, splitter)
        scores = {} if a.only == "vast" else reader_scores(runtime, a.data, a.part, a.only)
        if a.only in ("", "vast"):
            scores |= judge_scores(runtime, a.data, a.part)
        every.append(scores)
    for name in every[0]:
        print(f"{name:20} {a.part}", *(f"{scores[name]:6.2f}" for scores in every), flush=True)
    if a.json:
        rows = [
            {"task": name, "metric": f"{a.part} macro-F1" if " " in name else f"{a.part} entity F1", "value": round(value, 2)}
            for name, value in every[0].items()
        ]
        with open(a.json, "w", encoding="utf-8") as f:
            json.dump(rows, f, indent=2)


if __name__ == "__main__":
    main()
