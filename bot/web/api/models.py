"""The answers of the API. Amounts are integer fen, counts 人次 (gifts, never people), ids the campaign file's.

What its document says of each field, in the words of those who read it: `handlers/texts/api.py`.
"""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.web.sights import Scope
from storage.models.teams import Metric

Fen = Annotated[int, Field(examples=[1234567])]
Gifts = Annotated[int, Field(ge=0, examples=[321])]
RegionId = Annotated[str, Field(examples=["yongshan"])]
Code = Annotated[str, Field(pattern=r"^\d{4,}$", examples=["0012"])]


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OfCampaign(Answer):
    """What every answer about a campaign begins with."""

    campaign: Annotated[str, Field(examples=["zhaotong-2024"])]
    as_of: datetime
    ledger_id: Annotated[str, Field(pattern=r"^\d+-\d+$")]


class Row(Answer):
    """One place. Equal values share a rank and stand in order of registration."""

    rank: Annotated[int, Field(ge=1)]
    code: Code | None
    name: str
    region: RegionId | None
    project: str | None
    value: Annotated[int, Field(ge=1)]


class Leaderboard(OfCampaign):
    """A stretch of a ranking. Nobody stands in it with nothing; what the campaign's file does not show is left out."""

    scope: Scope
    metric: Metric
    rows: list[Row]
    next: str | None


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
    today_fen: Fen
    offline_fen: Fen
    match_fen: Fen | None
    floor_fen: Fen | None
    hope_fen: Fen | None
    items: list[Item]


class TeamAnswer(OfCampaign):
    """One team, as far as the ranking of all names it."""

    code: Code
    name: str
    region: RegionId
    project: str
    amount_fen: Fen
    donations: Gifts
    today_fen: Fen
    rank: Annotated[int, Field(ge=1)]
    of: Annotated[int, Field(ge=1)]


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
    cut_off: datetime
    correction: bool
    amount_fen: Fen
    donations: Gifts
    teams: Annotated[int, Field(ge=0)]
    today_fen: Fen
    offline_fen: Fen
    match_fen: Fen | None
    floor_fen: Fen | None
    hope_fen: Fen | None
    regions: list[RegionSum]
    seal: str


class Listed(Answer):
    id: str
    name: str
    closed: bool
    board: Annotated[str, Field(examples=["/board/zhaotong-2024"])]


class Campaigns(Answer):
    """The campaigns whose standings are public."""

    campaigns: list[Listed]


class Problem(Answer):
    """What is wrong with a request, or with us (RFC 9457)."""

    type: Annotated[str, Field(examples=["about:blank"])] = "about:blank"
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str = ""
