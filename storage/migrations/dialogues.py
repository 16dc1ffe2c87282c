"""Steps of dialogues have changed: what was asked before the upgrade is asked anew."""

from storage.migrations.step import Upgrade

SCANNED = 1000
"""How many keys one round trip looks at."""


def end_dialogues(upgrade: Upgrade) -> list[str]:
    """Every open dialogue is over; what waited for a yes was not written, and her next word is taken by itself."""
    for key in upgrade.database.scan_iter(upgrade.keys.conversations(), count=SCANNED):
        upgrade.go_on()
        upgrade.database.delete(key)
    return []
