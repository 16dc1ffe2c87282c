"""A row of the table of APIs: who may call it, with what, and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.simulator.endpoints.call import Answer, Call
from bot.simulator.errors import ApiError
from bot.simulator.ledgers.accounts import EVERY, AccountKind
from bot.simulator.platform import Platform

Proof = Literal["token", "secret", "key", "none"]
"""What the caller shows: an access token, the AppSecret (both only from a whitelisted address), a robot's key."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`path` follows the host. Limits are calls a China day or a minute, None for no limit."""

    path: str
    verb: Literal["GET", "POST"]
    answer: Callable[[Call], Answer]
    allowed: frozenset[AccountKind] = EVERY
    per_day: int | None = None
    sandbox_per_day: int | None = None
    per_minute: int | None = None
    proof: Proof = "token"

    def limit(self, kind: AccountKind) -> int | None:
        """Calls a day for this kind of account."""
        return self.sandbox_per_day if kind == "sandbox" and self.sandbox_per_day is not None else self.per_day

    def admit(self, platform: Platform, verb: str, address: str, token: str) -> None:
        """Counts the call, or refuses it, in the platform's order.

        43001 and 43002 (verb), 40164 (address), 41001, 40014, 40001, 42001 (token), 48001 (kind of account), 45009 and
        45011 (limits).
        """
        if verb != self.verb:
            raise ApiError(43001 if self.verb == "GET" else 43002)
        if self.proof in ("token", "secret") and platform.whitelist and address not in platform.whitelist:
            raise ApiError(40164, f"invalid ip {address} ipv6 ::ffff:{address}, not in whitelist")
        if self.proof == "token":
            platform.tokens.check(token)
        if platform.kind not in self.allowed:
            raise ApiError(48001)
        platform.quotas.spend(self.path, self.limit(platform.kind), self.per_minute)
