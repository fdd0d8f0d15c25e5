"""Which snapshots stay after a publication? The newest few, in the order in which they were published."""

import os
import shutil
import time
from pathlib import Path

_KEPT = 3  # snapshots that stay, the current one included
_LEAVING = ".leaving-"  # renamed in one step: of a death while it is removed, no half snapshot stays in sight


def prune(root: Path, current: Path) -> None:
    """Keep the newest few. A folder's time is its place in the order of publication, whatever the clock said then."""
    others = sorted(
        (path for path in (root / "snapshots").iterdir() if path != current and not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime_ns,
    )
    now = max([time.time_ns(), *(path.stat().st_mtime_ns + 1 for path in others)])
    os.utime(current, ns=(now, now))
    for path in others[: max(0, len(others) - (_KEPT - 1))]:
        path.rename(path.with_name(f"{_LEAVING}{path.name}-{now}"))
    for path in (root / "snapshots").glob(f"{_LEAVING}*"):
        shutil.rmtree(path)
