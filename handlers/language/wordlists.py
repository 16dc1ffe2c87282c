"""The words of a data file: one row each, fields apart by a tab, `# ` before what is only said about them.

A file is named by its package and its name: `understand/words` is `handlers/understand/data/words.tsv`.
`{a|b}` in a word stands for either, `{|a}` for a or nothing.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from pathlib import Path

_PACKAGES = Path(__file__).parents[1]
_CHOICE = re.compile(r"\{([^{}]*)\}")
HAN = "\u4e00-\u9fff"
ROOM = 8_192
"""So many forms a row may have; a longer list belongs in rows of its own."""


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a file in their order."""
    package, _, file = name.partition("/")
    lines = (_PACKAGES / package / "data" / f"{file}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("# "))


@cache
def words(name: str, kind: str) -> tuple[str, ...]:
    """The words of a file (`word · class`) that have one class."""
    return tuple(row[0] for row in rows(name) if row[1] == kind)


def forms(word: str) -> list[str]:
    """Every form that a row stands for. Raises `ValueError` where there are too many."""
    parts = _CHOICE.split(word)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    made = ["".join(each) for each in product(*choices)]
    if len(made) > ROOM:
        raise ValueError(f"{word}: {len(made)} forms; make rows of it")
    return [form for form in dict.fromkeys(made) if form]


def any_of(several: Iterable[str]) -> str:
    """An expression for any of several words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(several, key=len, reverse=True))


def limited(name: str, kind: str) -> str:
    """An expression for any word of one class of a file, the longest first.

    Beyond a word's class such a file says which characters (`*`: any of Chinese) may not stand behind it, for it then
    is another word, and which may all the same. `*` in a word stands for any Chinese character.
    """
    found = [(word, *row[2:]) for row in rows(name) if row[1] == kind for word in forms(row[0])]
    return "|".join(_limited(*each) for each in sorted(found, key=lambda each: -len(each[0])))


def _limited(word: str, never: str = "", but: str = "") -> str:
    expression = re.escape(word).replace(r"\*", f"[{HAN}]")
    if not never:
        return expression
    may = f"(?!{but})" if but else ""
    return f"{expression}(?!{may}[{HAN if never == '*' else never}])"
