"""The audit of words: which of them leave a figure booked, frame by frame, kept as a list and read by eye.

A word that newly books fails here; look at what it does (`tests/understand/listening.py`), and write the list again
with `WRITE_WORDS=1 pytest tests/sets/test_booked_words.py` if it should. Of a row with many forms some stand for
all.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.language.wordlists import forms, rows
from tests.understand.listening import books

LIST = Path(__file__).parents[1] / "data" / "booked_words.tsv"
FRAMES = {"A": "累计9300元 {}", "B": "{}累计9300元", "C": "又{}300元", "D": "累计9300元，{}", "E": "{}，累计9300元"}
FORMS = 24
"""Of a longer row every n-th form is tried."""
HEAD = """# Words that leave a figure booked: class · frames · words. Written by tests/sets/test_booked_words.py.
# Frames: A 累计9300元 W · B W累计9300元 · C 又W300元 · D 累计9300元，W · E W，累计9300元 (9,000元 stood before).
# Words that book nowhere are not here.
"""


def tried() -> dict[str, set[str]]:
    """The words that are tried, with their classes."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, kind, value in rows("understand/words"):
        made = forms(word)
        for form in made[:: max(1, len(made) // FORMS)]:
            found[form].add(f"{kind}.{value}")
    return found


def booked(frame: str) -> set[tuple[str, str]]:
    """The words that are booked in a frame, each with every class of it."""
    line = FRAMES[frame]
    return {(each, word) for word, classes in tried().items() if books(line.format(word)) for each in classes}


def listed() -> Iterator[tuple[str, str, str]]:
    """The rows of the list: class, frames, words."""
    for row in LIST.read_text(encoding="utf-8").splitlines():
        if not row.startswith("# "):
            each, frames, words = row.split("\t")
            yield each, frames, words


@pytest.fixture(scope="module", autouse=True)
def written() -> None:
    """Writes the list again where that is asked for."""
    if not os.environ.get("WRITE_WORDS"):
        return
    frames_of: dict[tuple[str, str], str] = defaultdict(str)
    for frame in FRAMES:
        for found in booked(frame):
            frames_of[found] += frame
    words_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (each, word), frames in sorted(frames_of.items()):
        words_of[each, frames].append(word)
    lines = ["\t".join((each, frames, "|".join(words))) for (each, frames), words in sorted(words_of.items())]
    LIST.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("frame", FRAMES)
def test_no_word_newly_books(frame: str) -> None:
    known = {(each, word) for each, frames, words in listed() if frame in frames for word in words.split("|")}
    assert booked(frame) - known == set()


def test_what_turns_or_goes_out_or_is_past_books_nowhere() -> None:
    """By the classes themselves, whatever the list says; single characters may be part of a tale."""
    never = ("turn.", "direction.out", "when.past", "when.day", "what.currency", "mood.drill", "mood.quoted")
    found = [
        (each, frames, word)
        for each, frames, words in listed()
        for word in words.split("|")
        if each.startswith(never) and len(word) > 1
    ]
    assert found == []
