"""No address leads to a private machine: odd spellings, names that resolve there, a resolver that changes its mind."""

import ast
import asyncio
import socket
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

import jobtide
from jobtide.errors import FetchFailed
from jobtide.model import Completeness
from jobtide.sources import fetch, guard
from jobtide.sources.guard import PublicResolver, check_url
from tests.sources.faulty import answer, running
from tests.sources_net.loop import FAST, board, crawl, source

_ODD = r"""
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.0.0.1/
http://0x7f.1/ http://0177.0.0.1/ http://017700000001/ http://0/ http://0.0.0.0/ http://127.0.0.1./
http://127.255.255.254/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://127.0.0.1:80/
http://127.0.0.1#@example.org/ http://127.0.0.1?@example.org/ http://[::1]/ http://[::]/
http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::127.0.0.1]/ http://[::ffff:0:127.0.0.1]/
http://[64:ff9b::7f00:1]/ http://[64:ff9b:1::a00:1]/ http://[2002:7f00:1::]/ http://[2002:a9fe:a9fe::1]/
http://[2001:0:7f00:1:0:0:80ff:fffe]/ http://[fe80::1%25eth0]/ http://[fc00::1]/ http://[fd00:ec2::254]/
http://[ff02::1]/ http://10.0.0.1/ http://172.16.0.1/ http://192.168.1.1/
http://169.254.169.254/latest/meta-data http://100.64.0.1/ http://0xa9fea9fe/ http://2852039166/
http://0251.0376.0251.0376/ http://192.0.2.1/ http://198.18.0.1/ http://224.0.0.1/ http://255.255.255.255/
http://240.0.0.1/ http://localhost/ http://LOCALHOST./ http://app.localhost/ http://printer.local/
http://metadata.google.internal/ http://metadata/ http://intranet/ http://router.lan/
http://1.0.0.127.in-addr.arpa/ http://user:secret@example.org/ http://@example.org/ http://example.org:22/
http://example.org:8080/ http://example.org:0/ http:///x http:// http:127.0.0.1 //127.0.0.1/ http://[::1
http://exa%6dple.org/ http://%31%32%37.0.0.1/ http://example.org\@127.0.0.1/ file:///etc/passwd
ftp://example.org/x gopher://example.org/ data:text/html,x javascript:alert(1) unix:///var/run/docker.sock
"""
ODD = _ODD.split()
SPACED = ["http://lo\tcalhost/", "http://127.0.0.1\n.example.org/", " http://10.0.0.1/", "http://example.org/\r\nX: y"]
_PUBLIC = """
https://boards-api.greenhouse.io/v1/boards/acme/jobs http://example.org/ https://8.8.8.8/
https://[2606:4700::1111]/ https://EXAMPLE.org:443/x?y=http://127.0.0.1/ https://bücher.example.com/
https://[64:ff9b::808:808]/ https://a-b.example.org./
"""
PUBLIC = _PUBLIC.split()


@pytest.mark.parametrize(
    "host", ["www.linkedin.com", "de.linkedin.com.", "uk.indeed.com", "indeed.co.uk", "WWW.Glassdoor.COM.AU"]
)
def test_sites_that_forbid_it_are_never_asked_whatever_names_them(host: str) -> None:
    with pytest.raises(FetchFailed, match="import a file instead") as error:
        check_url(f"https://{host}/jobs/view/1", allow_private=True)
    assert error.value.kind == "refused"


@pytest.mark.parametrize("host", ["indeed.acme.example", "hiringlab.org", "linkedin-jobs.example", "com", "co.uk"])
def test_sites_that_only_sound_like_them_are(host: str) -> None:
    assert check_url(f"https://{host}/", allow_private=True) == host


@pytest.mark.parametrize("url", ODD + SPACED)
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(FetchFailed) as error:
        check_url(url, allow_private=False)
    assert error.value.kind == "refused"


def test_there_are_forty_of_them_and_more() -> None:
    assert len(set(ODD + SPACED)) >= 70


@pytest.mark.parametrize("url", PUBLIC)
def test_public_addresses_are_not(url: str) -> None:
    assert check_url(url, allow_private=False)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{0}", "0x{0:x}", "0{0:o}", "[::ffff:{1}]", "[64:ff9b::{1}]"]))
def test_every_spelling_of_an_ipv4_address_is_judged_as_the_address(number: int, spelling: str) -> None:
    dotted = socket.inet_ntoa(number.to_bytes(4, "big"))

    def refused(url: str) -> bool:
        try:
            check_url(url, allow_private=False)
        except FetchFailed:
            return True
        return False

    assert refused(f"http://{spelling.format(number, dotted)}/") == refused(f"http://{dotted}/")


class Told(AbstractResolver):
    """A resolver that says what it was told to say, one answer after the other; the last one stays."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [
            ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
            for one in found
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.1.1.1"], ["169.254.169.254"], ["::1"], ["8.8.8.8", "127.0.0.1"], ["fe80::1%eth0"], []],
)
def test_a_name_with_a_private_address_among_its_own_is_refused(addresses: list[str]) -> None:
    with pytest.raises(OSError, match="no public address"):
        asyncio.run(PublicResolver(Told(addresses)).resolve("example.org", 80))


def test_a_resolver_that_changes_its_mind_leads_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Public when it is first asked, this machine afterwards: every resolution is checked, not only the first."""
    with running(lambda *_: answer(board(1))) as server:
        port = server.url.rpartition(":")[2]
        changing = Told(["192.0.66.1"], ["127.0.0.1"])
        asyncio.run(changing.resolve("rebind.example.org"))  # a check made apart from the connection would see this
        monkeypatch.setattr(guard, "ThreadedResolver", lambda: changing)

        def without_port(url: str, **_: bool) -> str:
            return check_url(url.replace(f":{port}", ""), allow_private=False)

        monkeypatch.setattr(fetch, "check_url", without_port)
        limits = replace(FAST, allow_private=False, tries=2)
        found = crawl(source(f"http://rebind.example.org:{port}"), "a", limits=limits)["a"]
        assert (server.log, changing.asked >= 2) == ([], True)
    assert "resolves to no public address" in found.note


def test_a_redirect_to_a_private_machine_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is let through as if it were public; the second is judged as any other."""
    moved = answer(b"", status="302 Found", headers="Location: http://169.254.169.254/latest/meta-data\r\n")
    with running(lambda *_: moved) as server:

        def first_only(url: str, **_: bool) -> str:
            return "host" if url.startswith(server.url) else check_url(url, allow_private=False)

        monkeypatch.setattr(fetch, "check_url", first_only)
        found = crawl(source(server.url), "a")["a"]
        assert len(server.log) == 1
    assert found.note.startswith("refused")
    assert "private address" in found.note


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that nobody signed but its owner, made on the spot."""
    key, own = folder / "key.pem", folder / "own.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
               "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", own]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no openssl to make a certificate with")
    return own, key


def test_a_certificate_that_nobody_vouches_for_is_refused_and_asked_once(tmp_path: Path) -> None:
    own, key = certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(own, key)
    with running(lambda *_: answer(board(1)), tls=tls) as server:
        found = crawl(source(server.url), "a")["a"]
        assert server.log == []
    assert (found.completeness, found.note.partition(":")[0]) == (Completeness.FAILED, "refused")
    assert "certificate" in found.note


def test_https_is_not_left_for_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, key = certificate(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(own, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", ssl.create_default_context(cafile=str(own)))
    moved = answer(b"", status="301 Moved", headers="Location: http://127.0.0.1:9/\r\n")
    with running(lambda path, _: moved if path == "/a" else answer(board(1)), tls=tls) as server:
        found = crawl(source(server.url), "a", "b")
    assert found["b"].completeness is Completeness.COMPLETE
    assert found["a"].note.startswith("refused")
    assert "from https to http" in found["a"].note


def test_there_is_no_other_way_to_the_network() -> None:
    """Only the door's own modules name a client, a socket or a resolver; everything else hands requests to it."""
    ways = {"aiohttp", "socket", "http", "urllib.request", "urllib3", "requests", "httpx", "ftplib", "smtplib", "ssl"}
    door = {"sources/fetch.py", "sources/ask.py", "sources/guard.py", "sources/body.py", "sources/tls.py"}
    root = Path(jobtide.__file__).parent
    found = {}
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name in door or name.startswith("serve/"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                named = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            if used := [one for one in named if one in ways or one.partition(".")[0] in ways - {"http"}]:
                found[name] = used
    assert found == {}
