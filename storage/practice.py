"""Emptying a practice drive: everything kept of it goes, so that the next training begins with nothing.

Only a campaign that is published as practice can be emptied, and none becomes one while teams or roles stand in it.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.campaigns import Campaigns
from storage.database import Database
from storage.keys import Keys
from storage.models.pushes import Delivery, Mail
from storage.outbox import Outbox
from storage.people import People
from storage.teams import Teams

BATCH = 500
"""Keys that are deleted in one round trip."""
ALL = 1_000_000
"""More pushes than a practice drive has."""


class NotPractice(Exception):
    """The campaign is a real one: nothing of it is ever emptied."""


@dataclass(frozen=True, slots=True)
class Practice:
    database: Database
    keys: Keys
    campaigns: Campaigns
    people: People
    teams: Teams
    outbox: Outbox

    def wipe(self, campaign_id: str, now: datetime) -> int:
        """Delete all that is kept of a practice drive; how many keys that were. Raises `NotPractice`, `KeyError`.

        What refers to it elsewhere goes first: its mail, its invitations, its team codes. Begun again it goes on.
        """
        if not self.campaigns.get(campaign_id).practice:
            raise NotPractice(campaign_id)
        for delivery in self.outbox.list(campaign_id, "mailbox", ALL):
            self._take_back(delivery)
        for invited in (self.keys.invites(campaign_id), self.keys.liaison_codes(campaign_id)):
            for code in self.database.hgetall(invited):
                self.database.delete(self.keys.invite(code))
        if codes := self.teams.codes(campaign_id):
            self.database.hdel(self.keys.code_owners(), *codes)
        self.campaigns.begin_anew(campaign_id, now)
        return self._delete(self.keys.whole(campaign_id))

    def _take_back(self, delivery: Delivery) -> None:
        push = delivery.notification
        mail = Mail(text=push.text, read_until=push.read_until).model_dump_json()
        for openid in self.people.openids([push.person]).values():
            self.database.lrem(self.keys.mailbox(openid), 1, mail)

    def _delete(self, pattern: str) -> int:
        """Until nothing is found: what is written meanwhile by a message in work goes, too."""
        gone = 0
        while found := list(self.database.scan_iter(match=pattern, count=BATCH)):
            for start in range(0, len(found), BATCH):
                gone += int(self.database.unlink(*found[start : start + BATCH]))
        return gone
