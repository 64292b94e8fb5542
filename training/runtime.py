"""The model files under ONNX Runtime, one sentence a call, as the service runs them."""

import os

import numpy as np
import onnxruntime as ort
import torch

from judge_data import Pair
from metrics import best_tags
from model import nearness, pool
from reader_data import CONLL_TAGS, WORLD_TAGS
from text import Pieces, Splitter


class Runtime:
    def __init__(self, folder: str, splitter: Splitter, threads: int = 1):
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self.splitter = splitter
        self.sessions = {
            name: ort.InferenceSession(os.path.join(folder, name + ".onnx"), options)
            for name in ("reader", "sentiment", "voiced", "directed", "phrases", "links", "salience", "judge", "stance")
        }

    def ids(self, pieces: Pieces) -> list[int]:
        return [self.splitter.cls, *pieces.ids, self.splitter.sep]

    def read(self, pieces: Pieces) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """states [T,384], tags_world [T,19], tags_conll [T,9] with T = pieces + 2."""
        inputs = {
            "input_ids": np.array([self.ids(pieces)], np.int64),
            "case_ids": np.array([[0, *pieces.cases, 0]], np.int64),
        }
        return tuple(x[0] for x in self.sessions["reader"].run(None, inputs))

    def pooled(self, states: np.ndarray, weights: list[float]) -> np.ndarray:
        """weights over the pieces (without special tokens) -> [CLS], the mention, what is near it: [1,3H]."""
        spans = torch.tensor([[0.0, *weights, 0.0]])
        inside = torch.ones_like(spans)
        inside[0, 0] = inside[0, -1] = 0
        return pool(torch.from_numpy(states)[None], torch.tensor([0]), spans, nearness(spans, inside)).numpy()

    def sentiment(self, states: np.ndarray, weights: list[float]) -> np.ndarray:
        """weights over the pieces (without special tokens) -> logits [3]."""
        pooled = self.pooled(states, weights)
        return self.sessions["sentiment"].run(None, {"pooled": pooled})[0][0]

    def voiced(self, states: np.ndarray, weights: list[float]) -> np.ndarray:
        """The same if the sentence is somebody's words."""
        return self.sessions["voiced"].run(None, {"pooled": self.pooled(states, weights)})[0][0]

    def phrases(self, states: np.ndarray) -> np.ndarray:
        """states [N,H] of a sentence's words' first pieces -> scores [N,15]."""
        between = np.pad(states, ((1, 1), (0, 0)))
        return self.sessions["phrases"].run(None, {"states": np.concatenate([between[:-2], states, between[2:]], 1)})[0]

    def link(self, states: np.ndarray, anaphor: list[float], antecedent: list[float]) -> float:
        """The score of two mentions, given as weights over the pieces, whose pair's features are all 0."""
        hidden = states.shape[1]
        pooled = [self.pooled(states, weights)[0, hidden:] for weights in (anaphor, antecedent)]
        features = self.sessions["links"].get_inputs()[3].shape[1]
        inputs = {
            "mentions": np.stack(pooled),
            "anaphors": np.array([0], np.int64),
            "antecedents": np.array([1], np.int64),
            "features": np.zeros((1, features), np.float32),
        }
        return float(self.sessions["links"].run(None, inputs)[0][0, 0])

    def directed_inputs(self, states: np.ndarray, holder: list[float], target: list[float]) -> dict[str, np.ndarray]:
        """Each [1,2H]: the mean state of the one and of what is near it, the same of the other, and the mean state of what stands between them with [CLS]."""
        hidden = states.shape[1]
        holders, targets = (self.pooled(states, weights)[:, hidden:] for weights in (holder, target))
        spans = sorted((min(at), max(at)) for at in (np.flatnonzero(holder), np.flatnonzero(target)))
        between = states[spans[0][1] + 2 : spans[1][0] + 1]  # a piece's state comes one later, after [CLS]
        mean = between.mean(0) if len(between) else np.zeros(hidden, np.float32)
        return {"holders": holders, "targets": targets, "between": np.concatenate([mean, states[0]])[None]}

    def directed(self, states: np.ndarray, holder: list[float], target: list[float]) -> np.ndarray:
        """logits [3] of the sentiment of one mention toward another, given as weights over the pieces."""
        return self.sessions["directed"].run(None, self.directed_inputs(states, holder, target))[0][0]

    def salience(self, states: np.ndarray) -> float:
        """The score of a sentence with features of 0; states [T,H], special tokens among them."""
        [sentences] = self.sessions["salience"].get_inputs()
        row = np.zeros((1, sentences.shape[1]), np.float32)
        row[0, : 2 * states.shape[1]] = np.concatenate([states[0], states[1:-1].mean(0)])
        return float(self.sessions["salience"].run(None, {"sentences": row})[0][0, 0])

    def stance(self, pair: Pair) -> np.ndarray:
        """logits [3] of a pair."""
        sep, n = self.splitter.sep, len(pair.target)
        ids = [self.splitter.cls, *pair.target, sep, *pair.passage, sep]
        types = [0] * (n + 2) + [1] * (len(pair.passage) + 1)
        inputs = {"input_ids": np.array([ids], np.int64), "token_type_ids": np.array([types], np.int64)}
        states = self.sessions["judge"].run(None, inputs)[0][0]
        pooled = np.concatenate([states[0], states[1 : n + 1].mean(0)])[None].astype(np.float32)
        return self.sessions["stance"].run(None, {"pooled": pooled})[0][0]


def word_tags(pieces: Pieces, logits: np.ndarray, names: list[str]) -> list[str]:
    """Tags of the pre-tokens, read on their first pieces; O for words beyond the cut."""
    firsts = [i + 1 for i, first in enumerate(pieces.first_of_word()) if first]
    tags = best_tags(logits[firsts], names)
    return tags + ["O"] * (len(pieces.word_spans) - len(tags))


HEAD_TAGS = {"world": WORLD_TAGS, "conll": CONLL_TAGS}
