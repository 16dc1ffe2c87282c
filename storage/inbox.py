"""The inbox: each message is claimed once, answered once, and its stored reply answers every later delivery.

Claiming also locks the sender (one message of a person at a time), opens her 48-hour window and loads what the
answer needs, in one round trip; settling stores the reply and the dialogue in another.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import time
from typing import Any, Literal

from redis.exceptions import NoScriptError

from storage.database import Command, Database, script
from storage.keys import (
    CLAIM_MS,
    CONVERSATION_SECONDS,
    RAW_TEXT_SECONDS,
    REPLY_SECONDS,
    SILENCED_SECONDS,
    Keys,
)
from storage.models.people import Conversation, Person
from storage.models.pushes import Mail

_claim, _settle, _release, _hold = script("claim"), script("settle"), script("release"), script("hold")

Opens = Literal["long", "short", ""]
WINDOWS: dict[Opens, tuple[int, timedelta]] = {
    "long": (5, timedelta(hours=48)),
    "short": (3, timedelta(minutes=1)),
}
"""Customer-service messages that an inbound message allows, and for how long (wechat-platform §4.2)."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What came of claiming a message. `stored` carries the reply; `new` what is needed to answer, and
    in `read` the answers to what was asked along with it (none where the server had forgotten the step).

    The others have to come again: `pending`, another delivery of it is in work; `locked`, another message of hers is;
    `crowded`, a second one waits for that already.
    """

    status: Literal["new", "stored", "pending", "locked", "crowded"]
    reply: str = ""
    person: Person | None = None
    conversation: Conversation | None = None
    mailbox: tuple[Mail, ...] = ()
    read: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """How many messages of one person are answered a minute (0: any number), and what the first one above is told.

    Those above are stored as answered; all but the first in silence.
    """

    per_minute: int
    reply: str


UNLIMITED = Limit(0, "")


@dataclass(frozen=True, slots=True)
class Inbox:
    database: Database
    keys: Keys

    def claim(
        self,
        openid: str,
        message_key: str,
        token: str,
        opens: Opens,
        now: datetime,
        limit: Limit = UNLIMITED,
        reads: Sequence[Command] = (),
    ) -> Claim:
        """Claim a message for 4.5 s and lock its sender; `now` is business time.

        What opens a window makes a person known. Whom nobody knows gets an id for this claim only otherwise: what
        WeChat itself tells of somebody may come when she is erased.

        `token` is the delivery's own: with it a claim it holds already is given again. `reads` are sent along.
        """
        allowed, lasts = WINDOWS.get(opens, (0, timedelta()))
        keys = [*self._keys(openid, message_key), self.keys.rate(openid), self.keys.waiter(openid)]
        args: list[str | int | float] = [
            token,
            CLAIM_MS,
            secrets.token_hex(8),
            opens,
            allowed,
            (now + lasts).timestamp(),
            limit.per_minute,
            limit.reply,
            SILENCED_SECONDS,
        ]
        try:
            answer, *read = self.database.together([_claim.command(keys, args), *reads])
        except NoScriptError:
            answer, read = _claim(self.database, keys, args), []
        return _claimed(openid, answer, tuple(read))

    def look(self, openid: str) -> Claim:
        """What claiming a message of hers would show, claiming nothing; no person where nobody knows her."""
        person, conversation = self.database.together(
            [("HGETALL", self.keys.person(openid)), ("GET", self.keys.conversation(openid))]
        )
        fields = dict(zip(person[::2], person[1::2], strict=True))
        return Claim(
            "new",
            person=_person(openid, fields) if "id" in fields else None,
            conversation=_conversation(conversation),
        )

    def settle(
        self,
        openid: str,
        message_key: str,
        token: str,
        said: str,
        reply: str,
        conversation: Conversation | None,
        remember: Mapping[str, str | None],
        taken: int,
        kept_for: int = REPLY_SECONDS,
    ) -> str:
        """Store the reply for so many seconds, what was said, and the dialogue.

        Returns the reply that stands: the first one stored.
        """
        kept = [part for field, value in remember.items() for part in (field, value or "")]
        saved = conversation.model_dump_json() if conversation else ""
        return str(
            _settle(
                self.database,
                [*self._keys(openid, message_key), self.keys.said(openid)],
                [
                    token,
                    reply,
                    kept_for,
                    saved,
                    CONVERSATION_SECONDS,
                    taken,
                    said,
                    message_key,
                    RAW_TEXT_SECONDS,
                    int((time() - RAW_TEXT_SECONDS) * 1000),
                    *kept,
                ],
            )
        )

    def hold(self, openid: str, token: str) -> bool:
        """Lock a sender without a message of hers, for as long as a claim; whether she was free."""
        return bool(_hold(self.database, [self.keys.lock(openid)], [token, CLAIM_MS, CLAIM_MS]))

    def release(self, openid: str, message_key: str, token: str) -> None:
        """Give a claim or the lock back: nothing was answered, the message may come again."""
        keys = self.keys
        _release(self.database, [keys.inbox(openid, message_key), keys.lock(openid), keys.waiter(openid)], [token])

    def _keys(self, openid: str, message_key: str) -> list[str]:
        keys = self.keys
        return [
            keys.inbox(openid, message_key),
            keys.lock(openid),
            keys.person(openid),
            keys.conversation(openid),
            keys.mailbox(openid),
        ]


def _claimed(openid: str, answer: list[Any], read: tuple[Any, ...]) -> Claim:
    status, *rest = answer
    if status == "stored":
        return Claim("stored", reply=rest[0])
    if status != "new":
        return Claim(status)
    fields, conversation, mailbox = rest
    return Claim(
        "new",
        person=_person(openid, dict(zip(fields[::2], fields[1::2], strict=True))),
        conversation=_conversation(conversation),
        mailbox=tuple(Mail.model_validate_json(mail) for mail in mailbox),
        read=read,
    )


def _conversation(stored: str | None) -> Conversation | None:
    return Conversation.model_validate_json(stored) if stored else None


def _person(openid: str, fields: dict[str, str]) -> Person:
    at = fields.get("named_at")
    return Person(
        id=fields["id"],
        openid=openid,
        campaign=fields.get("campaign", ""),
        named_at=datetime.fromisoformat(at) if at else None,
        team=fields.get("team", ""),
        more=fields.get("more", ""),
        idle=int(fields.get("idle") or 0),
        linked="linked" in fields,
        seen=date.fromisoformat(fields["seen"]) if "seen" in fields else None,
    )
