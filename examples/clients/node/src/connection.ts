// A client of the service: TLS, a bearer token, and retries by the published service config.

import { readFileSync } from "node:fs";
import { credentials, Metadata, type ChannelCredentials } from "@grpc/grpc-js";
import { ArticleAnalysisServiceClient } from "../gen/newsprism/v1/service.js";

// An answer can have ten times the bytes of its article, more than the 4 MiB that gRPC takes unless told.
const MAX_ANSWER_BYTES = 64 << 20;

export interface Connection {
  server: string;
  serviceConfig: string;
  /** Turns TLS on; `cert` and `key` make it mutual. */
  ca?: string;
  cert?: string;
  key?: string;
  token?: string;
}

export function connect(connection: Connection): ArticleAnalysisServiceClient {
  return new ArticleAnalysisServiceClient(connection.server, credentialsOf(connection), {
    "grpc.service_config": readFileSync(connection.serviceConfig, "utf8"),
    "grpc.max_receive_message_length": MAX_ANSWER_BYTES,
  });
}

function credentialsOf({ ca, cert, key, token }: Connection): ChannelCredentials {
  if (!ca) {
    if (token) throw new Error("a token is sent over TLS only: give --ca");
    return credentials.createInsecure();
  }
  const read = (file?: string) => (file ? readFileSync(file) : null);
  const transport = credentials.createSsl(read(ca), read(key), read(cert));
  if (!token) return transport;
  const metadata = new Metadata();
  metadata.set("authorization", `Bearer ${token}`);
  const bearer = credentials.createFromMetadataGenerator((_, callback) => callback(null, metadata));
  return credentials.combineChannelCredentials(transport, bearer);
}
