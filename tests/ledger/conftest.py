"""A team and its captain on the real store: what the ledger makes of what she says, day by day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from storage.audit import verify
from storage.booking import Booked
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.ledger import Author
from storage.models.people import Card, Membership, Person
from storage.models.teams import Channel, Team, TeamStatus
from storage.reckoning import Reading
from storage.store import Store, open_store
from storage.teams import NewTeam

CAMPAIGN = Path(__file__).parents[2] / "campaigns" / "zhaotong-2024"
CAPTAIN = "p-li"


@cache
def zhaotong() -> Campaign:
    return load(CAMPAIGN)


@dataclass
class Desk:
    """The store of one campaign on a wall clock that a test turns; every write has an operation of its own."""

    store: Store
    campaign: Campaign
    now: datetime
    numbers: "count[int]" = field(default_factory=count)

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def yesterday(self) -> date:
        return self.today - timedelta(days=1)

    def night(self) -> None:
        """Five past midnight."""
        self.now = self.now.replace(hour=0, minute=5) + timedelta(days=1)

    def author(self, person: str = CAPTAIN) -> Author:
        self.now += timedelta(minutes=1)
        return Author(f"op-{next(self.numbers)}", person, self.now)

    def register(
        self, unit: str, region: str = "zhaoyang", captain: str = CAPTAIN, status: TeamStatus = "active"
    ) -> Team:
        new = NewTeam(unit, unit, "rendao-nuan", region, captain, Card(name="李敏"), status)
        codes = self.store.people.desk(Person(id=captain, openid=captain), [self.campaign]).memberships[
            self.campaign.id
        ]
        return self.store.teams.register(self.campaign, self.author(captain), new, codes)[0]

    def team(self, code: str = "0001") -> Team:
        return self.store.teams.get(self.campaign.id, code)

    def teams(self) -> list[Team]:
        return self.store.teams.many(self.campaign.id, self.store.teams.codes(self.campaign.id))

    def report(self, yuan: int, kind: str = "total", channel: Channel = "online", code: str = "0001") -> Booked:
        return self.write(
            lambda author, team, hers: self.store.reports.add(
                self.campaign,
                author,
                team,
                hers,
                Reading(kind, channel, yuan * 100, None),  # type: ignore[arg-type]
            ),
            code,
        )

    def yesterday_ended_with(self, yuan: int, channel: Channel = "online") -> Booked:
        """Nothing was booked since midnight."""
        reading = Reading("total", channel, yuan * 100, None, day=self.yesterday)
        return self.write(lambda author, team, hers: self.store.reports.add(self.campaign, author, team, hers, reading))

    def close(self, yuan: int, channel: Channel = "online") -> Booked:
        """Something was booked since midnight."""
        return self.write(
            lambda author, team, hers: self.store.reports.close_day(
                self.campaign, author, team, hers, channel, self.yesterday, yuan * 100, None
            )
        )

    def correct(self, yuan: int, channel: Channel = "online") -> Booked:
        [newest] = self.store.reports.many(self.campaign.id, [self.team().total(channel).report])
        return self.write(
            lambda author, team, hers: self.store.reports.correct(
                self.campaign, author, team, hers, newest, yuan * 100, None
            )
        )

    def retract(self) -> Booked:
        newest = self.store.reports.newest_by(self.campaign.id, [self.team()], CAPTAIN)[0]
        return self.write(
            lambda author, team, hers: self.store.reports.retract(self.campaign, author, team, hers, newest)
        )

    def restore(self) -> Booked:
        gone = self.store.reports.last_withdrawn(self.campaign.id, CAPTAIN, [self.team()])
        assert gone is not None
        return self.write(
            lambda author, team, hers: self.store.reports.restore(self.campaign, author, team, hers, gone.id)
        )

    def write(self, make: Callable[[Author, Team, Membership], Booked], code: str = "0001") -> Booked:
        """Write, and write once more under the same operation: the second changes nothing and tells the same."""
        author, team, hers = self.author(), self.team(code), Membership(codes=(code,))
        done = make(author, team, hers)
        last = self.store.ledger.last_id(self.campaign.id)
        again = make(author, self.team(code), hers)
        assert (again.repeated, again.report, again.before, again.after.version) == (
            True,
            done.report,
            done.before,
            done.after.version,
        )
        assert self.store.ledger.last_id(self.campaign.id) == last
        return done

    def growth(self, day: date, code: str = "0001") -> int:
        """What the team raised on a day by its dated board, in whole yuan."""
        member = f"{self.team(code).number:06d}"
        score = self.store.database.zscore(self.store.keys.board(self.campaign.id, f"today:{day}", "all"), member)
        return int(-(score or 0)) // 100

    def sound(self) -> bool:
        assert verify(self.campaign, self.store.database, self.store.keys) == []
        return True


def open_desk(database: Database) -> Desk:
    database.flushall()
    store, campaign = open_store(database, "yd", "rehearsal"), zhaotong()
    now = datetime(2024, 5, 6, 9, 0, tzinfo=campaign.zone)
    store.campaigns.publish(campaign, now)
    return Desk(store, campaign, now)


@pytest.fixture
def desk(database: Database) -> Desk:
    """A morning of May with one team of Zhaoyang, `0001`."""
    desk = open_desk(database)
    desk.register("昭通市第一中学")
    return desk
