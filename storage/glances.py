"""A region at a glance: its sums, its teams, what waits in it, and how the day went by the hour. One round trip each.

The hours are looked at by the worker as they pass: what came in while none ran is told with the next hour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.boards import ALL, metric_name
from storage.campaign_schema import Campaign
from storage.database import Database
from storage.heard import score_of
from storage.keys import Keys
from storage.teams import count_field

CURVE_SECONDS = 8 * 24 * 3600
_METRICS = ("amount", "donations", "today")


@dataclass(frozen=True, slots=True)
class Glance:
    """`silent`: teams not heard of today; `figures`: how many figures wait for a coordinator. Amounts in fen."""

    scope: str
    teams: int
    amount_fen: int
    donations: int
    today_fen: int
    silent: int
    figures: int


@dataclass(frozen=True, slots=True)
class Glances:
    database: Database
    keys: Keys

    def of(self, campaign: str, scopes: Sequence[str], day: date) -> list[Glance]:
        """Each scope as it stands on a local day."""
        keys, names = self.keys, [metric_name(metric, day) for metric in _METRICS]  # type: ignore[arg-type]  # ours
        with self.database.pipeline(transaction=False) as pipe:
            pipe.hmget(keys.totals(campaign), *names)
            for scope in scopes:
                pipe.hget(keys.counts(campaign), count_field(scope))
                pipe.zcount(keys.heard(campaign, scope), "-inf", f"({score_of(day)}")
                pipe.zcard(keys.docket(campaign, scope))
                for name in names:
                    pipe.zscore(keys.sums(campaign, name, "region"), scope.partition(":")[2])
            totals, *answers = pipe.execute()
        found = []
        for scope, at in zip(scopes, range(0, len(answers), 6), strict=True):
            teams, silent, figures, *sums = answers[at : at + 6]
            values = [int(value or 0) for value in totals] if scope == ALL else [-int(value or 0) for value in sums]
            amount, donations, today = values
            found.append(Glance(scope, int(teams or 0), amount, donations, today, silent, figures))
        return found

    def note_hour(self, campaign: Campaign, now: datetime) -> None:
        """Keep what has come in today until now, of all and of every region, as that of the hour."""
        local, cid = campaign.local(now), campaign.id
        metric, key = metric_name("today", local.date()), self.keys.curve(cid, local.date().isoformat())
        with self.database.pipeline(transaction=False) as pipe:
            pipe.hget(self.keys.totals(cid), metric)
            pipe.zrange(self.keys.sums(cid, metric, "region"), 0, -1, withscores=True)
            total, regions = pipe.execute()
        if total is None:
            return
        hour = f"{local:%H}"
        fields = {f"{hour}|{ALL}": int(total)} | {f"{hour}|region:{name}": -int(score) for name, score in regions}
        with self.database.pipeline(transaction=False) as pipe:
            pipe.hset(key, mapping=fields)
            pipe.expire(key, CURVE_SECONDS)
            pipe.execute()

    def hours(self, campaign: str, scopes: Sequence[str], day: date) -> list[tuple[int, int]]:
        """(hour, fen that had come in on the day by its end) of every hour that was looked at; scopes together."""
        fields = [f"{hour:02d}|{scope}" for hour in range(24) for scope in scopes]
        kept = self.database.hmget(self.keys.curve(campaign, day.isoformat()), fields)
        by_hour = [kept[start : start + len(scopes)] for start in range(0, len(kept), len(scopes))]
        return [(hour, sum(int(fen or 0) for fen in fens)) for hour, fens in enumerate(by_hour) if any(fens)]


def together(glances: Sequence[Glance]) -> Glance:
    """Places of which none lies in another, as one; its scope is the first's."""
    return Glance(
        scope=glances[0].scope,
        teams=sum(glance.teams for glance in glances),
        amount_fen=sum(glance.amount_fen for glance in glances),
        donations=sum(glance.donations for glance in glances),
        today_fen=sum(glance.today_fen for glance in glances),
        silent=sum(glance.silent for glance in glances),
        figures=sum(glance.figures for glance in glances),
    )
