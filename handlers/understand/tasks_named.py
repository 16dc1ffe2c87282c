"""Which tasks of the campaign a line may be about: by their words, or by their number in the file."""

import re
from decimal import Decimal
from itertools import pairwise

from handlers.language.numerals import DIGITS, read_numeral
from handlers.understand.counting import pieces_of
from storage.campaign_extras import Task
from storage.campaign_schema import Campaign

_MARK = re.compile(rf"^ ?([1-9])(?:[、)]|\.(?!\d)|:(?!\d)|(?P<bare> )) *(?=.*[\d{DIGITS}十])")
"""`4、宣传工作方案 1份`: the place in a list, or in the file where no name follows."""
_LEAST_SHARED = 2


def named_tasks(campaign: Campaign, said: str) -> tuple[tuple[Task, ...], str, str]:
    """The tasks that a line may be about, a range that was taken for a task's number, and what else the line says."""
    place, said = _ordinal(said)
    mark = _MARK.match(said)
    unmarked = said[mark.end() :] if mark else said
    if fitting := _fitting(campaign, said):
        told = said if mark is None or mark["bare"] else unmarked
        named = _at(campaign, place)
        tasks = dict.fromkeys((*named, *_fitting(campaign, told)))
        covered = set().union(*(_covered(task, told) for task in fitting))
        return tuple(task for task in campaign.tasks if task in tasks), "", _without(told, covered)
    if place:
        return _at(campaign, place), "", said
    if mark is None:
        return (), "", said
    number = next((piece for piece in pieces_of(unmarked)[:1] if piece.has("number")), None)
    value = number.value if number else None
    rising = isinstance(value, Decimal) and value > int(mark[1])
    return _at(campaign, mark[1]), said if rising else "", unmarked


def _ordinal(said: str) -> tuple[str, str]:
    """The number of a task at the head of a line (`第二项`, `任务4`), '' for none, and the rest."""
    pieces = [piece for piece in pieces_of(said) if piece.text != " "]
    if len(pieces) < 2 or not pieces[0].has("nth") or not pieces[1].has("number"):
        return "", said
    behind = pieces[2] if len(pieces) > 2 else None
    placed = behind is not None and behind.has("place")
    if pieces[0].text == "第" and not placed:
        return "", said
    end = behind.end if behind is not None and placed else pieces[1].end
    return pieces[1].text, said[end:].lstrip(" 、.,:")


def _at(campaign: Campaign, place: str) -> tuple[Task, ...]:
    """The task with this number in the file."""
    number = read_numeral(place) if place else None
    return campaign.tasks[int(number) - 1 : int(number)] if isinstance(number, Decimal) and number >= 1 else ()


def _fitting(campaign: Campaign, said: str) -> list[Task]:
    """The tasks whose names share words with the line.

    One that explains less of it than another is left out, unless its whole name stands there; where two explain as
    much, the one whose whole name stands there is meant.
    """
    plain = [piece.text for piece in pieces_of(said) if not piece.has("number", "measure", "gap")]
    bare = "".join(text for text in plain if text not in ("了", "的"))
    covers = [(task, _covered(task, said), task.name in bare) for task in campaign.tasks]
    shared = [one for one in covers if len(one[1]) > _LEAST_SHARED]
    return [
        task
        for task, cover, whole in shared
        if not any(
            (cover < other and named >= whole) or (cover == other and named > whole) for _, other, named in shared
        )
    ]


def _covered(task: Task, said: str) -> set[int]:
    """The places of a line whose characters stand side by side in the task's name too."""
    pairs = set(pairwise(task.name))
    return {place for at, pair in enumerate(pairwise(said)) if pair in pairs for place in (at, at + 1)}


def _without(said: str, places: set[int]) -> str:
    return "".join(" " if place in places else char for place, char in enumerate(said))
