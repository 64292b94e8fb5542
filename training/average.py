"""The mean of trained weight sets: python average.py --out FILE.pt A.pt:0.3 B.pt:0.7

Sets that come from one another by further training lie close enough for their mean to keep what each is good at
(Wortsman et al. 2022, model soups).
"""

import argparse

import torch

from model import with_near


def mean_of(shares: list[tuple[str, float]]) -> dict[str, torch.Tensor]:
    """(path, share) pairs -> what all of them hold."""
    sets = [torch.load(path, weights_only=True) for path, _ in shares]
    total = sum(share for _, share in shares)
    if "sentiment.dense.weight" in sets[0]:
        sets = [with_near(s) for s in sets]
    common = [k for k in sets[0] if all(k in s for s in sets)]
    return {k: sum(share / total * s[k] for s, (_, share) in zip(sets, shares)) for k in common}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("weights", nargs="+", help="FILE.pt:SHARE")
    a = p.parse_args()
    shares = [w.rsplit(":", 1) for w in a.weights]
    torch.save(mean_of([(path, float(share)) for path, share in shares]), a.out)


if __name__ == "__main__":
    main()
