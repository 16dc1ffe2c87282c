"""Every Redis key: its name, its type, its lifetime. Nothing else in the house builds a key.

A key of a campaign carries the hash tag `{campaign}`, a key of a person `{openid}`, so that each atomic step
stays inside one slot.
"""

from dataclasses import dataclass

from storage.keys.campaign import CampaignKeys
from storage.keys.console import ConsoleKeys
from storage.keys.installation import InstallationKeys
from storage.keys.lifetimes import (
    CLAIM_MS,
    CONVERSATION_SECONDS,
    DEAD_LETTER_SECONDS,
    DELIVERY_SECONDS,
    FAREWELL_SECONDS,
    INVITE_SECONDS,
    MAILBOX_SECONDS,
    MAILS_AT_MOST,
    NOTICE_SECONDS,
    OPERATION_SECONDS,
    PASS_SECONDS,
    PICTURE_SECONDS,
    RAW_TEXT_SECONDS,
    RECEIPT_SECONDS,
    REPLY_SECONDS,
    SESSION_IDLE_SECONDS,
    SESSION_SECONDS,
    SILENCED_SECONDS,
    TEAM_PICTURE_SECONDS,
)
from storage.keys.person import PersonKeys
from storage.keys.prefixed import pattern

__all__ = [
    "CLAIM_MS",
    "CONVERSATION_SECONDS",
    "DEAD_LETTER_SECONDS",
    "DELIVERY_SECONDS",
    "FAREWELL_SECONDS",
    "INVITE_SECONDS",
    "MAILBOX_SECONDS",
    "MAILS_AT_MOST",
    "NOTICE_SECONDS",
    "OPERATION_SECONDS",
    "PASS_SECONDS",
    "PICTURE_SECONDS",
    "RAW_TEXT_SECONDS",
    "RECEIPT_SECONDS",
    "REPLY_SECONDS",
    "SESSION_IDLE_SECONDS",
    "SESSION_SECONDS",
    "SILENCED_SECONDS",
    "TEAM_PICTURE_SECONDS",
    "Keys",
    "pattern",
]


@dataclass(frozen=True, slots=True)
class Keys(InstallationKeys, ConsoleKeys, PersonKeys, CampaignKeys):
    """Every key under one installation's prefix."""
