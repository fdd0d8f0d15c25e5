"""Which employer does a name stand for?

Board tokens and printed names of one employer differ in case, spacing, legal form and web suffix; the id folds
exactly these. It never guesses: two names that share a word but not the whole name stay two employers.
"""

import unicodedata
from functools import cache
from urllib.parse import unquote

import re2
from cleanco import basename

# ".ai" and ".com" end a board token or an address; a name that is spelt "X AI" keeps its word.
_WEB = re2.compile(r"(?i)\.(?:com|co|ai|io|xyz|org|net|tech|dev|app|inc|eu|de|fr|nl|ca|in|uk|au|foundation)\b")
_SCHEME = re2.compile(r"(?i)^(?:https?://)?(?:www\.)?")
_NOT_WORD = re2.compile(r"[^\pL\pN]+")
# Boards append these to the employer's name; they say what the page is, not who the employer is.
_PAGE_WORDS = ("careers", "career", "jobs")


@cache
def employer_id(name: str) -> str:
    """Return the folded name that stands for one employer: lower case, one word.

    Spaces go too, because board tokens are written without them. Legal forms, a leading "The", punctuation,
    accents, web suffixes and page words ("careers") fall away; a name of which nothing would be left keeps its
    own letters. Empty input gives "".

    >>> employer_id("Brightwell%20Labs"), employer_id("The Brightwell Labs, Inc."), employer_id("brightwell-labs.com")
    ('brightwelllabs', 'brightwelllabs', 'brightwelllabs')
    """
    plain = unicodedata.normalize("NFKC", unquote(name)).replace("_", " ").strip()
    site = _WEB.sub("", _SCHEME.sub("", plain)).strip()
    words = _words(basename(site) or site)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _PAGE_WORDS:
        words = words[:-1]
    return "".join(words) or "".join(_words(plain)) or plain.casefold() or name.strip().casefold()


def _words(name: str) -> list[str]:
    """Split at anything that is not a letter or digit; accents fall away from Latin letters."""
    split = unicodedata.normalize("NFKD", name.replace("&", " and ").casefold())
    bare = "".join(c for c in split if not unicodedata.combining(c))
    return [word for word in _NOT_WORD.sub(" ", bare).split() if word]
