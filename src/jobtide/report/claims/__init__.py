"""What does somebody else's article claim, and does it hold? Find, type, hold against itself, then against data.

text ─► sentences ─► numbers ─► claims ─► held against each other ─► held against references and the market
"""

from jobtide.report.claims.check import Checked, Verdict, check

__all__ = ["Checked", "Verdict", "check"]
