"""Codes that make their sender what she was named for."""

import secrets
from datetime import datetime, timedelta

from storage.keys import INVITE_SECONDS

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def claim_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))


def invitation_code() -> str:
    """What binds its sender, once, to a role or as a team's liaison."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(8))


def invited_until(at: datetime) -> datetime:
    """When such a code that is made now is over."""
    return at + timedelta(seconds=INVITE_SECONDS)
