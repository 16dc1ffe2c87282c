"""What an operator watches: the outboxes' queues, sendings by channel and code, the ledger's seal, the token's age."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.keys import Keys


@dataclass(frozen=True, slots=True)
class Queue:
    """`waiting`: pushes that are not settled; `oldest`: when the earliest of them is, or was, due; `unsealed`: entries
    of the ledger without a seal."""

    waiting: int
    oldest: datetime | None
    unsealed: int

    def overdue(self, now: datetime) -> timedelta:
        """How long the oldest has been due at a business time; nothing where none is."""
        return max(timedelta(), now - self.oldest) if self.oldest else timedelta()


@dataclass(frozen=True, slots=True)
class Watching:
    database: Database
    keys: Keys

    def queue(self, campaign: str) -> Queue:
        """One round trip."""
        keys = self.keys
        with self.database.pipeline(transaction=False) as pipe:
            pipe.zcard(keys.due(campaign))
            pipe.zrange(keys.due(campaign), 0, 0, withscores=True)
            pipe.xlen(keys.ledger(campaign))
            pipe.llen(keys.chain(campaign))
            waiting, first, entries, sealed = pipe.execute()
        oldest = datetime.fromtimestamp(first[0][1], UTC) if first else None
        return Queue(int(waiting), oldest, int(entries) - int(sealed))

    def count_sendings(self, counts: Mapping[str, int]) -> None:
        """`channel code` → how many sendings ended so, 0 for a good one, since they were counted last."""
        if not counts:
            return
        with self.database.pipeline(transaction=False) as pipe:
            for name, count in counts.items():
                pipe.hincrby(self.keys.sendings(), name, count)
            pipe.execute()

    def sendings(self) -> dict[str, int]:
        """The same, of all that were ever counted."""
        return {name: int(count) for name, count in self.database.hgetall(self.keys.sendings()).items()}

    def watched_until(self, now: datetime) -> timedelta:
        """Note that a worker watches now (real time); how long none did before, nothing for the first ever."""
        before = self.database.getset(self.keys.watched(), now.isoformat())
        return max(timedelta(), now - datetime.fromisoformat(before)) if before else timedelta()

    def token_seconds(self) -> float | None:
        """How long the account's access token still holds (real time); None where there is none."""
        appid = self.database.hget(self.keys.stamp(), "appid") or ""
        kept = self.database.get(self.keys.token(appid))
        return float(json.loads(kept)["exp"]) - time.time() if kept else None
