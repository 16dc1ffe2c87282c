"""Words that press people to give, or shame who does not: nothing that is sent unasked may hold one.

Giving is voluntary (design §1). `data/pressing.tsv` is the list, with what to write instead.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from handlers.language.late import pattern
from handlers.language.text import normalise, squash
from handlers.language.unit_spelling import simplified
from handlers.language.wordlists import rows

_CLAUSE = pattern(r"[,。;!?\n]")
_DENIED = pattern(
    r"(?:(?:严禁|禁止|防止|杜绝|反对|拒绝|不得|不许|不准).{0,7}|(?:不要|不搞|不会|不能|不可|没有).{0,2}|不|不是|无|非|勿)$"
)


@dataclass(frozen=True, slots=True)
class Pressing:
    """A pressing word as it was said, and what to write in its place."""

    said: str
    instead: str


@dataclass(frozen=True, slots=True)
class _Row:
    expression: re.Pattern[str]
    deniable: bool
    instead: str


_ROWS = tuple(_Row(pattern(row[0]), row[1] == "unless denied", row[2]) for row in rows("language/pressing"))


def pressing_word(text: str) -> Pressing | None:
    """The first pressing word of a text, whatever spaces and signs stand in it; None where there is none.

    A denial reaches to the end of its clause.
    """
    clauses = [simplified(squash(clause)) for clause in _CLAUSE.split(normalise(text))]
    line, starts = "".join(clauses), [0, *accumulate(map(len, clauses))]
    found = []
    for row in _ROWS:
        for match in row.expression.finditer(line):
            clause = line[starts[bisect_right(starts, match.start()) - 1] : match.start()]
            if not (row.deniable and _DENIED.search(clause)):
                found.append((match.start(), Pressing(match[0], row.instead)))
    return min(found, key=lambda each: each[0])[1] if found else None
