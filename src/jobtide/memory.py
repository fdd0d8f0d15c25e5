"""Keeps the cycle collector out of work that makes many small objects and no cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no cycles be looked for meanwhile; inside another one, the outer decides.

    A batch of postings, or a figure of 18,000 rows, is a hundred thousand objects that hold no cycles: walking them
    again and again costs up to two thirds of the time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
