"""Views that came later: when each team was last heard of, and what was taken back last. The ledger gives both."""

from storage import heard
from storage.campaign_schema import Campaign
from storage.campaigns import Campaigns
from storage.folding import rebuild
from storage.ledger import Ledger
from storage.migrations.step import Upgrade


def note_later_views(upgrade: Upgrade) -> list[str]:
    """Make both for every campaign; a team's own day of it is noted when it is next heard of."""
    for published in Campaigns(upgrade.database, upgrade.keys).published().values():
        upgrade.go_on()
        _note(upgrade, published.campaign)
    return []


def _note(upgrade: Upgrade, campaign: Campaign) -> None:
    keys, cid = upgrade.keys, campaign.id
    views = rebuild(campaign, Ledger(upgrade.database, keys))
    with upgrade.database.pipeline() as pipe:
        for scope, days in heard.scores(campaign, list(views.teams.values())).items():
            pipe.zadd(keys.heard(cid, scope), days)
        for place, withdrawal in views.withdrawn.items():
            pipe.hset(keys.withdrawn(cid), place, withdrawal.model_dump_json())
        pipe.execute()
