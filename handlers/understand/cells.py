"""A line of a pasted list taken apart: its mark, its cells, and what each cell is by its words.

Cells are parted by tabs, several blanks or bars, and where a line has none of these by its blanks, commas and dashes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from handlers.language.numerals import DIGITS
from handlers.language.text import normalise, squash
from handlers.language.wordlists import forms, rows
from handlers.understand.ear import Ear
from handlers.understand.normal import line_of
from handlers.understand.tokens import Token, tokens_of

Role = Literal["unit", "maybe", "person", "region", "project", "aside", "figures"]
"""What a cell is: a unit's name, what may be one, a person, a place, a project, no part of a report, or the rest."""

_HAN_NUMBERS = f"{DIGITS}十"
_MARK = re.compile(
    r"\(?(\d{1,3})(?:[、)]|[.:](?!\d)|,(?=\D)|(?= )|(?=\t))[ \t]*"
    rf"|\(?([{_HAN_NUMBERS}]{{1,3}})(?:[、)]|\.(?!\d))[ \t]*"
)
_LINE_END, _PART_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]"), re.compile("[;；]")
_WIDE = re.compile(r"\t| {2,}|\s*[|｜]\s*")
_NARROW = re.compile(
    r"[ ;]+|(?<=\.\d\d):(?=\d)|(?<=\d)[、](?=\d)|(?<!\d)[,、:]+|[,、:](?!\d)"
    r"|(?<=[^\s\d])[-–—~]+(?=\S)|(?<=\d)[-–—]+(?=[^\d\s])"
)
_JOINT = re.compile(rf"(?<=[^\W\d])[-–—=+](?=[\d{_HAN_NUMBERS}])")
"""What stands between a name and its figure, and parts the figures as well."""
_COMMA = "，"
_ACTING = ("kind", "label", "channel", "when", "mood", "turn", "direction", "what", "relation", "nothing")
"""Classes of words that say something of a figure, and so are no part of a name."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line, as read, and what it is. `told`: whether a figure of a report stands in it."""

    text: str
    role: Role
    told: bool = False


@cache
def columns() -> dict[str, str]:
    """What a column or the head of a line is called, and what stands there."""
    return {squash(form): role for word, role in rows("understand/columns") for form in forms(word) if squash(form)}


@cache
def words_of(role: str) -> tuple[str, ...]:
    """The words of one role."""
    return tuple(word for word, other in columns().items() if other == role)


def role_of(name: str) -> str:
    """What stands under a name, or behind it; '' where it names no column of names or of others' figures."""
    return columns().get(squash(name), "")


def lines_in(text: str) -> list[str]:
    """The lines of a message that say something, as typed but for their ends; of a single line its parts."""
    lines = [line.strip(" ") for line in _LINE_END.split(text) if squash(line)]
    return lines if len(lines) != 1 else [part.strip(" ") for part in _PART_END.split(lines[0]) if squash(part)]


def unmarked(line: str) -> tuple[str, str]:
    """The mark at the head of a line (`1.`, `1、`, `①`, `1️⃣`, a number and a blank), '' for none; and the rest."""
    plain = _one_form(line)
    found = _MARK.match(plain)
    if found is None:
        return "", plain
    rest = plain[found.end() :]
    counts = found[0].rstrip(" \t").isdigit() and (not rest or not _names(rest[0]))
    return ("", plain) if counts else (found[1] or found[2], rest)


def wide_cells(line: str) -> list[str]:
    """The cells between tabs, several blanks or bars, empty ones included; the line itself where it has none."""
    return [cell.strip() for cell in _WIDE.split(line.strip(" |｜"))]


def narrow_cells(line: str) -> list[str]:
    """The pieces between blanks, commas and dashes.

    Between digits a comma parts them only where it is of full width and the line has others, a dash or `=` only where
    another stands behind the name: `石坎村-2745-41`.
    """
    apart = line.count(_COMMA) > 1 or (_COMMA in line and "," in line)
    plain = normalise(line.replace(_COMMA, " ") if apart else line)
    joint = _JOINT.search(plain)
    if joint and plain.count(joint[0]) > 1:
        plain = plain.replace(joint[0], " ")
    return [piece for piece in _NARROW.split(plain) if squash(piece)]


def cells_of(line: str, ear: Ear) -> list[Cell]:
    """The cells of a line without columns, a unit's name apart from the figures that are glued to it."""
    pieces = [piece for cell in wide_cells(line) if squash(cell) for piece in narrow_cells(cell)]
    cells: list[Cell] = []
    for piece in pieces:
        for cell in _taken_apart(piece, ear):
            behind = cell.role == "maybe" and any(other.told for other in cells)
            cells.append(Cell(cell.text, "figures", cell.told) if behind else cell)
    return cells


def tokens_in(text: str, ear: Ear) -> tuple[Token, ...]:
    """The tokens of a cell, without gaps."""
    return tuple(token for token in tokens_of(line_of(text), ear) if token.kind != "gap")


def _one_form(line: str) -> str:
    """A line in one form, its tabs and runs of blanks kept."""
    parts = re.split(r"(\t| {2,}|，)", line)
    return "".join(part if place % 2 else normalise(f"^{part}$")[1:-1] for place, part in enumerate(parts)).lstrip(" ")


def _names(char: str) -> bool:
    return char.isalpha() or char in '#(（《“"'


def _taken_apart(piece: str, ear: Ear) -> list[Cell]:
    """A piece as one cell, or as two: a unit's name, and what is glued behind it."""
    tokens = tokens_in(piece, ear)
    if not tokens:
        return []
    end = _end_of_name(tokens)
    text = line_of(piece).text
    if end and (end == len(tokens) or len(text) - tokens[end].start == 1):
        return [Cell(piece, "unit")]
    if end:
        at = tokens[end].start
        return [Cell(text[:at].strip(" :,、-="), "unit"), _cell(text[at:], tokens[end:])]
    return [_cell(piece, tokens)]


def _end_of_name(tokens: Sequence[Token]) -> int:
    """How many tokens at the head are a unit's name: up to the last ending ahead of money and words of a report."""
    end = 0
    for place, token in enumerate(tokens):
        if token.kind in ("own", "unit") or token.has("ending"):
            end = place + 1 if place or len(token.text) > 1 else 0
        elif token.is_figure("money", "gifts") or token.has("kind", "total", "day", "increment", "again"):
            break
    if end and tokens[end : end + 1] and tokens[end].kind == "open":
        close = next((n for n in range(end, len(tokens)) if tokens[n].kind == "close"), 0)
        inside = tokens[end + 1 : close]
        end = close + 1 if inside and not any(token.is_value for token in inside) else end
    return end


def _cell(piece: str, tokens: Sequence[Token]) -> Cell:
    kinds = {token.kind for token in tokens}
    if kinds <= {"person"} or (tokens[0].kind == "person" and all(token.has("title") for token in tokens[1:])):
        return Cell(piece, "person")
    if kinds <= {"name"} and tokens[0].name != "campaign":
        return Cell(piece, "project" if tokens[0].name == "project" else "region")
    telephone = any(token.is_figure("telephone") for token in tokens)
    if (telephone and len(tokens) == 1) or role_of(piece) in ("person", "aside", "project"):
        return Cell(piece, "aside")
    measured = any(token.is_figure("money", "gifts") for token in tokens)
    if not measured and any(char.isalpha() for char in piece) and _may_be_name(tokens):
        return Cell(piece, "maybe")
    return Cell(piece, "figures", any(token.is_value for token in tokens))


def _may_be_name(tokens: Sequence[Token]) -> bool:
    """Whether a piece without money may be a name: unknown words, an ending, a place or a number with a word behind."""
    if any(token.kind in ("unknown", "unit", "own") or token.has("ending") for token in tokens):
        return True
    acting = [t for t in tokens if any(t.has(kind) for kind in _ACTING) and not t.has("kind", "lightly")]
    plain = not acting and not tokens[-1].figure
    return plain and (tokens[0].kind == "name" or any(token.figure for token in tokens))
