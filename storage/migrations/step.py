"""What a step of the schema is given, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author

UnitKey = Callable[[Campaign, str], str]
"""The rule for names, handed in from above: the key under which a unit of a campaign is known."""


class LeaseLost(Exception):
    """Another process carries the database over by now."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One database on its way to schema version `version`. `at` is business time.

    `go_on` is called before each write; it raises `LeaseLost` where the step is another process's by now.
    """

    database: Database
    keys: Keys
    unit_key: UnitKey
    at: datetime
    version: int
    go_on: Callable[[], None]

    def author(self, what: str) -> Author:
        """Who writes: the upgrade, under an operation of its own for each thing that it changes."""
        return Author(f"schema:{self.version}/{what}", "upgrade", self.at)


Step = Callable[[Upgrade], list[str]]
"""Carries one stored shape over. Returns what only a person can decide, one line each."""
