"""Which JobPosting nodes does a page hold? JSON-LD in any framing, and microdata."""

import html as entities
import re
from collections.abc import Iterator
from typing import Any

from jobtide.sources import loose

_TRAILING = re.compile(r",(\s*[}\]])")
_FRAMES = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:(?://\s*)?-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$"
)
_BETWEEN = re.compile(r"\}\s*\{")
_SCRIPT = re.compile(r"\\x([0-9a-fA-F]{2})")  # how a script escapes "&"; JSON has no such escape
_DEEPEST = 12  # levels; deeper is no posting but somebody's whole site as one object


def nodes(body: bytes | str) -> list[dict[str, Any]]:
    """Return the JobPosting nodes of an HTML page in its order, as dictionaries; [] where there is none.

    Blocks that are no JSON even after the usual repairs (comment and CDATA frames, escaped quotes, trailing commas)
    are passed over. Microdata is read only where no JSON-LD names a posting.

    >>> nodes('<script type=application/ld+json>{"@graph": [{"@type": "JobPosting", "title": "Chef",}]}</script>')
    [{'@type': 'JobPosting', 'title': 'Chef'}]
    """
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(body)
    found: list[dict[str, Any]] = []
    for script in page.css("script"):
        if (script.attributes.get("type") or "").strip().lower().startswith("application/ld+json"):
            found += _postings(_loaded(script.text()), 0)
    if found:
        return found
    scopes = page.css("[itemtype]")
    return [_scope(scope) for scope in scopes if _is_posting((scope.attributes.get("itemtype") or "").split())]


def _loaded(words: str) -> Any:
    words = _FRAMES.sub("", _FRAMES.sub("", words.strip("\ufeff \t\r\n"))).strip().rstrip(";")
    mended = _SCRIPT.sub(r"\\u00\1", _TRAILING.sub(r"\1", words))
    several = f"[{_BETWEEN.sub('},{', words)}]"  # objects one after another, with nothing between them
    for attempt in (words, mended, _TRAILING.sub(r"\1", entities.unescape(words)), several):
        try:
            return loose.value(attempt)
        except (ValueError, RecursionError):
            continue
    return None


def _postings(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The JobPosting objects in a value: itself, in a list, in @graph, or as the thing that a page is about."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _postings(part, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if _is_posting(kinds if isinstance(kinds, list) else [kinds]):
            yield value
        else:
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
                yield from _postings(value.get(key), depth + 1)


def _is_posting(kinds: list[Any]) -> bool:
    return any(re.split(r"[/:#]", str(kind))[-1].lower() == "jobposting" for kind in kinds)


def _scope(scope: Any) -> dict[str, Any]:
    """A microdata item as the object it stands for; a property's inner markup is kept where it has any."""
    out: dict[str, Any] = {"@type": (scope.attributes.get("itemtype") or "").rpartition("/")[2]}
    for node in _properties(scope):
        value = _scope(node) if "itemscope" in node.attributes else _value(node)
        for name in (node.attributes.get("itemprop") or "").split():
            before = out.get(name)
            out[name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]
    return out


def _properties(scope: Any) -> Iterator[Any]:
    """The property elements of an item itself, not those of items inside it."""
    for child in scope.iter():
        if "itemprop" in child.attributes:
            yield child
        if "itemscope" not in child.attributes:
            yield from _properties(child)


def _value(node: Any) -> str:
    for name in ("content", "datetime", "href", "src"):
        if node.attributes.get(name) is not None:
            return str(node.attributes[name])
    return (
        str(node.inner_html or "").strip() if node.child is not None and node.child.next else str(node.text()).strip()
    )
