"""What an earlier primary holds that the database of now does not: the writes that no replica had when it took over."""

from collections.abc import Iterator

from storage.ledger import Entry, Ledger, entry_of
from storage.ledger_files import Line


def left_behind(campaign: str, earlier: Ledger, now: Ledger) -> Iterator[Entry]:
    """The entries of the earlier ledger that the present one has not, or has otherwise, oldest first."""
    present = now.lines(campaign)
    line = next(present, None)
    for kept in earlier.lines(campaign):
        while line is not None and _place(line) < _place(kept):
            line = next(present, None)
        if line != kept:
            yield entry_of(*kept)


def _place(line: Line) -> tuple[int, int]:
    milliseconds, _, number = line[0].partition("-")
    return int(milliseconds), int(number)
