"""The rates on the measured lines: a guard against regressions on the first set, an estimate on the fresh one."""

import pytest

from benchmarks.messages import SETS, Case, Rates, Verdict, campaigns, cases, judge, measure


def failures(verdicts: list[Verdict]) -> str:
    return "\n".join(f"{v.case.text!r}: {v.intent} {v.slots}" for v in verdicts if not v.slots_right)


@pytest.fixture(scope="module", params=SETS)
def measured(request: pytest.FixtureRequest) -> tuple[str, Rates, list[Verdict]]:
    return (request.param, *measure(request.param))


def test_the_sets_are_large_and_apart() -> None:
    texts = [case.text for name in SETS for case in cases(name)]
    assert len(texts) >= 1400
    assert len(set(texts)) >= len(texts) - 20, "some words alone stand in several"


MEASURED_ONCE = {"messages-fresh": (0.94, 0.87), "messages-m3": (0.97, 0.92)}
"""Sets that were not worked upon, with the least that they gave of intents and slots."""


def test_the_lines_are_understood(measured: tuple[str, Rates, list[Verdict]]) -> None:
    name, rates, verdicts = measured
    intent, slots = MEASURED_ONCE.get(name, (0.97, 0.93))
    assert rates.intent >= intent, failures(verdicts)
    assert rates.slots >= slots, failures(verdicts)


def test_nothing_wrong_would_be_written(measured: tuple[str, Rates, list[Verdict]]) -> None:
    _, _, verdicts = measured
    assert [v.case.text for v in verdicts if v.wrong_write] == []


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
        verdict = judge(campaign, Case(campaign.id, text, ("unknown",), {}))
        assert verdict.seconds < 2, text[:6]
