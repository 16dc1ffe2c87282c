"""The schema version: which form the stored facts have, and how a database of an earlier one is carried over.

The version is the number of steps of `storage/migrations` that a database has taken. A database without one, which
commit 5b44e33 and those before it left, has taken none. A newer one than this program's is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import sleep

from storage.database import Database, Mode, SchemaMismatch, StampMismatch, script
from storage.keys import Keys
from storage.leases import Leases
from storage.ledger import Changed
from storage.migrations import STEPS
from storage.migrations.step import LeaseLost, Step, UnitKey, Upgrade

_reach = script("reach")

LEASE = "schema"
WAIT_SECONDS = 0.1
"""How often it is looked whether the process that carries the database over has done so."""


def stamp(client: Database, prefix: str, mode: Mode, appid: str, steps: Sequence[Step] = STEPS) -> None:
    """Mark a new database as this mode's, this account's and this program's. Raises `StampMismatch` if another's."""
    keys = Keys(prefix)
    birth = client.pipeline(transaction=False)
    if not client.exists(keys.stamp(), keys.campaigns()):
        birth.setnx(keys.schema(), len(steps))
    birth.hsetnx(keys.stamp(), "mode", mode)
    birth.hsetnx(keys.stamp(), "appid", appid)
    birth.hgetall(keys.stamp())
    born = birth.execute()[-1]
    if born != {"mode": mode, "appid": appid}:
        raise StampMismatch(
            f"this database was born {born['mode']} for account {born['appid'] or '(none)'}, "
            f"not {mode} for {appid or '(none)'}: set YIDUI_MODE and YIDUI_WECHAT_APPID back, "
            "or use another YIDUI_DATA_DIR, YIDUI_REDIS_URL or YIDUI_KEY_PREFIX"
        )


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema version of a database, and the way to this program's. `steps`: those this program knows."""

    database: Database
    keys: Keys
    leases: Leases
    steps: Sequence[Step] = STEPS

    def version(self) -> int:
        """How many steps the database has taken; a new one needs none. Raises `SchemaMismatch` where it took more."""
        kept = self.database.get(self.keys.schema())
        if kept is None:
            old = self.database.exists(self.keys.stamp(), self.keys.campaigns())
            return 0 if old else len(self.steps)
        if int(kept) > len(self.steps):
            raise SchemaMismatch(
                f"this database has schema version {kept}, and this Yidui knows {len(self.steps)} at most: "
                "start the newer Yidui again that wrote it, or put back the backup from before it"
            )
        return int(kept)

    def require_current(self) -> None:
        """For whoever only reads. Raises `SchemaMismatch` where the database is still to be carried over."""
        if (version := self.version()) < len(self.steps):
            raise SchemaMismatch(
                f"this database has schema version {version}, and this Yidui reads {len(self.steps)}: "
                "stop the older Yidui, make a backup, and start this one (yidui serve), which carries it over"
            )

    def carry_over(self, unit_key: UnitKey, at: datetime) -> list[str]:
        """Take the steps that are left, once, whoever else starts meanwhile; what they leave for a person to decide.

        Killed half way it is begun again by whoever comes next: a step may be taken any number of times. `at`:
        business time. Raises `SchemaMismatch`.
        """
        found: list[str] = []
        self.database.setnx(self.keys.schema(), self.version())
        while self.version() < len(self.steps):
            if not self.leases.hold(LEASE):
                sleep(WAIT_SECONDS)
                continue
            try:
                found += self._take(self.version(), unit_key, at)
            except (LeaseLost, Changed):
                continue
            finally:
                self.leases.release(LEASE)
        return found

    def findings(self) -> list[str]:
        """What the steps have ever left for a person to decide, one line each."""
        return list(self.database.lrange(self.keys.schema_findings(), 0, -1))

    def _take(self, version: int, unit_key: UnitKey, at: datetime) -> list[str]:
        if version == len(self.steps):
            return []
        upgrade = Upgrade(self.database, self.keys, unit_key, at, version + 1, self._keep_lease)
        found = self.steps[version](upgrade)
        self._keep_lease()
        reached = [str(version), str(version + 1), *found]
        taken = _reach(self.database, [self.keys.schema(), self.keys.schema_findings()], reached)
        return found if taken else []

    def _keep_lease(self) -> None:
        if not self.leases.hold(LEASE):
            raise LeaseLost
