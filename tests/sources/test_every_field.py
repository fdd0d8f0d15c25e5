"""No unexplained field: what stands in a golden or recorded record is read, or somebody says why not.

Records are handed to ``job`` as dictionaries that note what is asked of them, down to the innermost. What a record's
account skips has its reason there; what an account takes must be asked for on some page; the rest stands below.
"""

import importlib
import os
import warnings
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from jobtide.sources import jobposting, registry
from jobtide.sources.fields import Account
from tests.sources.test_boards import PAGES, RECORDED, page, saved

NUMBER = "the service's own number of an inner thing; its name is read"
TYPE = "what schema.org calls the thing"
TREE = "how inner units or sites hang together"
ELSE = "read where a better field is missing"
BEFORE = "read before the record is: what is not open to all is no posting"
REPEATED = "the same posting at another place; its place is read"
UNREAD = {
    "*": {"*/id": NUMBER, "*/@type": TYPE, "*/@context": TYPE},
    "adzuna": {"/category/tag": "the label beside it is read"},
    "ashby": {
        "/isListed": BEFORE,
        "/compensation/*[sS]ummary": "the tiers' components in words",
        "/compensation/summaryComponents": "the tiers' components, summed up",
        "/compensation/compensationTiers[[]]/additionalInformation": "a remark on equity and bonus",
        "/compensation/compensationTiers[[]]/components[[]]/summary": "the component in words",
    },
    "greenhouse": {
        "/departments[[]]/*_id*": TREE,
        "/offices[[]]/*_id*": TREE,
        "/requisition_id": ELSE,
        "/metadata[[]]/value_type": "how the employer's column is typed; its words are read",
    },
    "himalayas": {"/locationRestrictions[[]]/slug": "the name beside it is read"},
    "hn": {"/created_at_i": ELSE, "/parent_id": "the thread's number, which is the board's"},
    "jazzhr": {"/status": BEFORE},
    "jsonld": {"/_node/identifier/name": "the employer, read from hiringOrganization"},
    "personio": {"/_also[[]]/*": REPEATED},
    "pinpoint": {"/location/postal_code": "no finer than the city is counted"},
    "recruitee": {
        "/status": BEFORE,
        "/country": ELSE,
        "/locations[[]]/note": "how to find the door",
        "/locations[[]]/translations": "the place's name in other languages",
        "/translations/*": "the same words; those of the posting's own language are read",
    },
    "remoteok": {"/epoch": ELSE},
    "rippling": {"/_also[[]]/*": REPEATED},
    "smartrecruiters": {
        "/active": BEFORE,
        "/company/identifier": "the board's own name",
        "/language/label*": "its code is read",
        "/location/address": "no finer than the city is counted",
        "/location/postalCode": "no finer than the city is counted",
        "/jobAd/sections/videos": "addresses of films",
        "/jobAd/sections/qualifications/title": "the heading of an empty section",
    },
    "teamtailor": {
        "/guid": "read where the address holds no number",
        "/date_published": ELSE,
        "/_jobposting/identifier/name": "the employer, read from hiringOrganization",
    },
    "usajobs": {
        "*/Latitude": "the place's name is read",
        "*/Longitude": "the place's name is read",
        "*/TeleworkEligible": "leave to work elsewhere now and then: no work mode",
    },
    "weworkremotely": {"/guid": "the posting's address, which is read"},
    "workable": {"/shortlink": ELSE, "/_also[[]]/*": REPEATED},
    "workday": {
        "/jobPostingInfo/country": ELSE,
        "/jobPostingInfo/jobPostingId": "the end of its address, which is read",
        "/jobPostingInfo/jobRequisitionLocation/descriptor": "the requisition's street; its place is read",
        "/jobPostingInfo/jobRequisitionLocation/country/descriptor": "its code is read",
    },
}


class Asked(dict[str, Any]):
    """A record that notes in ``log`` by path what is asked of it. To look which names there are asks for nothing."""

    def __init__(self, record: dict[str, Any], path: str, log: set[str], there: set[str]) -> None:
        self._path, self._log = path, log
        there |= {f"{path}/{name}" for name, value in record.items() if value not in (None, "", [], {})}
        super().__init__({name: asked(value, f"{path}/{name}", log, there) for name, value in record.items()})

    def get(self, name: str, default: Any = None) -> Any:
        self._log.add(f"{self._path}/{name}")
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        self._log.add(f"{self._path}/{name}")
        return super().__getitem__(name)

    def items(self) -> Any:
        self._log |= {f"{self._path}/{name}" for name in self}
        return super().items()

    def values(self) -> Any:
        self._log |= {f"{self._path}/{name}" for name in self}
        return super().values()

    def __or__(self, other: Any) -> Any:
        out = Asked({}, self._path, self._log, set())
        dict.update(out, self)
        dict.update(out, other)
        return out


def asked(value: Any, path: str, log: set[str], there: set[str]) -> Any:
    """``value`` with every record in it as ``Asked``."""
    if isinstance(value, dict):
        return Asked(value, path, log, there)
    return [asked(part, f"{path}[]", log, there) for part in value] if isinstance(value, list) else value


def crawls(name: str, shared: Path | None) -> Iterator[list[Any]]:
    """The golden crawls of a source, and its recorded answers where they are."""
    yield from (saved(path) for path in PAGES if path.parent.name == name)
    if shared:
        for source, file in RECORDED:
            if source == name:
                yield [page("recorded", (shared / "data" / "ats_fixtures" / file).read_bytes())]


def unread(name: str, shared: Path | None, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Outermost paths that hold something on some page of a source and are asked for on none, but for skipped ones."""
    module = importlib.import_module(f"jobtide.sources.boards.{name}")
    log: set[str] = set()
    there: set[str] = set()
    real = module.job
    monkeypatch.setattr(module, "job", lambda raw, **more: real(asked(raw, "", log, there), **more))
    for pages in crawls(name, shared):
        assert list(registry.load(name).read(pages))
    accounts = [one for one in vars(module).values() if isinstance(one, Account)]
    skipped = {field for one in (*accounts, jobposting.account(name)) for field in one.skipped}
    left = {path for path in there - log if path.rpartition("/")[2] not in skipped}
    return {path for path in left if not any(path.startswith((f"{other}/", f"{other}[")) for other in there - log)}


@pytest.mark.parametrize("name", registry.names())
def test_every_field_is_read_or_has_a_reason_why_not(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = Path(os.environ.get("JOBTIDE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    left = unread(name, shared if shared.is_dir() else None, monkeypatch)
    reasons = UNREAD["*"] | UNREAD.get(name, {})
    assert [path for path in sorted(left) if not any(fnmatch(path, known) for known in reasons)] == []
    if shared.is_dir():
        stale = [known for known in UNREAD.get(name, {}) if not any(fnmatch(path, known) for path in left)]
        assert stale == [], "read now, or no longer there"


def test_a_field_that_nobody_reads_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    log: set[str] = set()
    there: set[str] = set()
    record = asked({"a": {"b": 1, "c": 2}, "d": [{"e": 3}], "f": None}, "", log, there)
    assert (record["a"].get("b"), dict(record | {"g": 1})["g"], "d" in record) == (1, 1, True)
    assert there - log == {"/a/c", "/d", "/d[]/e"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert unread("lever", None, monkeypatch) == set()
