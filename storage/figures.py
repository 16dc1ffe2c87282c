"""The figures of a campaign at one moment: everything that a bulletin prints, read together."""

from dataclasses import dataclass, field
from datetime import date, datetime

from storage.boards import ALL, metric_name, standings_of
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.keys import Keys
from storage.models.teams import Standing
from storage.platform import NEWEST
from storage.targets import Target, initial

EQUALS = 200
"""How many that are equal to the last of a bulletin's leaders are counted at most."""
PLACES = 200
"""Of how many teams a bulletin remembers the rank, so that the next one tells who moved."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums of a campaign at one moment, with its leading teams, regions and projects; fen and 人次.

    `equals`: how many more teams (`EQUALS` at most) have as much as the last of the leading ones. `places`: rank by
    registration number of the first `PLACES` and more that have anything. `regions_today`: the day's growth by region.
    `matched_fen`: what the platform confirmed as matched, at its moment `matched_as_of`; None where it told nothing.
    `floor_fen`, `hope_fen`: the campaign's own target, None where none is set.
    """

    ledger: str
    amount_fen: int
    donations: int
    offline_fen: int
    today_fen: int
    teams: int
    reported: int
    reached: int
    top: tuple[Standing, ...]
    regions: tuple[tuple[str, int], ...]
    projects: tuple[tuple[str, int], ...]
    equals: int = 0
    places: dict[int, int] = field(default_factory=dict)
    regions_today: tuple[tuple[str, int], ...] = ()
    matched_fen: int | None = None
    matched_as_of: datetime | None = None
    floor_fen: int | None = None
    hope_fen: int | None = None


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """Reading them."""

    database: Database
    keys: Keys

    def on(self, campaign: Campaign, day: date, top: int = 10) -> Figures:
        """Everything a bulletin prints, read in one transaction: the figures belong together.

        `top`: how many teams lead; for 0 no team is read, neither the leading ones nor `places`.
        """
        keys, threshold = self.keys, campaign.policy.threshold
        board = keys.board(campaign.id, "amount", ALL)
        first = max(top + EQUALS, PLACES) if top else 0
        with self.database.pipeline(transaction=True) as pipe:
            pipe.xrevrange(keys.ledger(campaign.id), count=1)
            pipe.hmget(keys.totals(campaign.id), "amount", "donations", "offline", metric_name("today", day), "matched")
            pipe.hget(keys.counts(campaign.id), "teams")
            pipe.zcard(board)
            pipe.zrange(board, *((0, first - 1) if first else (1, 0)), withscores=True)
            pipe.zrange(keys.sums(campaign.id, "amount", "region"), 0, -1, withscores=True)
            pipe.zrange(keys.sums(campaign.id, "amount", "project"), 0, -1, withscores=True)
            pipe.zrange(keys.sums(campaign.id, metric_name("today", day), "region"), 0, -1, withscores=True)
            pipe.hget(keys.targets(campaign.id), "")
            pipe.hget(keys.platform_moment(campaign.id), NEWEST)
            pipe.zcard(keys.roll(campaign.id, "short", ALL))
            for project in threshold.projects if threshold else ():
                pipe.hget(keys.counts(campaign.id), f"teams:project:{project}")
            newest, totals, teams, reported, rows, regions, projects, grown, goal, told, short, *held = pipe.execute()
        amount, donations, offline, today = (int(value or 0) for value in totals[:4])
        target = Target.model_validate_json(goal) if goal else initial(campaign).get("", Target())
        return Figures(
            ledger=newest[0][0] if newest else "0-0",
            amount_fen=amount,
            donations=donations,
            offline_fen=offline,
            today_fen=today,
            teams=int(teams or 0),
            reported=reported,
            reached=sum(int(each or 0) for each in held) - short,
            top=tuple(standings_of(rows[:top], first_rank=1, first_place=1)),
            places={s.number: s.rank for s in standings_of(rows, first_rank=1, first_place=1) if s.value},
            regions=tuple((name, -int(score)) for name, score in regions),
            regions_today=tuple((name, -int(score)) for name, score in grown),
            projects=tuple((name, -int(score)) for name, score in projects),
            matched_fen=None if totals[4] is None else int(totals[4]),
            matched_as_of=datetime.fromisoformat(told) if told and totals[4] is not None else None,
            floor_fen=target.floor_fen,
            hope_fen=target.hope_fen,
            equals=sum(score < 0 and score == rows[top - 1][1] for _, score in rows[top:]),
        )
