"""What is acknowledged: where the installation has replicas, nothing before they have it.

A reply that tells of something recorded is kept with a mark, so that its repetitions ask for the replicas' word too:
who is answered by the op_id alone relies on it as much as who was answered first.
"""

from contextlib import suppress

from bot.mailbox import REPLY_BYTES
from bot.wechat.outbound import is_text
from handlers import texts
from storage import Store
from storage.database import Opened, StorageRefused
from storage.ledger import recorded
from storage.replicas import have_it

_RECORDED = "\x06"
"""Ends what is kept of a reply that tells of something recorded; no text holds it (`carriable`)."""


def noted(store: Store, kept: str) -> str:
    """What is kept of a reply, marked where it tells of something recorded and replicas are to have it."""
    return kept + _RECORDED if store.database.replicas and recorded.get() else kept


def shown(kept: str) -> str:
    """What was kept of a reply, without its mark."""
    return kept.removesuffix(_RECORDED)


def is_safe(store: Store, kept: str, opened: Opened) -> bool:
    """Whether the reply may go out: it tells of nothing recorded, or the replicas have it.

    `opened`: as `have_it` takes it. Raises `StorageError`; then it is to be claimed anew.
    """
    if not store.database.replicas or not kept.endswith(_RECORDED):
        return True
    return _has_the_word(store, opened)


def reserve(store: Store) -> str:
    """What is said beneath what was read just now where the replicas do not have it yet, '' where they do."""
    return "" if _has_the_word(store, store.database.opened()) else texts.receiving.NOT_WITH_THE_REPLICA


def _has_the_word(store: Store, opened: Opened) -> bool:
    with suppress(StorageRefused):
        return have_it(store.database, store.keys, opened)
    return False


def with_reserve(kept: str) -> str:
    """The reply to whom no other delivery will tell it: recorded, and not with the replicas yet."""
    reply, told = shown(kept), texts.receiving.not_with_the_replica()
    longer = f"{reply}\n{told}"
    return longer if is_text(reply) and len(longer.encode()) <= REPLY_BYTES else told
