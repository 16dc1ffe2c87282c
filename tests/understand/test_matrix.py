"""Mood × whose × when × direction: a line for each; only what is ours, of now, said and coming in is booked."""

from collections.abc import Iterator
from itertools import product

import pytest

from handlers.understand.verdicts import Book
from tests.understand.listening import books, claimed, weighed

MOODS = {
    "said": ("", ""),
    "goal": ("争取", ""),
    "if": ("要是", "就好了"),
    "question": ("", "吗？"),
    "denied": ("不是", ""),
    "rough": ("大约", ""),
    "compared": ("比昨天多", ""),
    "drill": ("彩排：", ""),
    "quoted": ("群里说", ""),
}
WHOSE = {"own": "我们学校", "part": "我们三班", "person": "我老公", "other": "隔壁二中", "larger": "全县"}
WHEN = {"now": "目前", "midnight": "截至5月7日24时", "day": "5月5日", "past": "去年"}
DIRECTIONS = {"in": "收到", "out": "上交"}
Told = tuple[str, str, str, str]


def lines() -> Iterator[tuple[Told, str]]:
    for told in product(MOODS, WHOSE, WHEN, DIRECTIONS):
        mood, whose, when, direction = told
        before, behind = MOODS[mood]
        yield told, f"{WHOSE[whose]}{WHEN[when]}{before}累计{DIRECTIONS[direction]}9300元{behind}"


def test_only_one_of_the_matrix_is_booked() -> None:
    booked = {told for told, line in lines() if books(line)}
    assert booked == {("said", "own", "now", "in"), ("said", "own", "midnight", "in")}


def test_the_lines_are_read_as_the_matrix_says() -> None:
    """The line is not booked for the reason that it was made for, and not for another."""
    for (mood, whose, when, direction), line in lines():
        others = [mood != "said", whose != "own", when not in ("now", "midnight"), direction != "in"]
        if sum(others) > 1:
            continue
        claim = claimed(line).claims[0]
        assert (claim.mood, claim.whose, claim.when, claim.direction) == (mood, whose, when, direction), line


@pytest.mark.parametrize(
    ("aside", "reason"),
    [
        ("目标15000元", "goal"),
        ("还差5700元", "goal"),
        ("比昨天多了300元", "compared"),
        ("去年8000元", "past"),
        ("上届才筹了7000元", "past"),
        ("隔壁二中8600元", "other"),
        ("他们队都11000了", "other"),
    ],
)
@pytest.mark.parametrize("line", ["现在我们累计9300元", "我们学校目前9300元，130人次"])
def test_what_is_set_aside_before_it_leaves_it_booked(aside: str, reason: str, line: str) -> None:
    verdict, alone = weighed(f"{aside}，{line}"), weighed(line)
    assert isinstance(verdict, Book)
    assert isinstance(alone, Book)
    assert verdict.readings == alone.readings
    assert [note.reason for note in verdict.notes] == [reason]
    assert verdict.notes[0].words in aside
