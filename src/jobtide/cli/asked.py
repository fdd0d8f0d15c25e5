"""From a figure's id to its question: what commands note, and what ``jobtide explain`` looks up."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from jobtide.cli.where import root
from jobtide.errors import JobtideError

if TYPE_CHECKING:
    from jobtide.market.figure import Figure
    from jobtide.market.filters import Filters
    from jobtide.store.snapshot import Snapshot


def note(figure: "Figure", filters: "Filters", options: Mapping[str, Any]) -> None:
    """Note the question behind a figure in the store."""
    from jobtide.store import asked

    chosen = {name: str(value) for name, value in asdict(filters).items() if value is not None}
    own = {name: str(value) for name, value in options.items() if value is not None}
    what = {"snapshot": figure.snapshot, "question": figure.figure, "filters": chosen, "options": own}
    asked.record(root(), figure.id, what)


def answer(shot: "Snapshot", id: str) -> "tuple[Figure, Filters] | None":
    """Return the figure whose id was noted, asked again; None where it was not.

    JobtideError for a figure of another snapshot, with the words that ask it of this one.
    """
    from jobtide.market.ask import ask
    from jobtide.market.filters import Filters
    from jobtide.store import asked

    found = asked.find(root(), id)
    if found is None:
        return None
    dates = {
        name: date.fromisoformat(found["filters"][name]) for name in ("since", "until") if name in found["filters"]
    }
    filters = Filters(**{**found["filters"], **dates})
    if found["snapshot"] != shot.id:
        own = [f"--{name} {value}" for name, value in found["options"].items()]
        words = " ".join(word for word in (found["question"], filters.command(), *own) if word)
        raise JobtideError(
            f"figure {id} is of snapshot {found['snapshot']}, and this is {shot.id}; ask it of this one with "
            f"'jobtide explain {words}', or see what changed with 'jobtide report diff {found['snapshot']}'"
        )
    return ask(found["question"], shot, filters, **found["options"]), filters
