"""The rates on the measured lines: a guard against regressions on the first set, an estimate on the fresh one."""

import pytest

from benchmarks.messages import Case, Rates, Verdict, campaigns, cases, judge, measure


def failures(verdicts: list[Verdict]) -> str:
    return "\n".join(f"{v.case.text!r}: {v.intent} {v.slots}" for v in verdicts if not v.slots_right)


@pytest.fixture(scope="module")
def worked_upon() -> tuple[Rates, list[Verdict]]:
    return measure("messages")


@pytest.fixture(scope="module")
def of_another_author() -> tuple[Rates, list[Verdict]]:
    return measure("messages-m1")


@pytest.fixture(scope="module")
def fresh() -> tuple[Rates, list[Verdict]]:
    return measure("messages-fresh")


def test_the_sets_are_large_and_apart() -> None:
    worked, new = ({case.text for case in cases(name)} for name in ("messages", "messages-fresh"))
    assert len(worked) >= 300
    assert len(new) >= 80
    assert not worked & new


def test_the_lines_are_understood(
    worked_upon: tuple[Rates, list[Verdict]], of_another_author: tuple[Rates, list[Verdict]]
) -> None:
    for rates, verdicts in (worked_upon, of_another_author):
        assert rates.intent >= 0.97, failures(verdicts)
        assert rates.slots >= 0.93, failures(verdicts)


def test_the_fresh_lines_are_understood_as_when_they_were_measured(fresh: tuple[Rates, list[Verdict]]) -> None:
    rates, verdicts = fresh
    assert rates.intent >= 0.94, failures(verdicts)
    assert rates.slots >= 0.87, failures(verdicts)


def test_nothing_wrong_would_be_written(
    worked_upon: tuple[Rates, list[Verdict]],
    fresh: tuple[Rates, list[Verdict]],
    of_another_author: tuple[Rates, list[Verdict]],
) -> None:
    for _, verdicts in (worked_upon, fresh, of_another_author):
        assert [v.case.text for v in verdicts if v.wrong_write] == []


def test_a_line_takes_little_time(
    worked_upon: tuple[Rates, list[Verdict]], of_another_author: tuple[Rates, list[Verdict]]
) -> None:
    assert worked_upon[0].p99_ms <= 3
    assert of_another_author[0].p99_ms <= 3


def test_one_long_line_takes_little_time() -> None:
    """A message of the greatest length, made to be hard."""
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
        assert verdict.seconds < 0.5, text[:6]
