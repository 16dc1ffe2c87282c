"""Leases: one holder of a duty at a time. A lease lapses by itself (≤ 15 s) when its holder dies.

Its life is counted down by the server's clock; one that a clock set back would keep alive for longer is taken over.
"""

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
        return bool(_hold(self.database, [self.keys.lease(name)], [self.token, LEASE_MS, LEASE_MS]))

    def release(self, name: str) -> None:
        """Give the lease back if this process holds it, so that the next holder need not wait for it to lapse."""
        _let_go(self.database, [self.keys.lease(name)], [self.token])
