"""Several counts of items in one message, a line or a clause each; a header's task or region holds for all lines."""

import re
from dataclasses import dataclass, replace

from handlers.understand.cells import lines_in, unmarked
from handlers.understand.items import Items, read_items
from handlers.understand.normal import line_of
from storage.campaign_schema import Campaign

_CLAUSE = re.compile(r"[;。]|,(?!\d)")


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line of such a list; `place` counts from 1."""

    place: int
    typed: str
    said: Items


def read_count_list(campaign: Campaign, text: str) -> tuple[CountLine, ...]:
    """The lines that hold a number, where at least two count something; none in a campaign of money.

    A mark in front of a line is its place in the list. A clause counts something only beside the name of a task.
    """
    if campaign.progress != "items":
        return ()
    by_line = "\n" in text.strip()
    parts = lines_in(text) if by_line else _CLAUSE.split(line_of(text).text)
    if len(parts) < 2:
        return ()
    read = [(part, read_items(campaign, part)) for line in parts if (part := unmarked(line)[1])]
    header = [said for _, said in read if said.count is None and said.doubt is None]
    tasks = next((said.tasks for said in header if said.tasks), ())
    region = next((said.region for said in header if said.region), None)
    lines = tuple(
        CountLine(place, part, replace(said, tasks=said.tasks or tasks, region=said.region or region))
        for place, (part, said) in enumerate(((p, s) for p, s in read if s not in header), 1)
    )
    counting = sum(bool(line.said.tasks) or (by_line and line.said.measured) for line in lines)
    return lines if counting > 1 else ()
