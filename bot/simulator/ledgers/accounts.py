"""The kinds of official account, and which of them may call what (the permission table of the console)."""

from typing import Literal, get_args

AccountKind = Literal[
    "unverified_subscription", "verified_subscription", "unverified_service", "verified_service", "sandbox"
]

KINDS: tuple[AccountKind, ...] = get_args(AccountKind)
EVERY = frozenset(KINDS)
VERIFIED = frozenset[AccountKind]({"verified_subscription", "verified_service", "sandbox"})
SERVICE = frozenset[AccountKind]({"verified_service", "sandbox"})
MASS = frozenset[AccountKind]({"verified_subscription", "verified_service"})
"""A sandbox account has nobody to send to all of."""
