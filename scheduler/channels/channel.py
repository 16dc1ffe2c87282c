"""What a channel is: whom it reaches, and the four ways in which a sending can fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Window:
    """What WeChat still lets us say unasked to one person: so many messages, until then (business time)."""

    messages_left: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a push is for. A person has `person_id`, `openid` and perhaps a `window`; a robot has a name."""

    kind: Literal["person", "robot"]
    person_id: str = ""
    openid: str = ""
    robot: str = ""
    window: Window | None = None


class Channel(Protocol):
    """A way to deliver a text.

    `repeat_safe`: sending the same push twice shows it once, because the channel carries an idempotency key.
    """

    @property
    def name(self) -> str: ...

    @property
    def repeat_safe(self) -> bool: ...

    def accepts(self, recipient: Recipient, now: datetime) -> bool:
        """Whether this channel can reach the recipient at business time `now`."""

    def send(self, recipient: Recipient, text: str) -> None:
        """Deliver once, without retrying. Raises a SendError."""


class SendError(Exception):
    """A sending that did not surely succeed. `code` is the platform's errcode, 0 where it gave none.

    The text is fit for the outbox and the log: it holds no secret and no openid.
    """

    def __init__(self, message: str, code: int = 0) -> None:
        super().__init__(message)
        self.code = code


class Skip(SendError):
    """Not to this person, or not this text, by this channel now: take the next channel."""


class Retry(SendError):
    """Not sent, and the same sending may succeed after so many seconds."""

    def __init__(self, message: str, code: int = 0, *, after_seconds: int) -> None:
        super().__init__(message, code)
        self.after_seconds = after_seconds


class Park(SendError):
    """Not sent, and the channel is closed to everybody until that moment (real time; None: until mended)."""

    def __init__(self, message: str, code: int = 0, *, until: datetime | None = None) -> None:
        super().__init__(message, code)
        self.until = until


class Unknown(SendError):
    """The request went out and no answer came: it may have been delivered. Never repeated by itself."""
