"""A notification may be for another system: a program before that cannot read it."""

from storage.migrations.step import Upgrade


def tell_hooks(upgrade: Upgrade) -> list[str]:
    """None was told anything before, so nothing is carried over; from here on an older program refuses the database."""
    return []
