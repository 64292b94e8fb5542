"""Training and evaluation examples of the judge: stance of a passage toward a target.

Sources (folders of the data directory): vast, perspectrum, argkp2021, ibm_claim_stance.
Never ARC: the posts of VAST's test split come from it.
"""

import csv
import json
import os
from dataclasses import dataclass

from text import Splitter

STANCE = ["against", "neutral", "favor"]
MAX_PAIR = 256  # pieces of the whole pair with its three special tokens
MAX_TARGET = 64


@dataclass
class Pair:
    target: list[int]  # piece ids
    passage: list[int]
    label: int
    zero_shot: bool = False


def rows_of(*path: str) -> list[dict[str, str]]:
    with open(os.path.join(*path), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def vast(data: str, part: str) -> list[tuple[str, str, int, bool]]:
    """(target, passage, class, zero-shot?) of part train, dev or test."""
    if part == "train":
        classes = {"0": 0, "1": 2, "2": 1}  # con, pro, neutral
        return [
            (r["topic"], r["post"], classes[r["label"]], False)
            for r in rows_of(data, "vast", "vast_train_slim.csv")
        ]
    classes = {"AGAINST": 0, "NONE": 1, "NEUTRAL": 1, "FAVOR": 2}
    return [
        (r["Target 1"], r["Tweet"], classes[r["Stance 1"]], r["seen?"] == "0")
        for r in rows_of(data, "vast", f"vast_{part}.csv")
    ]


def perspectrum(data: str) -> list[tuple[str, str, int, bool]]:
    """Claim as target, perspective as passage; train claims only."""
    folder = os.path.join(data, "perspectrum")
    with open(os.path.join(folder, "dataset_split_v1.0.json"), encoding="utf-8") as f:
        split = json.load(f)
    with open(os.path.join(folder, "perspective_pool_v1.0.json"), encoding="utf-8") as f:
        text = {p["pId"]: p["text"] for p in json.load(f)}
    with open(os.path.join(folder, "perspectrum_with_answers_v1.0.json"), encoding="utf-8") as f:
        claims = json.load(f)
    classes = {"UNDERMINE": 0, "SUPPORT": 2}
    return [
        (claim["text"], text[pid], classes[group["stance_label_3"]], False)
        for claim in claims
        if split[str(claim["cId"])] == "train"
        for group in claim["perspectives"]
        if group["stance_label_3"] in classes
        for pid in group["pids"]
    ]


def argkp(data: str) -> list[tuple[str, str, int, bool]]:
    """Motion as target; arguments and key points as passages; train motions only."""
    folder = os.path.join(data, "argkp2021", "kpm_data")
    out = []
    for name, column in (("arguments_train.csv", "argument"), ("key_points_train.csv", "key_point")):
        for r in rows_of(folder, name):
            out.append((r["topic"], r[column], {"-1": 0, "1": 2}[r["stance"]], False))
    return out


def ibm_claims(data: str) -> list[tuple[str, str, int, bool]]:
    """Motion as target, claim as passage; train motions only."""
    return [
        (r["topicText"], r["claims.claimCorrectedText"], {"CON": 0, "PRO": 2}[r["claims.stance"]], False)
        for r in rows_of(data, "ibm_claim_stance", "claim_stance_clean.csv")
        if r["split"] == "train"
    ]


def pairs(splitter: Splitter, rows, longest: int = MAX_PAIR) -> list[Pair]:
    """Cut the passage so that the pair holds at most `longest` pieces."""
    targets = splitter.many([r[0] for r in rows])
    passages = splitter.many([r[1] for r in rows])
    out = []
    for (_, _, label, zero_shot), target, passage in zip(rows, targets, passages):
        t = target.ids[:MAX_TARGET]
        out.append(Pair(t, passage.ids[: longest - 3 - len(t)], label, zero_shot))
    return out
