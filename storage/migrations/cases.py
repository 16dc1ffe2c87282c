"""Cases came to be taken, handed on and closed: those that were opened before have the fields for it."""

from storage.matters import Incident, Matters
from storage.migrations.step import Upgrade


def give_cases_their_fields(upgrade: Upgrade) -> list[str]:
    """Write each case in the form by which a step on it recognises it; none of these has a time to be taken in."""
    matters = Matters(upgrade.database, upgrade.keys, Incident)
    for campaign in upgrade.database.hgetall(upgrade.keys.campaigns()):
        for case in matters.all(campaign):
            upgrade.go_on()
            upgrade.database.hset(upgrade.keys.matters(campaign, "incident"), case.number, case.model_dump_json())
    return []
