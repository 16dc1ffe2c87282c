"""It is kept when a campaign was closed: from then on its people's data is kept for a while."""

import json

from storage.database import script
from storage.migrations.step import Upgrade

_republish = script("republish")


def date_closings(upgrade: Upgrade) -> list[str]:
    """A campaign that was closed some time before counts as closed now, so that nothing goes without notice."""
    keys = [upgrade.keys.campaigns(), upgrade.keys.campaigns_version()]
    for campaign, stored in upgrade.database.hgetall(upgrade.keys.campaigns()).items():
        record = json.loads(stored)
        if record["closed"] and "closed_at" not in record:
            upgrade.go_on()
            dated = record | {"closed_at": upgrade.at.isoformat()}
            _republish(upgrade.database, keys, [campaign, stored, json.dumps(dated, ensure_ascii=False)])
    return []
