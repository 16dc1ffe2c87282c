"""Since when somebody has a role came later: the ledger tells it of those who have one. Names were not kept before."""

from storage.campaign_schema import Campaign
from storage.campaigns import Campaigns
from storage.ledger import Ledger
from storage.migrations.step import Upgrade
from storage.models.people import Bound, RoleCard


def date_roles(upgrade: Upgrade) -> list[str]:
    """A card for whoever has a role and none yet; all of them were invited by the operator."""
    for published in Campaigns(upgrade.database, upgrade.keys).published().values():
        upgrade.go_on()
        cards = upgrade.keys.role_cards(published.campaign.id)
        for person, bound in _bound(upgrade, published.campaign).items():
            upgrade.database.hsetnx(cards, person, RoleCard(bound=bound).model_dump_json())
    return []


def _bound(upgrade: Upgrade, campaign: Campaign) -> dict[str, dict[str, Bound]]:
    """Person (id) → each of her roles, and since when she has it; as programs wrote it that revoked all or none."""
    since: dict[str, dict[str, Bound]] = {}
    for entry in Ledger(upgrade.database, upgrade.keys).entries(campaign.id):
        if entry.kind == "role.granted":
            before, roles = since.get(entry.by, {}), entry.values["roles"].split()
            since[entry.by] = {role: before.get(role, Bound(since=entry.at)) for role in roles}
        elif entry.kind == "role.revoked":
            since.pop(entry.values["person"], None)
        elif entry.kind == "person.left":
            since.pop(entry.by, None)
    return since
