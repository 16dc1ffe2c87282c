"""channels deliver: one file each, and the CHANNELS table. The APIs they speak to are injected from bot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scheduler.channels.channel import (
    Channel,
    Park,
    Recipient,
    Retry,
    SendError,
    Skip,
    Unknown,
    Window,
)
from scheduler.channels.customer_service import AccountApi, CustomerServiceChannel
from scheduler.channels.group_robot import GroupRobotChannel, RobotApi

__all__ = [
    "CHANNELS",
    "AccountApi",
    "Apis",
    "Channel",
    "CustomerServiceChannel",
    "GroupRobotChannel",
    "Park",
    "Recipient",
    "Retry",
    "RobotApi",
    "SendError",
    "Skip",
    "Unknown",
    "Window",
    "open_channels",
]


@dataclass(frozen=True, slots=True)
class Apis:
    """What the channels are made of. `robots` maps names to secret keys."""

    account: AccountApi
    robot: RobotApi
    robots: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of CHANNELS: which kinds of official account (`WECHAT_ACCOUNT`) have the channel."""

    name: str
    accounts: frozenset[str]
    make: Callable[[Apis], Channel]


_VERIFIED = frozenset({"verified_subscription", "verified_service"})
_EVERY = _VERIFIED | {"unverified_subscription"}

CHANNELS: tuple[Entry, ...] = (
    Entry(CustomerServiceChannel.name, _VERIFIED, lambda apis: CustomerServiceChannel(apis.account)),
    Entry(GroupRobotChannel.name, _EVERY, lambda apis: GroupRobotChannel(apis.robot, apis.robots)),
)
"""In order of preference; a push takes the first that accepts its recipient, and the mailbox if none does."""


def open_channels(account: str, apis: Apis) -> tuple[Channel, ...]:
    """The channels that an official account of this kind has, in order of preference."""
    return tuple(entry.make(apis) for entry in CHANNELS if account in entry.accounts)
