"""The answers of the API. Amounts are integer fen, counts 人次 (gifts, never people), ids the campaign file's."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.web.sights import Scope
from storage.models.teams import Metric

Fen = Annotated[int, Field(description="In fen: 100 are one yuan.", examples=[1234567])]
Gifts = Annotated[int, Field(ge=0, description="人次: how many gifts, never how many people.", examples=[321])]
RegionId = Annotated[str, Field(description="The id of a region of the campaign file.", examples=["yongshan"])]
ProjectId = Annotated[str, Field(description="The id of a project of the campaign file.")]
Code = Annotated[str, Field(pattern=r"^\d{4,}$", description="A team's code: four digits or more.", examples=["0012"])]


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OfCampaign(Answer):
    """What every answer about a campaign begins with."""

    campaign: Annotated[str, Field(description="The campaign's id.", examples=["zhaotong-2024"])]
    as_of: Annotated[datetime, Field(description="When the figures were read; they may be older while storage fails.")]
    ledger_id: Annotated[
        str,
        Field(pattern=r"^\d+-\d+$", description="The newest entry of the ledger then: equal ids, equal figures."),
    ]


class Row(Answer):
    """One place. Equal values share a rank and stand in order of registration."""

    rank: Annotated[int, Field(ge=1)]
    code: Annotated[Code | None, Field(description="Of a team; null for what is none.")]
    name: str
    region: RegionId | None
    project: ProjectId | None
    value: Annotated[int, Field(ge=1, description="Fen, or 人次 where the metric is `donations`.")]


class Leaderboard(OfCampaign):
    """A stretch of a ranking. Nobody stands in it with nothing; what the campaign's file does not show is left out."""

    scope: Scope
    metric: Metric
    rows: list[Row]
    next: Annotated[
        str | None,
        Field(description="The `cursor` of the next stretch, null at the end. Places move while teams report."),
    ]


class Item(Answer):
    """How many items of a task a region has brought about, where the campaign counts items and no money."""

    task: str
    region: RegionId
    count: Annotated[int, Field(ge=0)]


class Totals(OfCampaign):
    """The sums of a campaign, as its bulletin tells them."""

    name: str
    amount_fen: Fen
    donations: Gifts
    teams: Annotated[int, Field(ge=0)]
    today_fen: Annotated[Fen, Field(description="What came in since the local midnight; corrections may make it less.")]
    offline_fen: Annotated[Fen, Field(description="The part of `amount_fen` that was given offline.")]
    match_fen: Annotated[Fen | None, Field(description="What the platform says it matched, apart; null if never told.")]
    floor_fen: Annotated[Fen | None, Field(description="The target that is counted upon (保).")]
    hope_fen: Annotated[Fen | None, Field(description="The target that is hoped for (争).")]
    items: list[Item]


class TeamAnswer(OfCampaign):
    """One team, as far as the ranking of all names it."""

    code: Code
    name: str
    region: RegionId
    project: ProjectId
    amount_fen: Fen
    donations: Gifts
    today_fen: Fen
    rank: Annotated[int, Field(ge=1)]
    of: Annotated[int, Field(ge=1, description="How many teams have reported.")]


class Part(Answer):
    """A region or project that is no part of another, with what came together there."""

    rank: Annotated[int, Field(ge=1)]
    id: str
    name: str
    amount_fen: Fen
    donations: Gifts
    today_fen: Fen


class Parts(OfCampaign):
    """Those that have anything, greatest amount first."""

    rows: list[Part]


class RegionSum(Answer):
    id: RegionId
    amount_fen: Fen
    today_fen: Fen


class BulletinAnswer(Answer):
    """The newest issue of the bulletin, with its figures of then."""

    campaign: str
    issue: Annotated[int, Field(ge=1)]
    scheduled_at: datetime
    cut_off: Annotated[datetime, Field(description="The moment of the figures.")]
    correction: Annotated[bool, Field(description="Whether it puts an earlier form of the same issue right.")]
    amount_fen: Fen
    donations: Gifts
    teams: Annotated[int, Field(ge=0)]
    today_fen: Annotated[Fen, Field(description="What came in on the day that it is about.")]
    offline_fen: Fen
    match_fen: Fen | None
    floor_fen: Fen | None
    hope_fen: Fen | None
    regions: list[RegionSum]
    seal: Annotated[str, Field(description="The first digits of the ledger's seal, '' where none is printed.")]


class Listed(Answer):
    id: str
    name: str
    closed: Annotated[bool, Field(description="Whether its teams report no more.")]
    board: Annotated[str, Field(description="The path of its public board.", examples=["/board/zhaotong-2024"])]


class Campaigns(Answer):
    """The campaigns whose standings are public."""

    campaigns: list[Listed]


class Problem(Answer):
    """What is wrong with a request, or with us (RFC 9457)."""

    type: Annotated[str, Field(examples=["about:blank"])] = "about:blank"
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str = ""
