"""The issues of the bulletin by their numbers, and the sum of what the platform matched: both are looked up since."""

from storage.campaigns import Campaigns
from storage.keys import pattern
from storage.migrations.step import Upgrade
from storage.platform import Platform, matched
from storage.snapshots import Snapshot


def number_issues(upgrade: Upgrade) -> list[str]:
    """Of two snapshots of one number the later revision is the issue."""
    database, keys = upgrade.database, upgrade.keys
    for cid in Campaigns(database, keys).published():
        found = list(database.scan_iter(pattern(keys.snapshot(cid, "")), count=10_000))
        taken = [Snapshot.model_validate_json(doc) for doc in database.mget(found) if doc] if found else []
        issues = {shot.issue: shot.name for shot in sorted(taken, key=lambda shot: shot.rev) if shot.issue is not None}
        upgrade.go_on()
        if issues:
            database.hset(keys.issues(cid), mapping={str(number): name for number, name in issues.items()})
        told = [figures for figures in Platform(database, keys).all(cid).values() if figures.matched_fen is not None]
        if told:
            database.hset(keys.totals(cid), "matched", sum(map(matched, told)))
    return []
