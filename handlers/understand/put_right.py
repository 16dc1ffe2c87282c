"""One line of a pasted list with other figures, said by its number while the list waits: `第2条是950`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from handlers.language.numerals import DIGITS, read_numeral
from handlers.language.text import normalise
from handlers.language.wordlists import limited
from handlers.understand.cells import Cell, tokens_in
from handlers.understand.chain import Chain, Row
from handlers.understand.ear import Ear
from handlers.understand.mending import Part, mending_of
from handlers.understand.normal import line_of
from handlers.understand.tokens import Token, tokens_of

_LINE = re.compile(
    rf"(?:{limited('understand/answering', 'before a line')})([0-9{DIGITS}十]{{1,3}})"
    rf"(?:{limited('understand/answering', 'behind a line')})的?[,:、 ]*"
)


class PutRight(NamedTuple):
    """The line (from 1), and her figures as she typed them; '' where she leaves what stands."""

    place: int
    amount: str = ""
    gifts: str = ""


def line_put_right(text: str, ear: Ear) -> PutRight | None:
    """Which line of a list gets which figures; None where she names no line, or not one figure of a kind."""
    said = normalise(text)
    found = _LINE.match(said)
    place = read_numeral(found[1]) if found else None
    if found is None or not isinstance(place, Decimal):
        return None
    mending = mending_of(said[found.end() :], ear)
    told = [each for part in mending.figures("right") or mending.figures("said") for each in _told(part)]
    amounts = [text for text, counts in told if not counts]
    counted = [text for text, counts in told if counts]
    if not told or len(amounts) > 1 or len(counted) > 1:
        return None
    return PutRight(int(place), "".join(amounts), "".join(counted))


def with_line_put_right(chain: Chain, right: PutRight, ear: Ear) -> Chain | None:
    """The list of reports with these figures in that line; None where the line has not one figure in their place."""
    rows = list(chain.progress)
    amended = _amended(rows[right.place - 1], right, ear) if 0 < right.place <= len(rows) else None
    if amended is None:
        return None
    rows[right.place - 1] = amended
    return replace(chain, progress=tuple(rows))


def _told(part: Part) -> Iterator[tuple[str, bool]]:
    """The figures of a part as typed, and whether each is a count."""
    labelled = any(token.has("label", "gifts") for token in part.heads)
    for token in part.tokens:
        labelled = token.has("label", "gifts") if token.has("label") else labelled
        if labelled and token.is_figure("bare"):
            yield f"{token.text}人次", True
        elif token.is_value:
            yield token.text, token.is_figure("gifts")


def _amended(row: Row, right: PutRight, ear: Ear) -> Row | None:
    """The row with her amount in the place of its one amount, her count in that of its one count, or behind it."""
    cells = list(row.cells)
    tokens = [(place, token) for place, cell in enumerate(cells) for token in tokens_of(line_of(cell.text), ear)]
    values = [(place, token) for place, token in tokens if cells[place].told and token.is_value]
    counts = [value for value in values if value[1].is_figure("gifts")]
    amounts = [value for value in values if value not in counts]
    if not counts and len(amounts) == 2:
        amounts, counts = amounts[:1], amounts[1:]
    if (right.amount and len(amounts) > 1) or (right.gifts and len(counts) > 1):
        return None
    put = [(value, _measured(right.amount, value[1], ear)) for value in amounts if right.amount]
    put += [(value, right.gifts) for value in counts if right.gifts]
    rough = [each for each in tokens if cells[each[0]].role == "figures" and each[1].has("mood", "rough")]
    put += [(each, "") for each in rough if right.amount]
    for (place, token), text in sorted(put, key=lambda each: -each[0][1].start):
        line = line_of(cells[place].text).text
        cells[place] = replace(cells[place], text=f"{line[: token.start]}{text}{line[token.end :]}")
    added = [right.amount] if right.amount and not amounts else []
    added += [right.gifts] if right.gifts and not counts else []
    return replace(row, cells=(*cells, *(Cell(text, "figures", told=True) for text in added)))


def _measured(amount: str, old: Token, ear: Ear) -> str:
    """Her amount, in yuan where she names no unit in the place of one that does: no 万 of the list multiplies it."""
    [said] = tokens_in(amount, ear)
    return f"{amount}元" if said.is_figure("bare") and old.is_figure("money") else amount
