"""The lines of a pasted message as a list may have them: marks apart from names, blocks joined, what is no line told.

Several forms beneath one another are a line each (`单位：…` `总额：…`), and so are names with their figures below them.
"""

import re

from handlers.language.text import squash
from handlers.understand.cells import cells_of, lines_in, role_of, unmarked, wide_cells, words_of
from handlers.understand.ear import Ear

_GLUED = re.compile(r"(\d{1,3})([^\W\d].*)")
_COLONS = ":："
LONGEST_NAME = 40
"""Characters of a line that may be nothing but a name."""
_LONGEST_EXAMPLE = 6


def list_lines(text: str, ear: Ear) -> list[str]:
    """The lines of a message, each of which may be a row of a list."""
    lines = _with_marks_apart([part for line in lines_in(text) for part in _without_call(line)])
    if not lines:
        return []
    return _with_blocks_joined(lines, [_begins_block(line, ear) for line in lines])


def calls(line: str) -> bool:
    """Whether a line holds the word that calls a list."""
    said = squash(line)
    return any(word in said for word in words_of("chain"))


def _without_call(line: str) -> list[str]:
    """A line in two where it begins with the word that calls a list: `#接龙 23. 三中 9,100元`."""
    head, _, rest = line.partition(" ")
    return [head, rest] if rest and role_of(head) == "chain" else [line]


def _with_marks_apart(lines: list[str]) -> list[str]:
    """The lines, of which those that bear the numbers 1, 2, 3 … glued to their names bear marks: `1昭通一中3200元`."""
    found = [_GLUED.match(line) for line in lines]
    numbers = [int(each[1]) for each in found if each]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return lines
    return [f"{each[1]}. {each[2]}" if each else line for each, line in zip(found, lines, strict=True)]


def _begins_block(line: str, ear: Ear) -> bool:
    """Whether a line says nothing but whose the figures in the lines below are: `单位：昭通一中`, `昭通一中`."""
    if _label(line) == "unit":
        return True
    if len(line) > LONGEST_NAME or any(mark in line for mark in _COLONS):
        return False
    roles = {cell.role for cell in cells_of(unmarked(line)[1], ear)}
    return "unit" in roles and roles <= {"unit", "person", "region", "project"}


def _with_blocks_joined(lines: list[str], begins: list[bool]) -> list[str]:
    """The lines, of which several blocks under one another (`单位：…` `总额：…` `人次：…`) are a line each."""
    followed = [begin and not after for begin, after in zip(begins, [*begins[1:], True], strict=False)]
    if sum(followed) < 2 or followed != begins:
        return lines
    first = begins.index(True)
    joined = lines[:first]
    for line, begin in zip(lines[first:], begins[first:], strict=True):
        if begin:
            joined.append(line)
        else:
            joined[-1] += f" {line}"
    return joined


def is_example(line: str) -> bool:
    _, rest = unmarked(line)
    ends = range(1, min(len(rest), _LONGEST_EXAMPLE))
    return any(role_of(rest[:end]) == "example" and not rest[end].isalnum() for end in ends)


def is_sum(rest: str) -> bool:
    first = next((cell for cell in wide_cells(rest) if squash(cell)), "")
    head = first.split(" ")[0]
    said = "".join(char for char in head.split(":")[0].split("：")[0] if not char.isdigit())
    return role_of(said) == "sum"


def is_labelled(rest: str) -> bool:
    """Whether a line begins with a label of a form: `单位：昭通一中`."""
    return _label(rest) not in ("", "example")


def without_label(rest: str) -> str:
    """A line without the label of its unit, where figures stand behind that: `队名：昭通机场 金额：3350元`."""
    if _label(rest) != "unit" or not any(char.isdigit() for char in rest):
        return rest
    return rest[min(place for colon in _COLONS if (place := rest.find(colon)) > 0) + 1 :]


def _label(line: str) -> str:
    """What the word ahead of a line's colon names; '' where none does."""
    at = min((place for colon in _COLONS if (place := line.find(colon)) > 0), default=0)
    return role_of(line[:at]) if at else ""
