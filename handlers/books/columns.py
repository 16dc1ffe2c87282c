"""What the sheets of a book have in common: what a cell may be, and the columns that several have."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.campaign_schema import Campaign
from storage.models.teams import Team

Kind = Literal["text", "yuan", "count", "moment"]
"""What stands in a column: text; fen, shown as yuan; a whole number; a moment, shown on the campaign's wall clock."""
Cell = str | int | datetime | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters of a digit's width."""

    heading: str
    kind: Kind = "text"
    width: int = 12


UNIT, REGION, PROJECT = Column("队伍", width=28), Column("县区"), Column("项目", width=20)
CODE = Column("编号", width=8)


def place(campaign: Campaign, team: Team) -> tuple[str, str]:
    """What `REGION` and `PROJECT` head of a team."""
    return campaign.region(team.region).name, campaign.project(team.project).name
