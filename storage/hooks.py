"""How far the other systems of a campaign have been told what happened in it."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.keys import Keys


@dataclass(frozen=True, slots=True)
class Told:
    """`seen`: the last entry of the ledger that was looked at; `totals`: at which the sums were told last, and when."""

    seen: str
    totals: str
    totals_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToldHooks:
    database: Database
    keys: Keys

    def kept(self, campaign: str) -> Told | None:
        """None before anything was told: what happened before there were hooks is told to none."""
        seen, totals, at = self.database.hmget(self.keys.hooks(campaign), "seen", "totals", "totals_at")
        return Told(seen, totals or "", datetime.fromisoformat(at) if at else None) if seen else None

    def begin(self, campaign: str, ledger: str) -> None:
        self.database.hsetnx(self.keys.hooks(campaign), "seen", ledger)

    def saw(self, campaign: str, ledger: str) -> None:
        self.database.hset(self.keys.hooks(campaign), "seen", ledger)

    def told_totals(self, campaign: str, ledger: str, now: datetime) -> None:
        self.database.hset(self.keys.hooks(campaign), mapping={"totals": ledger, "totals_at": now.isoformat()})
