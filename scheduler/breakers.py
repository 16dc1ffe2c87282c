"""What stands still on the way out, as one sender sees it: the database knows, so that another goes on with it.

Real time. Without the database what this sender has seen counts until it looks again.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic

from scheduler.alarms import MEND_SILENCE
from scheduler.channels import Paced, Park, SendError, Skip
from storage import breakers
from storage.breakers import Closed
from storage.database import StorageError

PROBE = timedelta(minutes=10)
"""How soon a channel that is closed until somebody mends it is tried again."""
RUN = 3
"""Sendings in a row to which the platform gave no answer of its own; then the channel is closed for a while."""
SILENCE = timedelta(minutes=5)


class Breakers:
    """One thread may use it. A part: `Parcel.part`."""

    def __init__(self, shared: breakers.Breakers) -> None:
        self._shared = shared
        self._closed: dict[str, tuple[float, Closed]] = {}
        self._unanswered: dict[str, int] = {}

    def look(self) -> None:
        """See what every sender has found."""
        standing, now = self._shared.standing(), monotonic()
        self._closed = {part: (now + left, why) for part, (left, why) in standing.closed.items()}
        self._unanswered = dict(standing.unanswered)

    def closed(self, part: str) -> Closed | None:
        """Why the part stands still now, if it does."""
        ends, why = self._closed.get(part, (0.0, None))
        return why if ends > monotonic() else None

    def opens_in(self, part: str) -> timedelta:
        """How long until it is tried again."""
        ends, _ = self._closed.get(part, (0.0, None))
        return timedelta(seconds=max(0.0, ends - monotonic()))

    def doubts(self, part: str) -> bool:
        """Whether the platform left the last sending there unanswered: then the next one goes alone."""
        return part in self._unanswered

    def close(self, part: str, park: Park) -> None:
        """It stands still until that moment, or is tried again after `PROBE`; unless it does already."""
        span = park.until - datetime.now(UTC) if park.until else PROBE
        self._close(part, Closed(code=park.code, text=str(park), by_itself=park.until is not None), span)

    def pace(self, part: str, paced: Paced) -> None:
        """This minute's sendings are used up."""
        why = Closed(code=paced.code, text=str(paced), by_itself=True, paced=True)
        self._close(part, why, timedelta(seconds=paced.after_seconds))

    def answered(self, part: str) -> None:
        """The platform gave an answer of its own, whatever it said: a run is over."""
        if self._unanswered.pop(part, None) is not None:
            with suppress(StorageError):
                self._shared.answered(part)

    def after(self, part: str, error: SendError) -> SendError:
        """What a failure is after those before it: the last of a run without any answer of the platform's closes."""
        if error.code or isinstance(error, Skip):
            self.answered(part)
            return error
        times = self._left_unanswered(part)
        if times < RUN:
            return error
        seen = f"{times} sendings in a row without an answer of the platform's, the last: {error}"
        park = Park(seen, until=datetime.now(UTC) + SILENCE, mend=MEND_SILENCE)
        self.close(part, park)
        return park

    def _left_unanswered(self, part: str) -> int:
        self._unanswered[part] = self._unanswered.get(part, 0) + 1
        with suppress(StorageError):
            self._unanswered[part] = self._shared.left_unanswered(part)
        return self._unanswered[part]

    def _close(self, part: str, why: Closed, span: timedelta) -> None:
        if self.closed(part):
            return
        self._closed[part] = (monotonic() + span.total_seconds(), why)
        with suppress(StorageError):
            self._shared.close(part, why, span.total_seconds())
