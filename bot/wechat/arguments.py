"""The query of a push: its arguments, each with every value it was given."""

import re
from typing import Protocol

_PLAIN = re.compile(rb"(?:[a-z_]+=[0-9A-Za-z_.@-]*(?:&|$))+")
"""Nothing in it stands for something else, and nothing is without a name or a value."""


class Arguments(Protocol):
    """The query arguments, with every value of a repeated one (werkzeug's MultiDict)."""

    def getlist(self, key: str, /) -> list[str]: ...


class Plain:
    """The arguments of a plain query."""

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, list[str]]) -> None:
        self._values = values

    def getlist(self, key: str, /) -> list[str]:
        return self._values.get(key, [])


def arguments_of(query: bytes) -> Plain | None:
    """The arguments of a query as WeChat writes it; None for one in which anything is written otherwise."""
    if not _PLAIN.fullmatch(query):
        return None
    values: dict[str, list[str]] = {}
    for given in query.decode().removesuffix("&").split("&"):
        name, _, value = given.partition("=")
        values.setdefault(name, []).append(value)
    return Plain(values)
