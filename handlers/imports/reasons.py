"""Why a table or a row is not taken, for who reads Chinese: each reason of the command line has its line in a table."""

import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("reasons.tsv")
BETWEEN = " / "
"""Stands between the reasons of several shapes of a table."""


def in_chinese(reason: str) -> str:
    """A reason as the console tells it; of several, each that says something else."""
    told = dict.fromkeys(_one(each) for each in reason.split(BETWEEN))
    return "；".join(told)


def is_told(template: str) -> bool:
    """Whether a reason, with `{}` where a value stands, has its line."""
    return any(pattern.fullmatch(template) for pattern, _ in _table())


def _one(reason: str) -> str:
    for pattern, told in _table():
        if found := pattern.fullmatch(reason):
            return told.format(*found.groups())
    return reason


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    return tuple((re.compile("(.+)".join(map(re.escape, reason.split("{}")))), told) for reason, told in rows)
