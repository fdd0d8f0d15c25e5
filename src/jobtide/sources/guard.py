"""May this address be asked? http and https to public machines only, checked at every hop and every resolution."""

import ipaddress
import socket
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from jobtide.errors import FetchFailed


def check_url(url: str, *, allow_private: bool) -> str:
    """Return the host of ``url``; FetchFailed (refused) for another scheme, no host, or a private address as host."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port
    except ValueError as error:
        raise FetchFailed(f"{url!r} is no address ({error})", kind="refused") from error
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        raise FetchFailed(f"{url!r}: only plain http and https addresses are asked", kind="refused")
    if allow_private:
        return host
    if port not in (None, 80, 443):
        raise FetchFailed(f"{url!r}: port {port} is not asked", kind="refused")
    if (literal := _literal(host)) is not None and not _public(literal):
        raise FetchFailed(f"{url!r} leads to a private address", kind="refused")
    return host


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """A host written as a number, in any of the spellings the system would accept (127.1, 0x7f000001, 2130706433)."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(host))
    except OSError:
        return None


def _public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address, or the IPv4 address inside it, is one of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return _public(inner)
        if address in _NAT64:
            return _public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PublicResolver(AbstractResolver):
    """Resolves names and lets only public addresses through: what was checked is what is connected to."""

    def __init__(self, inner: AbstractResolver | None = None, *, allow_private: bool = False) -> None:
        """``inner`` does the resolving; the system's by default."""
        self._inner = inner or ThreadedResolver()
        self._allow = allow_private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of ``host``; OSError if none of them is public."""
        found = await self._inner.resolve(host, port, family)
        kept = [f for f in found if self._allow or _public(ipaddress.ip_address(f["host"].partition("%")[0]))]
        if not kept:
            raise OSError(f"{host} resolves to no public address")
        return kept

    async def close(self) -> None:
        """Let go of the inner resolver."""
        await self._inner.close()
