"""A row that cannot be read says which posting it is, in every source: what stands there is not gone."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Posting
from jobtide.sources import registry
from tests.sources.test_boards import PAGES, saved


@pytest.mark.filterwarnings("ignore::jobtide.sources.fields.UnreadFields")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_an_unread_row_is_named_as_its_posting_would_be(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = registry.load(path.parent.name)
    pages = saved(path)
    whole = [one.source_id for one in source.read(pages) if isinstance(one, Posting)]
    module = importlib.import_module(f"jobtide.sources.boards.{path.parent.name}")
    real = module.job
    for number, name in enumerate(whole):
        count = iter(range(len(whole) + 10))

        def broken(raw: Any, *, board: str, seen: Any, count: Any = count, number: int = number) -> Posting:
            found: Posting = real(raw, board=board, seen=seen)
            if next(count) == number:
                raise SourceChanged("a field changed its type")
            return found

        monkeypatch.setattr(module, "job", broken)
        try:
            rows = list(source.read(pages))
        except SourceChanged:  # one posting a page: nothing of it could be read
            continue
        (bad,) = [one for one in rows if isinstance(one, Bad) and one.reason == "a field changed its type"]
        assert bad.source_id == name
        assert bad.digest
