package newsprism.example;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import newsprism.v1.AnalysisOutcome;
import newsprism.v1.AnalyzeArticleRequest;
import newsprism.v1.ArticleAnalysisServiceGrpc.ArticleAnalysisServiceStub;
import newsprism.v1.StreamAnalyzeArticlesRequest;
import newsprism.v1.StreamAnalyzeArticlesResponse;

/** A corpus over one stream: answers as they come, and a new stream where a server went away. */
final class Corpus {
  private static final int STREAMS = 4;

  private Corpus() {}

  /** Gives each request's id with its outcome to {@code answered}, in the order of the answers. */
  static void analyze(
      ArticleAnalysisServiceStub service,
      Map<String, AnalyzeArticleRequest> requests,
      Duration deadlineOfEachStream,
      BiConsumer<String, AnalysisOutcome> answered)
      throws ExecutionException, InterruptedException {
    var unanswered = new LinkedHashMap<>(requests);
    for (int left = STREAMS - 1; ; left--) {
      var items = unanswered.entrySet().stream()
          .map(entry -> StreamAnalyzeArticlesRequest.newBuilder()
              .setCorrelationId(entry.getKey())
              .setRequest(entry.getValue())
              .build())
          .toList();
      var call = new Call(items, response -> {
        unanswered.remove(response.getCorrelationId());
        answered.accept(response.getCorrelationId(), response.getOutcome());
      });
      service
          .withDeadlineAfter(deadlineOfEachStream.toMillis(), TimeUnit.MILLISECONDS)
          .streamAnalyzeArticles(call);
      try {
        call.done.get();
        return;
      } catch (ExecutionException error) {
        // A server that drains ends its streams; what it didn't answer is for another one.
        if (Status.fromThrowable(error).getCode() != Status.Code.UNAVAILABLE || left == 0) {
          throw error;
        }
      }
    }
  }

  /** One stream: sends whenever the server reads. */
  private static final class Call
      implements ClientResponseObserver<StreamAnalyzeArticlesRequest, StreamAnalyzeArticlesResponse> {
    final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Iterator<StreamAnalyzeArticlesRequest> items;
    private final Consumer<StreamAnalyzeArticlesResponse> answered;

    Call(
        List<StreamAnalyzeArticlesRequest> items,
        Consumer<StreamAnalyzeArticlesResponse> answered) {
      this.items = items.iterator();
      this.answered = answered;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamAnalyzeArticlesRequest> requests) {
      requests.setOnReadyHandler(() -> {
        while (requests.isReady() && items.hasNext()) {
          requests.onNext(items.next());
          if (!items.hasNext()) {
            requests.onCompleted();
          }
        }
      });
    }

    @Override
    public void onNext(StreamAnalyzeArticlesResponse response) {
      answered.accept(response);
    }

    @Override
    public void onError(Throwable error) {
      done.completeExceptionally(error);
    }

    @Override
    public void onCompleted() {
      done.complete(null);
    }
  }
}
