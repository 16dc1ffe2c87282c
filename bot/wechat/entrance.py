"""The webhook's way in while a Token or an EncodingAESKey is changed: the new and the old are valid side by side.

Each mode stands for one Token and one key, the newest first. What one of them opened, the same one seals: WeChat reads
a reply with the key that it encrypted the message with.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.wechat.arguments import Arguments
from bot.wechat.crypto import Forged, Unreadable
from bot.wechat.inbound import Inbound
from bot.wechat.modes import Mode, Query
from handlers.messages import Message

Read = TypeVar("Read")


class Entrance:
    """Reads the pushes of one official account under every Token and key that is valid."""

    def __init__(self, modes: Sequence[Mode]) -> None:
        self._ways = [(mode, Inbound(mode)) for mode in modes]

    def verify_address(self, args: Arguments) -> str:
        """The echostr to answer verbatim when WeChat verifies the webhook's address (GET). Raises Forged."""
        return self._first(lambda mode, inbound: inbound.verify_address(args))

    def admit(self, args: Arguments, now: float) -> Query:
        """What can be known of a push before its body is there. Raises Forged. `now` is real time, Unix seconds."""
        return self._first(lambda mode, inbound: inbound.admit(args, now))

    def receive(self, query: Query, body: bytes) -> tuple[Message, Mode]:
        """The verified message of an admitted push (POST), and the mode that seals its answer.

        Raises Forged and Unreadable, whatever comes in, and nothing else.
        """
        return self._first(lambda mode, inbound: (inbound.receive(query, body), mode))

    def _first(self, read: Callable[[Mode, Inbound], Read]) -> Read:
        """What the first of them reads. Raises the refusal of whichever came furthest: signed, then decrypted."""
        refusals: list[Forged | Unreadable] = []
        for mode, inbound in self._ways:
            try:
                return read(mode, inbound)
            except (Forged, Unreadable) as refusal:
                refusals.append(refusal)
        raise max(refusals, key=_how_far)


def _how_far(refusal: Forged | Unreadable) -> int:
    if isinstance(refusal, Forged):
        return 0
    return 2 if refusal.content else 1
