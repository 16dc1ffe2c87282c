"""订阅通知: a few short fields, once for each time that the person allowed it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from scheduler.channels.channel import Recipient, Retry, SendError, Skip, Unknown
from scheduler.channels.template_fields import fill
from storage.database import StorageError
from storage.models.pushes import Notification

NO_CREDIT = 43101
"""WeChat's word that our ledger of her credits is wrong."""


class NoticeApi(Protocol):
    """Raises a SendError."""

    def notice_fields(self, template: str) -> tuple[str, ...]: ...

    def send_notice(self, openid: str, template: str, values: Mapping[str, str]) -> str: ...


class CreditLedger(Protocol):
    """How many notices a person still allows by a template (`storage.credits`)."""

    def left(self, openid: str, template: str) -> int: ...

    def take(self, openid: str, template: str) -> bool: ...

    def give_back(self, openid: str, template: str) -> None: ...

    def refuse(self, openid: str, template: str) -> None: ...


class SubscriptionNoticeChannel:
    """`notices` maps jobs to WeChat's template ids. An uncertain sending keeps its credit, and is not repeated."""

    name = "subscription_notice"
    repeat_safe = False
    spends_window = False

    def __init__(self, api: NoticeApi, notices: Mapping[str, str], credits: CreditLedger) -> None:
        self._api = api
        self._notices = notices
        self._credits = credits

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        if recipient.kind != "person" or push.job not in self._notices:
            return False
        return self._credits.left(recipient.openid, self._notices[push.job]) > 0

    def part(self, recipient: Recipient) -> str:
        return self.name

    def send(self, recipient: Recipient, push: Notification) -> str:
        openid, template = recipient.openid, self._notices[push.job]
        values = fill(self._api.notice_fields(template), push)
        self._take(openid, template)
        try:
            return self._api.send_notice(openid, template, values)
        except Unknown:
            raise
        except SendError as failure:
            with suppress(StorageError):
                self._credits.give_back(openid, template)
                if failure.code == NO_CREDIT:
                    self._credits.refuse(openid, template)
            raise

    def _take(self, openid: str, template: str) -> None:
        try:
            taken = self._credits.take(openid, template)
        except StorageError as away:
            later = Retry(str(away), after_seconds=10)
        else:
            if taken:
                return
            raise Skip("she allows no notice any more", NO_CREDIT)
        raise later
