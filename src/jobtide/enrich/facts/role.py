"""Role: what the person does, from the title first; the text decides where the title leaves it open."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import patterns, spelling
from jobtide.enrich.patterns import Patterns
from jobtide.model import Found, Window

KINDS = ("role",)
ALWAYS = True
# Words whose number says whether a plain engineer's work is machine learning.
TRIGGERS = (
    "machine learning", "ml", "deep learning", "model training", "train models", "pytorch", "tensorflow", "llm", "llms",
    "large language models", "ai agents", "agents", "rag", "prompt engineering", "fine tuning", "inference",
    "computer vision", "mlops",
)  # fmt: skip

_AI = r"(a\.?i\.?|gen\s?ai|artificial intelligence|llms?|generative|agents?|agentic|genai|conversational|chatbots?)"
_ML = r"(ml|machine[- ]learning|deep[- ]learning|ai/ml|ml/ai|recommend\w*|recsys|ranking|personali[sz]ation|mle)"
_ENGINEER = (
    r"(engineers?|engineering|developers?|architects?|programmers?|swe|sde|sdet|technical staff|mts|dev|hackers?|"
    r"entwickler(in)?|ingénieure?|ingeniero|développeur)"
)
_INFRA = r"(infra(structure)?|platforms?|systems|ops|operations|inference|serving|performance|compilers?|kernels?|gpu|managed ai|cloud platform)"
# Work that is neither engineering nor data: the title's noun says so, whatever field stands beside it.
_BUSINESS = (
    r"(sales|account(s|ing|ant)?|recruit\w*|talent|people (partner|ops|operations)|human resources|hr|counsel|"
    r"legal|attorney|paralegal|lawyer|marketing|marketer|growth manager|customer (success|support|service|experience)|"
    r"support (specialist|agent|representative|manager)|business development|bdr|sdr|partner(ship)?s?|finance|financial|"
    r"controller|compliance|operations (manager|associate|lead|specialist|analyst|coordinator)|operator|strategist|writer|"
    r"scriptwriter|content|copywriter|editor|community|coordinator|assistant|office|executive|go-to-market|gtm|"
    r"consultant|planner|buyer|supplier|technician|nurse|clinician|therapist|physician|medical|teacher|tutor|instructor|"
    r"chief of staff|revenue|payroll|payments?|procurement|logistics|warehouse|driver|cook|host|barista|station manager|"
    r"program manager|project manager|account manager|trader|investment|portfolio|underwrit\w*|claims|risk analyst|"
    r"electrician|communications|public relations|policy|events?|social media|video|film|producer|client)"
)
_TECHNICAL = (
    r"(designers?|ux|ui|artists?|security|cybersecurity|it (support|administrator|specialist|manager|engineer)|network|"
    r"hardware|mechanical|electrical|electronics|firmware|embedded|manufacturing|antenna|plasma|pcb|thermal|packaging|controls?|control systems|spacecraft|satellite|mechatronics|iam|appsec|test automation|photonics|optics|materials|geotechnical|reactor|nuclear|battery|vehicle|process|chemical|chemist\w*|civil|"
    r"structural|piping|aerospace|propulsion|avionics|rf|asic|fpga|optical|test engineer|quality|qa|systems administrator|"
    r"sysadmin|solutions? (engineer|architect|consultant)|sales engineer|support engineer|field engineer|"
    r"customer engineer|implementation engineer|integration engineer|forward[- ]deployed|technical (program|project) manager|"
    r"tpm|technical writer|developer (advocate|relations)|devrel|product manager|product owner|scrum|materials|biolog\w*|"
    r"computational (chem\w*|biolog\w*)|enterprise engineer|animator|game designer|3d|technologist|lab\b|"
    r"product design|supplier (development|quality)|satellite|payloads?)"
)
_STUDENT = (
    r"(intern|internship|trainee|apprentice|co-op|working student|werkstudent\w*|praktik\w*|stage|stagiaire|alternance)"
)
_DATA_SCIENCE = (
    r"(data scien(tist|ce)s?|decision scientist|quantitative (researcher|analyst)|statistician|biostatistician)"
)

# (role, rule, confidence, pattern): tried in this order on the title.
_RULES = tuple(
    (role, rule, confidence, patterns.compile("(?i)" + pattern))
    for role, rule, confidence, pattern in (
        ("software_engineer", "engineer/in-test", 0.9,
         r"\bsoftware (development )?engineer\w* in test\b|\b(ui|ui/ux|ux/ui) (engineer|developer)s?\b"),
        ("software_engineer", "engineer/for-ai", 0.7, rf"\b{_ENGINEER} (for|at|with) (an?|our|the) (\w+ ){{0,3}}(start-?up|company|lab)\b"),
        ("other_technical", "engineer/trade", 0.85,
         r"^\W*((senior|sr\.?|staff|principal|lead|junior|founding|product|application|cloud) )*"
         r"(security|hardware|firmware|mechanical|electrical|network|quality|qa|manufacturing|supplier \w+) engineers?\b"),
        ("other", "business/trade", 0.85, r"\btraders?\b|\bgrowth hackers?\b|\bconstruction\b.*\b(manager|superintendent|director|lead)\b"),
        ("research_scientist", "research/policy-model", 0.85, r"\b(world models?|action policy)\b.*\bresearcher\b"),
        ("mlops_engineer", "engineer/data-science-platform", 0.9, rf"\bdata science (platform|infrastructure)\b.*\b{_ENGINEER}\b"),
        ("other_technical", "manager/program", 0.9, r"\btechnical (program|project) manager|\btpm\b"),
        ("data_ai_product_manager", "product/ai", 0.95,
         rf"\b(product (manager|owner|lead)|pm|head of product|vp of product|vp,? product|director of product|cpo)\b.*"
         rf"\b({_AI}|{_ML}|data|analytics)\b"),
        ("data_ai_product_manager", "product/ai", 0.95,
         rf"\b({_AI}|{_ML}|data|analytics)\b.*\b(product (manager|owner|lead)|pm|pm-in-residence)\b"),
        ("ml_manager", "manager/ml", 0.95,
         rf"\b(engineering manager|manager,? (of )?(software )?engineering|head of|director( of|,)?|vp( of|,)?|manager,?|chief)\b.*"
         rf"\b({_AI} (engineering|research|science|platform)|{_ML}|data science|applied science|computer vision|nlp|research)\b"),
        ("ml_manager", "manager/ml", 0.95, rf"\bengineering manager\b.*\b({_AI}|{_ML})\b|"
         rf"\b({_AI}|{_ML}|data science|data scientist|computer vision|nlp|applied science)\b.*"
         rf"\b(engineering manager|manager|director|head)\b|\bhead of ({_AI}|{_ML})$|\bchief (ai|data|scientist)"),
        ("software_engineer", "manager/engineering", 0.8, r"\b(engineering manager|manager,? (of )?(software )?engineering|"
         r"(head|director|vp) of engineering|cto|engineering lead)\b"),
        ("robotics_autonomy_engineer", "engineer/robotics", 0.9,
         rf"\b(robot\w*|autonom\w*|slam|motion planning|self-driving|perception|state estimation|localization)\b.*\b({_ENGINEER}|scientist)\b|"
         rf"\b{_ENGINEER}\b.*\b(robotics (software|perception|learning)|autonomy|slam|motion planning|perception|behavior planning)\b"),
        ("computer_vision_engineer", "engineer/vision", 0.95,
         rf"\bcomputer vision\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b(computer vision|cv)\b"),
        ("research_engineer", "research/engineer", 0.95,
         rf"\b(research (software )?engineer\w*|research and development engineer)\b|\b{_ENGINEER}\b.*\bresearch\b.*\b({_AI}|{_ML})\b"),
        ("other_technical", "science/other", 0.9, r"\b(scientist|researcher)\b.*\b(chem\w*|biolog\w*|physics|materials|clinical|"
         r"genom\w*|protein|pharma\w*|market|user|ux|immunolog\w*|assay|formulation|neuro\w*)\b|"
         r"\b(ux|user|market|clinical|chem\w*|biolog\w*|security|materials|policy|legal) (researcher|scientist|research)\b"),
        ("data_scientist", "data/science", 0.95, rf"\b{_DATA_SCIENCE}\b"),
        ("research_scientist", "research/scientist", 0.95,
         rf"\b(research scientist|applied scientist|researchers?|research (resident|fellow|intern|lead|associate)|"
         rf"scientist,? ({_AI}|{_ML})|({_AI}|{_ML}|nlp|applied|staff|senior|principal) ([a-z/]+ )?scientist|scientist)\b"),
        ("analytics_engineer", "data/analytics", 0.95, r"\banalytics engineer\w*\b|\bbi\b.{0,14}\bengineer\b|\bbusiness intelligence (engineer|developer)\b"),
        ("data_engineer", "data/engineer", 0.95,
         rf"\bdata (platform |infrastructure |pipeline |warehouse |software |integration )?({_ENGINEER}|lead)\b|\b{_ENGINEER}\b.*"
         rf"\bdata (platforms?|infrastructure|engineering|pipelines?|ingestion|warehouse)\b|\betl developer\b|\bdatabase engineer\b"),
        ("mlops_engineer", "engineer/mlops", 0.95,
         rf"\b(mlops|llmops|ml ops|aiops|machine learning operations)\b|"
         rf"\b({_AI}|{_ML}|model|training)\b[ ,-]*.{{0,14}}\b{_INFRA}\b.*\b({_ENGINEER}|sre)\b|"
         rf"\b({_ENGINEER}|sre)\b.*\b({_AI}|{_ML}|model|training|managed ai)\b[ ,-]*.{{0,14}}\b{_INFRA}\b|"
         rf"\b(infrastructure|platform|systems|inference|performance|reliability|gpu|kernel)\b.*\b{_ENGINEER}\b.*\b({_AI}|{_ML})\b|"
         rf"\binference\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b(inference|managed ai|gpu (kernels?|performance))\b"),
        ("nlp_engineer", "engineer/language", 0.9, rf"\b(nlp|natural language|speech|linguist\w*)\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b(nlp|speech|natural language)\b"),
        ("ai_engineer", "engineer/ai", 0.9, r"\b(ai|llm|gen ?ai|agents?) engineers?( [-–—]|,|\|)"),
        ("ml_engineer", "engineer/ml", 0.95, rf"\b{_ML}\b.*\b({_ENGINEER}|scientist)\b|\b{_ENGINEER}\b.*\b{_ML}\b"),
        ("software_engineer", "engineer/for-ai", 0.7, rf"\b{_ENGINEER}\b.*\b(security for ai|ai (cloud|gateway)|general / ai)|\bfull[- ]?stack developer\b.*\brobotics"),
        ("other_technical", "engineer/test-or-support", 0.85, r"\b(sales|solutions?|support|customer|field|implementation|partner) engineer\w*\b|^\W*((senior|lead|founding|principal|staff) )*solutions? architects?\b"),
        ("ai_engineer", "engineer/ai", 0.9, rf"\b{_AI}\b.*\b{_ENGINEER}\b|\b{_ENGINEER}\b.*\b({_AI}|applied ai)\b|\bprompt engineer"),
        ("other_technical", "engineer/other", 0.85, rf"\b{_TECHNICAL}\b.*\b({_ENGINEER}|technician|lead|manager|specialist|architect)\b|"
         rf"\b{_ENGINEER}\b.*\b(security|hardware|firmware|mechanical|electrical|manufacturing|piping|test|satellite|spacecraft|avionics)\b"),
        ("software_engineer", "engineer/software", 0.85,
         rf"\b(software|backend|back[- ]end|frontend|front[- ]end|full[- ]?stack|web|mobile|ios|android|platform|devops|"
         rf"site reliability|cloud|infrastructure|blockchain|solidity|smart contract|python|java|golang|go|rust|react|"
         rf"product|founding|application|api|systems?|distributed|graphics|game\w*|c\+\+|\.net|ruby|node\S*|engineering|unity|unreal|tools?|growth|core|"
         rf"staff|senior|lead|principal|junior)\b.*\b{_ENGINEER}\b|\b(sre|sdet|swe)\b|\btech(nical)? lead\b"),
        ("data_analyst", "data/analyst", 0.9, r"\b(data|product|business intelligence|bi|analytics|insights|marketing|reporting) analyst\w*\b|"
         r"\banalyst,? (data|analytics|product|insights)\b|\bbusiness analytics\b|\bdata (specialist|annotator|labell?er)\b|\banalytics (manager|lead)\b|\bhead of (data|analytics)\b"),
        ("ml_engineer", "student/ml", 0.7, rf"\b{_ML}\b.*\b{_STUDENT}\b|\b{_STUDENT}\b.*\b{_ML}\b"),
        ("ai_engineer", "student/ai", 0.6, rf"\b(ai|llms?|gen ?ai) {_STUDENT}\b|\b{_STUDENT},? (in )?(ai|llms?|gen ?ai)\b"),
        ("other", "business", 0.85, rf"\b{_BUSINESS}\b"),
        ("other_technical", "technical", 0.8, rf"\b{_TECHNICAL}\b"),
        ("software_engineer", "engineer/plain", 0.75, rf"\b{_ENGINEER}\b"),
        ("other", "business/lead", 0.6, r"\b(manager|director|head|lead|specialist|associate|analyst|intern|representative|advisor|officer)\b"),
    )
)  # fmt: skip
# Rules that take what no other knows: such a title may be misspelt, or not in English.
_DOUBTED = frozenset({"engineer/plain", "business/lead", "technical"})
# One pass says which rules match; only the first of them is then searched for its words.
_ANY = Patterns(*(rule[3].pattern for rule in _RULES))
_held = lru_cache(maxsize=8192)(_ANY.held)  # employers repeat their titles
_SPECIALISATIONS = tuple(
    (name, rf"(?i)\b({pattern})\b")
    for name, pattern in (
        ("recommender systems", r"recommend\w*|recsys|ranking|personali[sz]ation|discovery"),
        ("search", r"search|retrieval|relevance"),
        ("speech and audio", r"speech|audio|voice|asr|tts|music"),
        ("computer vision", r"computer vision|cv|perception|imaging|image|video|3d|visual"),
        (
            "language models",
            r"llms?|language models?|nlp|natural language|generative|genai|gen ai|agents?|agentic|foundation models?",
        ),
        ("reinforcement learning", r"reinforcement learning|rl|rlhf"),
        ("time series and forecasting", r"time[- ]series|forecast\w*|demand planning"),
        ("fraud and risk", r"fraud|risk|trust (and|&) safety|abuse"),
        ("infrastructure and inference", r"infra\w*|inference|serving|platforms?|mlops|gpu|distributed|performance"),
        ("robotics and autonomy", r"robot\w*|autonom\w*|slam|planning"),
        ("advertising and growth", r"ads|advertising|growth|marketing"),
        ("health and biology", r"bio\w*|health|clinical|medical|drug|genom\w*"),
    )
)
_FIELDS = Patterns(*(pattern for _, pattern in _SPECIALISATIONS))
_BARE = patterns.compile(
    r"(?i)member of (the )?technical staff|^(senior |staff |lead |founding )*(software |backend |founding )?engineer(s|ing)?( intern)?[ ,]*$"
)
_ML_WORDS = patterns.compile(
    r"(?i)\b(machine learning|deep learning|ml models?|train(ing)? (large )?(ml |language )?models?|pytorch|tensorflow|fine-tun\w+|computer vision)\b"
)
_AI_WORDS = patterns.compile(
    r"(?i)\b(llms?|ai agents?|agentic|rag|prompt engineering|large language models?|generative ai)\b"
)


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield the role of the posting with the words that say it, then, less sure, other roles that it offers besides.

    Nothing if the title says nothing at all. Only advertisements offer several, and titles that name several jobs.

    >>> title = b"Senior Software Engineer, Machine Learning (Search)"
    >>> [(f.concept, f.extra) for f in find(title, [Window(0, 51, "title")])]
    [('ml_engineer', 'search')]
    """
    # A posting without a title has stand-ins, the likeliest first; those of kind item name further jobs.
    first = vague = None
    told: set[str] = set()
    for title in windows:
        if title.section != "title" or (first is not None and title.kind != "item" and title.start):
            continue
        if first is None:
            first = _in_title(text, title, windows)
            if first is None:
                continue
            if title.start and first.rule == _WEAKEST:  # "Team Lead" in a list: the next line may say of what
                vague, first = vague or first, None
                continue
            yield first
            told.add(first.concept)
        if title.kind == "item" or _joins(text[title.start : title.end]):
            for found in _besides(text, title):
                if found.concept not in told:
                    told.add(found.concept)
                    yield found
        if windows[-1].section != "title":
            return  # further jobs stand last: there are none
    if first is None and vague is not None:
        yield vague


_WEAKEST = "role/business/lead"
_SURE_BESIDES = 0.5  # below what any first role has, which so stays the posting's
_JOBS = patterns.compile(
    r"(?i)\b(?:engineers?|developers?|scientists?|analysts?|designers?|researchers?|architects?)\b"
)
_APART = patterns.compile(r"\s+(?:and|or|&|/)\s+|\s*[/;]\s*")


def _joins(words: bytes) -> bool:
    """Whether a title may join several jobs; most do not, and a look for bytes costs less than for a pattern."""
    return b"/" in words or b" and " in words or b"&" in words or b";" in words or b" or " in words


def _besides(text: bytes, title: Window) -> Iterator[Found]:
    """Roles of the further jobs that a title names ("Data Scientist / ML Engineer"), or that a window of kind item is."""
    begins, ends = [title.start], [title.end]
    if title.kind != "item":
        for cut in _APART.finditer(text, title.start, title.end):
            if _JOBS.search(text, begins[-1], cut.start()) and _JOBS.search(text, cut.end(), title.end):
                begins.append(cut.end())
                ends.insert(-1, cut.start())
        if len(begins) < 2:
            return
    for begin, end in zip(begins, ends, strict=True):
        found = _in_title(text, Window(begin, end, "title"), ())
        if found is not None and found.rule != _WEAKEST:
            yield found._replace(confidence=min(found.confidence, _SURE_BESIDES), rule=f"{found.rule}/besides")


def _in_title(text: bytes, title: Window, windows: Sequence[Window]) -> Found | None:
    """The role that a title's words say, None if they say none."""
    words = text[title.start : title.end]
    matching = _held(words)
    if not matching or _RULES[matching[0]][1] in _DOUBTED:
        usual = spelling.usual(words)
        if usual is not None and (meant := _held(usual)):
            role, rule, confidence, _ = _RULES[meant[0]]
            return Found(
                "role", role, start=title.start, end=title.end, section="title", confidence=min(confidence, 0.8),
                rule=f"role/{rule}/spelt", basis="derived", extra=_specialisation(usual, role),
            )  # fmt: skip
    if not matching:
        return None
    role, rule, confidence, pattern = _RULES[matching[0]]
    said = _by_text(text, windows) if role == "software_engineer" and _BARE.search(words) else None
    m = pattern.search(words)
    if said is not None or m is None:
        return said
    return Found(
        "role", role, start=title.start + m.start(), end=title.start + m.end(), section="title", confidence=confidence,
        rule=f"role/{rule}", basis="derived", extra=_specialisation(words, role),
    )  # fmt: skip


def _specialisation(words: bytes, role: str) -> str:
    """The field within the role that the title names, "" if none or if the role has none."""
    if role in ("other", "other_technical", "software_engineer"):
        return ""
    held = _FIELDS.held(words)
    return _SPECIALISATIONS[held[0]][0] if held else ""


def _by_text(text: bytes, windows: Sequence[Window]) -> Found | None:
    """A bare engineer whose duties and requirements speak of models or agents throughout."""
    learning: list[tuple[int, int, str]] = []
    agents: list[tuple[int, int, str]] = []
    for window in windows:
        if window.section in ("duties", "requirements"):
            for pattern, found in ((_ML_WORDS, learning), (_AI_WORDS, agents)):
                found += [
                    (m.start(), m.end(), window.section) for m in pattern.finditer(text, window.start, window.end)
                ]
    most, role = (learning, "ml_engineer") if len(learning) >= len(agents) else (agents, "ai_engineer")
    if len(most) < 5:
        return None
    start, end, section = most[0]
    return Found("role", role, start=start, end=end, section=section, confidence=0.6, rule="role/text", basis="derived")
