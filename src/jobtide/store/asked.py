"""Which questions were asked of this store? A list by figure's id, so that an id alone leads back to its question."""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jobtide.store.files import write_whole

FILE = "asked.jsonl"
_MOST = 4000  # questions that are kept, the newest
_LINE = 400  # bytes that a line takes at most, as a rule


def record(root: Path, id: str, asked: Mapping[str, Any]) -> None:
    """Note what was asked to get figure ``id``, once; nothing where there is no store, or it may not be written.

    A question is answered whether or not its id can be noted.
    """
    path = root / FILE
    if not root.is_dir() or find(root, id) is not None:
        return
    line = json.dumps({"id": id, **asked}, ensure_ascii=False) + "\n"
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size > _MOST * _LINE:
            kept = path.read_bytes().splitlines(keepends=True)[-_MOST // 2 :]
            write_whole(path, b"".join(kept))
        with path.open("a", encoding="utf-8") as file:
            file.write(line)


def find(root: Path, id: str) -> dict[str, Any] | None:
    """Return what was asked to get figure ``id``, None where that was not noted; a line cut off is passed over."""
    try:
        text = (root / FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    for line in text.splitlines():
        if f'"{id}"' in line:
            with contextlib.suppress(ValueError):
                found: dict[str, Any] = json.loads(line)
                if found.get("id") == id:
                    return found
    return None
