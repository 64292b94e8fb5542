"""Analyses one article, or a corpus over one stream."""

import argparse
import os
import sys
from pathlib import Path

import grpc
from grpc_status import rpc_status
from newsprism.v1.analysis_pb2 import AnalysisFeatures, AnalysisOptions, SegmentOptions
from newsprism.v1.article_pb2 import OFFSET_ENCODING_UNICODE_CODE_POINTS, Article
from newsprism.v1.entity_pb2 import EntityOptions, SentimentLabel
from newsprism.v1.service_pb2 import AnalyzeArticleRequest, AnalyzeArticleResponse
from newsprism.v1.service_pb2_grpc import ArticleAnalysisServiceStub
from newsprism.v1.stance_pb2 import Stance, StanceOptions, StanceTarget
from newsprism.v1.summary_pb2 import SummaryOptions
from tqdm import tqdm

from .connection import connect
from .corpus import analyze_corpus
from .errors import describe
from .spans import check_spans


def main() -> None:
    arguments = parse_arguments()
    try:
        with connect(
            arguments.server,
            arguments.service_config,
            ca=arguments.ca,
            cert=arguments.cert,
            key=arguments.key,
            token=os.environ.get("NEWSPRISM_TOKEN"),
        ) as channel:
            arguments.run(ArticleAnalysisServiceStub(channel), arguments)
    except grpc.RpcError as error:
        # Errors of the transport have no details.
        status = rpc_status.from_call(error)
        sys.exit("\n".join(describe(status)) if status else f"{error.code().name}: {error.details()}")
    except (OSError, ValueError) as error:
        sys.exit(str(error))


def analyze(service: ArticleAnalysisServiceStub, arguments: argparse.Namespace) -> None:
    request = analysis_of(arguments.file, arguments.target)
    answer = service.AnalyzeArticle(request, timeout=arguments.deadline)
    print_analysis(answer)
    count = check_spans(request.article, answer)
    print(f"{count} spans in code points, each gives its own text")


def stream(service: ArticleAnalysisServiceStub, arguments: argparse.Namespace) -> None:
    requests = {file.name: analysis_of(file, arguments.target) for file in arguments.files}
    deadline = arguments.deadline * len(requests)
    read = refused = spans = 0
    for name, outcome in tqdm(analyze_corpus(service, requests, deadline), total=len(requests), unit=" articles"):
        if outcome.HasField("error"):
            refused += 1
            tqdm.write(f"{name}: " + "\n".join(describe(outcome.error)))
        else:
            read += 1
            spans += check_spans(requests[name].article, outcome.analysis)
            sentiment = outcome.analysis.document_sentiment
            label = SentimentLabel.Name(sentiment.label).removeprefix("SENTIMENT_LABEL_").lower()
            tqdm.write(f"{name}: {label} {sentiment.score:+.2f}, {len(outcome.analysis.entities)} entities")
    print(f"{read} read, {refused} refused, {spans} spans in code points")


def analysis_of(file: Path, targets: list[str]) -> AnalyzeArticleRequest:
    """The request for an article in a file, whose first line is the title."""
    # Decoding the bytes keeps CRLF, which reading it as text would not.
    title, _, content = file.read_bytes().decode().partition("\n")
    features = AnalysisFeatures(summary=SummaryOptions(), entities=EntityOptions(), segments=SegmentOptions())
    if targets:
        features.stance.CopyFrom(StanceOptions(targets=[StanceTarget(text=text) for text in targets]))
    return AnalyzeArticleRequest(
        article=Article(article_id=file.name, title=title.rstrip("\r"), content=content),
        options=AnalysisOptions(offset_encoding=OFFSET_ENCODING_UNICODE_CODE_POINTS),
        features=features,
    )


def print_analysis(answer: AnalyzeArticleResponse) -> None:
    print("Summary")
    for sentence in answer.summary.sentences:
        print(f"  • {sentence.span.text}")
    print("Entities")
    for entity in answer.entities:
        label = SentimentLabel.Name(entity.sentiment.label).removeprefix("SENTIMENT_LABEL_").lower()
        print(f"  {entity.name}: {label} {entity.sentiment.score:+.2f}, {len(entity.mentions)} mentions")
    if answer.stances:
        print("Stance")
    for result in answer.stances:
        print(f"  {result.text}: {Stance.Name(result.stance).removeprefix('STANCE_').lower()} {result.score:+.2f}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="A bearer token is taken from the environment: NEWSPRISM_TOKEN."
    )
    parser.add_argument("--server", default="localhost:50051", metavar="HOST:PORT")
    parser.add_argument("--service-config", default="../service-config.json", type=Path, metavar="FILE")
    parser.add_argument("--deadline", default=30.0, type=float, metavar="SECONDS", help="of an article")
    parser.add_argument("--ca", type=Path, metavar="FILE", help="the server's authority, PEM: speak TLS")
    parser.add_argument("--cert", type=Path, metavar="FILE", help="this client's certificate, PEM: mutual TLS")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the certificate's key, PEM")
    parser.add_argument("--target", default=[], action="append", metavar="TEXT", help="detect the stance toward it")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("analyze", help="one article")
    one.add_argument("file", type=Path)
    one.set_defaults(run=analyze)
    many = commands.add_parser("stream", help="a corpus over one stream")
    many.add_argument("files", type=Path, nargs="+")
    many.set_defaults(run=stream)
    return parser.parse_args()
