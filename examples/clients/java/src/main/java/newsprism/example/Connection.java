package newsprism.example;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import picocli.CommandLine.Option;

/** Where the server is and who is calling: TLS, a bearer token, and retries by the published service config. */
final class Connection {
  /** An answer can have ten times the bytes of its article, more than the 4 MiB that gRPC takes unless told. */
  private static final int MAX_ANSWER_BYTES = 64 << 20;

  @Option(names = "--server", paramLabel = "HOST:PORT", description = "Default: localhost:50051.")
  private String server = "localhost:50051";

  @Option(names = "--service-config", paramLabel = "FILE", description = "Default: ../service-config.json.")
  private Path serviceConfig = Path.of("../service-config.json");

  @Option(names = "--ca", paramLabel = "FILE", description = "The server's authority, PEM: speak TLS.")
  private File ca;

  @Option(names = "--cert", paramLabel = "FILE", description = "This client's certificate, PEM: mutual TLS.")
  private File cert;

  @Option(names = "--key", paramLabel = "FILE", description = "The certificate's key, PEM.")
  private File key;

  /** A channel that closes with its block. */
  record Channel(ManagedChannel get) implements AutoCloseable {
    @Override
    public void close() {
      get.shutdownNow();
    }
  }

  Channel open() throws IOException {
    Map<String, ?> config = new Gson().fromJson(Files.readString(serviceConfig), new TypeToken<Map<String, ?>>() {});
    return new Channel(
        Grpc.newChannelBuilder(server, credentials())
            .defaultServiceConfig(config)
            .enableRetry()
            .maxInboundMessageSize(MAX_ANSWER_BYTES)
            .build());
  }

  private ChannelCredentials credentials() throws IOException {
    var token = System.getenv("NEWSPRISM_TOKEN");
    if (ca == null) {
      if (token != null) {
        throw new IllegalArgumentException("a token is sent over TLS only: give --ca");
      }
      return InsecureChannelCredentials.create();
    }
    var tls = TlsChannelCredentials.newBuilder().trustManager(ca);
    if (cert != null) {
      tls.keyManager(cert, key);
    }
    return token == null ? tls.build() : CompositeChannelCredentials.create(tls.build(), new Bearer(token));
  }

  /** A token that goes with every call. */
  private static final class Bearer extends CallCredentials {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Metadata headers = new Metadata();

    Bearer(String token) {
      headers.put(AUTHORIZATION, "Bearer " + token);
    }

    @Override
    public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
      applier.apply(headers);
    }
  }
}
