"""A store with one small campaign, people with windows, and channels that do as they are told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from scheduler.channels import Recipient
from storage import Store
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.ledger import Author
from storage.models.people import Card, Grant, Membership, Person, Role
from storage.models.pushes import Mail, Notification
from storage.models.teams import Team
from storage.reckoning import Reading
from storage.store import open_store
from storage.teams import NewTeam

CHINA = timezone(timedelta(hours=8))
EVENING = datetime(2024, 5, 7, 21, 0, tzinfo=CHINA)
"""The bulletin's minute on the first matching day."""
PUBLISHED = datetime(2024, 4, 20, 9, 0, tzinfo=CHINA)


@pytest.fixture
def store(database: Database) -> Store:
    return open_store(database, "t", "rehearsal")


@pytest.fixture
def first_due(store: Store, campaign: Campaign) -> Callable[[], datetime]:
    """When the next push is due."""

    def look() -> datetime:
        ((_, due),) = store.database.zrange(store.keys.due(campaign.id), 0, 0, withscores=True)
        return datetime.fromtimestamp(due, CHINA)

    return look


@pytest.fixture(scope="session")
def file() -> Campaign:
    """Zhaotong with four pushes of its plan."""
    whole = load(Path(__file__).parents[2] / "campaigns" / "zhaotong-2024")
    kept = ("deadline-reminder", "opening-reminder", "bulletin", "incidents")
    return whole.model_copy(update={"pushes": tuple(push for push in whole.pushes if push.id in kept)})


@pytest.fixture
def campaign(store: Store, file: Campaign) -> Campaign:
    store.campaigns.publish(file, PUBLISHED)
    return file


@dataclass
class Town:
    """The people and teams of a test, made as the bot makes them."""

    store: Store
    campaign: Campaign
    made: int = 0

    def person(self, openid: str, wrote: datetime = EVENING) -> Person:
        """Somebody who wrote to the account at `wrote`: her window is open for 48 hours."""
        key = f"m-{openid}-{wrote.timestamp()}"
        claim = self.store.inbox.claim(openid, key, "token", "long", wrote)
        assert claim.person is not None
        self.store.inbox.release(openid, key, "token")
        self.store.people.link(claim.person)
        return claim.person

    def subscriber(self, openid: str, wrote: datetime = EVENING) -> Person:
        person = self.person(openid, wrote)
        self.store.people.subscribe(self.campaign, self.author(person.id, wrote))
        return person

    def coordinator(
        self, openid: str, region: str = "", wrote: datetime = EVENING, role: Role = "coordinator"
    ) -> Person:
        person = self.person(openid, wrote)
        code = self.store.people.invite(self.campaign, Grant(role=role, region=region), wrote)
        self.store.people.bind(self.campaign, self.author(person.id, wrote), code, Membership())
        return person

    def team(
        self,
        unit: str,
        fen: int = 0,
        donations: int = 0,
        region: str = "zhaoyang",
        project: str = "rendao-nuan",
        at: datetime = EVENING,
        captain: str = "",
    ) -> Team:
        captain = captain or f"captain-of-{unit}"
        new = NewTeam(unit, unit, project, region, captain, Card())
        team, _ = self.store.teams.register(self.campaign, self.author(captain, at), new, Membership())
        if fen:
            reading = Reading("total", "online", fen, donations)
            team = self.store.reports.add(self.campaign, self.author(captain, at), team, Membership(), reading).after
        return team

    def mailbox(self, openid: str) -> list[str]:
        kept = self.store.database.lrange(self.store.keys.mailbox(openid), 0, -1)
        return [Mail.model_validate_json(mail).text for mail in kept]

    def author(self, person: str, at: datetime) -> Author:
        self.made += 1
        return Author(f"op-{self.made}", person, at)


@pytest.fixture
def town(store: Store, campaign: Campaign) -> Town:
    return Town(store, campaign)


@dataclass
class ObedientChannel:
    """Reaches persons (or robots) and answers as `answers` says, one sending after another; then with success."""

    name: str = "obedient"
    repeat_safe: bool = False
    spends_window: bool = True
    kind: str = "person"
    answers: list[BaseException | None] = field(default_factory=list)
    needs_window: bool = False
    sent: list[tuple[str, str]] = field(default_factory=list)
    tried: int = 0

    def accepts(self, recipient: Recipient, push: Notification, now: datetime) -> bool:
        if self.needs_window and (recipient.window is None or recipient.window.messages_left <= 2):
            return False
        return recipient.kind == self.kind

    def part(self, recipient: Recipient) -> str:
        return f"{self.name} {recipient.name}".strip()

    def send(self, recipient: Recipient, push: Notification) -> str:
        self.tried += 1
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.sent.append((recipient.openid or recipient.robot, push.text))
        return ""


@pytest.fixture
def channel() -> type[ObedientChannel]:
    return ObedientChannel


@pytest.fixture
def push(campaign: Campaign) -> Callable[..., Notification]:
    """A notification due at `EVENING`, for a person or a robot."""

    def make(person: str = "", robot: str = "", number: int = 1, **changes: object) -> Notification:
        fields: dict[str, object] = {
            "id": f"{campaign.id}:test:{number}:{person or robot}",
            "campaign": campaign.id,
            "job": "test",
            "person": person,
            "robot": robot,
            "text": f"战报 {number}",
            "asked": True,
            "created_at": EVENING,
            "due_at": EVENING,
            "expires_at": EVENING + timedelta(hours=3),
        }
        return Notification.model_validate(fields | changes)

    return make
