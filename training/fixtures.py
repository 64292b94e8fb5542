"""Write examples of the text-to-model contract: pieces, case classes, spans and a few int8 outputs.

python fixtures.py --models DIR --out FILE

Spans are given in characters (code points) and in bytes of the UTF-8 text.
"""

import argparse
import json

from judge_data import pairs
from reader_data import span_weights
from runtime import HEAD_TAGS, Runtime, word_tags
from text import Splitter

# (text, mention)
TEXTS = [
    ("The mayor praised Maria Lopez for her calm handling of the flood.", "Maria Lopez"),
    ("Critics say Mr. O'Neill misled voters about the U.S. deficit.", "O'Neill"),
    ("“Une décision honteuse”, said François Müller of Crédit Agricole.", "François Müller"),
    ("NASA and eBay deny McDonald’s claims — again!", "McDonald’s"),
    ("I think A.J. Smith's 3D-printed F-16 cost $1.2 million 🚀 in 2019.", "A.J. Smith"),
    ("Shares of ACME Corp. fell 12% after the CEO's arrest in São Paulo.", "ACME Corp."),
    ("東京 is the capital of Japan; Tokyo’s governor won by a landslide.", "Tokyo’s governor"),
    ("G20 leaders, e.g. Erdoğan and ÖZDEMIR, met on Jan. 5th, 2021 (UTC+1).", "Erdoğan"),
    ("He's the worst president ever,the senator told CNN/AP…", "the senator"),
    ("iPhone sales soared;  Apple\tthanked its   loyal customers.", "Apple"),
    ("Anticonstitutionnellement-minded İstanbul voters hailed Åsa Öberg.", "Åsa Öberg"),
]
PAIRS = [
    ("nuclear power", "Reactors are safe and clean, and we should build many more of them."),
    ("school uniforms", "Uniforms crush the personality of children and cost families money."),
    ("the death penalty", "The committee will meet on Tuesday to hear the report."),
]


def rounded(values, digits=4) -> list[float]:
    return [round(float(v), digits) for v in values]


def byte_span(text: str, start: int, end: int) -> list[int]:
    return [len(text[:start].encode()), len(text[:end].encode())]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--models", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    splitter = Splitter()
    runtime = Runtime(a.models, splitter)
    sentences = []
    for text, mention in TEXTS:
        pieces = splitter(text)
        states, world, conll = runtime.read(pieces)
        start = text.index(mention)
        end = start + len(mention)
        weights = span_weights(pieces, start, end)
        sentences.append(
            {
                "text": text,
                "input_ids": runtime.ids(pieces),
                "case_ids": [0, *pieces.cases, 0],
                "pieces": [splitter.vocab[i] for i in pieces.ids],
                "piece_words": pieces.words,
                "word_spans_chars": pieces.word_spans,
                "word_spans_bytes": [byte_span(text, *span) for span in pieces.word_spans],
                "tags_world": word_tags(pieces, world, HEAD_TAGS["world"]),
                "tags_conll": word_tags(pieces, conll, HEAD_TAGS["conll"]),
                "states_cls_first8": rounded(states[0, :8]),
                "states_last_piece_first8": rounded(states[-2, :8]),
                "tags_world_logits_first_piece": rounded(world[1]),
                "tags_conll_logits_first_piece": rounded(conll[1]),
                "mention": mention,
                "mention_span_chars": [start, end],
                "mention_span_bytes": byte_span(text, start, end),
                "mention_pieces": [i + 1 for i, w in enumerate(weights) if w],
                "sentiment_logits": rounded(runtime.sentiment(states, weights)),
            }
        )
    stances = []
    for (target, passage), pair in zip(PAIRS, pairs(splitter, [(t, q, 0, False) for t, q in PAIRS])):
        sep = splitter.sep
        stances.append(
            {
                "target": target,
                "passage": passage,
                "input_ids": [splitter.cls, *pair.target, sep, *pair.passage, sep],
                "token_type_ids": [0] * (len(pair.target) + 2) + [1] * (len(pair.passage) + 1),
                "stance_logits": rounded(runtime.stance(pair)),
            }
        )
    with open(a.out, "w", encoding="utf-8") as f:
        json.dump({"sentences": sentences, "pairs": stances}, f, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
