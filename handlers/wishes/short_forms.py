"""What may be a unit's short form in a line, and the line with a team's code in the place of a name."""

from collections.abc import Iterator

from handlers.language.late import pattern
from handlers.language.units import ends_like_a_unit

SHORTEST, LONGEST = 2, 12
"""Characters of a short form in a line."""
_RUN = pattern(r"[^\W\d_]+")


def short_forms(line: str) -> Iterator[str]:
    """Whatever ends as units do, the longest first."""
    runs = _RUN.findall(line)
    for size in range(LONGEST, SHORTEST - 1, -1):
        pieces = (run[at : at + size] for run in runs for at in range(len(run) - size + 1))
        yield from (piece for piece in pieces if ends_like_a_unit(piece))


def with_code(line: str, name: str, code: str) -> str:
    """The code stands apart, and nothing of the name beside it."""
    ahead, _, behind = line.partition(name)
    return " ".join(f"{ahead} {code} {behind}".split())
