"""Every place where the program touches the disk, by name: so that a test can let any of them fail, or die there.

The program knows nothing of it: what writes is wrapped from outside. A point is named by what is done and by the line
that does it.
"""

import errno
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Act = Callable[[str], None]
_SQL = ("insert", "update", "create", "begin", "alter", "delete")


def install(put: Callable[[Any, str, Any], None], before: Act, after: Act = lambda _: None) -> None:
    """Wrap what writes: ``put(owner, name, value)`` sets an attribute, ``before`` and ``after`` hear of each point.

    What ``before`` raises is raised in place of the write; of a file's bytes half are written then.
    """

    def wrapped(kind: str, real: Callable[..., Any], only: Callable[..., bool] = lambda *_: True) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            if not only(*args):
                return real(*args, **more)
            name = f"{kind} {_where()}"
            try:
                before(name)
            except OSError:
                if kind == "write":
                    real(args[0], args[1][: len(args[1]) // 2])
                raise
            done = real(*args, **more)
            after(name)
            return done

        return call

    put(Path, "write_bytes", wrapped("write", Path.write_bytes))
    put(Path, "replace", wrapped("replace", Path.replace))
    put(Path, "rename", wrapped("rename", Path.rename))
    put(Path, "mkdir", wrapped("mkdir", Path.mkdir, lambda path, *_: not path.exists()))
    put(os, "fsync", wrapped("sync", os.fsync))
    put(pq, "write_table", wrapped("table", pq.write_table, lambda _, where, *__: isinstance(where, Path)))
    connect = sqlite3.connect
    put(sqlite3, "connect", lambda *args, **more: connect(*args, factory=_connection(before, after), **more))


def _connection(before: Act, after: Act) -> type[sqlite3.Connection]:
    def told(act: Act, name: str) -> None:
        try:
            act(name)
        except OSError as error:
            raise sqlite3.OperationalError("database or disk is full") from error

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            if not sql.strip().startswith(_SQL):
                return super().execute(sql, *args)
            name = f"sql {_where()}"
            told(before, name)
            done = super().execute(sql, *args)
            told(after, name)
            return done

        def executescript(self, sql: str) -> sqlite3.Cursor:
            name = f"sql {_where()}"
            told(before, name)
            done = super().executescript(sql)
            told(after, name)
            return done

        def __exit__(self, kind: Any, error: Any, trace: Any) -> Any:
            name = f"commit {_where()}"
            if kind is None:
                try:
                    told(before, name)
                except sqlite3.OperationalError:
                    self.rollback()
                    raise
            super().__exit__(kind, error, trace)
            told(after, name)
            return False

    return Connection


def _where() -> str:
    """The program's two innermost lines under way."""
    frame: Any = sys._getframe(1)
    lines: list[str] = []
    while frame is not None and len(lines) < 2:
        path = Path(frame.f_code.co_filename)
        if "jobtide" in path.parts and "tests" not in path.parts:
            lines.append(f"{path.stem}.{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(lines)


class Full:
    """A disk that is full from the n-th write on; ``n`` 0: never. ``seen`` counts writes."""

    def __init__(self, n: int, code: int = errno.ENOSPC) -> None:
        """Fail with ``code``."""
        self.n, self.seen, self.code = n, 0, code

    def __call__(self, _: str) -> None:
        self.seen += 1
        if self.n and self.seen >= self.n:
            raise OSError(self.code, os.strerror(self.code))
