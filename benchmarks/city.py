"""A city to measure in: the Zhaotong campaign, captains with a team each, and what they report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

from benchmarks.load import Request, request
from storage import Store
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.ledger import Author
from storage.models import Card, Membership, Person
from storage.teams import NewTeam

CAMPAIGN_FILE = Path(__file__).parents[1] / "campaigns" / "zhaotong-2024"


@dataclass(slots=True)
class City:
    """Captains who report in turn; each total is higher than her last one, so that none is doubted."""

    captains: list[str]
    _rounds: Iterator[tuple[int, str]]

    @classmethod
    def found(cls, store: Store, captains: int) -> "City":
        """Publish the campaign and register a team for each captain."""
        campaign = load(CAMPAIGN_FILE)
        store.campaigns.publish(campaign, datetime.now(UTC))
        openids = [openid_of(i) for i in range(captains)]
        for number, openid in enumerate(openids):
            register(store, campaign, newcomer(store, openid), number)
        return cls(openids, ((turn, openid) for turn in count(1) for openid in openids))

    def reports(self, number: int) -> list[Request]:
        """The next reports, one captain after the other."""
        turns = islice(self._rounds, number)
        return [request(openid, f"进度 {1000 + turn * 10}.50元 {turn + 20}人次") for turn, openid in turns]


def openid_of(number: int) -> str:
    """28 characters, as WeChat writes a user."""
    return f"oBench{number:022d}"


def newcomer(store: Store, openid: str) -> Person:
    """A person who has written before."""
    claim = store.inbox.claim(openid, "first", "founder", "long", datetime.now(UTC))
    if claim.person is None:
        raise ValueError(f"{openid} is known already")
    store.people.link(claim.person)
    store.inbox.release(openid, "first", "founder")
    return claim.person


def register(store: Store, campaign: Campaign, captain: Person, number: int) -> None:
    """A team of her own, somewhere in the city."""
    author = Author(f"bench/{number}", captain.id, datetime.now(UTC))
    new = NewTeam(
        unit=f"昭通市第{number}小学",
        unit_key=f"昭通市第{number}小学",
        project=campaign.projects[number % len(campaign.projects)].id,
        region=campaign.regions[number % len(campaign.regions)].id,
        captain=captain.id,
        card=Card(name="李敏", phone="13900000000"),
    )
    store.teams.register(campaign, author, new, Membership())
