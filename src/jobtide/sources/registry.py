"""Which sources are there, and which board does an address or a token mean?"""

import importlib
import pkgutil
import re
from functools import cache
from importlib.metadata import entry_points
from urllib.parse import urlsplit, urlunsplit

from jobtide.errors import UsageError
from jobtide.model import Source
from jobtide.sources import boards

_GROUP = "jobtide.sources"
# What stands in the place of a token in addresses that name no board.
_NO_TOKEN = frozenset(
    {"embed", "api", "v1", "v0", "jobs", "job", "www", "static", "assets", "widget", "search", "js", "css"}
)
# No employer's token has one of these; a script that puts an address together leaves them in it ("${token}").
_NO_NAME = re.compile(r"[${}<>\"'`\\|]")


@cache
def names() -> tuple[str, ...]:
    """Every connector by name: the modules of ``boards`` and those of other packages' entry points."""
    own = {module.name for module in pkgutil.iter_modules(boards.__path__)}
    return tuple(sorted(own | {point.name for point in entry_points(group=_GROUP)}))


@cache
def load(name: str) -> Source:
    """Return the connector ``name``; imports that one module. UsageError with the nearest name if there is none."""
    if name in {module.name for module in pkgutil.iter_modules(boards.__path__)}:
        module = importlib.import_module(f"{boards.__name__}.{name}")
        source = module.SOURCE
    else:
        points = [point for point in entry_points(group=_GROUP) if point.name == name]
        if not points:
            raise UsageError(f"no source {name!r}; known: {', '.join(names())}")
        source = points[0].load()
    assert isinstance(source, Source)
    return source


def tidy(address: str) -> str:
    """Return an address as a browser would have it: without quotes around it, its scheme and host in small letters.

    >>> tidy(" <Jobs.Lever.co/Acme?x=1> "), tidy("HTTP://jobs.lever.co.:80/Acme")
    ('https://jobs.lever.co/Acme?x=1', 'http://jobs.lever.co/Acme')
    """
    words = address.strip(" \t\r\n<>\"'")
    try:
        parts = urlsplit(words if "://" in words else f"https://{words.lstrip('/')}")
        host = (parts.hostname or "").rstrip(".")
        netloc = host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"
    except ValueError:  # no address, whatever it is
        return words
    return urlunsplit(parts._replace(netloc=netloc, path=parts.path or "/"))


def meant(address: str) -> tuple[str, str] | None:
    """Return (source, board) that the shape of an address says; None if it says none.

    >>> meant("jobs.lever.co/acme/123"), meant("https://acme.example/careers")
    (('lever', 'acme'), None)
    """
    tidied = tidy(address)
    for name in names():
        board = (load(name).board_of(tidied) or "").strip()
        if board and board.lower() not in _NO_TOKEN and not _NO_NAME.search(board):
            return name, board
    return None


def locate(address: str) -> tuple[str, str]:
    """Return (source, board) of ``greenhouse:token`` or of a careers address; UsageError if none is meant.

    >>> locate("Lever: acme"), locate("https://jobs.ashbyhq.com/acme/1234"), locate("https://jobs.eu.lever.co/acme")
    (('lever', 'acme'), ('ashby', 'acme'), ('lever', 'eu/acme'))
    """
    kind, colon, board = address.strip().partition(":")
    source = kind.lower()
    if colon and not board.startswith("//") and "." not in source:
        load(source)
        if not board.strip():
            raise UsageError(f"{address!r} names no board; write {source}:TOKEN")
        return source, board.strip()
    if "." in address and (found := meant(address)):
        return found
    if "://" in address or "." in address:
        look = f"'jobtide source add {address}' looks for a board on its page"
        raise UsageError(f"no source knows the address {address!r} by its shape; {look}")
    raise UsageError(f"no board in {address!r}; write SOURCE:TOKEN with one of {', '.join(names())}, or an address")
