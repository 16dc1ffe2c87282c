"""Whether a text says a name, however both are written: width, blanks, marks and case make no difference."""

from collections.abc import Iterable

from handlers.language.text import squash

LEAST = 2
"""Characters that a part of a name has."""


def is_name(said: str, names: Iterable[str]) -> bool:
    """Whether a text is one of some names, and nothing besides."""
    return squash(said) in map(squash, names)


def holds_name(text: str, names: Iterable[str]) -> bool:
    """Whether one of some names stands in a text in full."""
    said = squash(text)
    return any(squash(name) in said for name in names)


def is_part_of(said: str, names: Iterable[str]) -> bool:
    """Whether a text is a part of one of some names, or the whole of it."""
    part = squash(said)
    return any(part == name or (len(part) >= LEAST and part in name) for name in map(squash, names))
