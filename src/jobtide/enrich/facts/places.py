"""Places of work: the location field first, then the title, then what the text says of where the job is."""

import re
from collections.abc import Iterator, Sequence

from jobtide.enrich import patterns
from jobtide.enrich.located import FIELDS, in_field, places_in
from jobtide.model import Found, Window

KINDS = ("place",)
ALWAYS = True
TRIGGERS = (
    "based in", "located in", "office in", "offices in", "headquarters in", "headquartered in", "hq in", "location",
    "relocate to", "on site in", "onsite in", "in person in", "remote in", "remote within", "live in", "reside in",
    "work from our", "office location", "residing in", "remote from", "hub in", "standort", "based out of", "remote us", "arbeitsort", "dienstsitz", "lieu", "localisation",
    "ubicación", "basé à", "basée à", "situé à", "con sede en", "oficinas en", "oficina en", "bureaux à", "sitz in", "büro in",
    "in our", "from our", "out of our", "at our", "hiring for", "hiring in", "office situated", "office located", "startup in", "start up in", "full time in",
)  # fmt: skip

_SAID = patterns.compile(
    r"(?i)\b(?:based|located|work(?:ing)?|role is|position is|on-?site|in[- ]person|in[- ]office|hybrid|relocate|remote(?:ly)?|"
    r"live|reside|residing|this role|you['’]ll be)\b[^.;\n]{0,30}?\b(?:in|to|from|within|out of|at)\b (?:our |the )?|"
    r"\b(?:office )?locations?(?:\(s\))?\s*[:–-][\s\x{a0}]*|\b(?:stand|arbeits)ort\s*:\s*|\b(?:lieu|localisation|ubicación|ubicacion)\s*:\s*|"
    r"\b(?:arbeitsort|standort|büro|dienstsitz|sitz) (?:ist )?(?:in|am)\b|\bbasée? (?:à|a|en)\b|\bsitué[es]* (?:à|en)\b|\bcon sede en\b|"
    r"\b(?:oficinas?|bureaux?|poste basé|locaux) (?:est |sont )?(?:en|à|in)\b|\bposte à pourvoir à\b|\bwe(?:['’]re| are) (?:currently |also )?hiring (?:for|in) "
)
# Where the employer's story is told, only words about the job itself speak of where it is done.
_OF_THE_JOB = patterns.compile(
    r"(?i)\b(?:you(?:['’]ll| will| must| can| should)?|(?:this|the) (?:role|position|job|internship)(?: is| will be| can be)?)\b"
    r"[^.;\n]{0,40}?\b(?:based|located|work(?:ing)?|live|reside|relocate|remote(?:ly)?|on-?site|in[- ]person|in[- ]office|hybrid)\b[^.;\n]{0,20}?"
    r"\b(?:in|to|from|within|out of|at)\b (?:our |the )?|\b(?:position|role|job) (?:is )?(?:based|located) (?:in|at|out of) |\bto be (?:based|located) in |\b(?:standort|arbeitsort|dienstsitz)\s*:\s*|\blocations?\s*:[\s\x{a0}]*|\bwe(?:['’]re| are) (?:currently |also )?hiring (?:for|in) "
)
# "Our customers are based in Madrid": other people's places.
_OTHERS = patterns.compile(
    r"(?i)\b(?:customers?|clients?|users?|colleagues|co-?workers|teammates|employees|people|members|investors?|partners?|founders?|"
    r"headquarters|headquartered|offices are|hubs|warehouses|stores|factories|subsidiar\w+)\b[^.;\n]{0,40}$"
)
_REACH = 70  # bytes behind the words that are read for a place


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield each place once, in order. The text is asked only where location and title name no place of work.

    >>> text = b"ML Engineer\\nNew York; Remote (Canada)"
    >>> windows = [Window(0, 11, "title"), Window(12, 37, "location")]
    >>> [(f.concept, text[f.start:f.end]) for f in find(text, windows)]
    [('US/NY/New York', b'New York'), ('CA//', b'Canada')]
    """
    for section in FIELDS:
        found = [f for w in windows if w.section == section for f in in_field(text, w)]
        if found:
            yield from found
            if not all(f.concept.endswith("/") for f in found):
                yield from _besides(text, windows, {f.concept for f in found})
            # "Bay Area", "East Bay": the text may say which city of the area is meant.
            elif all(_NO_CITY.search(f.concept) for f in found) and _AREA.search(
                text, min(f.start for f in found), max(f.end for f in found)
            ):
                yield from (f for f in _stated(text, windows) if f.concept.startswith(found[0].concept))
            else:
                yield from (
                    f for f in _at_office(text, windows) if f.concept.startswith(found[0].concept.rstrip("/") + "/")
                )
            return
    if _silent(text, windows):
        yield from (
            list(_stated(text, windows))
            or list(_ours(text, windows))
            or list(_labelled(text, windows))
            or _seated(text, windows)
        )


# "Location: Oslo preferred, Bergen is also possible" in the text, where the field says Oslo.
_CHOICE = patterns.compile(r"(?i)\blocations?\s*:[\s\x{a0}]*")


def _besides(text: bytes, windows: Sequence[Window], known: set[str]) -> Iterator[Found]:
    """The further places of a sentence that offers a choice among them and the field's."""
    for window in windows:
        if window.section in (*FIELDS, "legal"):
            continue
        for m in _CHOICE.finditer(text, window.start, window.end) if b":" in text[window.start : window.end] else ():
            end = min(window.end, m.end() + _REACH)
            stop = text.find(b". ", m.end(), end)
            stated = list(places_in(text, m.end(), stop if stop > 0 else end, window.section))
            if any(f.concept in known for f in stated):
                yield from (f for f in stated if f.concept not in known and not f.concept.endswith("/"))
                return


# "You work in our Oslo office three days a week": a field that names the country leaves the city to the text.
_AT_OUR = patterns.compile(
    r"(?i)\b(?:you|interns?|role|position|candidates?)\b[^.;\n]{0,60}\b(?:work(?:ing)?|based|located|on-?site|in[- ]person|days|join us|be)\b"
    r"[^.;\n]{0,30}\b(?:in|at|from|out of) our "
)
_OFFICE = patterns.compile(r"(?i)[^.;,\n]{2,30} (?:office|hq|headquarters|hub|studio|lab)\b")
_AT_CHOICE = patterns.test(
    r"(?i)\b(?:option|may|can|could|if|prefer\w*|welcome|encourage\w*|remote\w*|occasional\w*|quarter\w*|visit\w*|travel\w*|month\w*)\b"
)


def _at_office(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """The city of the office in which the person shall work, nothing where it is a choice or a visit."""
    for window in windows:
        if window.section in (*FIELDS, "legal"):
            continue
        ours = b" our " in text[window.start : window.end].lower()
        for m in _AT_OUR.finditer(text, window.start, window.end) if ours else ():
            office = _OFFICE.match(text, m.end(), window.end)
            if office is not None and not _AT_CHOICE(text[m.start() : office.end() + _REACH].partition(b". ")[0]):
                yield from places_in(text, m.end(), office.end(), window.section)
                return


# "Our team, located in Oslo, is looking for you": where nothing else says it, the employer's place is the job's.
_OURS = patterns.compile(
    r"(?i)\b(?:our|the) (?:\w+ )?(?:team|office|studio|lab)\b[^.;\n]{0,24}\b(?:based|located) in (?:the )?|\boffice (?:(?:situated|located) )?(?:in|at|on) (?:the )?"
)
# Beside the word "remote" in the field an office counts only if its own line says that one goes there.
_REMOTE = patterns.test(r"(?i)\bremote\b")
_ATTENDED = patterns.test(r"(?i)\bhybrid\b|\bdays? (?:a|per) week\b|\bin[- ]person\b")


def _ours(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """The place of the employer's one team or office, doubted more than what is said of the job."""
    remote = any(w.section == "location" and _REMOTE(text[w.start : w.end]) for w in windows)
    for window in windows:
        told = window.section in ("about", "other") or (
            window.section not in (*FIELDS, "legal")
            and ((window.section == "benefits" and not remote) or _ATTENDED(text[window.start : window.end]))
        )
        m = _OURS.search(text, window.start, window.end) if told else None
        if m is not None:
            stop = text.find(b". ", m.end(), min(window.end, m.end() + _REACH))
            end = stop if stop > 0 else min(window.end, m.end() + _REACH)
            found = [
                f._replace(confidence=0.5, rule="place/employer") for f in places_in(text, m.end(), end, window.section)
            ]
            if found or window.section in ("about", "other"):
                yield from found
                return


# "Where: Oslo, Norway" on a line of its own, whatever part of the posting it stands in.
_LABEL = patterns.compile(
    r"(?im)^\W{0,3}(?:where|place of work|city|ort|plaats|locatie|local|localização|localizacja|lokalizacja|miejsce pracy)\s*:\s*[^\n]{2,70}"
)


def _labelled(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """The places of a line whose first word says that it names the place."""
    m = _LABEL.search(text, windows[-1].start) if windows else None
    if m is not None:
        yield from places_in(text, text.index(b":", m.start()) + 1, m.end(), "other")


# "We are a start-up based in Oslo", "with offices in Oslo and Bergen": all that an advertisement without a field may say.
_SEAT = patterns.compile(
    r"(?i)\b(?:start-?up|company|firm|agency|studio|lab|team|we(?:['’]re| are)(?: \w+){0,5}),? (?:that is |which is |is )?(?:currently )?"
    r"(?:based|located|headquartered) in (?:the )?|\bis (?:currently )?(?:based|located|headquartered) in (?:the )?|\b(?:with|have) (?:\w+ )?offices in (?:the )?|"
    r"\b(?:start-?up|full[- ]time|positions?(?: is| are)?|openings|(?:we(?:['’]re| are) )hiring) in (?:the )?|"
    r"(?-i:(?:^|[.!\n] ?)(?:Located|Based) in )(?:(?:sunny|beautiful|lovely|downtown|central) )?"
)


def _seated(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """The employer's seat, doubted; nothing where a field for the place was filled in, with whatever words."""
    if any(w.section == "location" and w.end > w.start for w in windows):
        return
    for window in windows:
        said = () if window.section in (*FIELDS, "legal") else _SEAT.finditer(text, window.start, window.end)
        for m in said:
            stop = text.find(b". ", m.end(), min(window.end, m.end() + _REACH))
            end = stop if stop > 0 else min(window.end, m.end() + _REACH)
            found = tuple(places_in(text, m.end(), end, window.section))
            if found and found[0].start - m.end() <= _NEXT:
                yield from (f._replace(confidence=0.4, rule="place/seat") for f in found)
                return


_NEXT = 48  # bytes between such words and the first place they mean
_NO_CITY = re.compile("^[A-Z]+/[A-Z]+/$")
_AREA = patterns.compile(r"(?i)\b(?:bay|area|valley|cities|triangle|chicagoland)\b")
# "EMEA", "Anywhere", "non-U.S.": the field speaks of places without naming one; the text's offices are not the answer.
_WIDE = patterns.compile(
    r"(?i)\b(?:emea|latam|latin america|apac|anywhere|worldwide|global|international|europe|european union|eu|non-u\.?s)\b"
)


def _silent(text: bytes, windows: Sequence[Window]) -> bool:
    return not any(w.section == "location" and _WIDE.search(text, w.start, w.end) for w in windows)


def _stated(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Places behind words such as "based in", outside legal text; of the employer's own story only what it says of the job."""
    seen: set[str] = set()
    for window in windows:
        if window.section in ("location", "title", "legal"):
            continue
        said = _OF_THE_JOB if window.section == "about" else _SAID
        for m in said.finditer(text, window.start, window.end):
            sentence = max(text.rfind(b". ", window.start, m.start()) + 1, window.start)
            if _OTHERS.search(text, sentence, m.start()):
                continue
            end = min(window.end, m.end() + _REACH)
            stop = text.find(b". ", m.end(), end)
            for found in places_in(text, m.end(), stop if stop > 0 else end, window.section):
                if found.concept not in seen:
                    seen.add(found.concept)
                    yield found
        if seen:
            return
