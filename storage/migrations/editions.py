"""Subscriptions say which bulletins somebody gets: a hash in the place of a set. All who had one get the evening's."""

from storage.campaigns import Campaigns
from storage.migrations.step import Upgrade


def give_subscriptions_their_edition(upgrade: Upgrade) -> list[str]:
    """The set is replaced in one step, so that nobody is lost where it breaks off."""
    database, keys = upgrade.database, upgrade.keys
    for cid in Campaigns(database, keys).published():
        key = keys.subscribers(cid)
        upgrade.go_on()
        if database.type(key) == "set":
            found = sorted(database.smembers(key))
            with database.pipeline(transaction=True) as pipe:
                pipe.delete(key)
                pipe.hset(key, mapping=dict.fromkeys(found, "evening"))
                pipe.execute()
    return []
