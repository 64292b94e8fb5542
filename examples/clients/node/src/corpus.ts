// A corpus over one stream: answers as they come, and a new stream where a server went away.

import { Readable, type Writable } from "node:stream";
import { Metadata, status, type ServiceError } from "@grpc/grpc-js";
import type {
  AnalysisOutcome,
  AnalyzeArticleRequest,
  ArticleAnalysisServiceClient,
  StreamAnalyzeArticlesResponse,
} from "../gen/newsprism/v1/service.js";

const STREAMS = 4;

/** Yields each request's id with its outcome, in the order of the answers. `deadline` is in milliseconds, for each stream. */
export async function* analyzeCorpus(
  service: ArticleAnalysisServiceClient,
  requests: Map<string, AnalyzeArticleRequest>,
  deadline: number,
): AsyncGenerator<[string, AnalysisOutcome]> {
  const unanswered = new Map(requests);
  for (let left = STREAMS - 1; ; left--) {
    const call = service.streamAnalyzeArticles(new Metadata(), { deadline: Date.now() + deadline });
    const items = [...unanswered].map(([correlationId, request]) => ({ correlationId, request }));
    // Waits while the server doesn't read.
    Readable.from(items).pipe(call as unknown as Writable);
    try {
      for await (const response of call as AsyncIterable<StreamAnalyzeArticlesResponse>) {
        unanswered.delete(response.correlationId);
        yield [response.correlationId, response.outcome!];
      }
      return;
    } catch (error) {
      // A server that drains ends its streams; what it didn't answer is for another one.
      if ((error as ServiceError).code !== status.UNAVAILABLE || left === 0) throw error;
    }
  }
}
