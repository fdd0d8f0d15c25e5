"""Labelled postings: gold_dev of the shared data, and postings of other boards, years and employers that we labelled.

gold_dev comes with its texts. Of ours only the labels are kept (bench/labels): ids, values, and where the words stand,
no text; texts are looked up in the shared data, and a posting whose text is no longer what was labelled is an error.
``others`` were looked at while rules were mended, and the gate learns from them. Of ``unread`` nobody looks at a text
or an error, nothing learns from them, and they are scored as they are. A language model read each posting whole, by
the same guide.

    python tools/labelled.py add READ.jsonl LABELS.jsonl SET    keep labels with quotes as labels with places
"""

import gzip
import hashlib
import html
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "bench" / "labels"
AIML = frozenset({
    "ml_engineer", "ai_engineer", "research_scientist", "research_engineer", "data_scientist", "mlops_engineer",
    "nlp_engineer", "computer_vision_engineer", "robotics_autonomy_engineer", "data_engineer", "data_analyst",
    "analytics_engineer", "ml_manager", "data_ai_product_manager",
})  # fmt: skip
_QUOTED = ("years_quote", "degree_quote")


@dataclass(slots=True)
class Labelled:
    """Postings as they were read (id, employer, title, location, text, aiml) and their labels by id."""

    postings: list[Row]
    labels: dict[str, Row]
    manner: str = ""  # of labelling, where it is another than gold_dev's


def every(shared: Path) -> dict[str, Labelled]:
    """The sets that are learnt from, by name."""
    return {"gold_dev": gold_dev(shared), "others": ours(shared, "others")}


def gold_dev(shared: Path) -> Labelled:
    """The 160 labelled board postings of the shared data, in the file's order."""
    folder = shared / "data" / "gold_dev"
    return Labelled(list(rows(folder / "postings.jsonl")), {row["id"]: row for row in rows(folder / "labels.jsonl")})


def ours(shared: Path, name: str) -> Labelled:
    """Our labels of further postings, with their quotes put back from the shared texts, in the file's order."""
    kept = list(rows(KEPT / f"{name}.jsonl"))
    texts = _texts(shared, {row["id"] for row in kept})
    out = Labelled([], {}, "ours")
    for row in kept:
        posting = texts[row["id"]]
        if _digest(posting) != row["sha256"]:
            raise ValueError(f"{row['id']}: the text is not the one that was labelled; label it anew")
        out.postings.append(posting | {"aiml": row["role"] in AIML})
        whole = _whole(posting)
        skills = [
            {"skill": name, "mention": whole[start:end], "need": need} for name, start, end, need in row["skills"]
        ]
        pay = [dict(one, quote="") for one in row["pay"]]
        out.labels[row["id"]] = {**row, "skills": skills, "pay": pay}
    return out


def employer(posting: Row) -> str:
    """Whom a posting belongs to when sets are split by employer; a forum post names it only in its text."""
    return str(posting["employer"] or posting["id"])


def rows(path: Path) -> Iterator[Row]:
    """The objects of a file of one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


# ---- texts of the shared data ------------------------------------------------------------------------


def _texts(shared: Path, wanted: set[str]) -> dict[str, Row]:
    """The wanted postings by id, as their reader saw them."""
    found = {
        row["id"]: row
        for kind, path in (
            (_board, "ashby_boards_2025/postings.jsonl.gz"),
            (_forum, "hn_who_is_hiring/posts.jsonl.gz"),
            (_careers, "microsoft_careers/postings.jsonl.gz"),
        )
        for row in map(kind, _packed(shared / "data" / path))
        if row["id"] in wanted
    }
    if missing := wanted - found.keys():
        raise ValueError(f"{len(missing)} labelled postings are not in the shared data: {sorted(missing)[:3]}")
    return found


def _board(record: Row) -> Row:
    raw = record["raw"]
    places = [raw["location"], *(place["location"] for place in raw.get("secondaryLocations") or ())]
    return {
        "id": f"ashby:{record['_board']}:{raw['id']}", "employer": record["_board"], "title": raw["title"],
        "location": "; ".join(place for place in places if place), "text": raw["descriptionPlain"],
    }  # fmt: skip


def _forum(record: Row) -> Row:
    text = re.sub(r"<p>|</p>|<br>|<pre>|</pre>", "\n", record["html"])
    text = re.sub(r"\n{3,}", "\n\n", html.unescape(re.sub(r"<[^>]+>", "", text))).strip()
    return {"id": f"hn:{record['id']}", "employer": "", "title": "", "location": "", "text": text}


def _careers(record: Row) -> Row:
    text = re.sub(r"<(p|/p|br|li|/li|/ul|ul|h\d|/h\d|div|/div)[^>]*>", "\n", record["description"])
    text = re.sub(r"\n\s*\n+", "\n\n", html.unescape(re.sub(r"<[^>]+>", "", text))).strip()
    return {
        "id": f"ms:{record['id']}", "employer": "Microsoft", "title": record["title"],
        "location": record["state"] or "", "text": text,
    }  # fmt: skip


def _packed(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


# ---- keeping labels ----------------------------------------------------------------------------------


def _whole(posting: Row) -> str:
    return "\n".join((posting["title"], posting["location"], posting["text"]))


def _digest(posting: Row) -> str:
    return hashlib.sha256(_whole(posting).encode()).hexdigest()[:16]


def kept(posting: Row, label: Row) -> Row:
    """A reader's object without its words: each skill with the characters its mention stands at."""
    whole = _whole(posting)
    skills = []
    for skill in label["skills"]:
        start = whole.index(skill["mention"])
        skills.append([skill["skill"], start, start + len(skill["mention"]), skill["need"]])
    rest = {k: v for k, v in label.items() if k not in ("skills", "pay", "doubt", *_QUOTED)}
    pay = [{k: v for k, v in one.items() if k != "quote"} for one in label["pay"]]
    return {"id": label["id"], "sha256": _digest(posting), **rest, "pay": pay, "skills": skills}


def add(read: Path, labels: Path, name: str) -> int:
    """Append the labels of a reader to a set, each posting once; return how many are new."""
    path = KEPT / f"{name}.jsonl"
    postings = {row["id"]: row for row in rows(read)}
    known = {row["id"] for every in KEPT.glob("*.jsonl") for row in rows(every)}
    fresh = [kept(postings[row["id"]], row) for row in rows(labels) if row["id"] not in known]
    with path.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in fresh)
    return len(fresh)


def main(words: Sequence[str]) -> int:
    """Add labels."""
    if len(words) != 4 or words[0] != "add":
        print(__doc__)
        return 2
    print(f"{add(Path(words[1]), Path(words[2]), words[3])} postings added to {words[3]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
