"""The bundled pack, which every claim is held against in these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobtide.store.snapshot import Snapshot

PACK = Path(__file__).resolve().parents[2] / "src" / "jobtide" / "data" / "pack"
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "claims"


@pytest.fixture(scope="session")
def pack() -> Iterator[Snapshot]:
    with Snapshot.open(PACK) as shot:
        yield shot
