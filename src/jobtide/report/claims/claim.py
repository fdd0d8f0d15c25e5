"""What is a claim? The words of an article that say something of jobs, pay, skills or markets that can be checked."""

from dataclasses import dataclass

from jobtide.report.claims.numbers import Quantity
from jobtide.report.claims.text import Sentence
from jobtide.report.claims.topic import Topic


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: its exact words, type, quantity (None for a ranking or a statement of need), and topic.

    ``senses`` refine the type: first (of a ranking), list, up, down, held, needed, unneeded, insufficient, premium,
    projected.
    """

    words: str
    start: int
    type: str
    quantity: Quantity | None
    topic: Topic
    sentence: Sentence
    senses: frozenset[str] = frozenset()

    @property
    def cited(self) -> bool:
        """Whether the sentence says where it has this from."""
        return bool(self.sentence.marks or self.sentence.hosts or self.sentence.attributed)
