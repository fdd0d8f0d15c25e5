"""Which language is a posting written in?

Function words decide the common cases in a few microseconds; only an undecided text goes to the trained
identifier, which costs a hundred times as much. Titles alone are never judged: they are too short.
"""

# Function words that the other listed languages do not have, with blanks around: counted on folded text.
_WORDS = {
    "en": (b" and ", b" the ", b" of ", b" with ", b" you ", b" our "),
    "de": (b" und ", b" der ", b" wir ", b" mit ", b" dein ", b" f\xc3\xbcr "),
    "fr": (b" les ", b" des ", b" vous ", b" nous ", b" avec ", b" et "),
    "es": (b" los ", b" las ", b" del ", b" nuestro ", b" y ", b" para "),
    "pt": (b" os ", b" uma ", b" nossa ", b" voc\xc3\xaa ", b" n\xc3\xa3o ", b" e "),  # no "com": addresses end so
    "nl": (b" het ", b" een ", b" van ", b" wij ", b" jij ", b" voor "),
    "it": (b" gli ", b" della ", b" che ", b" nel ", b" sono ", b" di "),
}
_NEAREST = {"pcm": "en"}  # the identifier takes terse English lists for Nigerian Pidgin
READ = 2000  # bytes of the text in which function words are counted
_SHORTEST = 60  # bytes of text below which nothing is said
_SAMPLE = 1500  # bytes given to the trained identifier


def language(folded: bytes, text: bytes) -> str:
    """Return the ISO 639-1 code of ``text``, "und" if it is too short to tell.

    ``folded`` is its folded form, of which only the first ``READ`` bytes are looked at.

    >>> from jobtide.enrich.automaton import fold
    >>> words = b"We build the tools and you work with our team on models of the world and of the sea."
    >>> language(fold(words), words), language(b"ml engineer", b"ML Engineer")
    ('en', 'und')
    """
    if len(text) < _SHORTEST:
        return "und"
    head = folded[:READ]
    english = 0
    for word in _WORDS["en"]:
        english += head.count(word)
        # An English text has one of these words in about every twelve; one in 150 bytes settles it.
        if english * 150 > len(head):
            return "en"
    counts = {code: sum(map(head.count, words)) for code, words in _WORDS.items()}
    first, second = sorted(counts.values(), reverse=True)[:2]
    if first * 150 > len(head) and first > 2 * second:
        return max(counts, key=lambda code: counts[code])
    import py3langid  # loading its model takes a second or two: only when a text needs it

    # Addresses are in no language, and an identifier takes them for rare ones.
    words = [word for word in text[:_SAMPLE].decode("utf-8", "ignore").split() if "/" not in word and "@" not in word]
    if len(" ".join(words).encode()) < _SHORTEST:
        return "und"
    told = str(py3langid.classify(" ".join(words))[0])
    return _NEAREST.get(told, told)
