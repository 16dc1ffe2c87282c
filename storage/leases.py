"""Leases: one holder of a duty at a time. Real time; a lease lapses by itself (≤ 15 s) when its holder dies."""

import secrets
from dataclasses import dataclass, field

from storage.database import Database, script
from storage.keys import Keys

_hold, _let_go = script("hold"), script("let_go")
LEASE_MS = 12_000


@dataclass(frozen=True, slots=True)
class Leases:
    database: Database
    keys: Keys
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def hold(self, name: str) -> bool:
        """Take the lease or renew it; whether this process holds it now."""
        return bool(_hold(self.database, [self.keys.lease(name)], [self.token, LEASE_MS]))

    def release(self, name: str) -> None:
        """Give the lease back if this process holds it, so that the next holder need not wait for it to lapse."""
        _let_go(self.database, [self.keys.lease(name)], [self.token])
