"""channels deliver: one file each, and the CHANNELS table. The APIs they speak to are injected from bot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from scheduler.accounts import ACCOUNTS_ABLE, EVERY_ACCOUNT, AccountKind
from scheduler.channels.channel import (
    WINDOW_CLOSED,
    Channel,
    Paced,
    Park,
    PictureShelf,
    Recipient,
    Retry,
    SendError,
    Skip,
    Unknown,
)
from scheduler.channels.customer_service import Article, CustomerServiceChannel, MessageApi
from scheduler.channels.group_robot import GroupRobotChannel, RobotApi
from scheduler.channels.hook import HookApi, HookChannel
from scheduler.channels.mass import MassApi, MassChannel
from scheduler.channels.subscription_notice import CreditLedger, NoticeApi, SubscriptionNoticeChannel
from scheduler.channels.template_message import TemplateApi, TemplateMessageChannel
from storage.windows import Window

__all__ = [
    "CHANNELS",
    "WINDOW_CLOSED",
    "AccountApi",
    "Apis",
    "Article",
    "Channel",
    "CustomerServiceChannel",
    "GroupRobotChannel",
    "HookApi",
    "HookChannel",
    "Paced",
    "Park",
    "PictureShelf",
    "Recipient",
    "Retry",
    "RobotApi",
    "SendError",
    "Skip",
    "SubscriptionNoticeChannel",
    "TemplateMessageChannel",
    "Unknown",
    "Window",
    "open_channels",
]


class AccountApi(MassApi, MessageApi, TemplateApi, NoticeApi, Protocol):
    """The official account's API, as far as channels use it."""


@dataclass(frozen=True, slots=True)
class Apis:
    """What the channels are made of.

    `robots` and `hooks` map names to secret keys; `templates` and `notices` map jobs to ids of 模板消息 and 订阅通知.
    """

    account: AccountApi
    robot: RobotApi
    credits: CreditLedger
    pictures: PictureShelf
    hook: HookApi
    robots: Mapping[str, str] = field(default_factory=dict, repr=False)
    hooks: Mapping[str, str] = field(default_factory=dict, repr=False)
    templates: Mapping[str, str] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of CHANNELS: what it reaches people by, and which kinds of account (`WECHAT_ACCOUNT`) have it."""

    name: str
    means: str
    accounts: frozenset[AccountKind]
    make: Callable[[Apis], Channel]


CHANNELS: tuple[Entry, ...] = (
    Entry(
        CustomerServiceChannel.name,
        "customer-service messages to whoever wrote within 48 hours",
        ACCOUNTS_ABLE["customer_service"],
        lambda apis: CustomerServiceChannel(apis.account, apis.pictures),
    ),
    Entry(
        SubscriptionNoticeChannel.name,
        "subscription notices to whoever allowed them",
        ACCOUNTS_ABLE["subscription_notice"],
        lambda apis: SubscriptionNoticeChannel(apis.account, apis.notices, apis.credits),
    ),
    Entry(
        TemplateMessageChannel.name,
        "template messages",
        ACCOUNTS_ABLE["template_message"],
        lambda apis: TemplateMessageChannel(apis.account, apis.templates),
    ),
    Entry(
        MassChannel.name,
        "messages to everybody, by an organizer's word",
        ACCOUNTS_ABLE["mass"],
        lambda apis: MassChannel(apis.account),
    ),
    Entry(
        GroupRobotChannel.name,
        "group robots of WeCom",
        EVERY_ACCOUNT,
        lambda apis: GroupRobotChannel(apis.robot, apis.robots, apis.pictures),
    ),
    Entry(
        HookChannel.name,
        "other systems that campaign files name",
        EVERY_ACCOUNT,
        lambda apis: HookChannel(apis.hook, apis.hooks),
    ),
)
"""In order of preference; a push takes the first that accepts its recipient, and the mailbox if none does."""


def open_channels(account: AccountKind, apis: Apis) -> tuple[Channel, ...]:
    """The channels that an official account of this kind has, in order of preference."""
    return tuple(entry.make(apis) for entry in CHANNELS if account in entry.accounts)
