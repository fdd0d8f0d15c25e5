"""F15: nothing is read over a connection whose certificate or version does not hold; invariant I after each."""

import ast
import socket
import ssl
import subprocess
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import jobtide
from tests.sources.faulty import answer, running
from tests.sources_net.invariant import invariant
from tests.sources_net.loop import board, source

_AUTHORITY = """[ca]
default_ca = own
[own]
dir = {folder}
database = $dir/index
serial = $dir/serial
new_certs_dir = $dir
certificate = $dir/ca.pem
private_key = $dir/ca.key
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
"""


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the test's own, and the folder of what it signed."""

    folder: Path

    def signs(self, name: str, *, host: str = "IP:127.0.0.1", until: str = "20991231000000Z") -> ssl.SSLContext:
        """A server's context with a certificate for ``host``, valid from 2020 to ``until``."""
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr",
                      "-subj", f"/CN={name}", "-addext", f"subjectAltName={host}")  # fmt: skip
        self._openssl("ca", "-config", "ca.conf", "-batch", "-notext", "-in", f"{name}.csr", "-out", f"{name}.pem",
                      "-startdate", "20200101000000Z", "-enddate", until)  # fmt: skip
        return self.context(name)

    def itself(self, name: str) -> ssl.SSLContext:
        """A server's context with a certificate that its owner signed."""
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem",
                      "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1")  # fmt: skip
        return self.context(name)

    def context(self, name: str) -> ssl.SSLContext:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return tls

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    @classmethod
    def at(cls, folder: Path) -> "Authority":
        """A new one."""
        (folder / "ca.conf").write_text(_AUTHORITY.format(folder=folder))
        (folder / "index").touch()
        (folder / "serial").write_text("01\n")
        found = cls(folder)
        found._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
                       "-subj", "/CN=Harbour Authority", "-addext", "basicConstraints=critical,CA:TRUE")  # fmt: skip
        return found

    def stranger(self) -> "Authority":
        """Another authority that calls itself the same."""
        (self.folder / "stranger").mkdir()
        return Authority.at(self.folder / "stranger")


@pytest.fixture(scope="module", name="authority")
def an_authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    try:
        return Authority.at(tmp_path_factory.mktemp("ca"))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no openssl to make certificates with")


def old(authority: Authority) -> ssl.SSLContext:
    """A server that speaks TLS 1.0 at most."""
    tls = authority.signs("old")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1
    tls.set_ciphers("ALL:@SECLEVEL=0")
    return tls


@contextmanager
def greeting(how: ssl.SSLContext | bytes) -> Iterator[tuple[str, list[str]]]:
    """A server that greets as a blocking one does, and so sends an alert where no version is common; one without TLS
    says ``how`` and ends the connection. Gives its address and a word a connection: "read" if it ever got a request.
    """
    log: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    raw = listening.accept()[0]
                except OSError:
                    return
                with raw:
                    log.append(_greet(raw, how))

        threading.Thread(target=serve, daemon=True).start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}", log
        listening.shutdown(socket.SHUT_RDWR)


def _greet(raw: socket.socket, how: ssl.SSLContext | bytes) -> str:
    if isinstance(how, bytes):
        raw.recv(9999)
        raw.sendall(how)
        return "hello"
    try:
        with how.wrap_socket(raw, server_side=True) as secure:
            return "read" if secure.recv(9999) else "nothing"
    except OSError:
        return "no handshake"


# fault -> (how the server greets, the name, the reason, connections of two runs)
FAULTS: dict[str, tuple[Callable[[Authority], ssl.SSLContext | bytes], str, str, int]] = {
    "signed by nobody but itself": (
        lambda authority: authority.itself("selfmade"), "refused", "its certificate is signed by nobody but itself", 2,
    ),
    "signed by a stranger": (
        lambda authority: authority.stranger().signs("strange"), "refused",
        "its certificate is signed by an authority that is not known here", 2,
    ),
    "expired": (
        lambda authority: authority.signs("expired", until="20210101000000Z"), "refused",
        "its certificate has expired", 2,
    ),
    "of another host": (
        lambda authority: authority.signs("other", host="DNS:other.example"), "refused",
        "its certificate is for another address", 2,
    ),
    "TLS 1.0": (old, "refused", "it speaks only TLS older than 1.2", 2),
    "no TLS at all": (
        lambda _: b"HTTP/1.1 400 Bad Request\r\n\r\n", "refused", "it does not speak TLS at all on that port", 2,
    ),
    "an end without a word": (lambda _: b"", "handshake", "it ends the secure handshake without a word", 6),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_connection_that_does_not_hold_is_refused_and_named_for_what_it_is(
    fault: str, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = ssl.create_default_context(cafile=str(authority.folder / "ca.pem"))
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trusted)
    context, kind, why, cost = FAULTS[fault]
    good = authority.signs("good")
    with (
        running(lambda *_: answer(board(1, 2)), tls=good) as healthy,
        greeting(context(authority)) as (faulty, log),
        running(lambda *_: answer(board(7))) as fine,
    ):
        ended = invariant(
            tmp_path, monkeypatch, healthy=source(healthy.url), faulty=source(faulty),
            fine=source(fine.url, name="other"),
        )  # fmt: skip
        assert len(healthy.log) == 3
    assert (len(log), "read" in log) == (cost, False)
    assert ended.outcome == "failed"
    assert ended.note.startswith(f"{kind}: {faulty}/bad: {why}"), ended.note


def test_nothing_can_turn_the_check_off() -> None:
    """No module names what would take any certificate, and no setting or flag is called so."""
    off = {"CERT_NONE", "check_hostname", "_create_unverified_context", "verify_ssl", "insecure", "no_verify"}
    root = Path(jobtide.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "attr", getattr(node, "id", getattr(node, "arg", None)))
            assert name not in off, path
            if isinstance(node, ast.keyword) and node.arg == "ssl":
                raise AssertionError(f"{path} hands a context of its own to the client")
