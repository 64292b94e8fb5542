"""A channel to the server: TLS, a bearer token, and retries by the published service config."""

from pathlib import Path

import grpc

# An answer can have ten times the bytes of its article, more than the 4 MiB that gRPC takes unless told.
MAX_ANSWER_BYTES = 64 << 20


def connect(
    server: str,
    service_config: Path,
    ca: Path | None = None,
    cert: Path | None = None,
    key: Path | None = None,
    token: str | None = None,
) -> grpc.Channel:
    """Opens a channel: TLS where an authority is given, mutual TLS where a certificate and its key are too."""
    options = [
        ("grpc.service_config", service_config.read_text()),
        ("grpc.max_receive_message_length", MAX_ANSWER_BYTES),
    ]
    if ca is None:
        if token is not None:
            raise ValueError("a token is sent over TLS only: give --ca")
        return grpc.insecure_channel(server, options)
    credentials = grpc.ssl_channel_credentials(
        root_certificates=ca.read_bytes(),
        private_key=key.read_bytes() if key else None,
        certificate_chain=cert.read_bytes() if cert else None,
    )
    if token is not None:
        bearer = grpc.access_token_call_credentials(token)
        credentials = grpc.composite_channel_credentials(credentials, bearer)
    return grpc.secure_channel(server, credentials, options)
