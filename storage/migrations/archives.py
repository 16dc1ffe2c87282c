"""A part of a ledger may lie in a file: a program before that takes such a ledger for one that was shortened."""

from storage.migrations.step import Upgrade


def know_archives(upgrade: Upgrade) -> list[str]:
    """None was archived before, so nothing is carried over; from here on an older program refuses the database."""
    return []
