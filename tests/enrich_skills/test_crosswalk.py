"""Does the cross-walk hold ids of concepts that exist, each once a scheme, with its origin on record?"""

import hashlib
import re
from pathlib import Path

from jobtide.enrich import crosswalk, taxonomy

ROOT = Path(__file__).resolve().parent.parent.parent
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def test_rows_are_ids_of_our_concepts() -> None:
    known = taxonomy.load().concepts
    held = crosswalk.load()
    assert set(held) <= set(known)
    assert len(held) >= 300
    for entries in held.values():
        assert len({entry.scheme for entry in entries}) == len(entries)
        for entry in entries:
            assert (UUID if entry.scheme == "esco" else re.compile(r"\d{8}")).fullmatch(entry.id), entry
            assert entry.label
            assert re.fullmatch(r"(name|alias)/(preferred|alternative|act|example)", entry.joined)
            assert bool(entry.uri) == (entry.scheme == "esco")


def test_namesakes_are_kept_apart() -> None:
    assert not [entry for entry in crosswalk.entries("transformers") if entry.scheme == "esco"]
    assert crosswalk.entries("clay") == ()
    assert all("real estate" not in entry.label.lower() for entry in crosswalk.entries("react"))
    assert crosswalk.entries("no such concept") == ()


def test_its_origin_is_on_record() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert hashlib.sha256(crosswalk.FILE.read_bytes()).hexdigest() in notice
    assert "O*NET" in notice
    assert "ESCO" in notice
