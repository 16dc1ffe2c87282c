"""The words of a data file in `data/`: one row each, fields apart by a tab, `#` before what is only said about them."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/<name>.tsv` in their order."""
    lines = (_DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str, kind: str) -> tuple[str, ...]:
    """The words of a file (`word · class`) that have one class."""
    return tuple(row[0] for row in rows(name) if row[1] == kind)


def any_of(several: Iterable[str]) -> str:
    """An expression for any of several words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(several, key=len, reverse=True))
