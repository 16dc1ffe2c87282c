"""How long people's data is kept: what captains, coordinators, units' people and the roster's are called goes a while
after the campaign was closed.

`[privacy] keep_people_days` says how long. Figures and teams stay; what people said goes by itself after 30 days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from json import loads

from storage.campaign_schema import Campaign
from storage.campaigns import Campaigns, Published
from storage.database import Database
from storage.keys import Keys

ODD_DAYS = (30, 730)
"""Days below and above which somebody should look again: an office still rings captains while the drive is settled, and
nobody needs their telephones years later."""
GRACE = timedelta(days=1)
"""How long after its day an erasure is not overdue yet: the worker looks every hour."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Names and telephones of every campaign's people, until their time is over. Times are business time."""

    database: Database
    keys: Keys
    campaigns: Campaigns

    def let_go(self, now: datetime) -> list[str]:
        """Erase them where their time is over; of which campaigns some were kept until now.

        What an invitation said of somebody who did not accept it in time goes at once.
        """
        gone = []
        for campaign_id, published in self.campaigns.published().items():
            self._drop_lapsed(campaign_id, now)
            until = kept_until(published)
            if until and until <= now and self.database.delete(*self._of_people(campaign_id)):
                self.database.set(self.keys.erased(), "1")
                gone.append(campaign_id)
        return gone

    def overdue(self, now: datetime) -> dict[str, datetime]:
        """The closed campaigns whose people's data should be gone and is not, and since when."""
        due = {cid: kept_until(published) for cid, published in self.campaigns.published().items()}
        late = {cid: until for cid, until in due.items() if until and until + GRACE <= now}
        return {cid: until for cid, until in late.items() if self._keeps(cid)}

    def never_closed(self, now: datetime) -> dict[str, datetime]:
        """The open campaigns whose last day is so long ago that it would be over had they been closed then."""
        found = {}
        for campaign_id, published in self.campaigns.published().items():
            last = _last_day(published.campaign)
            over = last is not None and last + _lasts(published.campaign) <= now
            if last and over and not published.closed and self._keeps(campaign_id):
                found[campaign_id] = last
        return found

    def _keeps(self, campaign: str) -> bool:
        return bool(self.database.exists(*self._of_people(campaign)))

    def _drop_lapsed(self, campaign: str, now: datetime) -> None:
        for codes in (self.keys.invites(campaign), self.keys.liaison_codes(campaign)):
            open_ones = self.database.hgetall(codes)
            lapsed = [code for code, kept in open_ones.items() if datetime.fromisoformat(loads(kept)["until"]) < now]
            if lapsed:
                self.database.hdel(codes, *lapsed)

    def _of_people(self, campaign: str) -> list[str]:
        keys = self.keys
        kept = (keys.contact_cards, keys.role_cards, keys.invites, keys.unit_people, keys.liaisons, keys.liaison_codes)
        return [of(campaign) for of in (*kept, keys.roster_people, keys.roster_liaisons, keys.strays)]


def kept_until(published: Published) -> datetime | None:
    """Until when a closed campaign's people's data is kept; None while it is not closed."""
    if not published.closed or published.closed_at is None:
        return None
    return published.closed_at + _lasts(published.campaign)


def _lasts(campaign: Campaign) -> timedelta:
    return timedelta(days=campaign.privacy.keep_people_days)


def _last_day(campaign: Campaign) -> datetime | None:
    """The end of the last of its windows, None where none has an end."""
    windows = (getattr(campaign.windows, name) for name in type(campaign.windows).model_fields)
    return max((window.end for window in windows if window and window.end), default=None)
