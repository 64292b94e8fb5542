"""Write the trained networks as ONNX graphs of standard operators (opset 17), fp32 or int8.

int8 form of a linear layer: DynamicQuantizeLinear on its input (uint8, one scale a call), symmetric int8
weights with one scale for each output channel and zero points 0, MatMulInteger, Cast, Mul, Add.
Before it a Mul may even out the input channels (SmoothQuant): the input is divided by a vector that the
weights are multiplied with, so that a few channels of large values do not coarsen the scale of all. Not
before `down`, where it does harm. The first `down` layer stays fp32.
int8 form of the word embedding: one scale for each row. Everything else stays fp32.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from base import HEADS

OPSET = 17
KEEP_FLOAT = ("encoder.layers.0.down",)  # the layer that suffers most from int8


class Graph:
    """A list of nodes and constants; methods add operators and return the name of their output."""

    def __init__(self, weights: dict[str, np.ndarray], int8: bool, ranges: dict[str, np.ndarray] | None = None):
        self.weights, self.int8, self.ranges = weights, int8, ranges or {}
        self.nodes, self.constants, self.shapes = [], {}, []
        self.layers = sum(name.endswith(".query.bias") for name in weights)
        self.quantised: dict[str, tuple[str, str, str]] = {}

    def const(self, name: str, value: np.ndarray) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(value, order="C"), name)
        return name

    def scalar(self, value: float) -> str:
        return self.const(f"scalar_{value:.6g}", np.array(value, np.float32))

    def op(self, kind: str, *inputs: str, name: str = "", outputs: int = 1, **attributes):
        base = name or f"{kind}_{len(self.nodes)}"
        names = [base] if outputs == 1 else [f"{base}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=base, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, layer: str, name: str = "", force_float: bool = False) -> str:
        """x @ W.T + b with the weights `layer`.weight [out,in] and `layer`.bias [out]."""
        w = self.weights[layer + ".weight"].T  # [in,out]
        bias = self.const(layer + ".bias", self.weights[layer + ".bias"])
        if force_float or not self.int8 or layer in KEEP_FLOAT:
            y = self.op("MatMul", x, self.const(layer + ".weight", w))
            return self.op("Add", y, bias, name=name)
        even = self.evening(layer)
        if x not in self.quantised:
            inner = x if even is None else self.op("Mul", x, self.const(layer + ".even", 1 / even))
            self.quantised[x] = tuple(self.op("DynamicQuantizeLinear", inner, outputs=3))
        if even is not None:
            w = w * even[:, None]
        x_int, x_scale, x_zero = self.quantised[x]
        q, scale = int8_columns(w)
        y = self.op(
            "MatMulInteger",
            x_int,
            self.const(layer + ".int8", q),
            x_zero,
            self.const(f"zero_{len(scale)}", np.zeros(len(scale), np.int8)),
        )
        both = self.op("Mul", x_scale, self.const(layer + ".scale", scale))
        self.shapes.append(helper.make_tensor_value_info(both, TensorProto.FLOAT, [len(scale)]))
        y = self.op("Mul", self.op("Cast", y, to=TensorProto.FLOAT), both)
        return self.op("Add", y, bias, name=name)

    def evening(self, layer: str) -> np.ndarray | None:
        """Divisor of each input channel [in], from the largest inputs seen and the largest weights."""
        at, part = layer.rsplit(".", 1)
        if layer not in self.ranges or part == "down":
            return None
        group = ("query", "key", "value") if part in ("query", "key", "value") else (part,)
        largest = np.max([np.abs(self.weights[f"{at}.{p}.weight"]).max(0) for p in group], axis=0)
        even = np.sqrt(np.maximum(self.ranges[layer], 1e-3) / np.maximum(largest, 1e-3))
        return (even / np.exp(np.log(even).mean())).astype(np.float32)

    def norm(self, x: str, layer: str, name: str = "") -> str:
        parts = [self.const(f"{layer}.{p}", self.weights[f"{layer}.{p}"]) for p in ("weight", "bias")]
        return self.op("LayerNormalization", x, *parts, name=name, axis=-1, epsilon=1e-12)

    def gelu(self, x: str) -> str:
        erf = self.op("Erf", self.op("Div", x, self.scalar(2**0.5)))
        return self.op("Mul", self.op("Mul", x, self.op("Add", erf, self.scalar(1.0))), self.scalar(0.5))

    def embedding(self, ids: str, table: str) -> str:
        if not self.int8:
            return self.op("Gather", self.const(table, self.weights[table]), ids)
        q, scale = int8_columns(self.weights[table].T)
        values = self.op("Gather", self.const(table + ".int8", q.T), ids)
        scales = self.op("Gather", self.const(table + ".scale", scale[:, None]), ids)
        return self.op("Mul", self.op("Cast", values, to=TensorProto.FLOAT), scales)

    def encoder(self, ids: str, types: str) -> str:
        """ids, types int64 [1,T] -> `states` float [1,T,H]."""
        hidden = self.weights["encoder.norm.bias"].size
        zero, one = self.const("zero", np.array([0])), self.const("one", np.array([1]))
        length = self.op("Gather", self.op("Shape", ids), one)
        position = self.const("position", self.weights["encoder.position.weight"])
        position = self.op("Slice", position, zero, length, zero)
        kind = self.const("kind", self.weights["encoder.kind.weight"])
        x = self.op("Add", self.embedding(ids, "encoder.word.weight"), self.op("Gather", kind, types))
        x = self.op("Add", x, position)
        x = self.norm(x, "encoder.norm")
        split = self.const("split", np.array([1, -1, HEADS, hidden // HEADS]))
        join = self.const("join", np.array([1, -1, hidden]))
        for i in range(self.layers):
            at = f"encoder.layers.{i}."
            q, k, v = (
                self.op("Reshape", self.linear(x, at + part), split) for part in ("query", "key", "value")
            )
            q = self.op("Transpose", q, perm=[0, 2, 1, 3])
            k = self.op("Transpose", k, perm=[0, 2, 3, 1])
            v = self.op("Transpose", v, perm=[0, 2, 1, 3])
            scores = self.op("Mul", self.op("MatMul", q, k), self.scalar((hidden // HEADS) ** -0.5))
            mixed = self.op("MatMul", self.op("Softmax", scores, axis=-1), v)
            mixed = self.op("Reshape", self.op("Transpose", mixed, perm=[0, 2, 1, 3]), join)
            x = self.norm(self.op("Add", x, self.linear(mixed, at + "out")), at + "out_norm")
            inner = self.gelu(self.linear(x, at + "up"))
            last = "states" if i == self.layers - 1 else ""
            x = self.norm(self.op("Add", x, self.linear(inner, at + "down")), at + "down_norm", last)
        return x

    def model(self, inputs: list, outputs: list) -> onnx.ModelProto:
        graph = helper.make_graph(
            self.nodes, "graph", inputs, outputs, list(self.constants.values()), value_info=self.shapes
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="newsprism-training"
        )
        model.ir_version = 8
        onnx.checker.check_model(model, full_check=True)
        return model


def int8_columns(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """w [in,out] -> symmetric int8 [in,out] and the float scale of each column [out]."""
    scale = np.maximum(np.abs(w).max(0), 1e-8).astype(np.float32) / 127
    return np.clip(np.rint(w / scale), -127, 127).astype(np.int8), scale


def ints(name: str):
    return helper.make_tensor_value_info(name, TensorProto.INT64, [1, "pieces"])


def floats(name: str, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))


def reader(weights, int8: bool, ranges=None) -> onnx.ModelProto:
    """input_ids, case_ids [1,T] -> states [1,T,H], tags_world [1,T,19], tags_conll [1,T,9]."""
    g = Graph(weights, int8, ranges)
    hidden = weights["encoder.norm.bias"].size
    outputs = [floats(g.encoder("input_ids", "case_ids"), 1, "pieces", hidden)]
    for name in ("world", "conll"):
        size = len(weights[f"tags.{name}.bias"])
        outputs.append(floats(g.linear("states", f"tags.{name}", f"tags_{name}", True), 1, "pieces", size))
    return g.model([ints("input_ids"), ints("case_ids")], outputs)


def judge(weights, int8: bool, ranges=None) -> onnx.ModelProto:
    """input_ids, token_type_ids [1,T] -> states [1,T,H]."""
    g = Graph(weights, int8, ranges)
    states = g.encoder("input_ids", "token_type_ids")
    return g.model([ints("input_ids"), ints("token_type_ids")], [floats(states, 1, "pieces", weights["encoder.norm.bias"].size)])


def classifier(weights, at: str) -> onnx.ModelProto:
    """pooled [M,2H] -> logits [M,3]; fp32. `at` is the prefix of the head's weights."""
    g = Graph(weights, False)
    x = g.op("Tanh", g.linear("pooled", at + ".dense"))
    logits = g.linear(x, at + ".final", "logits")
    wide = weights[at + ".dense.weight"].shape[1]
    return g.model([floats("pooled", "spans", wide)], [floats(logits, "spans", 3)])


def voiced(weights) -> onnx.ModelProto:
    """pooled [M,3H] -> logits [M,3], see `voiced.py`; fp32."""
    return classifier(weights, "voiced")


def phrases(weights) -> onnx.ModelProto:
    """states [N,3H] of words and those beside them -> scores [N,15], see `phrases.py`; fp32."""
    g = Graph(weights, False)
    x = g.op("Tanh", g.linear("states", "phrases.dense"))
    scores = g.linear(x, "phrases.final", "scores")
    wide = weights["phrases.dense.weight"].shape[1]
    return g.model([floats("states", "words", wide)], [floats(scores, "words", len(weights["phrases.final.bias"]))])


def salience(weights) -> onnx.ModelProto:
    """sentences [N,2H+F]: [CLS], mean state, features -> scores [N,1], see `salience.py`; fp32."""
    g = Graph(weights, False)
    scores = g.linear("sentences", "salience", "scores")
    wide = weights["salience.weight"].shape[1]
    return g.model([floats("sentences", "sentences", wide)], [floats(scores, "sentences", 1)])


def directed(weights) -> onnx.ModelProto:
    """holders, targets, between [P,2H] -> logits [P,3], see `directed.py`; fp32."""
    g = Graph(weights, False)
    names = ("holders", "targets", "between")
    holder, target, between = (g.op("Tanh", g.linear(name, "directed." + name)) for name in names)
    x = g.op("Concat", holder, target, g.op("Mul", holder, target), between, axis=1)
    logits = g.linear(g.op("Relu", g.linear(x, "directed.hidden")), "directed.final", "logits")
    wide = weights["directed.holders.weight"].shape[1]
    return g.model([floats(name, "pairs", wide) for name in names], [floats(logits, "pairs", 3)])


def links(weights) -> onnx.ModelProto:
    """mentions [M,2H], anaphors and antecedents [P] among them, features [P,F] -> scores [P,1], see `links.py`; fp32."""
    g = Graph(weights, False)
    seen = g.op("Tanh", g.linear("mentions", "links.mention"))
    own, other = (g.op("Gather", seen, at) for at in ("anaphors", "antecedents"))
    x = g.op("Concat", own, other, g.op("Mul", own, other), "features", axis=1)
    scores = g.linear(g.op("Relu", g.linear(x, "links.hidden")), "links.final", "scores")
    wide, seen = weights["links.mention.weight"].shape[1], weights["links.mention.weight"].shape[0]
    features = weights["links.hidden.weight"].shape[1] - 3 * seen
    indexes = [helper.make_tensor_value_info(n, TensorProto.INT64, ["pairs"]) for n in ("anaphors", "antecedents")]
    inputs = [floats("mentions", "mentions", wide), *indexes, floats("features", "pairs", features)]
    return g.model(inputs, [floats(scores, "pairs", 1)])
