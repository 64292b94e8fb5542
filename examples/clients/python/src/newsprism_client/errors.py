"""Errors for a person to read, with the details that the server gives."""

from collections.abc import Iterator

from google.rpc.code_pb2 import Code
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status


def describe(status: Status) -> Iterator[str]:
    """Lines that say all there is to a status."""
    yield f"{Code.Name(status.code)}: {status.message}"
    info, bad_request, retry = ErrorInfo(), BadRequest(), RetryInfo()
    for detail in status.details:
        if detail.Unpack(info):
            metadata = " ".join(f"{name}={value}" for name, value in sorted(info.metadata.items()))
            yield f"  reason: {info.reason} of {info.domain} ({metadata})"
        elif detail.Unpack(bad_request):
            for violation in bad_request.field_violations:
                yield f"  field: {violation.field}: {violation.description}"
        elif detail.Unpack(retry):
            yield f"  retry after: {retry.retry_delay.ToTimedelta().total_seconds():.3f} s"
