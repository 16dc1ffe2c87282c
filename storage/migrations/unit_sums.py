"""Sums by unit came later, those of a region's units later still: each is what the teams of one unit add up to."""

from collections import Counter

from storage.boards import ALL, unit_of, units_of
from storage.campaigns import Campaigns
from storage.keys import pattern
from storage.migrations.step import Upgrade
from storage.teams import Teams

BATCH = 500
"""Teams read in one round trip."""
AT_ONCE = 5000
"""Sums written by one command."""


def sum_units(upgrade: Upgrade) -> list[str]:
    """Make them for every campaign, in the place of whatever there was."""
    for campaign in Campaigns(upgrade.database, upgrade.keys).published():
        upgrade.go_on()
        _sum(upgrade, campaign)
    return []


def _sum(upgrade: Upgrade, campaign: str) -> None:
    database, keys = upgrade.database, upgrade.keys
    units = _units(upgrade, campaign)
    beginning = keys.family(campaign, "board")
    for board in list(database.scan_iter(pattern(beginning), count=10_000)):
        metric, scope = _metric_and_scope(board.removeprefix(beginning))
        if scope != ALL and not scope.startswith("region:"):
            continue
        sums = Counter[str]()
        for member, score in database.zrange(board, 0, -1, withscores=True):
            sums[units[member]] += int(score)
        key = keys.sums(campaign, metric, units_of(scope.partition(":")[2]))
        rows = [(unit, score) for unit, score in sums.items() if score]
        with database.pipeline() as pipe:
            pipe.delete(key)
            for start in range(0, len(rows), AT_ONCE):
                pipe.zadd(key, dict(rows[start : start + AT_ONCE]))
            pipe.execute()


def _metric_and_scope(board: str) -> tuple[str, str]:
    """`today:2024-05-08:region:R` → `today:2024-05-08`, `region:R`."""
    metric, _, scope = board.rpartition(":")
    if scope == ALL:
        return metric, scope
    metric, _, dimension = metric.rpartition(":")
    return metric, f"{dimension}:{scope}"


def _units(upgrade: Upgrade, campaign: str) -> dict[str, str]:
    """The unit of every team, by the member that it is on boards."""
    teams = Teams(upgrade.database, upgrade.keys)
    codes = teams.codes(campaign)
    batches = (codes[start : start + BATCH] for start in range(0, len(codes), BATCH))
    return {f"{team.number:06d}": unit_of(team) for batch in batches for team in teams.many(campaign, batch)}
