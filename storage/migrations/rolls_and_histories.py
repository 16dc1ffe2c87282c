"""Rolls and histories came later: the teams in a certain state, and what became of each. The ledger gives both."""

from storage import rolls
from storage.campaign_schema import Campaign
from storage.campaigns import Campaigns
from storage.folding import rebuild
from storage.ledger import Ledger
from storage.migrations.step import Upgrade


def fill_rolls_and_histories(upgrade: Upgrade) -> list[str]:
    """Make both for every campaign."""
    for published in Campaigns(upgrade.database, upgrade.keys).published().values():
        upgrade.go_on()
        _fill(upgrade, published.campaign)
    return []


def _fill(upgrade: Upgrade, campaign: Campaign) -> None:
    views = rebuild(campaign, Ledger(upgrade.database, upgrade.keys))
    with upgrade.database.pipeline() as pipe:
        for name, numbers in rolls.members(campaign, list(views.teams.values())).items():
            roll, _, scope = name.partition(":")
            pipe.zadd(upgrade.keys.roll(campaign.id, roll, scope), dict.fromkeys(numbers, 0))
        for code, entries in views.histories.items():
            pipe.delete(upgrade.keys.history(campaign.id, code))
            pipe.rpush(upgrade.keys.history(campaign.id, code), *entries)
        pipe.execute()
