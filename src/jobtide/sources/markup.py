"""XML feeds as trees, without DTDs and entities; and which fields an element carries."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from jobtide.errors import SourceChanged


def tree(body: bytes, source: str) -> Element:
    """Return the root element; SourceChanged for what is no XML, or XML that defines entities of its own."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    if not body.strip():
        raise SourceChanged(f"{source}: empty answer where XML was expected; the page is kept, try again later")
    try:
        root = ElementTree.fromstring(body, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SourceChanged(
            f"{source}: the feed declares a DTD or entities ({error}); it is kept and not read"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise SourceChanged(f"{source}: no valid XML: {error}; the page is kept, try again later") from error
    assert isinstance(root, Element)
    return root


def local(element: Element) -> str:
    """The tag without its namespace.

    >>> local(Element("{https://example.org/tt}city"))
    'city'
    """
    return str(element.tag).rpartition("}")[2]


def fields(element: Element) -> dict[str, Any]:
    """Return an element as a record: text of leaves, records of branches, a list where a tag stands more than once.

    >>> from xml.etree.ElementTree import fromstring
    >>> fields(fromstring("<a><b>1</b><b>2</b><c><d> x </d></c></a>"))
    {'b': ['1', '2'], 'c': {'d': 'x'}}
    """
    out: dict[str, Any] = {}
    for child in element:
        value: Any = fields(child) if len(child) else (child.text or "").strip()
        name = local(child)
        if name not in out:
            out[name] = value
        elif isinstance(out[name], list):
            out[name].append(value)
        else:
            out[name] = [out[name], value]
    return out


def many(value: Any) -> list[Any]:
    """What ``fields`` gave for a tag that may stand any number of times, as a list.

    >>> many(None), many("x"), many(["x", "y"])
    ([], ['x'], ['x', 'y'])
    """
    return value if isinstance(value, list) else [] if value in (None, "") else [value]
