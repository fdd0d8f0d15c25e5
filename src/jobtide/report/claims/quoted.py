"""What did the article of 2024 claim? Its figures in a few quoted words each, checked like any other text.

The article: "Exploring Opportunities: The Current State of Machine Learning Engineer Jobs" (2024). Its text is not part
of this package; these quotes are what the demonstration holds against the data.
"""

from importlib import resources

from jobtide.report.claims.check import Checked, check
from jobtide.store.snapshot import Snapshot


def quoted(snapshot: Snapshot) -> Checked:
    """Return the quoted claims checked against ``snapshot``, one line of the file a claim or more."""
    path = resources.files("jobtide") / "data" / "references" / "article_2024.txt"
    return check(path.read_text(encoding="utf-8"), snapshot)
