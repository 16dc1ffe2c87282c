"""What is wanted that writes nothing, on the sets of `benchmarks.wants`: a guard against regressions, not a reach."""

from collections import Counter

import pytest

from benchmarks.wants import UNMENDED, WANTS, ear, invented, lines, outcome
from handlers.understand.mended import Retraction
from handlers.understand.reading import read
from handlers.understand.readings import Report, Unsure, intent_of


@pytest.mark.parametrize("name", sorted(WANTS.keys() - UNMENDED))
def test_wants_are_met_or_offered(name: str) -> None:
    found = Counter(map(outcome, lines(name)))
    assert found["met"] >= 0.91 * found.total(), found
    assert found["met"] + found["offered"] >= 0.96 * found.total(), found
    assert found["wrong"] <= 0.04 * found.total(), found


@pytest.mark.parametrize(("name", "most"), [("q2", 1), ("q3", 5)])
def test_hardly_a_question_is_answered_beside_the_point(name: str, most: int) -> None:
    assert len(invented(name)) <= most + 1, invented(name)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("方才撤下的那一笔我还要", "restore"),
        ("距门槛还差几多块，我们队", "team"),
        ("教育口里头排一排座次", "rank"),
        ("通报出来了自动寄我一份", "subscribe"),
    ],
)
def test_lines_of_kinds_that_were_missed(said: str, intent: str) -> None:
    reading = read(said, ear())
    assert intent in ((reading.first, reading.second) if isinstance(reading, Unsure) else (intent_of(reading),)), (
        reading
    )


@pytest.mark.parametrize("said", ["捐出去的能撤回不", "方才的别去管它"])
def test_words_of_taking_back_alone_take_nothing_back(said: str) -> None:
    assert not isinstance(read(said, ear()), Retraction)


def test_a_gap_that_is_asked_for_is_no_report() -> None:
    assert not isinstance(read("我们离三千还差几多", ear()), Report)
