"""What each kind of official account is able to do: the one table (wechat-platform §4.1).

Everybody may receive messages and answer them. What a kind lacks is switched off here, before WeChat says 48001.
"""

from typing import Literal

AccountKind = Literal["unverified_subscription", "verified_subscription", "verified_service"]
Ability = Literal[
    "customer_service",
    "template_message",
    "subscription_notice",
    "mass",
    "menu",
    "media",
    "tags",
    "scene_qr",
]

EVERY_ACCOUNT: frozenset[AccountKind] = frozenset(
    {"unverified_subscription", "verified_subscription", "verified_service"}
)
_VERIFIED = EVERY_ACCOUNT - {"unverified_subscription"}
_SERVICE: frozenset[AccountKind] = frozenset({"verified_service"})

ACCOUNTS_ABLE: dict[Ability, frozenset[AccountKind]] = {
    "customer_service": _VERIFIED,
    "template_message": _SERVICE,
    "subscription_notice": _SERVICE,
    "mass": _VERIFIED,
    "menu": _VERIFIED,
    "media": _VERIFIED,
    "tags": _VERIFIED,
    "scene_qr": _SERVICE,
}
