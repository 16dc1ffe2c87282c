"""What an account may still send by a channel today: WeChat counts calls by China's day (wechat-platform §4, §7).

Places are taken by blocks, so that a sending costs no round trip of its own; whoever dies with some of a block wastes
them, and nobody sends more than there are.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from storage.database import Database
from storage.keys import Keys

BLOCK = 50
_CHINA = ZoneInfo("Asia/Shanghai")
_LASTS = 48 * 3600


@dataclass(slots=True)
class Quotas:
    """One sender's hold on the places of its account, by channel. `a_day`: how many each has."""

    database: Database
    keys: Keys
    a_day: dict[str, int]
    _held: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, channel: str) -> bool:
        """Take a place for one sending; whether there was one. A channel that has no limit has always one."""
        if channel not in self.a_day:
            return True
        day = datetime.now(UTC).astimezone(_CHINA).strftime("%Y%m%d")
        held = self._held.get((channel, day), 0) or self._block(channel, day)
        self._held = {(c, d): n for (c, d), n in self._held.items() if d == day} | {(channel, day): max(0, held - 1)}
        return held > 0

    def _block(self, channel: str, day: str) -> int:
        """A block of places, or what is left of the day's."""
        key, most = self.keys.quota(channel, day), self.a_day[channel]
        with self.database.pipeline(transaction=True) as pipe:
            pipe.incrby(key, BLOCK)
            pipe.expire(key, _LASTS)
            taken, _ = pipe.execute()
        return int(max(0, min(BLOCK, most - (int(taken) - BLOCK))))
