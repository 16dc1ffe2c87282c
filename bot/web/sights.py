"""What the board, the screen and the API look at: sums and rankings of one moment, read once a second at most.

A thousand viewers who ask every five seconds cost a process one reading a second, whatever they look at alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2s
from typing import Literal, get_args

from bot.web.lately import Lately
from handlers import standings
from handlers.pictures import seen_by_all
from handlers.posters.drawing import can_draw
from handlers.standings import Standings
from storage import Store, boards
from storage.campaign_schema import Campaign
from storage.figures import Figures
from storage.models.teams import Metric

Scope = Literal["team", "unit", "region", "project"]
SCOPES: Mapping[str, Scope] = {scope: scope for scope in get_args(Scope)}
METRICS: Mapping[str, Metric] = {metric: metric for metric in get_args(Metric)}
"""By the word in an address."""


class NotPublic(LookupError):
    """No such campaign, none whose standings anybody may see, or no such region or project in it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A stretch of a ranking: `count` places from `start` (0 = first).

    `region` (an id) narrows teams and units, `project` teams alone.
    """

    scope: Scope = "team"
    metric: Metric = "amount"
    region: str = ""
    project: str = ""
    start: int = 0
    count: int = 20

    @property
    def board(self) -> str:
        """The ranking of teams that is meant."""
        if self.region:
            return f"region:{self.region}"
        return f"project:{self.project}" if self.project else boards.ALL


@dataclass(frozen=True, slots=True)
class Sight:
    """A campaign's sums, and the rankings that were asked for, at one moment (`as_of`, business time).

    `version`: the campaign's publication. `items`: `task|region` → count, where no money is counted. `age`: seconds
    since it was read. `poster`: whether there is a bulletin's picture.
    """

    campaign: Campaign
    version: int
    figures: Figures
    rankings: tuple[Standings, ...]
    items: Mapping[str, int]
    as_of: datetime
    age: float = 0.0
    poster: bool = False

    def mark(self, *also: object) -> str:
        """The same for the same figures under the same file on the same day; `also`: what else the answer hangs on."""
        day = self.campaign.local(self.as_of).date()
        parts = (self.campaign.id, self.version, self.campaign.state, self.figures.ledger, self.poster, day, *also)
        return blake2s(repr(parts).encode(), digest_size=12).hexdigest()


@dataclass(slots=True)
class Sights:
    """The sights of one process."""

    store: Store
    _lately: Lately[Sight] = field(default_factory=Lately)

    def look(self, campaign: str, *asked: Asked) -> Sight:
        """Raises `NotPublic`, or `StorageError` where the database fails and nothing is kept."""
        sight, age = self._lately.get((campaign, asked), lambda before: self._read(campaign, asked, before))
        return replace(sight, age=age)

    def campaign(self, campaign: str) -> Campaign:
        """Raises as `look` does."""
        return self.look(campaign).campaign

    def _read(self, campaign_id: str, asked: tuple[Asked, ...], before: Sight | None) -> Sight:
        """Rankings are read where something was written since `before`."""
        published = self.store.campaigns.published().get(campaign_id)
        if published is None or not published.campaign.ranking.public:
            raise NotPublic(campaign_id)
        campaign, now = published.campaign, self.store.clock.now()
        _require_places(campaign, asked)
        day = campaign.local(now).date()
        sight = Sight(
            campaign=campaign,
            version=published.version,
            figures=self.store.figures.on(campaign, day, top=0),
            rankings=(),
            items={},
            as_of=now,
            poster=can_draw() and seen_by_all(campaign) and self.store.snapshots.next_issue(campaign.id) > 1,
        )
        if before and before.mark() == sight.mark():
            return replace(before, as_of=now)
        return replace(
            sight,
            rankings=tuple(_ranked(self.store, campaign, each, now) for each in asked),
            items=self.store.tasks.counts(campaign.id) if campaign.progress == "items" else {},
        )


def _require_places(campaign: Campaign, asked: tuple[Asked, ...]) -> None:
    regions, projects = {region.id for region in campaign.regions}, {project.id for project in campaign.projects}
    for each in asked:
        if not {each.region} - {""} <= regions or not {each.project} - {""} <= projects:
            raise NotPublic(campaign.id)


def _ranked(store: Store, campaign: Campaign, asked: Asked, now: datetime) -> Standings:
    day, metric = campaign.local(now).date(), asked.metric
    if asked.scope == "team":
        return standings.of_teams(store, campaign, metric, asked.board, day, asked.start, asked.count)
    if asked.scope == "unit":
        return standings.of_units(store, campaign, metric, day, asked.start, asked.count, asked.region)
    return standings.of_parts(store, campaign, metric, asked.scope, day)
