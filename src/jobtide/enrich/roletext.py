"""What do duties and requirements say of the role where the title leaves it open?"""

from collections.abc import Iterator, Sequence

from jobtide.enrich import patterns
from jobtide.model import Found, Window

# Words that open a window of the text for the questions below.
TRIGGERS = (
    "machine learning", "ml", "deep learning", "model training", "train models", "pytorch", "tensorflow", "llm", "llms",
    "large language models", "ai agents", "agents", "rag", "prompt engineering", "fine tuning", "inference", "gpu", "gpus",
    "computer vision", "mlops", "object detection", "object tracking",
    "image processing", "perception", "cameras", "opencv", "point cloud", "cuda", "model serving", "distributed training", "software", "code", "coding", "programming",
    "python", "java", "javascript", "typescript", "golang", "rust", "backend", "frontend", "api", "apis", "kubernetes",
    "developers", "engineering", "cloud", "web", "blockchain", "ai", "agentic", "generative", "sql", "tableau", "looker", "power bi",
    "dashboard", "dashboards", "analytics", "statistics", "statistical", "insights", "datasets", "data driven", "technical", "technology", "hardware", "devices",
)  # fmt: skip
_FEWEST = 5  # words of one field in duties and requirements make it the work of a plain engineer
# In the whole text, which tells of the employer too: one that learns from data says so less often than one that sells agents.
_FEWEST_ANYWHERE = {"computer_vision_engineer": 8, "mlops_engineer": 8, "ml_engineer": 4, "ai_engineer": 8}
_LEAST_TEXT = 400  # bytes behind the title: less says nothing by what it leaves out
_SOFTWARE_LEAST = 4  # words of software that make a program one of software
# Of two fields with as many words the first counts: vision and serving are the narrower ones.
_FIELDS = tuple(
    (role, patterns.compile(rf"(?i)\b(?:{words})\b"))
    for role, words in (
        ("computer_vision_engineer", r"computer vision|object (?:detection|tracking)|image (?:processing|recognition|understanding|segmentation)|"
         r"point clouds?|opencv|3d reconstruction|(?:depth|eye|hand|face|head|body) (?:sensing|tracking|recognition)|cameras?|perception"),
        ("mlops_engineer", r"inference|model serving|gpus?|cuda|ml (?:platform|infrastructure)|training (?:infrastructure|clusters?)|"
         r"distributed training|vllm|triton|mlops"),
        ("ml_engineer", r"machine learning|deep learning|ml models?|train(?:ing)? (?:large )?(?:ml |language )?models?|pytorch|tensorflow|"
         r"fine-tun\w+|computer vision"),
        ("ai_engineer", r"llms?|ai agents?|agentic|rag|prompt engineering|large language models?|generative ai"),
    )
)  # fmt: skip
_SOFTWARE = patterns.compile(
    r"(?i)\b(?:software|programming|cod(?:e|ing)|python|java|javascript|typescript|golang|rust|back-?end|front-?end|full[- ]?stack|"
    r"apis?|kubernetes|microservices|devops|blockchain|distributed systems|authentication|cloud|web|algorithms)\b|\bC\+\+"
)
_TECHNICAL = patterns.compile(
    r"(?i)\b(?:software|developers?|engineering|engineers|apis?|platforms?|cloud|technical|features|architecture|services|technolog(?:y|ies)|"
    r"hardware|devices?|servers?|machine (?:learning|translation)|computer vision|security)\b"
)
# What a manager of products or an analyst does with data or learning throughout, whatever the title says.
_THROUGHOUT = {
    "data_ai_product_manager": patterns.compile(
        r"(?i)\b(?:ai|llms?|machine learning|ml|generative|agents?|agentic|data (?:platform|product|science)|analytics)\b"
    ),
    "data_analyst": patterns.compile(
        r"(?i)\b(?:sql|tableau|looker|power bi|dashboards?|data analysis|analytics|statistic\w+|python|data ?sets?|business intelligence|"
        r"data[- ]driven|insights|bigquery|snowflake)\b"
    ),
}
_THROUGHOUT_FEWEST = 9  # words of it in duties and requirements
_WORK = ("duties", "requirements")
_NOT_WORK = ("title", "location", "benefits", "legal")
_NOT_ASKED = (*_NOT_WORK, "nice")


def field(text: bytes, windows: Sequence[Window]) -> Found | None:
    """Return the role of a plain engineer whose work is one field throughout, None if it is none or several."""
    best: tuple[int, str, Found] | None = None
    for role, pattern in _FIELDS:
        hits = [
            (m.start(), m.end(), w.section)
            for w in windows
            if w.section not in _NOT_ASKED
            for m in pattern.finditer(text, w.start, w.end)
        ]
        work = [hit for hit in hits if hit[2] in _WORK]
        enough = len(work) >= _FEWEST or len(hits) >= _FEWEST_ANYWHERE[role]
        if enough and (best is None or len(hits) > best[0]):
            start, end, section = (work or hits)[0]
            found = Found(
                "role", role, start=start, end=end, section=section, confidence=0.6, rule="role/text", basis="derived"
            )
            best = len(hits), role, found
    return best[2] if best else None


def throughout(role: str, text: bytes, windows: Sequence[Window]) -> bool:
    """Whether duties and requirements speak of nothing so much as of what ``role`` does, a product manager's or an analyst's."""
    work = [w for w in windows if w.section in _WORK]
    return sum(1 for w in work for _ in _THROUGHOUT[role].finditer(text, w.start, w.end)) >= _THROUGHOUT_FEWEST


def software(text: bytes, windows: Sequence[Window], fewest: int) -> Found | None:
    """Return the role of somebody whose posting names no job, but has at least ``fewest`` words of software."""
    hits = [(m.start(), m.end(), w.section) for w in windows for m in _hits(_SOFTWARE, text, [w])]
    if len(hits) < fewest:
        return None
    start, end, section = hits[0]
    return Found(
        "role", "software_engineer", start=start, end=end, section=section, confidence=0.55, rule="role/text",
        basis="derived",
    )  # fmt: skip


def without_software(text: bytes, title: Window, windows: Sequence[Window]) -> bool:
    """Whether a posting says enough of the work of an engineer, and nothing of software."""
    if len(text) - title.end < _LEAST_TEXT:
        return False
    return next(_hits(_SOFTWARE, text, windows), None) is None


def of_software(text: bytes, windows: Sequence[Window]) -> bool:
    """Whether the program that a manager of programs runs is one of software."""
    return sum(1 for _ in _hits(_TECHNICAL, text, windows)) >= _SOFTWARE_LEAST


def _hits(pattern: patterns.Pattern, text: bytes, windows: Sequence[Window]) -> Iterator[patterns.Match]:
    for window in windows:
        if window.section not in _NOT_WORK:
            yield from pattern.finditer(text, window.start, window.end)
