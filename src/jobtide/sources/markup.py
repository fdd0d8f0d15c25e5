"""XML feeds as trees, without DTDs and entities; which fields an element carries; HTML that was escaped too often."""

import html
import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, tostring

from jobtide.errors import SourceChanged

# Elements of HTML: a field that holds them is a text whose markup was not escaped, no record.
_HTML = frozenset(("a", "b", "br", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol", "p",
                   "pre", "section", "span", "strong", "table", "u", "ul"))  # fmt: skip
_MARKUP = re.compile(rf"(?i)</?(?:{'|'.join(sorted(_HTML))})(?:\s[^>]{{0,300}})?/?>")


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

    What holds HTML elements is a leaf, its text their markup.

    >>> from xml.etree.ElementTree import fromstring
    >>> fields(fromstring("<a><b>1</b><b>2</b><c><d> x </d></c></a>"))
    {'b': ['1', '2'], 'c': {'d': 'x'}}
    >>> fields(fromstring("<a><b>We <p>dive</p></b></a>"))
    {'b': 'We <p>dive</p>'}
    """
    out: dict[str, Any] = {}
    for child in element:
        branch = len(child) and local(child[0]).lower() not in _HTML
        value: Any = fields(child) if branch else _words(child)
        name = local(child)
        if name not in out:
            out[name] = value
        elif isinstance(out[name], list):
            out[name].append(value)
        else:
            out[name] = [out[name], value]
    return out


def _words(element: Element) -> str:
    """What stands in an element, the markup of its elements included."""
    inner = "".join(tostring(child, encoding="unicode") for child in element)
    return ((html.escape(element.text or "", quote=False) + inner) if inner else element.text or "").strip()


def unescaped(words: str) -> str:
    """Return HTML as it was before it was escaped once more, or twice; what shows no markup either way stays as it is.

    >>> unescaped("&amp;lt;p&amp;gt;R&amp;amp;amp;D&amp;lt;/p&amp;gt;"), unescaped("<p>a &lt;b&gt;</p>")
    ('<p>R&amp;D</p>', '<p>a &lt;b&gt;</p>')
    >>> unescaped("a vector&lt;int&gt; of tides")
    'a vector&lt;int&gt; of tides'
    """
    plainer = words
    for _ in range(3):
        if _MARKUP.search(plainer):
            return plainer
        plainer = html.unescape(plainer)
    return plainer if _MARKUP.search(plainer) else words


def many(value: Any) -> list[Any]:
    """What ``fields`` gave for a tag that may stand any number of times, as a list.

    >>> many(None), many("x"), many(["x", "y"])
    ([], ['x'], ['x', 'y'])
    """
    return value if isinstance(value, list) else [] if value in (None, "") else [value]
