"""What the head of a list says for all of its lines: a kind, a time, a channel, a unit of money."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.understand.attributes import kind_of
from handlers.understand.cells import role_of, tokens_in
from handlers.understand.ear import Ear
from handlers.understand.tokens import Token

_BARE = "累计"
"""What a figure of a list is that neither the header nor its line names: lists grow."""


@dataclass(frozen=True, slots=True)
class Header:
    """`told`: the words of the header that hold; `clause`: these, or that the figures are totals, as a clause ahead of
    a line; `inline`: words that stand in the line's own clause. `between`: what parts its cells."""

    told: str
    clause: str
    inline: str
    between: str


def header_of(lines: Sequence[str], ear: Ear, table: bool) -> Header:
    """What the lines above a list say for it."""
    tokens = [token for line in lines for token in tokens_in(line, ear) if _holds(token)]
    adds = kind_of(tokens) == "increment"
    inline = [token for token in tokens if token.has("channel") or (adds and token.has("kind"))]
    told = " ".join(token.text for token in tokens if token not in inline)
    kind = kind_of(tokens)
    clause = told if kind in ("total", "day", "day or total", "day or increment", "soft") or adds else f"{_BARE} {told}"
    said = "".join(f"{token.text} " for token in inline)
    return Header(f"{said}{told}".strip(), clause.strip(), said, "," if table else " ")


def _holds(token: Token) -> bool:
    if role_of(token.text) == "nth":
        return False
    if token.figure is not None:
        return token.figure.kind in ("date", "moment", "scale", "year")
    return token.has("kind") or token.has("when") or token.has("channel", "online", "offline")
