"""Ledgers have chains: each is sealed from its first entry on."""

from storage.chain import Chain
from storage.migrations.step import Upgrade


def seal_ledgers(upgrade: Upgrade) -> list[str]:
    """Seal everything that every campaign's ledger holds; what is written from then on, the worker seals."""
    chain = Chain(upgrade.database, upgrade.keys)
    for campaign in upgrade.database.hkeys(upgrade.keys.campaigns()):
        upgrade.go_on()
        while chain.extend(campaign):
            upgrade.go_on()
    return []
