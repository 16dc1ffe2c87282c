"""What whoever acts for a team sees of it beside its own document: all her teams in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.boards import Boards, Place, place_of
from storage.campaign_schema import Campaign
from storage.database import Command, Database
from storage.keys import Keys
from storage.matters import Review
from storage.models.teams import Team
from storage.platform import Platform, Seen, seen_of
from storage.wishes import Wishes, wishes_of


@dataclass(frozen=True, slots=True)
class TeamSight:
    """`place`: where it stands by amount among all, None where it has not reported, is on no list or nothing is
    ranked; `waiting`: its figures that wait for a decision; `platform`: as `Platform.seen` has it; `wish`: what is
    wished for it, fen."""

    team: Team
    place: Place | None
    waiting: Sequence[Review]
    platform: Seen | None
    wish: int | None


@dataclass(frozen=True, slots=True)
class TeamSights:
    database: Database
    keys: Keys

    def of(self, campaign: Campaign, teams: Sequence[Team], openid: str) -> list[TeamSight]:
        """The teams as they are seen by a person, whose own wishes are told too."""
        asked = [read for team in teams for read in self._reads(campaign, team)]
        common = [
            Wishes(self.database, self.keys).read(openid),
            Platform(self.database, self.keys).newest_read(campaign.id),
        ]
        wished, newest, *answers = self.database.together([*common, *asked])
        wishes, each = wishes_of(wished, campaign.id), len(asked) // max(1, len(teams))
        told = (answers[at : at + each] for at in range(0, len(answers), each))
        return [
            _sight(campaign, team, newest, answered, wishes.get(team.code))
            for team, answered in zip(teams, told, strict=True)
        ]

    def _reads(self, campaign: Campaign, team: Team) -> list[Command]:
        keys, cid = self.keys, campaign.id
        return [
            *Boards(self.database, keys).place_reads(cid, team),
            ("HMGET", keys.matters(cid, "review"), *(team.held or ("",))),
            *Platform(self.database, keys).team_reads(cid, team),
        ]


def _sight(campaign: Campaign, team: Team, newest: str | None, answers: Sequence[Any], wish: int | None) -> TeamSight:
    *stands, held, confirmed, difference = answers
    listed = team.status not in ("disabled", "merged")
    ranked = team.reported and listed and campaign.ranking.mode != "off"
    waiting = [Review.model_validate_json(doc) for doc in held if doc]
    return TeamSight(
        team,
        place_of(stands) if ranked else None,
        waiting,
        seen_of(campaign, team, newest, confirmed, difference),
        wish,
    )
