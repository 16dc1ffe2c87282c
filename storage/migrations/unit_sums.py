"""Sums by unit came later: each is what the teams of one unit add up to, on every board of all teams."""

from collections import Counter

from storage.boards import ALL, UNIT, unit_of
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
    beginning, end = keys.family(campaign, "board"), f":{ALL}"
    for board in list(database.scan_iter(pattern(beginning), count=10_000)):
        if not board.endswith(end):
            continue
        sums = Counter[str]()
        for member, score in database.zrange(board, 0, -1, withscores=True):
            sums[units[member]] += int(score)
        key = keys.sums(campaign, board.removeprefix(beginning).removesuffix(end), UNIT)
        rows = [(unit, score) for unit, score in sums.items() if score]
        with database.pipeline() as pipe:
            pipe.delete(key)
            for start in range(0, len(rows), AT_ONCE):
                pipe.zadd(key, dict(rows[start : start + AT_ONCE]))
            pipe.execute()


def _units(upgrade: Upgrade, campaign: str) -> dict[str, str]:
    """The unit of every team, by the member that it is on boards."""
    teams = Teams(upgrade.database, upgrade.keys)
    codes = teams.codes(campaign)
    batches = (codes[start : start + BATCH] for start in range(0, len(codes), BATCH))
    return {f"{team.number:06d}": unit_of(team) for batch in batches for team in teams.many(campaign, batch)}
