"""Notices that wait in a person's mailbox: beside her next reply while they fit, and by themselves on 更多."""

from datetime import datetime

from handlers import texts
from handlers.language.text import normalise
from handlers.messages import Message
from handlers.understand.answers import asks_for_more
from storage.inbox import Claim
from storage.models.pushes import Mail

REPLY_BYTES = 2048
HINT_BYTES = 64
"""Room kept beside a notice for the hint that more of them wait."""
LONGEST_WORD = 20
"""Characters of a message that may be 更多, with what people type around it."""


def beside(text: str, mailbox: tuple[Mail, ...], now: datetime) -> tuple[str, int]:
    """The reply with as many waiting notices as fit, oldest first, and how many leave the mailbox.

    One that is no longer worth reading leaves it unshown. A silent reply stays silent: the notices wait. So they
    do while a question is open, which stands last.
    """
    return _with_notices(text, mailbox, now) if text else ("", 0)


def alone(message: Message, claim: Claim, now: datetime) -> tuple[str, int]:
    """What 更多 shows where notices wait: these, and how many leave the mailbox; ('', 0) where it asks for a page."""
    if not claim.mailbox or claim.conversation or message.kind != "text" or len(message.text) > LONGEST_WORD:
        return "", 0
    return _with_notices("", claim.mailbox, now) if asks_for_more(normalise(message.text)) else ("", 0)


def _with_notices(text: str, mailbox: tuple[Mail, ...], now: datetime) -> tuple[str, int]:
    """The first of them fits by itself, whatever its length."""
    for taken, mail in enumerate(mailbox):
        if not _is_worth_reading(mail, now):
            continue
        longer = f"{text}\n\n────\n{mail.text}" if text else mail.text
        if text and len(longer.encode()) > REPLY_BYTES - HINT_BYTES:
            waiting = sum(_is_worth_reading(other, now) for other in mailbox[taken:])
            hinted = f"{text}\n\n{texts.pushes.unread_mail(waiting)}"
            return hinted if len(hinted.encode()) <= REPLY_BYTES else text, taken
        text = longer
    return text, len(mailbox)


def _is_worth_reading(mail: Mail, now: datetime) -> bool:
    return mail.read_until is None or mail.read_until >= now
