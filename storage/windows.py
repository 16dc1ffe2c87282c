"""The ledger of customer-service windows: what WeChat lets us still say to a person (wechat-platform §4.2).

A message opens a window in the step that claims it; a push that went out, or may have, spends from it when that is
settled, once. No API tells the remaining budget, so this ledger is our own, corrected when WeChat objects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.keys import Keys


@dataclass(frozen=True, slots=True)
class Window:
    """How many customer-service messages a person may still be sent, and until when (business time).

    `short`: the minute after a click, a scan or a subscription; else the 48 hours after a message.
    """

    messages_left: int
    closes_at: datetime
    short: bool = False


@dataclass(frozen=True, slots=True)
class Windows:
    database: Database
    keys: Keys

    def open(self, openids: Sequence[str], now: datetime) -> dict[str, Window]:
        """The windows that are open at a business time, one round trip; of two the short one, which is spent first."""
        with self.database.pipeline(transaction=False) as pipe:
            for openid in openids:
                pipe.hmget(self.keys.person(openid), "short_left", "short_until", "long_left", "long_until")
            rows = pipe.execute()
        found = {openid: _window(row, now) for openid, row in zip(openids, rows, strict=True)}
        return {openid: window for openid, window in found.items() if window}

    def close(self, openid: str) -> None:
        """WeChat says that no message passes."""
        self.database.hdel(self.keys.person(openid), "short_left", "long_left")


def _window(row: Sequence[str | None], now: datetime) -> Window | None:
    for (left, until), short in ((row[:2], True), (row[2:], False)):
        if left and until and int(left) > 0 and float(until) > now.timestamp():
            return Window(int(left), datetime.fromtimestamp(float(until), now.tzinfo), short)
    return None
