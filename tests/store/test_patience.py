"""How long a host is let alone from run to run, whatever happens to the clock and the machine between them."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from jobtide.sources.hosts import LONGEST, REMEMBERED, RESTS, Failing, Hosts, Rest
from jobtide.store import patience, schema
from jobtide.store.patience import Moment

AT = datetime(2026, 1, 1, tzinfo=UTC)


def ledger() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    schema.migrate(db, Path("ledger"))
    return db


class Machine(RuleBasedStateMachine):
    """A machine with a clock that anybody may set, on which runs begin and end; and the true time, which nobody sees.

    ``due``: the true second at which the host may be asked again, as far as anybody could know it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.db, self.true, self.off, self.booted, self.boots = ledger(), 0.0, timedelta(0), 0.0, 1
        self.due, self.most = 0.0, 0.0
        self.clock_set = self.restarted = False

    def now(self) -> Moment:
        at = AT + timedelta(seconds=self.true) + self.off
        return Moment(at, self.true - self.booted, f"boot {self.boots}")

    @rule(seconds=st.floats(0.0, 4000.0))
    def time_passes(self, seconds: float) -> None:
        self.true += seconds

    @rule(days=st.sampled_from((-20_000.0, -365.0, -0.1, -0.001, 0.001, 0.1, 365.0, 3650.0)))
    def the_clock_is_set(self, days: float) -> None:
        # Anybody may set it to 1970 or to 2036 as often as he likes, but not back and back again before all time.
        self.off = timedelta(0) if self.off else timedelta(days=days)
        self.clock_set = True

    @rule()
    def the_machine_is_started_anew(self) -> None:
        self.booted, self.boots, self.restarted = self.true, self.boots + 1, True

    @rule(seconds=st.floats(1.0, LONGEST))
    def a_run_is_asked_for_patience(self, seconds: float) -> None:
        self.a_run_that_hears_nothing_new()
        hosts = self.recalled()
        hosts.asked["h"] = max(hosts.asked.get("h", 0.0), self.true + seconds)
        self.due, self.most = max(self.due, self.true + seconds), LONGEST
        self.kept(hosts)

    @precondition(lambda self: self.most)
    @rule()
    def a_run_that_hears_nothing_new(self) -> None:
        hosts = self.recalled()
        left = hosts.asked.get("h", self.true) - self.true
        if not (self.clock_set and self.restarted):
            assert left == pytest.approx(max(self.due - self.true, 0.0), abs=0.01)
        assert 0.0 <= left <= self.most + 0.01
        self.due, self.most = self.true + left, left
        self.kept(hosts)

    def recalled(self) -> Hosts:
        hosts = Hosts()
        hosts.recall(patience.recall(self.db, self.now()), self.true)
        return hosts

    def kept(self, hosts: Hosts) -> None:
        patience.keep(self.db, hosts.rests(self.true), self.now())
        self.clock_set = self.restarted = False


Machine.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestMachine = Machine.TestCase


@pytest.mark.parametrize(
    ("later", "up", "boot", "left"),
    [
        (300, 300, "a", 3300), (3600, 3600, "a", 0), (-86_400, 300, "a", 3300), (10**9, 300, "a", 3300),
        (300, 20, "b", 3300), (3600, 20, "b", 0),
        (-86_400 * 365, 20, "b", 3600),  # it was years ahead when it was noted: once more, and not for years
        (10**9, 20, "b", 0), (300, 20, "", 3300),
    ],
)  # fmt: skip
def test_an_hour_s_wait_under_every_clock(later: float, up: float, boot: str, left: float) -> None:
    db = ledger()
    patience.keep(db, {"h": Rest(3600.0)}, Moment(AT, 0.0, "a"))
    found = patience.recall(db, Moment(AT + timedelta(seconds=later), up, boot))
    assert found.get("h", Rest(0.0)).left == left


def test_without_a_name_for_the_machine_s_start_the_clock_counts() -> None:
    db = ledger()
    patience.keep(db, {"h": Rest(3600.0)}, Moment(AT, 5000.0, ""))
    assert patience.recall(db, Moment(AT + timedelta(minutes=10), 1.0, ""))["h"].left == 3000.0
    assert patience.recall(db, Moment.here(AT))["h"].left == 3600.0


@given(st.floats(allow_nan=False, min_value=0.0), st.integers(0, 10**9))
def test_absurd_values_are_capped(left: float, rests: int) -> None:
    hosts = Hosts()
    hosts.recall({"asked": Rest(left), "failed": Rest(left, "timeout", rests)}, 50.0)
    assert hosts.asked["asked"] <= 50.0 + LONGEST
    assert (hosts.failing["failed"].rests <= RESTS, hosts.failing["failed"].last <= 50.0) == (True, True)


def test_what_failed_is_forgotten_after_an_hour_however_many_runs_did_not_ask_it() -> None:
    hosts = Hosts(failing={"h": Failing(8, 4, until=120.0, last=100.0, kind="timeout"), "few": Failing(2, last=100.0)})
    assert hosts.rests(100.0) == {"h": Rest(REMEMBERED, "timeout", 4)}
    for at in (1000.0, 2000.0, 3000.0):
        later = Hosts()
        later.recall(hosts.rests(at), at)
        hosts = later
    assert hosts.rests(3699.0) == {"h": Rest(1.0, "timeout", 3)}
    assert hosts.rests(3700.0) == {}
