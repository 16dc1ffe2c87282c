"""A row that cannot be taken, and why."""

from dataclasses import dataclass


class Refused(Exception):
    """A row cannot be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken, and why."""

    row: int
    unit: str
    reason: str
