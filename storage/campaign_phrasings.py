"""`phrasings.tsv`: how people ask for the entries of a rulebook, one phrasing a line: id, a tab, the words."""

from collections.abc import Iterator
from dataclasses import dataclass

Phrasings = dict[str, tuple[str, ...]]
"""Id of an entry → its phrasings, in the order of the file. A choice shows an entry by the first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One phrasing and where it stands, counted from 1."""

    number: int
    entry: str
    words: str


def parse(text: str) -> Iterator[Line | str]:
    """The lines of a file, and instead of one that cannot be used what is wrong with it. `#` begins a remark."""
    said: dict[str, Line] = {}
    for number, written in enumerate(text.splitlines(), 1):
        if not written.strip() or written.startswith("#"):
            continue
        if wrong := _wrong(written):
            yield f"line {number}: {wrong}"
            continue
        entry, words = (part.strip() for part in written.split("\t"))
        line = Line(number, entry, words)
        first = said.setdefault(words, line)
        if first is line:
            yield line
        else:
            yield f"line {number}: {words!r} stands in line {first.number} under {first.entry!r}; keep one of them"


def _wrong(written: str) -> str:
    """What is wrong with a line's form, and its mend; nothing where it is an id, a tab and words."""
    parts = written.split("\t")
    if len(parts) == 1:
        return "no tab; write the entry's id, a tab, and the phrasing"
    if len(parts) > 2:
        return "more than one tab; write one phrasing a line"
    missing = [name for name, part in zip(("id", "phrasing"), parts, strict=True) if not part.strip()]
    return f"the {missing[0]} is missing; write id, a tab, and the phrasing" if missing else ""


def by_entry(lines: list[Line]) -> Phrasings:
    """The phrasings of each entry."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        found[line.entry] = (*found.get(line.entry, ()), line.words)
    return found
