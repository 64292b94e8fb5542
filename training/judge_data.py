"""Training and evaluation examples of the judge: stance of a passage toward a target.

Sources (folders of the data directory): vast, perspectrum, argkp2021, ibm_claim_stance, fnc1.
Never ARC: the posts of VAST's test split come from it.
"""

import csv
import json
import os
import random
import re
import sys
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


def vast_others(data: str, count: int, rng: random.Random) -> list[tuple[str, str, int, bool]]:
    """Posts of VAST's training part, each with the topic of another post that shares no word with it: neutral.

    VAST made most of its own neutral pairs so, a third of dev and test but a fifth of train."""
    rows = rows_of(data, "vast", "vast_train_slim.csv")
    posts, topics = sorted({r["post"] for r in rows}), sorted({r["topic"] for r in rows})
    out = []
    while len(out) < count:
        post, topic = rng.choice(posts), rng.choice(topics)
        if not any(word in post.lower() for word in topic.lower().split()):
            out.append((topic, post, 1, False))
    return out


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


def perspectrum_others(data: str, count: int, rng: random.Random) -> list[tuple[str, str, int, bool]]:
    """Its perspectives, each with another claim that shares no word of four letters or more with it: neutral."""
    rows = perspectrum(data)
    claims = sorted({claim for claim, *_ in rows})
    out = []
    while len(out) < count:
        claim, perspective = rng.choice(claims), rng.choice(rows)[1]
        if not set(re.findall(r"\w{4,}", claim.lower())) & set(re.findall(r"\w{4,}", perspective.lower())):
            out.append((claim, perspective, 1, False))
    return out


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


def fnc1(data: str, dev: bool, seed: int, unrelated: int = 3000) -> list[tuple[str, str, int, bool]]:
    """Headline as target; the passage of the body that has most in common with it. Training part only.

    Bodies whose id is divisible by 10 are dev, as for `newsprism evaluate fnc1-dev`. Agree is favor, discuss neutral; the few that disagree come three times in training.
    Of the unrelated ones, `unrelated` in training (a tenth of that in dev) are neutral."""
    csv.field_size_limit(sys.maxsize)
    bodies = {r["Body ID"]: r["articleBody"] for r in rows_of(data, "fnc1", "train_bodies.csv")}
    stances = rows_of(data, "fnc1", "train_stances.csv")
    rng = random.Random(seed)
    rows = [r for r in stances if (int(r["Body ID"]) % 10 == 0) == dev]
    others = [r for r in rows if r["Stance"] == "unrelated"]
    rows = [r for r in rows if r["Stance"] != "unrelated"]
    if not dev:
        rows += 2 * [r for r in rows if r["Stance"] == "disagree"]
    rows += rng.sample(others, unrelated // 10 if dev else unrelated)
    classes = {"disagree": 0, "discuss": 1, "unrelated": 1, "agree": 2}
    return [
        (r["Headline"], nearest(r["Headline"], bodies[r["Body ID"]]), classes[r["Stance"]], False) for r in rows
    ]


def nearest(headline: str, body: str, longest: int = 600) -> str:
    """The run of whole paragraphs of at most `longest` characters that holds most of the headline's words."""
    wanted = set(re.findall(r"\w{3,}", headline.lower()))
    runs = [""]
    for paragraph in filter(None, (" ".join(p.split()) for p in body.splitlines())):
        if len(runs[-1]) + len(paragraph) > longest and runs[-1]:
            runs.append("")
        runs[-1] = (runs[-1] + " " + paragraph).strip()
    return max(runs, key=lambda run: len(wanted & set(re.findall(r"\w{3,}", run.lower()))))


def pairs(splitter: Splitter, rows, longest: int = MAX_PAIR) -> list[Pair]:
    """Cut the passage so that the pair holds at most `longest` pieces."""
    targets = splitter.many([r[0] for r in rows])
    passages = splitter.many([r[1] for r in rows])
    out = []
    for (_, _, label, zero_shot), target, passage in zip(rows, targets, passages):
        t = target.ids[:MAX_TARGET]
        out.append(Pair(t, passage.ids[: longest - 3 - len(t)], label, zero_shot))
    return out
