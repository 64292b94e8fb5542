package newsprism.example;

import io.grpc.protobuf.StatusProto;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import newsprism.v1.AnalysisFeatures;
import newsprism.v1.AnalysisOptions;
import newsprism.v1.AnalyzeArticleRequest;
import newsprism.v1.AnalyzeArticleResponse;
import newsprism.v1.Article;
import newsprism.v1.ArticleAnalysisServiceGrpc;
import newsprism.v1.EntityOptions;
import newsprism.v1.OffsetEncoding;
import newsprism.v1.SegmentOptions;
import newsprism.v1.Sentiment;
import newsprism.v1.StanceOptions;
import newsprism.v1.StanceTarget;
import newsprism.v1.SummaryOptions;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Analyses one article, or a corpus over one stream. */
@Command(
    name = "newsprism-client",
    description = "Analyses one article, or a corpus over one stream.",
    footer = "A bearer token is taken from the environment: NEWSPRISM_TOKEN.")
final class Main {
  private static final PrintStream OUT = utf8(FileDescriptor.out);

  @ArgGroup(exclusive = false)
  private Connection connection = new Connection();

  @Option(names = "--deadline", defaultValue = "30", paramLabel = "SECONDS", description = "Of an article.")
  private long deadline;

  @Option(names = "--target", paramLabel = "TEXT", description = "Detect the stance toward it.")
  private List<String> targets = List.of();

  public static void main(String[] arguments) {
    var commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          var status = StatusProto.fromThrowable(exception);
          utf8(FileDescriptor.err).println(status == null ? exception : Errors.describe(status));
          return 1;
        });
    System.exit(commandLine.execute(arguments));
  }

  @Command(description = "One article.")
  void analyze(@Parameters(paramLabel = "FILE") Path file) throws Exception {
    var request = analysisOf(file);
    try (var channel = connection.open()) {
      var service = ArticleAnalysisServiceGrpc.newBlockingStub(channel.get());
      var answer = service.withDeadlineAfter(deadline, TimeUnit.SECONDS).analyzeArticle(request);
      print(answer);
      var count = Spans.check(request.getArticle(), answer);
      OUT.printf("%d spans in UTF-16 units, each gives its own text%n", count);
    }
  }

  @Command(description = "A corpus over one stream.")
  void stream(@Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files) throws Exception {
    var requests = new LinkedHashMap<String, AnalyzeArticleRequest>();
    for (var file : files) {
      requests.put(file.getFileName().toString(), analysisOf(file));
    }
    var tally = new Tally();
    try (var channel = connection.open();
        var bar = new ProgressBar("articles", requests.size())) {
      var service = ArticleAnalysisServiceGrpc.newStub(channel.get());
      var wholeDeadline = Duration.ofSeconds(deadline * requests.size());
      Corpus.analyze(service, requests, wholeDeadline, (name, outcome) -> {
        if (outcome.hasError()) {
          tally.refused++;
          OUT.printf("%s: %s%n", name, Errors.describe(outcome.getError()));
        } else {
          var analysis = outcome.getAnalysis();
          tally.read++;
          tally.spans += Spans.check(requests.get(name).getArticle(), analysis);
          OUT.printf("%s: %s, %d entities%n", name, describe(analysis.getDocumentSentiment()), analysis.getEntitiesCount());
        }
        bar.step();
      });
    }
    OUT.printf("%d read, %d refused, %d spans in UTF-16 units%n", tally.read, tally.refused, tally.spans);
  }

  private static final class Tally {
    int read;
    int refused;
    int spans;
  }

  /** The request for an article in a file, whose first line is the title. */
  private AnalyzeArticleRequest analysisOf(Path file) throws IOException {
    var text = Files.readString(file).split("\r?\n", 2);
    var features = AnalysisFeatures.newBuilder()
        .setSummary(SummaryOptions.getDefaultInstance())
        .setEntities(EntityOptions.getDefaultInstance())
        .setSegments(SegmentOptions.getDefaultInstance());
    if (!targets.isEmpty()) {
      var stance = StanceOptions.newBuilder();
      targets.forEach(target -> stance.addTargets(StanceTarget.newBuilder().setText(target)));
      features.setStance(stance);
    }
    return AnalyzeArticleRequest.newBuilder()
        .setArticle(Article.newBuilder()
            .setArticleId(file.getFileName().toString())
            .setTitle(text[0])
            .setContent(text.length > 1 ? text[1] : ""))
        .setOptions(AnalysisOptions.newBuilder()
            .setOffsetEncoding(OffsetEncoding.OFFSET_ENCODING_UTF16_CODE_UNITS))
        .setFeatures(features)
        .build();
  }

  private static void print(AnalyzeArticleResponse answer) {
    OUT.println("Summary");
    answer.getSummary().getSentencesList().forEach(sentence -> OUT.printf("  • %s%n", sentence.getSpan().getText()));
    OUT.println("Entities");
    for (var entity : answer.getEntitiesList()) {
      OUT.printf("  %s: %s, %d mentions%n", entity.getName(), describe(entity.getSentiment()), entity.getMentionsCount());
    }
    if (answer.getStancesCount() > 0) {
      OUT.println("Stance");
    }
    for (var result : answer.getStancesList()) {
      var stance = result.getStance().name().replace("STANCE_", "").toLowerCase();
      OUT.printf("  %s: %s %+.2f%n", result.getText(), stance, result.getScore());
    }
  }

  private static String describe(Sentiment sentiment) {
    var label = sentiment.getLabel().name().replace("SENTIMENT_LABEL_", "").toLowerCase();
    return "%s %+.2f".formatted(label, sentiment.getScore());
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
