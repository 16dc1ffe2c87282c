"""How the five rulebooks answer the questions of `tests/data/`, which are apart from the phrasings in the files.

A regression guard, not an estimate: what each set gave when it was first asked stands at its head.
`python -m benchmarks.questions` prints the figures.
"""

import re
from itertools import chain
from pathlib import Path

import pytest

from benchmarks.questions import SETS, Case, book_of, measure, read
from handlers.rulebook.phrasing import plain
from handlers.rulebook.questions import Found
from storage.campaign_files import load

CAMPAIGNS = {c.id: c for c in map(load, (Path(__file__).parents[2] / "campaigns").glob("*-20*"))}
OWN, *TUNED_ON, ONCE = (list(read(path)) for path in SETS.values())


def test_the_sets_are_large_and_of_all_five() -> None:
    assert len(OWN) >= 150
    assert all(len(cases) >= 60 for cases in (*TUNED_ON, ONCE))
    assert all({case.campaign for case in cases} == set(CAMPAIGNS) for cases in (OWN, *TUNED_ON, ONCE))
    assert sum(not case.entries for case in OWN) >= 40


def test_the_entries_exist() -> None:
    for case in chain(OWN, *TUNED_ON, ONCE):
        assert case.entries <= {rule.id for rule in CAMPAIGNS[case.campaign].rulebook}, case


def test_few_questions_are_phrasings_themselves() -> None:
    """Somebody may type exactly what stands in a file; the figures must not come from that."""
    phrasings = {cid: {plain(q) for rule in c.rulebook for q in rule.questions} for cid, c in CAMPAIGNS.items()}
    for cases in (OWN, *TUNED_ON, ONCE):
        assert sum(plain(case.question) in phrasings[case.campaign] for case in cases) <= 0.01 * len(cases)


def test_no_choice_proposes_what_is_forbidden() -> None:
    """An entry that declines is offered by its first phrasing: a question whether something may be done."""
    declining = [rule for campaign in CAMPAIGNS.values() for rule in campaign.rulebook if rule.topic == "refuse"]
    assert len(declining) >= 5 * len(CAMPAIGNS)
    assert [rule.questions[0] for rule in declining if not re.search("^能.+吗$|可以吗$", rule.questions[0])] == []


@pytest.mark.parametrize(
    ("campaign", "question", "entry"),
    [
        ("ezhou-2023", "什么时候结束", "dates"),
        ("ezhou-2023", "志愿者时长怎么登记", "volunteer"),
        ("ezhou-2023", "我捐的钱去哪了", "use"),
        ("suining-2023", "志愿者时长怎么登记", "system"),
        ("erqi-2020", "志愿者时长怎么登记", "volunteer-signup"),
        ("sichuan-2024", "活动什么时候结束", "dates"),
        ("sichuan-2024", "多少项目参加了", "admission"),
        ("zhaotong-2024", "活动什么时候结束", "matching-days"),
        ("zhaotong-2024", "捐了没收到短信", "payment"),
        ("zhaotong-2024", "孩子们没钱捐 老师非要收 20 怎么办", "forced"),
    ],
)
def test_asked_at_the_door(campaign: str, question: str, entry: str) -> None:
    found = book_of(campaign).ask(question)
    assert isinstance(found, Found)
    assert found.rule.id == entry


def test_own_set() -> None:
    rates = measure(OWN)
    assert rates.right_first >= 0.95
    assert rates.wrong <= 0.02
    assert rates.declined >= 0.95


@pytest.mark.parametrize("cases", TUNED_ON)
def test_questions_of_others(cases: list[Case]) -> None:
    """What is wanted, reached on sets that were tuned on; an unanswerable with a choice counts as declined."""
    rates = measure(cases)
    assert rates.right_first >= 0.95
    assert rates.wrong <= 0.02
    assert rates.declined >= 0.95


def test_questions_asked_once() -> None:
    """Below what is wanted: a floor under what strangers may expect."""
    rates = measure(ONCE)
    assert rates.right_first >= 0.90
    assert rates.wrong <= 0.025
    assert rates.declined >= 0.95


def test_the_set_the_four_files_were_written_with() -> None:
    rates = measure(list(read(Path(__file__).parent / "questions_four.tsv")))
    assert rates.right_first >= 0.95
    assert rates.wrong <= 0.02
    assert rates.declined >= 0.95
