"""Which hosts are not to be asked now, and until when? What they asked for, and what their failures earned them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST = 3600.0  # seconds; who asks to be let alone for longer is let alone for this
REMEMBERED = 3600.0  # seconds for which a run after this one knows that a host did not answer
IN_A_ROW = 5  # failures before a host rests
RESTS = 3  # rests after which a host is given up for the run


@dataclass(slots=True)
class Failing:
    """A host that does not answer: how often in a row, its rests so far, and the clock at which the last one ends.

    ``last``: the clock when it last failed.
    """

    failures: int = 0
    rests: int = 0
    until: float = 0.0
    last: float = 0.0
    probing: bool = False
    kind: str = ""

    @property
    def open(self) -> bool:
        """Whether the host rests or is given up."""
        return self.failures >= IN_A_ROW


@dataclass(frozen=True, slots=True)
class Rest:
    """What a later run has to know of a host: it counts for ``left`` seconds more.

    ``kind``: "" where the host asked to be let alone; else how it failed, and ``rests`` how many rests it had.
    """

    left: float
    kind: str = ""
    rests: int = 0


@dataclass(slots=True)
class Hosts:
    """The hosts of one collection, by a clock that counts seconds: ``asked`` until when each wants to be let alone."""

    asked: dict[str, float] = field(default_factory=dict)
    failing: dict[str, Failing] = field(default_factory=dict)

    def recall(self, rests: Mapping[str, Rest], clock: float) -> None:
        """Take over what an earlier run knew. A host that failed is asked once more first."""
        for host, rest in rests.items():
            if not rest.kind:
                self.asked[host] = max(self.asked.get(host, 0.0), clock + min(rest.left, LONGEST))
            elif host not in self.failing:
                last = clock + min(rest.left, REMEMBERED) - REMEMBERED
                self.failing[host] = Failing(IN_A_ROW, min(rest.rests, RESTS), last=last, kind=rest.kind)

    def rests(self, clock: float) -> dict[str, Rest]:
        """Return what a later run has to know, by host. One that asks for patience is not also called failing."""
        out = {
            host: Rest(state.last + REMEMBERED - clock, state.kind, state.rests)
            for host, state in self.failing.items()
            if state.open and state.last + REMEMBERED > clock
        }
        return out | {host: Rest(until - clock) for host, until in self.asked.items() if until > clock}

    def known(self, clock: float) -> frozenset[tuple[str, float]]:
        """Return what changes when there is something new to be kept, and does not while time passes."""
        failing = {(host, state.last) for host, state in self.failing.items() if state.open}
        return frozenset(failing | {(host, until) for host, until in self.asked.items() if until > clock})
