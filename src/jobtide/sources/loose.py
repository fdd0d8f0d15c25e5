"""JSON as programs write it, where it is none by the standard: NaN, halves of surrogate pairs, control characters."""

import json
from typing import Any


def value(words: str | bytes) -> Any:
    """Return the value of JSON. ValueError (JSONDecodeError, UnicodeDecodeError) or RecursionError if there is none.

    Half of a surrogate pair is no character: nothing could be stored or printed that holds one. It becomes U+FFFD.

    >>> value('{"title": "Chef \\\\ud83d", "pay": NaN}')
    {'title': 'Chef \ufffd', 'pay': nan}
    """
    return _whole(json.loads(words, strict=False))


def _whole(found: Any) -> Any:
    if isinstance(found, str):
        return _characters(found)
    if isinstance(found, list):
        return [_whole(part) for part in found]
    if isinstance(found, dict):
        return {_characters(name): _whole(part) for name, part in found.items()}
    return found


def _characters(words: str) -> str:
    try:
        words.encode()
    except UnicodeEncodeError:
        return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return words
