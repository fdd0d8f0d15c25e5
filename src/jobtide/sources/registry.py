"""Which sources are there, and which board does an address or a token mean?"""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

from jobtide.errors import UsageError
from jobtide.model import Source
from jobtide.sources import boards

_GROUP = "jobtide.sources"


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


def locate(address: str) -> tuple[str, str]:
    """Return (source, board) of ``greenhouse:token`` or of a careers address; UsageError if none is meant.

    >>> locate("lever:acme"), locate("https://jobs.ashbyhq.com/acme/1234"), locate("https://jobs.eu.lever.co/acme")
    (('lever', 'acme'), ('ashby', 'acme'), ('lever', 'eu/acme'))
    """
    source, colon, board = address.partition(":")
    if colon and not board.startswith("//"):
        load(source)
        if not board.strip():
            raise UsageError(f"{address!r} names no board; write {source}:TOKEN")
        return source, board.strip()
    for name in names():
        found = load(name).board_of(address if "://" in address else f"https://{address}")
        if found:
            return name, found
    if "://" in address or "." in address:
        look = f"'jobtide source add {address}' looks for a board on its page"
        raise UsageError(f"no source knows the address {address!r} by its shape; {look}")
    raise UsageError(f"no board in {address!r}; write SOURCE:TOKEN with one of {', '.join(names())}, or an address")
