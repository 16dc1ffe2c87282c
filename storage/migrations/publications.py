"""What changes with the published campaigns in one step has keys of their slot, so that a cluster takes the step."""

from storage.migrations.step import Upgrade


def bring_publications_together(upgrade: Upgrade) -> list[str]:
    """The version of the publications, and what operators taught, under their new keys."""
    database, keys = upgrade.database, upgrade.keys
    before_version, before_taught = keys.before_together("campaigns:version"), keys.before_together("taught")
    upgrade.go_on()
    if version := database.get(before_version):
        database.set(keys.campaigns_version(), version, nx=True)
    if taught := database.hgetall(before_taught):
        database.hset(keys.taught(), mapping=taught)
    database.delete(before_version, before_taught)
    return []
