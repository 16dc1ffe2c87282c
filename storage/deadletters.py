"""Dead letters: pushes that surely came from WeChat and could not be read, kept for the operator.

The newest few, for a week: each with the reason and the beginning of its decrypted text, in which whoever keeps it has
masked openids and secrets. Nobody looks into them but an operator. Who leaves takes hers along, and those of which it
is not known whose they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import time

from storage.database import Database
from storage.keys import DEAD_LETTER_SECONDS, Keys

KEPT = 200
CONTENT_LIMIT = 4096
"""Characters kept of each."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """`at` is real time (UTC); `content` '' where not even decryption succeeded."""

    at: datetime
    reason: str
    content: str


@dataclass(frozen=True, slots=True)
class DeadLetters:
    database: Database
    keys: Keys

    def keep(self, reason: str, content: str, openids: Iterable[str] = ()) -> None:
        """Set a push aside, in which these openids stand; the oldest beyond `KEPT` goes."""
        stream = self.keys.dead_letters()
        letter = {"reason": reason, "content": content[:CONTENT_LIMIT], "of": " ".join(openids)}
        with self.database.pipeline() as pipe:
            pipe.xadd(stream, letter, maxlen=KEPT, approximate=False)
            pipe.expire(stream, DEAD_LETTER_SECONDS)
            pipe.execute()

    def erase(self, openid: str) -> None:
        """Those in which somebody stands, or words of nobody knows whom."""
        stream = self.keys.dead_letters()
        for entry_id, fields in self.database.xrange(stream):
            whose = fields.get("of", "").split()
            if openid in whose or (fields["content"] and not whose):
                self.database.xdel(stream, entry_id)

    def newest(self, limit: int = 20) -> Sequence[DeadLetter]:
        """The newest first, none older than a week."""
        oldest = int((time() - DEAD_LETTER_SECONDS) * 1000)
        entries = self.database.xrevrange(self.keys.dead_letters(), "+", str(oldest), count=limit)
        return [_letter(entry_id, fields) for entry_id, fields in entries]


def _letter(entry_id: str, fields: dict[str, str]) -> DeadLetter:
    at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(entry_id.partition("-")[0]))
    return DeadLetter(at, fields["reason"], fields["content"])
