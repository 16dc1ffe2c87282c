"""What holds of every message: nothing is dropped, nothing unknown is booked, a turn turns, time is linear."""

from itertools import product
from time import thread_time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understand.attributes import Direction, Mood, What, Whose
from handlers.understand.claim import Row, policy, ruled
from handlers.understand.lexicon import lexicon
from handlers.understand.moments import When
from handlers.understand.normal import line_of
from handlers.understand.reading import read
from handlers.understand.readings import Report
from handlers.understand.tokens import tokens_of
from handlers.understand.verdicts import Book
from tests.understand.listening import books, claimed, team_and_ear, weighed, words_of

BOOKED = [
    ("", "累计9300元"),
    ("", "累计9300元 130人次"),
    ("", "今天新增300元"),
    ("", "又筹了300元，5人次"),
    ("", "现在9300"),
    ("我们学校", "累计9300元"),
    ("", "线下又收了300元"),
    ("截至19点，", "累计9300元"),
]
"""Lines that are booked: where a word is put in between, and the rest."""
ONE = frozenset({"拟捐款", "拟筹款", "努力到"})
"""Words that make other words with what stands behind them here (捐款累计)."""
MARKS = "，。、？！：（）\n 蓝猫泡魍"
OTHERS = ("9300元", "300", "130人次", "5月7日", "18:30", "0001", "1.5万", "昭阳区", "二中")
PIECES = st.sampled_from([*sorted(lexicon().senses), *OTHERS, *MARKS])


def acting(kind: str, value: str) -> list[str]:
    """Words of a class that act wherever they stand: a single character may be part of a tale."""
    return [
        word
        for word in words_of(kind, value)
        if len(word) > 1
        and word not in ONE
        and not any(s.kind == "say" or s == ("whose", "own") for s in lexicon().senses[word])
    ]


@pytest.fixture(autouse=True, scope="module")
def _opened() -> None:
    """What is made once of a campaign, and the trained opinion, stand before any of these lines is timed."""
    read("为什么要捐款啊？", team_and_ear()[1])


def test_the_lines_are_booked() -> None:
    assert [line for line in BOOKED if not books("".join(line))] == []


@given(st.text(max_size=120) | st.lists(PIECES, max_size=25).map("".join))
def test_every_character_stands_in_exactly_one_token(text: str) -> None:
    _, ear = team_and_ear()
    line = line_of(text)
    tokens = tokens_of(line, ear)
    assert "".join(token.text for token in tokens) == line.text
    assert [token.start for token in tokens] == [0, *(token.end for token in tokens)][: len(tokens)]
    assert not tokens or tokens[-1].end == len(line.text)


@given(st.text(max_size=200) | st.lists(PIECES, max_size=25).map("".join))
def test_reading_never_raises(text: str) -> None:
    _, ear = team_and_ear()
    assert read(text, ear)


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_what_is_booked_is_understood(text: str) -> None:
    """No unknown run stands in the clause of a figure that is booked, no clause is unknown, nothing turns it."""
    claims = claimed(text)
    if not isinstance(weighed(text), Book):
        return
    assert not claims.turns
    assert not claims.unknown
    kept = [claim for claim in claims.claims if ruled(claim).outcome in ("book", "midnight")]
    assert kept
    for claim in kept:
        strange = [t.text for t in claims.tokens if t.kind == "unknown" and claim.start <= t.start < claim.end]
        assert strange == [], text
        assert not claim.doubt


@pytest.mark.parametrize(
    ("kind", "value"), [("mood", "goal"), ("whose", "other"), ("when", "past"), ("direction", "out")]
)
def test_a_word_against_it_in_its_clause_keeps_a_figure_from_being_booked(kind: str, value: str) -> None:
    words = acting(kind, value)
    assert len(words) > 40
    assert [f"{head}{word}{rest}" for word in words for head, rest in BOOKED if books(f"{head}{word}{rest}")] == []


@given(st.sampled_from(words_of("turn")), st.sampled_from(BOOKED), st.booleans())
def test_a_turning_clause_turns_every_claim_before_it_and_behind_it(
    word: str, line: tuple[str, str], before: bool
) -> None:
    text = "".join(line)
    assert not books(f"{word}，{text}" if before else f"{text}，{word}")


@given(st.sampled_from(words_of("mood", "goal")), st.sampled_from(BOOKED))
def test_an_aim_before_it_leaves_it_booked(word: str, line: tuple[str, str]) -> None:
    text = "".join(line)
    verdict, alone = weighed(f"{word}15000元，{text}"), weighed(text)
    assert isinstance(verdict, Book)
    assert isinstance(alone, Book)
    assert verdict.readings == alone.readings


@given(
    st.sampled_from(sorted({*words_of("say", "courtesy")} - {*words_of("correct")})),
    st.sampled_from(BOOKED),
    st.booleans(),
)
def test_a_courtesy_changes_nothing(word: str, line: tuple[str, str], before: bool) -> None:
    text = "".join(line)
    assert weighed(f"{word}，{text}" if before else f"{text}，{word}") == weighed(text)


def combinations() -> list[tuple[str, ...]]:
    return list(product(*(get_args(each) for each in (Whose, When, Mood, Direction, What))))


def holds(row: Row, told: tuple[str, ...]) -> bool:
    return all(fits in ("*", said) for fits, said in zip(row.fits, told, strict=True))


def test_the_table_is_total_and_every_row_of_it_is_needed() -> None:
    first = {told: next((row for row in policy() if holds(row, told)), None) for told in combinations()}
    assert [told for told, row in first.items() if row is None] == []
    assert [row for row in policy() if row not in first.values()] == []
    written = {told for told, row in first.items() if row and row.outcome in ("book", "midnight")}
    assert written == {("own", "now", "said", "in", "yuan"), ("own", "midnight", "said", "in", "yuan")}


@pytest.mark.parametrize("row", policy(), ids=lambda row: row.reason)
def test_the_negative_example_of_a_row_is_not_booked_and_is_of_that_row(row: Row) -> None:
    before = "9000/120@07"
    assert row.example
    if row.outcome == "midnight":
        assert weighed(row.example, before) != weighed(row.example.replace("5月6日", "5月7日"), before)
        assert books(row.example.replace("5月6日", "5月7日"), before)
    assert not books(row.example, before)
    if row.outcome in ("ask", "aside", "explain") and row.reason != "unclear":
        reasons = [ruled(claim).reason for claim in claimed(row.example).claims] + (
            ["drill", "unclear"] if claimed(row.example).turns else []
        )
        assert row.reason in reasons


@pytest.mark.parametrize(
    "piece",
    ["累计9300元，", "昭通市第三中学", "的", "一二三四五", "蓝猫泡", "5月7日", "我们学校三年级二班累计", "1.5万 "],
)
def test_reading_time_is_linear_in_length(piece: str) -> None:
    """5,000 characters take no more than some three times what half of them take, and less than two seconds."""
    _, ear = team_and_ear()

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        taken = []
        for _ in range(3):
            started = thread_time()
            read(text, ear)
            taken.append(thread_time() - started)
        return min(taken)

    seconds(500)
    half, whole = seconds(2500), seconds(5000)
    assert whole < 3 * half + 0.05
    assert whole < 2


def test_a_report_says_what_nobody_understood() -> None:
    _, ear = team_and_ear()
    reading = read("累计9300元蓝猫泡", ear)
    assert isinstance(reading, Report)
    assert not reading.whole
    assert reading.claims.claims[0].strange == ("蓝猫泡",)
