"""Is a host worth asking again? Five failures in a row let it rest; a probe after each rest; then it is given up."""

from collections.abc import Callable

from jobtide.errors import FetchFailed
from jobtide.sources.hosts import IN_A_ROW, RESTS, Failing

_REST = 30.0  # seconds of the first rest; each one after a failed probe is twice as long: 30 + 60 + 120 s, then no more
_LONGEST = 120.0


class Breaker:
    """What each host's last answers say about asking it. ``clock`` counts seconds.

    Closed: asked freely. Open: not asked until its rest is over. Half-open: one probe, which closes or opens it.
    """

    def __init__(self, *, clock: Callable[[], float], hosts: dict[str, Failing] | None = None) -> None:
        """Start with every host closed, as engineers call the good state, but those that failed before."""
        self._clock = clock
        self._hosts = {} if hosts is None else hosts

    def check(self, host: str) -> float:
        """Return how many seconds the host still rests, 0 if it may be asked now (then this caller is its probe).

        FetchFailed, of the kind that its last failure had, if it is given up for this run.
        """
        state = self._hosts.get(host)
        if state is None or not state.open:
            return 0.0
        if state.rests > RESTS:
            why = f"{host}: {state.failures} failures in a row, the last one {state.kind}; not asked again in this run"
            raise FetchFailed(why, kind=state.kind)
        wait = state.until - self._clock()
        if wait > 0:
            return wait
        if state.probing:
            return 1.0
        state.probing = True
        return 0.0

    def is_open(self, host: str) -> bool:
        """Whether the host rests or is given up."""
        state = self._hosts.get(host)
        return state is not None and state.open

    def answered(self, host: str) -> None:
        """The host gave an answer, whatever it said: everything before is forgotten."""
        self._hosts.pop(host, None)

    def failed(self, host: str, kind: str) -> None:
        """The host gave none; the fifth time in a row, and each failed probe after that, begins a rest."""
        state = self._hosts.setdefault(host, Failing())
        state.failures += 1
        state.kind, state.last = kind, self._clock()
        if state.failures == IN_A_ROW or state.probing:
            state.until = self._clock() + min(_REST * 2.0**state.rests, _LONGEST)
            state.rests += 1
        state.probing = False

    def let_go(self, host: str) -> None:
        """The probe ended without a verdict (it was cancelled, or never sent)."""
        if state := self._hosts.get(host):
            state.probing = False
