"""Spans, which index the very strings that were sent, since their offsets are asked for in code points."""

from collections.abc import Iterator

from google.protobuf.message import Message
from newsprism.v1.article_pb2 import SOURCE_FIELD_TITLE, Article, TextSpan


def check_spans(article: Article, answer: Message) -> int:
    """How many spans an answer has, each of which gives its own text; ValueError if one doesn't."""
    count = 0
    for span in spans_in(answer):
        source = article.title if span.field == SOURCE_FIELD_TITLE else article.content
        sliced = source[span.start_offset : span.end_offset]
        if sliced != span.text:
            raise ValueError(f"[{span.start_offset}, {span.end_offset}) is {sliced!r}, not {span.text!r}")
        count += 1
    return count


def spans_in(message: Message) -> Iterator[TextSpan]:
    """Every span within a message, at any depth."""
    if isinstance(message, TextSpan):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is not None:
            for part in value if field.is_repeated else [value]:
                yield from spans_in(part)
