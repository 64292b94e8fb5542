package newsprism.example;

import com.google.protobuf.Message;
import java.util.List;
import java.util.stream.Stream;
import newsprism.v1.Article;
import newsprism.v1.SourceField;
import newsprism.v1.TextSpan;

/** Spans, which index the very strings that were sent, since their offsets are asked for in UTF-16 units. */
final class Spans {
  private Spans() {}

  /** How many spans an answer has, each of which gives its own text. */
  static int check(Article article, Message answer) {
    var spans = in(answer).toList();
    for (var span : spans) {
      var source = span.getField() == SourceField.SOURCE_FIELD_TITLE ? article.getTitle() : article.getContent();
      var slice = source.substring(span.getStartOffset(), span.getEndOffset());
      if (!slice.equals(span.getText())) {
        throw new IllegalStateException(
            "[%d, %d) is \"%s\", not \"%s\""
                .formatted(span.getStartOffset(), span.getEndOffset(), slice, span.getText()));
      }
    }
    return spans.size();
  }

  /** Every span within a message or a list of them, at any depth. */
  private static Stream<TextSpan> in(Object value) {
    if (value instanceof TextSpan span) {
      return Stream.of(span);
    }
    if (value instanceof Message message) {
      return message.getAllFields().values().stream().flatMap(Spans::in);
    }
    return value instanceof List<?> list ? list.stream().flatMap(Spans::in) : Stream.of();
  }
}
