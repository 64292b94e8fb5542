"""A corpus over one stream: answers as they come, and a new stream where a server went away."""

from collections.abc import Iterator

import grpc
from newsprism.v1.service_pb2 import AnalysisOutcome, AnalyzeArticleRequest, StreamAnalyzeArticlesRequest
from newsprism.v1.service_pb2_grpc import ArticleAnalysisServiceStub

STREAMS = 4


def analyze_corpus(
    service: ArticleAnalysisServiceStub, requests: dict[str, AnalyzeArticleRequest], deadline: float
) -> Iterator[tuple[str, AnalysisOutcome]]:
    """Yields each request's id with its outcome, in the order of the answers. `deadline` is in seconds, for each stream."""
    unanswered = dict(requests)
    for streams_left in reversed(range(STREAMS)):
        items = [
            StreamAnalyzeArticlesRequest(correlation_id=id, request=request) for id, request in unanswered.items()
        ]
        try:
            for response in service.StreamAnalyzeArticles(iter(items), timeout=deadline):
                del unanswered[response.correlation_id]
                yield response.correlation_id, response.outcome
            return
        except grpc.RpcError as error:
            # A server that drains ends its streams; what it didn't answer is for another one.
            if error.code() is not grpc.StatusCode.UNAVAILABLE or not streams_left:
                raise
