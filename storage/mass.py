"""群发 by an organizer's word: how often an account may still speak to everybody, and the order that takes a place.

A subscription account has one a day, of a service account each follower gets four a month (wechat-platform §4.6), both
on China's calendar, whichever campaign speaks. A place is taken before the order is written; where that fails it is
lost, which costs a message and never one too many.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.ledger import Author, Ledger, Plan
from storage.models.people import Membership
from storage.models.pushes import Notification
from storage.roles import rely_on_organizer

Span = Literal["day", "month"]
PLACES: Mapping[Span, int] = {"day": 1, "month": 4}
JOB = "mass"
_CHINA, _FORMS = ZoneInfo("Asia/Shanghai"), {"day": "%Y%m%d", "month": "%Y%m"}
_LASTS = 40 * 24 * 3600


class NoneLeft(Exception):
    """The account has spoken to everybody as often as it may."""


@dataclass(frozen=True, slots=True)
class Mass:
    """The account's places; `span` is what it counts by."""

    database: Database
    keys: Keys

    def left(self, span: Span) -> int:
        """How many are left in this day or month (real time)."""
        return max(0, PLACES[span] - int(self.database.get(self._key(span)) or 0))

    def order(self, campaign: Campaign, author: Author, membership: Membership, span: Span, push: Notification) -> None:
        """Take a place and queue the message: once an operation. Raises `NoneLeft`; `NotAllowed` for whoever does not
        organize the whole campaign, `Changed` where her role is not as it was read."""
        if self.done(campaign.id, author.op_id):
            return
        plan = Plan(self.keys, campaign.id, author, "mass.ordered")
        rely_on_organizer(plan, campaign, membership, "")
        plan.notify(push)
        self._take(span)
        plan.commit(self.database, {})

    def done(self, campaign: str, op_id: str) -> bool:
        return Ledger(self.database, self.keys).outcome(campaign, op_id) is not None

    def _take(self, span: Span) -> None:
        key = self._key(span)
        with self.database.pipeline(transaction=True) as pipe:
            pipe.incr(key)
            pipe.expire(key, _LASTS)
            taken, _ = pipe.execute()
        if taken > PLACES[span]:
            self.database.decr(key)
            raise NoneLeft

    def _key(self, span: Span) -> str:
        return self.keys.mass_places(datetime.now(UTC).astimezone(_CHINA).strftime(_FORMS[span]))
