"""A city to measure in: the Zhaotong campaign, captains with a team each, and what they report."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count, cycle, islice
from pathlib import Path

from benchmarks.load import Request, request
from storage import Store
from storage.campaign_files import load
from storage.campaign_schema import Campaign
from storage.ledger import Author
from storage.models.people import Card, Membership, Person
from storage.teams import NewTeam

CAMPAIGN_FILE = Path(__file__).parents[1] / "campaigns" / "zhaotong-2024"
FORMS = (
    "进度 {yuan}元 {gifts}人次",
    "累计{yuan}元，{gifts}人次",
    "截至目前共筹款{yuan}元，{gifts}人次参与",
    "我们学校已筹{yuan}元，共{gifts}人次。",
    "上报：{gifts}人次，{yuan}元",
    "各位老师好，目前总额{yuan}，人次{gifts}，谢谢大家",
    "到现在 ¥{yuan} {gifts}笔",
)
"""The words in which totals are reported, in turn: each is booked at once."""


@dataclass(slots=True)
class City:
    """Captains who report in turn; each total is higher than her last one, so that none is doubted."""

    store: Store
    campaign: str
    captains: list[str]
    _rounds: Iterator[tuple[int, str]]
    _forms: Iterator[str] = field(default_factory=lambda: cycle(FORMS))

    @classmethod
    def found(cls, store: Store, captains: int) -> "City":
        """Publish the campaign and register a team for each captain."""
        campaign = load(CAMPAIGN_FILE)
        store.campaigns.publish(campaign, datetime.now(UTC))
        openids = [openid_of(i) for i in range(captains)]
        for number, openid in enumerate(openids):
            register(store, campaign, newcomer(store, openid), number)
        return cls(store, campaign.id, openids, ((turn, openid) for turn in count(1) for openid in openids))

    def reports(self, number: int) -> list[Request]:
        """The next reports, one captain after the other."""
        said = zip(islice(self._rounds, number), self._forms, strict=False)
        return [
            request(openid, form.format(yuan=f"{1000 + turn * 10}.50", gifts=turn + 20))
            for (turn, openid), form in said
        ]

    def mark(self) -> str:
        """Where the ledger stands now."""
        return self.store.ledger.last_id(self.campaign)

    def booked(self, since: str) -> int:
        """How many reports the ledger has taken since a mark."""
        entries = self.store.ledger.entries(self.campaign, since)
        return sum(entry.kind == "report.accepted" for entry in entries)


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
