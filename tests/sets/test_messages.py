"""The rates on the measured lines, as `make bench` prints them, and on the sets written without sight of the code.

A guard against regressions, not a reach: each floor is a little below what was measured when it was set.
"""

import pytest

from benchmarks import effects
from benchmarks.messages import SETS, Case, Judged, Rates, campaigns, cases, judge, measure

WORKED = effects.BLIND.parent / "worked"
LEAST = {
    "messages": (0.97, 0.94, 0.80),
    "messages-fresh": (0.96, 0.94, 0.79),
    "messages-m1": (0.97, 0.95, 0.85),
    "messages-m2": (0.97, 0.95, 0.82),
    "messages-m3": (0.96, 0.93, 0.69),
}
"""Shares of intents, of slots, and of clear reports booked at once."""
BOOKED = {
    "r1": 94,
    "r2": 87,
    "r3": 88,
    "r4": 78,
    "r5": 91,
    "r6": 93,
    "r7": 85,
    "r8": 83,
    "r9": 87,
    "r10": 85,
    "r11": 87,
    "r12": 88,
    "r13": 89,
    "r14": 92,
    "r15": 92,
    "r16": 91,
    "r17": 87,
    "r18": 94,
    "r19": 86,
    "r20": 86,
    "r21": 88,
    "r22": 70,
    "r23": 83,
}
"""Of a hundred reports of a blind set so many are booked at once and right."""


@pytest.fixture(scope="module", params=SETS)
def measured(request: pytest.FixtureRequest) -> tuple[str, Rates, list[Judged]]:
    return (request.param, *measure(request.param))


def failures(judged: list[Judged]) -> str:
    return "\n".join(f"{each.case.text!r}: {each.intent} {each.slots}" for each in judged if not each.slots_right)


def test_the_sets_are_large_and_apart() -> None:
    texts = [case.text for name in SETS for case in cases(name)]
    assert len(texts) >= 1400
    assert len(set(texts)) >= len(texts) - 20, "some words alone stand in several"


def test_the_lines_are_understood(measured: tuple[str, Rates, list[Judged]]) -> None:
    name, rates, judged = measured
    intent, slots, booked = LEAST[name]
    assert rates.intent >= intent, failures(judged)
    assert rates.slots >= slots, failures(judged)
    assert rates.booked >= booked, failures(judged)
    assert rates.refused <= 0.04, failures(judged)


def test_nothing_wrong_would_be_written(measured: tuple[str, Rates, list[Judged]]) -> None:
    _, _, judged = measured
    assert [each.case.text for each in judged if each.wrong_write] == []


@pytest.mark.parametrize("name", effects.REPORTS)
def test_a_blind_set_of_reports(name: str) -> None:
    lines = list(effects.reports(name))
    assert len(lines) == 100
    found = effects.measure(lines)
    assert [line.text for line in found.get("wrong", [])] == []
    assert len(found["booked"]) >= BOOKED[name]


@pytest.mark.parametrize("name", effects.NOT_BOOKED)
def test_a_blind_set_of_lines_that_must_not_be_booked(name: str) -> None:
    lines = list(effects.not_booked(name))
    assert len(lines) >= 100
    assert [line.text for line in effects.measure(lines).get("wrong", [])] == []


@pytest.mark.parametrize(("name", "booked"), [("r1", 76), ("r2", 75), ("r3", 79), ("r4", 85)])
def test_reports_by_strangers_that_were_worked_upon(name: str, booked: int) -> None:
    found = effects.measure(list(effects.reports(name, WORKED)))
    assert [line.text for line in found.get("wrong", [])] == []
    assert len(found["booked"]) >= booked


@pytest.mark.parametrize("name", ["n1", "n2", "n3", "n4"])
def test_lines_by_strangers_that_must_not_be_booked(name: str) -> None:
    assert [line.text for line in effects.measure(list(effects.not_booked(name, WORKED))).get("wrong", [])] == []


def test_one_long_line_holds_nobody_up() -> None:
    """A message of the greatest length, made to be hard, takes less than half the handler's deadline of CPU."""
    campaign = campaigns()["zhaotong-2024"]
    for text in (
        "不是" * 1000,
        "是3" * 600,
        "昨天那条" * 400,
        "1万2千" * 400,
        "累计，" * 600,
        "错了是" * 600,
        "好的" * 900,
        "3200，不对，" * 200,
    ):
        judged = judge(campaign, Case(campaign.id, text, ("unknown",), {}))
        assert judged.seconds < 2, text[:6]
