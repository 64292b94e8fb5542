// Errors for a person to read, with the details that the server gives.

import { status, type ServiceError } from "@grpc/grpc-js";
import { BadRequest, ErrorInfo, RetryInfo } from "../gen/google/rpc/error_details.js";
import { Status } from "../gen/google/rpc/status.js";

/** The whole status of a failed call; errors of the transport have no details. */
export function statusOf(error: ServiceError): Status {
  const [details] = error.metadata.get("grpc-status-details-bin");
  return details instanceof Buffer
    ? Status.decode(details)
    : { code: error.code, message: error.details, details: [] };
}

/** Lines that say all there is to a status. */
export function describe({ code, message, details }: Status): string {
  const lines = [`${status[code]}: ${message}`];
  for (const { typeUrl, value } of details) {
    switch (typeUrl) {
      case "type.googleapis.com/google.rpc.ErrorInfo": {
        const { reason, domain, metadata } = ErrorInfo.decode(value);
        const pairs = Object.entries(metadata).map(([name, value]) => `${name}=${value}`);
        lines.push(`  reason: ${reason} of ${domain} (${pairs.sort().join(" ")})`);
        break;
      }
      case "type.googleapis.com/google.rpc.BadRequest":
        for (const { field, description } of BadRequest.decode(value).fieldViolations) {
          lines.push(`  field: ${field}: ${description}`);
        }
        break;
      case "type.googleapis.com/google.rpc.RetryInfo": {
        const { seconds = 0, nanos = 0 } = RetryInfo.decode(value).retryDelay ?? {};
        lines.push(`  retry after: ${(seconds + nanos / 1e9).toFixed(3)} s`);
      }
    }
  }
  return lines.join("\n");
}
