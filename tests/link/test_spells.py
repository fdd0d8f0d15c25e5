"""A spell ends at the first of two complete misses, and nothing else ends it; versions and spells never overlap."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.link.spells import Head, Life, Sighting, edit_table, follow, reposts, spell_table
from jobtide.model import Posting, Stamp

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return DAY + timedelta(days=number)


def head(key: str, version: str = "v1") -> Head:
    return Head(Posting("lever", "b", key, "", "Keeper of lamps", "Harbour", text=""), version, "crawl 1")


def sighting(at: int, *keys: str, complete: bool = True, version: str = "v1", unread: tuple[str, ...] = ()) -> Sighting:
    return Sighting(Stamp(day(at), "crawl"), {key: head(key, version) for key in keys}, complete, frozenset(unread))


def lived(*sightings: Sighting) -> Life:
    life = Life()
    for one in sightings:
        follow(life, one)
    return life


def spells(life: Life, key: str) -> list[tuple[int, int, bool, int, int | None]]:
    """(first seen, last seen, left-censored, misses, closed) of each spell, in days."""
    return [
        (
            (s.first_seen_at - DAY).days, (s.last_seen_at - DAY).days, s.left_censored, s.misses,
            (s.closed_at - DAY).days if s.closed_at else None,
        )
        for s in life.tracks[key].spells
    ]  # fmt: skip


def test_one_miss_closes_nothing_and_the_second_closes_at_the_first() -> None:
    assert spells(lived(sighting(0, "a", "b"), sighting(1, "b")), "a") == [(0, 0, True, 1, None)]
    assert spells(lived(sighting(0, "a", "b"), sighting(1, "b"), sighting(2, "b")), "a") == [(0, 0, True, 2, 1)]
    later = lived(sighting(0, "a", "b"), *(sighting(n, "b") for n in range(1, 9)))
    assert spells(later, "a") == [(0, 0, True, 2, 1)]
    assert spells(later, "b") == [(0, 8, True, 0, None)]


def test_two_misses_less_than_six_hours_apart_are_one() -> None:
    """Who runs the command twice within minutes, or all afternoon while a site is being repaired, closes nothing."""

    def at(*hours: float) -> list[tuple[int, int, bool, int, int | None]]:
        times = [DAY + timedelta(days=1, hours=hour) for hour in hours]
        misses = [Sighting(Stamp(time, "crawl"), {"b": head("b")}, complete=True) for time in times]
        return spells(lived(sighting(0, "a", "b"), *misses), "a")

    assert at(0, 0.1) == at(0, 1, 2, 3, 4, 5, 5.9) == [(0, 0, True, 1, None)]
    assert at(0, 6) == at(0, 5, 7) == at(0, 3, 6, 9) == [(0, 0, True, 2, 1)]
    assert at(0, -1) == [(0, 0, True, 1, None)]
    same = [Sighting(Stamp(DAY + timedelta(hours=h), "crawl"), None, complete=True) for h in (25, 29)]
    assert spells(lived(sighting(0, "a", "b"), sighting(1, "b"), *same), "a") == [(0, 0, True, 1, None)]


def test_a_posting_seen_again_after_one_miss_was_never_gone() -> None:
    life = lived(sighting(0, "a", "b"), sighting(1, "b"), sighting(2, "a", "b"), sighting(3, "b"))
    assert spells(life, "a") == [(0, 2, True, 1, None)]


def test_what_is_not_complete_shows_but_closes_nothing() -> None:
    life = lived(sighting(0, "a"), *(sighting(n, "b", complete=False) for n in range(1, 5)))
    assert spells(life, "a") == [(0, 0, True, 0, None)]
    assert spells(life, "b") == [(1, 4, False, 0, None)]
    assert spells(lived(sighting(0, "a", complete=False), sighting(1, "a")), "a") == [(0, 1, True, 0, None)]


def test_a_row_that_cannot_be_read_is_not_gone() -> None:
    life = lived(sighting(0, "a", "b"), *(sighting(n, "b", unread=("a",)) for n in (1, 2, 3)))
    assert spells(life, "a") == [(0, 3, True, 0, None)]
    assert set(life.tracks) == {"a", "b"}


def odd(at: int, *keys: str, rows: tuple[str, ...]) -> Sighting:
    """A complete crawl with rows that nobody can name."""
    return Sighting(Stamp(day(at), "crawl"), {key: head(key) for key in keys}, complete=True, odd=rows)


def test_a_row_that_nobody_can_name_may_be_any_posting_that_is_missing() -> None:
    start = sighting(0, "a", "b", "c")
    open_since_0 = [(0, 0, True, 0, None)]
    assert spells(lived(start, odd(1, "b", "c", rows=("x",)), odd(2, "b", "c", rows=("x",))), "a") == open_since_0
    same = [Sighting(Stamp(day(n), "crawl"), None, complete=True) for n in (2, 3)]
    assert spells(lived(start, odd(1, "b", "c", rows=("x",)), *same), "a") == open_since_0
    # Two are missing: one of them is gone, and nobody can say which.
    two = lived(start, *(odd(n, "c", rows=("x",)) for n in (1, 2, 3)))
    assert (spells(two, "a"), spells(two, "b")) == (open_since_0, open_since_0)
    # A key that was never read before is no name either.
    new = [sighting(n, "b", "c", unread=("z",)) for n in (1, 2)]
    assert spells(lived(start, *new), "a") == open_since_0
    # When it is gone or can be read, two crawls more say what was missing.
    after = lived(start, odd(1, "b", "c", rows=("x",)), sighting(2, "b", "c"), sighting(3, "b", "c"))
    assert spells(after, "a") == [(0, 0, True, 2, 2)]


def test_a_row_that_stood_beside_a_posting_is_not_that_posting() -> None:
    """An odd row that never goes away does not keep a board from ever closing anything."""
    life = lived(*(odd(n, "a", "b", rows=("x",)) for n in (0, 1)), *(odd(n, "b", rows=("x",)) for n in (2, 3)))
    assert spells(life, "a") == [(0, 1, True, 2, 2)]
    named = lived(sighting(0, "a", "b", unread=("z",)), *(sighting(n, "b", unread=("z",)) for n in (1, 2)))
    assert spells(named, "a") == [(0, 0, True, 2, 1)]
    # A second one by the same name is another row, and one without a name is never known from before.
    more = lived(odd(0, "a", "b", rows=("x",)), *(odd(n, "b", rows=("x", "x")) for n in (1, 2)))
    assert spells(more, "a") == [(0, 0, True, 0, None)]
    blank = lived(odd(0, "a", "b", rows=("",)), *(odd(n, "b", rows=("",)) for n in (1, 2)))
    assert spells(blank, "a") == [(0, 0, True, 0, None)]
    # What only partial crawls showed was never seen beside it in a whole one.
    seen = lived(
        odd(0, "b", rows=("x",)), sighting(1, "a", complete=False), *(odd(n, "b", rows=("x",)) for n in (2, 3))
    )
    assert spells(seen, "a") == [(1, 1, False, 0, None)]


def test_an_unchanged_board_is_the_last_complete_one_once_more() -> None:
    same = [Sighting(Stamp(day(n), "crawl"), None, complete=True) for n in (2, 3)]
    life = lived(sighting(0, "a", "b"), sighting(1, "b"), *same)
    assert spells(life, "a") == [(0, 0, True, 2, 1)]
    assert spells(life, "b") == [(0, 3, True, 0, None)]


def test_an_unchanged_board_says_what_the_last_complete_crawl_said_whatever_a_partial_one_said_since() -> None:
    same = Sighting(Stamp(day(3), "crawl"), None, complete=True)
    life = lived(
        sighting(0, "a", "b"), *(sighting(n, "a", complete=False, version=f"v{n}") for n in (1, 2)), same,
        sighting(4, "a", complete=False),
    )  # fmt: skip
    assert [stood.version for stood in life.tracks["a"].versions] == ["v1", "v2", "v1"]
    assert life.tracks["a"].head.version == "v1"
    assert life.replaced == {}


def test_back_after_closing_is_a_new_spell_and_its_start_is_known() -> None:
    life = lived(sighting(0, "a", "b"), sighting(1, "b"), sighting(2, "b"), sighting(5, "a", "b"))
    assert spells(life, "a") == [(0, 0, True, 2, 1), (5, 5, False, 0, None)]


def test_a_repost_follows_the_posting_of_its_vacancy_that_closed_last() -> None:
    life = lived(
        sighting(0, "a", "b"), sighting(1, "b"), sighting(2, "b"), sighting(3, "b", "c"), sighting(4, "c", "d"),
        sighting(5, "c", "d"),
    )  # fmt: skip
    one = dict.fromkeys("abcd", "vacancy")
    # d came on the day on which b was first missed; c while b was still there, after a had closed.
    assert reposts(life.tracks, one) == {"c": "a", "d": "b"}
    assert reposts(life.tracks, {key: key for key in "abcd"}) == {}
    rows = {(row["posting"], row["ord"]): row for row in spell_table(life.tracks, one).to_pylist()}
    assert rows["d", 0]["reposted_from"] == "b"
    assert rows["a", 0]["reposted_from"] == ""


def test_edits_are_versions_one_after_the_other() -> None:
    life = lived(
        sighting(0, "a", "b"), sighting(1, "a", "b", version="v2"), sighting(2, "a", version="v2"), sighting(3, "a")
    )
    assert life.tracks["a"].head.version == "v1"
    rows = edit_table(life.tracks).to_pylist()
    seen = [
        (r["posting"], r["ord"], r["version"], (r["first_seen_at"] - DAY).days, (r["last_seen_at"] - DAY).days)
        for r in rows
    ]
    assert seen == [
        ("a", 0, "v1", 0, 0), ("a", 1, "v2", 1, 2), ("a", 2, "v1", 3, 3),
        ("b", 0, "v1", 0, 0), ("b", 1, "v2", 1, 1),
    ]  # fmt: skip
    assert edit_table(lived(sighting(0, "a"), sighting(1, "a")).tracks).num_rows == 0


KEYS = st.sets(st.sampled_from("abcde"))
CRAWLS = st.lists(
    st.tuples(KEYS, st.booleans(), st.sampled_from(["v1", "v2"]), st.integers(-400, 4000)), min_size=1, max_size=14
)


@settings(max_examples=150, deadline=None)
@given(CRAWLS)
def test_whatever_the_crawls_and_their_clocks_nothing_overlaps(
    crawls: list[tuple[set[str], bool, str, int]],
) -> None:
    life = Life()
    for keys, complete, version, at in crawls:
        follow(life, sighting(at, *keys, complete=complete, version=version))
    assert set(life.tracks) == set().union(*(keys for keys, *_ in crawls))
    for key, track in life.tracks.items():
        for spell in track.spells:
            assert spell.first_seen_at <= spell.last_seen_at
            assert spell.closed_at is None or spell.closed_at >= spell.last_seen_at
            assert (spell.closed_at is None) == (spell.misses < 2)
        for one, other in zip(track.spells, track.spells[1:], strict=False):
            assert one.closed_at is not None
            assert one.closed_at <= other.first_seen_at
            assert not other.left_censored
        for before, after in zip(track.versions, track.versions[1:], strict=False):
            assert before.version != after.version
            assert before.last_seen_at <= after.first_seen_at
        # Open means: no two complete crawls since the last one that showed it, of which the second is a day later.
        last = max(n for n, (keys, *_) in enumerate(crawls) if key in keys)
        since = [at for _, complete, _, at in crawls[last + 1 :] if complete]
        missed = max(since[0], (track.spells[-1].last_seen_at - DAY).days) if since else 0
        assert track.open == all(at <= missed for at in since[1:])
