"""What the platform confirmed of a merged team is kept page by page: a program before that cannot read such figures."""

from storage.migrations.step import Upgrade


def keep_pages_apart(upgrade: Upgrade) -> list[str]:
    """The next table tells each page; from here on an older program refuses the database."""
    return []
