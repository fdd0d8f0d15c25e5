"""May this address be asked? http and https to public machines only, checked at every hop and every resolution."""

import ipaddress
import socket
from urllib.parse import urlsplit

import yarl
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from jobtide.errors import FetchFailed

# Names that mean this machine or its own network: refused before anybody is asked what they resolve to.
_NEAR = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa", "onion")

# Sites whose terms forbid collecting by program, under any ending (indeed.co.uk): not asked whatever names an address.
_NEVER = ("linkedin", "indeed", "glassdoor")


def check_url(url: str, *, allow_private: bool) -> str:
    """Return the host of ``url``; FetchFailed (refused) for another scheme, no host, a private address as host, or a
    site that forbids to be read by program.

    The host is read as the client reads it (circled digits and ideographic full stops are digits and dots there); an
    address in which two readers see different hosts is refused.
    """
    try:
        if any(ord(char) <= 32 or ord(char) == 127 for char in url):
            raise ValueError("white space or control characters")
        parts, seen = urlsplit(url), yarl.URL(url)
        host = seen.raw_host or ""
        port = parts.port
        if host.isascii() and (parts.hostname or "").isascii() and not _same(parts.hostname or "", host):
            raise ValueError("its host can be read in two ways")
    except ValueError as error:
        raise FetchFailed(f"{url!r} is no address ({error})", kind="refused") from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.password is not None:
        raise FetchFailed(f"{url!r}: only plain http and https addresses are asked", kind="refused")
    if _forbids(host):
        raise FetchFailed(f"{url!r}: its terms forbid collecting by program; import a file instead", kind="refused")
    if allow_private:
        return host
    if port not in (None, 80, 443):
        raise FetchFailed(f"{url!r}: port {port} is not asked", kind="refused")
    literal = _literal(host)
    if (literal is not None and not public(literal)) or (literal is None and _nearby(host)):
        raise FetchFailed(f"{url!r} leads to a private address", kind="refused")
    return host


def _same(one: str, other: str) -> bool:
    """Whether two readings of a host are one: letters of either case, and any spelling of one IPv6 address."""
    if one.lower() == other.lower():
        return True
    left, right = _literal(one), _literal(other)
    return left is not None and left == right


def _forbids(host: str) -> bool:
    """Whether a host belongs to a site that is never asked.

    >>> _forbids("uk.indeed.com"), _forbids("www.glassdoor.co.in."), _forbids("indeed.acme.com"), _forbids("acme.com")
    (True, True, False, False)
    """
    *labels, _ = host.rstrip(".").lower().split(".")
    if len(labels) > 1 and len(labels[-1]) <= 3:  # "co.uk", "com.au"
        labels.pop()
    return bool(labels) and labels[-1] in _NEVER


def _nearby(host: str) -> bool:
    """Whether a name is one of this machine or its own network: a reserved ending, a single label, or not a name."""
    labels = host.rstrip(".").lower().split(".")
    return len(labels) < 2 or labels[-1] in _NEAR or labels[-1][-1:].isdigit() or "%" in host


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """A host written as a number, in any of the spellings the system would accept (127.1, 0x7f000001, 2130706433)."""
    plain = host.partition("%")[0].rstrip(".")
    try:
        return ipaddress.ip_address(plain)
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(plain))
    except (OSError, UnicodeError):
        return None


def public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address, or the IPv4 address inside it, is one of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return public(inner)
        if any(address in network for network in _INNER_IPV4):
            return public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address in _LOCAL_NAT64:
            return False
    return address.is_global and not address.is_multicast


# The last 32 bits are an IPv4 address: NAT64 (RFC 6052), IPv4-translated (RFC 2765), IPv4-compatible (RFC 4291).
_INNER_IPV4 = tuple(ipaddress.ip_network(n) for n in ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96"))
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")  # RFC 8215: whatever the local network makes of it


class PublicResolver(AbstractResolver):
    """Resolves names and lets only public addresses through: what was checked is what is connected to."""

    def __init__(self, inner: AbstractResolver | None = None, *, allow_private: bool = False) -> None:
        """``inner`` does the resolving; the system's by default."""
        self._inner = inner or ThreadedResolver()
        self._allow = allow_private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of ``host``; OSError if any of them is not public: no honest name has both."""
        found = await self._inner.resolve(host, port, family)
        private = [f for f in found if not public(ipaddress.ip_address(f["host"].partition("%")[0]))]
        if not found or (private and not self._allow):
            raise OSError(f"{host} resolves to no public address")
        return found

    async def close(self) -> None:
        """Let go of the inner resolver."""
        await self._inner.close()
