"""Which part of a posting does a block stand in: requirements, nice to have, duties, about, benefits, legal?

A heading's words decide and hold until the next heading that says something; a heading of unknown words inside
duties or requirements is taken for a sub-heading. Some paragraphs say it themselves ("equal opportunity employer").
Words in ``_HEADINGS`` are general; about 400 headings of 334 employers' boards were read to choose them.
"""

import re
from functools import lru_cache

from jobtide.enrich.automaton import Automaton
from jobtide.enrich.patterns import Patterns, test

# What the employer works with: the person will, but need not know it yet, unless the line says so.
_STACK = (
    r"^((a bit |more )?(about|on) |additional )?((our|the|your|current|core|main|key|primary|full|modern|tech|technical|technology|"
    r"data|design|engineering|product|software|development|ml|ai|tool) ){0,3}stack( (so far|is|includes?|consists( of)?|comprises|contains|spans|looks like|highlights|details|"
    r"overview|today|at a glance|main ones|you ll .*|we .*))*$|"
    r"^(the |our )?(core |main |key )?(tech|tools|technologies)( and (tools|technologies))? (that )?(we|you ll|you will) .*|"
    r"^(our|key|main|core) (tools|tooling|technologies)$|^what we (use|work with|build with)$"
)
# Tried in this order: the first that matches names the section.
_HEADINGS = (
    ("legal", r"\b(equal (employment )?opportunity|eeo|eoe|privacy|data protection|disclaimer|pay transparency|"
              r"accommodations?|agency|agencies|fraud|notice|fair chance|e ?verify|gdpr|diversity( equity)?|"
              r"physical (requirements|demands)|background check|recruiters|commitment to)\b"),
    ("nice", r"\b(nice to haves?|bonus( points?)?|pluses|a plus|preferred|desired|desirable|good to have|great to have|"
             r"extra credit|ideally|would be (great|nice|a plus)|love to see|(may|might|could) also (have|bring|know)|stand ?out|sets? you apart|brownie|"
             r"optional|advantageous|not (required|mandatory)|wünschenswert|von vorteil|serait un plus|what would make you|"
             r"beneficial|(can|may|could) be a sign|extra (points|signal)|additional (skills|experience|qualifications)|even better|icing|"
             r"helpful|(special|extra|particular) attention|(fast|head|running|flying) start|"
             r"ideal (qualifications?|skills?|experience|requirements?)|(great|nice|awesome|cool|let us know|tell us|love to hear from you) if)\b"),
    ("other", r"(\bnot|n t) (\w+ ){0,3}(fit|match|for you|apply|join)\b|^what we (are|re) not\b"),
    ("requirements", r"\b(great|good|right|strong) (fit|match)\b"),
    ("duties", _STACK),
    ("other", r"\b(fill|hiring for) .{0,25}(roles|positions)$|"
              r"^(we (have|are hiring) )?((our|the|all|open|current|currently|other|available|more|following|several|multiple|"
              r"technical|engineering|job) )*(openings|positions|roles|vacancies|jobs)( (include|available|open))*( in .*)?$"),
    ("about", r"\bour (mission|vision|story)\b"),
    ("benefits", r"\b(earnings|wages|the package|benefits?|perks?|what we offer|we offer( you)?|compensation|salary|pay range|total rewards|"
                 r"what s in it for you|time off|what you (ll )?(get|gain|receive)|why (you ll love|should you join|join|"
                 r"work (with|at|here|for)|us\b|you should join)|our offer|equity|wir bieten|avantages|remuneration|"
                 r"we provide|why .{2,30}\?*$|working hours|schedule|pto|ote|base pay|how we take care)\b"),
    ("requirements", r"\b(requirements?|required|qualifications?|must ?haves?|who you are|about you|you have|"
                     r"what you ((ll|will) )?(bring|need|have)|what we re looking for|what we are looking for|"
                     r"what we (will |ll )?look for|what we require|^you (should|must)$|you (should have|need)|essentials|be a (match|fit)|person succeeds|who we (are|re) looking for|looking for|you (may|might|could|should|ll) .{0,12}"
                     r"(good|great|right|strong)? ?(fit|apply|thrive|succeed)|your (profile|background|experience|skills|"
                     r"qualifications|toolkit)|skills?|experience|expertise|competenc(y|ies)|candidates?|profile|"
                     r"what you ve done|you bring|you are|you re|education|background|ideal|need to have|essential|"
                     r"thrive here|minimum|basic|proficienc(y|ies)|attributes|what it takes|we value|we expect|"
                     r"fit if|dein profil|ihr profil|^profil$|votre profil|anforderungen|requisitos|tech(nical)? stack|"
                     r"love to hear from you|this role is for you|apply if|you ll be great|(to|you) be successful|right fit|mehr über dich|(is|does) this (you|(describe|sound like) you)|this (describes|is) you|"
                     r"good match|great match|prerequisites|knowledge)\b"),
    ("duties", r"\b(responsibilit(y|ies)|what you (ll|will) (do|be|work|own|build)|you (ll|will)\b|duties|"
               r"in this role|the role|about (the|this) (role|job|position|opportunity|internship)|role|day to day|"
               r"what success looks|your (role|mission|impact|responsibilities|opportunity|work|day|tasks)|the opportunity|"
               r"position|the job|job (description|summary|details|overview)|mission|what you can expect|objectives|"
               r"key outcomes|scope|accountabilities|goals|(first )?\d+ (days|months)|month \d|day in the life|"
               r"deine aufgaben|ihre aufgaben|vos missions|tareas|focus areas|projects|impact|the work|how you ll|"
               r"essential functions|(dich|sie) erwartet|ownership|what s the job)\b"),
    ("about", r"\b(about|who (are )?we( are)?|our (mission|values|vision|culture|team|story|company|principles|product|"
              r"investors|customers|interview)|the (team|company)|company|overview|how we (work|hire|operate)|what we do|"
              r"what we re building|mission|values|culture|life at|meet|introduction|interview process|hiring process|"
              r"how to apply|to apply|application|next steps|recruitment process|the process|location|über uns|qui sommes)\b"),
)  # fmt: skip
# The same in German, French, Spanish, Dutch, Portuguese and Polish; letters that are no word here stand as blanks.
_ABROAD = (
    ("nice", r"\b(se valorar|valoramos|atouts?|pluspunkte)\b"),
    ("benefits", r"\b(bieten wir|angebot|nous (vous )?(offrons|proposons)|ofrecemos|se ofrece|beneficios|condiciones|oferecemos|"
                 r"wat bieden|wij bieden|oferujemy)\b|^conditions$"),
    ("requirements", r"\b(profil|perfil|profiel|bringst du|mitbrings?t|mitbringen|nous attendons|exigences|compétences|buscamos|"
                     r"wymagania|wat vragen)\b"),
    ("duties", r"\b(aufgaben|missions|erwartet dich|le poste|responsabilités|responsabilidades|lo que har|funciones|wat ga je doen|"
               r"twoje zadania)\b"),
    ("about", r"\b(wer wir sind|l entreprise|quiénes somos|sobre nosotros|over ons)\b|^über uns\b"),
)  # fmt: skip
_ALL = (*_HEADINGS, *_ABROAD)
_RULES = Patterns(*(pattern for _, pattern in _ALL))
_STACKED = test(_STACK)
_NOT_WORD = re.compile(r"[^a-z0-9äöüßéèàç&]+")
# Words that say themselves which part a paragraph is, whatever heading it stands under.
_LEGAL = (
    "equal opportunity", "equal employment opportunity", "without regard to", "regardless of race", "race color",
    "race religion", "reasonable accommodation", "reasonable accommodations", "protected veteran", "protected by law",
    "e verify", "fair chance", "criminal history", "criminal histories", "privacy policy", "privacy notice",
    "unsolicited resumes", "gender identity", "sexual orientation",
    "background check", "background checks", "security screenings", "security screening requirements",
)  # fmt: skip
_BENEFITS = (
    "401 k", "401k", "health insurance", "medical dental", "dental and vision", "paid time off", "unlimited pto",
    "unlimited vacation", "parental leave", "base salary range", "salary range for this", "compensation range",
    "total compensation package", "stock options", "pay range",
)  # fmt: skip
SPEAKING = dict.fromkeys(_LEGAL, "legal") | dict.fromkeys(_BENEFITS, "benefits")
_AUTOMATON = Automaton([phrase.encode() for phrase in SPEAKING])
_WISHES = (b"nice to have", b"bonus", b"preferred", b"ideally", b"a plus", b"plus:")
# How the last sentence of a paragraph leads into the list below it: "... in Bergen. You might be a good fit if you".
_LEADS = test(
    r"^(?:you|your|(?:we are|we re|i m|i am) looking for (?:someone|people|engineers|candidates|somebody)|(?:the |an )?(?:ideal|good|successful) (?:candidates?|fit)|"
    r"candidates|applicants|in this role|as an? [a-z ]{3,40} you)\b"
)
_LONGEST_LEAD = 120  # bytes
_LONGEST_INLINE = 48  # bytes before the colon of "Requirements: five years of ..."


def _folded(words: str) -> bytes:
    return " ".join(_NOT_WORD.sub(" ", words.lower().replace("’", "'").replace("'", " ")).split()).encode()


def heading_section(words: str) -> str:
    """Return the section a heading opens, or "" if its words say none.

    >>> heading_section("What You'll Do"), heading_section("Nice-to-haves:"), heading_section("Collaboration")
    ('duties', 'nice', '')
    """
    held = _RULES.held(_folded(words))
    return _ALL[held[0]][0] if held else ""


@lru_cache(maxsize=65536)  # employers repeat their headings; this saves most of the time
def _named(words: bytes) -> str:
    return heading_section(words.decode("utf-8", "replace"))


@lru_cache(maxsize=4096)
def _is_stack(words: bytes) -> bool:
    return bool(_STACKED(_folded(words.decode("utf-8", "replace"))))


def speaking(folded: bytes) -> list[tuple[int, str]]:
    """Return (offset, section) wherever a folded text has words that only one part of a posting uses."""
    named = list(SPEAKING.values())
    return [(start, named[index]) for start, _, index in _AUTOMATON.hits(folded)]


class Labeller:
    """Names the section of each block as it comes; one labeller a document."""

    def __init__(self) -> None:
        """Start before the first heading: what stands there tells about the employer."""
        self.current = "about"  # the section of a line that names none

    def section(self, words: bytes, kind: str) -> str:
        """Return the section of the next block, whose ``kind`` is paragraph, item or heading."""
        if kind == "heading":
            return self._heading(words)
        if kind == "paragraph" or (words[0] in b"oOsStT" and words.find(b"tack", 1, _LONGEST_INLINE) > 0):
            colon = words.find(b":", 2, _LONGEST_INLINE)
            if colon > 0 and words.count(b" ", 0, colon) <= 4:
                named = _named(words[:colon])
                if named == "duties" and _is_stack(words[:colon]):
                    return named  # "Our stack: Python, Go" is one line long
                if named and kind == "paragraph":
                    self.current = named
        if words[0] in b"nNbBpPiIaA" and words[:14].lower().startswith(_WISHES):
            return "nice"
        return self.current

    def lead(self, words: bytes) -> None:
        """Let a paragraph that a list follows name the list's section, if its last sentence speaks of the person."""
        if self.current not in ("about", "other") or (words[-1:] == b"." and words[-3:] != b"..."):
            return
        last = words[-_LONGEST_LEAD:].rstrip(b" :.").rpartition(b". ")[2]
        if _LEADS(_folded(last.decode("utf-8", "replace"))) and _named(last) in ("requirements", "nice", "duties"):
            self.current = _named(last)

    def _heading(self, words: bytes) -> str:
        named = _named(words)
        if named:
            self.current = named
        elif self.current not in ("duties", "requirements", "nice"):
            self.current = "other"
        return self.current
