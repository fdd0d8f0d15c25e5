"""How do the compiled loops come to be? By the C compiler of the machine that installs jobtide, if it has one.

Needs no Python headers and nothing but the C library. Imported by the build hook too, so it imports nothing of jobtide.
"""

import hashlib
import os
import shlex
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_FLAGS = ("-std=gnu11", "-O3", "-shared", "-fPIC", "-fvisibility=hidden")
_PATIENCE = 120  # seconds


def target() -> Path:
    """Where the compiled library stands, whether it is there or not."""
    return _HERE / "scan.so"


@cache
def source() -> str:
    """Return the fingerprint of the C sources: a library says of which it was made."""
    digest = hashlib.sha256()
    for path in sorted([*_HERE.glob("*.c"), *_HERE.glob("*.h")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def compiled(flags: tuple[str, ...] = (), to: Path | None = None) -> str:
    """Compile the sources to ``to``; return "" if that went well, else why it did not: jobtide works without.

    The compiler is ``CC``, else ``cc``.
    """
    compiler = shlex.split(os.environ.get("CC") or "cc")
    if shutil.which(compiler[0]) is None:
        return f"no C compiler ({compiler[0]}) on this machine"
    path = to or target()
    sources = [str(each) for each in sorted(_HERE.glob("*.c"))]
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        made = Path(folder) / path.name
        call = [*compiler, *_FLAGS, *flags, f'-DSOURCE="{source()}"', "-o", str(made), *sources]
        try:
            done = subprocess.run(call, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{compiler[0]} did not run: {error}"
        if done.returncode or not made.exists():
            return f"{compiler[0]} refused: {done.stderr.strip()[:500]}"
        made.replace(path)  # in one step: another process may be reading
    return ""
