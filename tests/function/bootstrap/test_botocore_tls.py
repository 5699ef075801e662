"""Whom the SDK's clients trust."""

import datetime
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import SSLError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from function.bootstrap import clients

NOTHING = b"<ListTopicsResponse><ListTopicsResult><Topics/></ListTopicsResult></ListTopicsResponse>"


class Answer(BaseHTTPRequestHandler):
    """Answers once on each connection."""

    def do_POST(self) -> None:
        """List no topics."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(NOTHING)))
        self.end_headers()
        self.wfile.write(NOTHING)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    signed = built.add_extension(address, critical=False).sign(key, hashes.SHA256())
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *form)
    )
    return path


@pytest.fixture
def endpoint(certificate: Path) -> Iterator[str]:
    """The address of a server that has this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The places that certificates were read in."""
    places: list[Any] = []
    read = ssl.SSLContext.load_verify_locations

    def counted(self: Any, *asked: Any) -> None:
        places.append(asked[0])
        read(self, *asked)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", counted, raising=False)
    return places


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> Any:
    """A session of a cold start, which trusts the certificate."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate))
    return clients._session.__wrapped__()


def test_certificates_are_read_once_for_all_clients_and_connections(
    session: Any, endpoint: str, reads: list[Any], certificate: Path
) -> None:
    for _ in range(3):
        client = session.create_client("sns", "eu-central-1", endpoint_url=endpoint)
        assert [client.list_topics()["Topics"] for _ in range(2)] == [[], []]
    assert reads == [str(certificate)]


def test_whom_nobody_vouches_for_is_not_spoken_to(session: Any, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_CA_BUNDLE")
    with pytest.raises(SSLError, match=r"self.signed"):
        session.create_client("sns", "eu-central-1", endpoint_url=endpoint).list_topics()
