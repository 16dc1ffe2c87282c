"""What a channel is: whom it reaches, and the ways in which a sending can fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from storage.database import StorageError
from storage.models.pushes import Notification
from storage.windows import Window

WINDOW_CLOSED = frozenset({43004, 45015, 45047, 48002})
"""WeChat's word that our ledger of a person's window is wrong: she left, or no message passes (§4.2, §3.3)."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a push is for. A person has `person_id`, `openid` and perhaps a `window`; a robot has a name, a hook a name
    and its `address` ('' once the file names it no more).
    """

    kind: Literal["person", "robot", "hook", "everyone"]
    person_id: str = ""
    openid: str = ""
    robot: str = ""
    window: Window | None = None
    hook: str = ""
    address: str = ""

    @property
    def name(self) -> str:
        """Of a robot or a hook; '' for a person."""
        return self.robot or self.hook


class Channel(Protocol):
    """A way to deliver a push.

    `repeat_safe`: sending the same push twice within ten minutes shows it once, because the channel carries an
    idempotency key. `spends_window`: each sending costs one message of the person's window.
    """

    @property
    def name(self) -> str: ...

    @property
    def repeat_safe(self) -> bool: ...

    @property
    def spends_window(self) -> bool: ...

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        """Whether this channel can take the push to the recipient at business time `now`."""

    def part(self, recipient: Recipient) -> str:
        """What stands still together, and shares a minute's sendings: all persons, one robot, or one hook."""

    def send(self, recipient: Recipient, push: Notification) -> str:
        """Deliver once, without retrying: the platform's id of it, '' where it gives none. Raises a SendError."""


class PictureShelf(Protocol):
    """Where pictures that were drawn are kept (`storage.pictures`)."""

    def content(self, campaign: str, name: str) -> bytes | None: ...


class SendError(Exception):
    """A sending that did not surely succeed. `code` is the platform's errcode, 0 where it gave none.

    The text is fit for the outbox and the log: it holds no secret and no openid. `mend`: what an operator has to do
    about it; empty where it passes by itself.
    """

    def __init__(self, message: str, code: int = 0, *, mend: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.mend = mend


class Skip(SendError):
    """Not to this person, or not this text, by this channel now: take the next channel."""


class Retry(SendError):
    """Not sent, and the same sending may succeed after so many seconds."""

    def __init__(self, message: str, code: int = 0, *, after_seconds: int, mend: str = "") -> None:
        super().__init__(message, code, mend=mend)
        self.after_seconds = after_seconds


class Paced(Retry):
    """Not sent: there were too many in this minute. Nobody is written to by this channel (a robot's: this robot) before
    so many seconds, and then it may succeed."""


class Park(SendError):
    """Not sent, and the channel is closed to everybody until that moment (real time; None: until mended)."""

    def __init__(self, message: str, code: int = 0, *, until: datetime | None = None, mend: str = "") -> None:
        super().__init__(message, code, mend=mend)
        self.until = until


class Unknown(SendError):
    """The request went out and no answer came: it may have been delivered. Never repeated by itself."""


def content_of(shelf: PictureShelf, push: Notification) -> bytes:
    """The picture that a push sends. Raises `Skip` where it was drawn long ago, and `Retry` while storage is away."""
    try:
        content = shelf.content(push.campaign, push.picture)
    except StorageError as away:
        later = Retry(str(away), after_seconds=10)
    else:
        if content is not None:
            return content
        raise Skip("the picture is not kept any more")
    raise later
