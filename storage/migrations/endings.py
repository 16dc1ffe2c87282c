"""Every write of figures relies on whether its campaign is open: that stands beside its ledger, which tells it."""

from storage.campaigns import Campaigns
from storage.ledger import Plan
from storage.migrations.step import Upgrade


def note_endings(upgrade: Upgrade) -> list[str]:
    """Of the campaigns that were closed before. From here on an older program, which knows no differences from the
    platform and no final figures, refuses the database."""
    keys = upgrade.keys
    for cid, published in Campaigns(upgrade.database, keys).published().items():
        if published.closed and not upgrade.database.exists(keys.state(cid)):
            upgrade.go_on()
            plan = Plan(keys, cid, upgrade.author(f"closed/{cid}"), "campaign.closed")
            plan.effect("HSET", keys.state(cid), "state", "closed")
            plan.commit(upgrade.database, {})
    return []
