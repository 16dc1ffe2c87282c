"""What an operator has to mend: one alert for each part that stands still, until it works again or is a day old."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.database import Database
from storage.keys import Keys

LASTS = timedelta(days=1)
"""What nobody has seen again for a day is not shown any more."""


@dataclass(frozen=True, slots=True)
class Alert:
    """`source` is the part that stands still; `at` real time of the last occurrence. No secrets, no openids."""

    source: str
    code: int
    text: str
    mend: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Alerts:
    database: Database
    keys: Keys

    def raise_alert(self, source: str, code: int, text: str, mend: str) -> None:
        """Say that a part stands still, in place of what was said of it before."""
        at = datetime.now(UTC).isoformat()
        kept = json.dumps({"code": code, "text": text, "mend": mend, "at": at}, ensure_ascii=False)
        self.database.hset(self.keys.alerts(), source, kept)

    def count(self, source: str) -> int:
        """How many times a part has failed since it was settled, this time included, in all processes."""
        return int(self.database.hincrby(self.keys.failures(), source, 1))

    def settle(self, source: str) -> None:
        """It works again."""
        self.database.hdel(self.keys.alerts(), source)
        self.database.hdel(self.keys.failures(), source)

    def standing(self) -> Sequence[Alert]:
        """What is to be mended, the newest first; what is too old is dropped for good."""
        found = []
        for source, kept in self.database.hgetall(self.keys.alerts()).items():
            value = json.loads(kept)
            at = datetime.fromisoformat(value["at"])
            if datetime.now(UTC) - at > LASTS:
                self.settle(source)
            else:
                found.append(Alert(source, value["code"], value["text"], value["mend"], at))
        return sorted(found, key=lambda alert: alert.at, reverse=True)
