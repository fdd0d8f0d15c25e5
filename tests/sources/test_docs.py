"""The page on sources says what the policy cards and the list of gaps say."""

from pathlib import Path

from jobtide.sources import registry
from jobtide.sources.uncovered import GAPS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "sources.md").read_text()


def test_every_source_stands_on_the_page_with_its_tier_default_and_notice() -> None:
    rows = {line.split(" | ")[0].strip("| "): line for line in PAGE.splitlines() if line.startswith("| ")}
    for name in registry.names():
        policy = registry.load(name).policy
        assert rows[name].startswith(f"| {name} | {policy.tier} | {'yes' if policy.default_on else 'no'} | `{name}:")
        assert not policy.notice or f"- **{name}**: {policy.notice}." in PAGE
    assert set(rows) - {"source", "---"} == set(registry.names())


def test_what_is_not_covered_stands_on_the_page() -> None:
    for gap in GAPS:
        assert f"- **{gap.what}**: {gap.why}." in PAGE
        assert gap.instead in PAGE
