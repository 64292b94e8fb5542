package newsprism.example;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;

/** Errors for a person to read, with the details that the server gives. */
final class Errors {
  private Errors() {}

  /** Lines that say all there is to a status. */
  static String describe(Status status) {
    var text = new StringBuilder("%s: %s".formatted(Code.forNumber(status.getCode()), status.getMessage()));
    for (var detail : status.getDetailsList()) {
      try {
        text.append(describe(detail));
      } catch (InvalidProtocolBufferException error) {
        text.append("\n  a detail that can't be read: ").append(error.getMessage());
      }
    }
    return text.toString();
  }

  private static String describe(Any detail) throws InvalidProtocolBufferException {
    if (detail.is(ErrorInfo.class)) {
      var info = detail.unpack(ErrorInfo.class);
      var metadata = info.getMetadataMap().entrySet().stream().map(Object::toString).sorted().collect(joining(" "));
      return "%n  reason: %s of %s (%s)".formatted(info.getReason(), info.getDomain(), metadata);
    }
    if (detail.is(BadRequest.class)) {
      var fields = new StringBuilder();
      for (var violation : detail.unpack(BadRequest.class).getFieldViolationsList()) {
        fields.append("%n  field: %s: %s".formatted(violation.getField(), violation.getDescription()));
      }
      return fields.toString();
    }
    if (detail.is(RetryInfo.class)) {
      var delay = detail.unpack(RetryInfo.class).getRetryDelay();
      return "%n  retry after: %.3f s".formatted(delay.getSeconds() + delay.getNanos() / 1e9);
    }
    return "";
  }
}
