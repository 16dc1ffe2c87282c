"""A word taught: one row in the data file, and the bot acts upon it wherever it stands (intents: `test_intents.py`)."""

from collections.abc import Iterator

import pytest

from handlers.understand import lexicon
from tests.conversations.conftest import Office

WORD, ROW = "蓝猫咕", ["蓝猫咕", "kind", "total"]
DENIED, OTHERS = "拐子账", ["拐子账", "whose", "other"]


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rows of `words.tsv` with two more at the end; forgotten after the test."""
    read = lexicon.rows
    monkeypatch.setattr(
        lexicon, "rows", lambda name: [*read(name), *((ROW, OTHERS) if name == "understand/words" else ())]
    )
    lexicon.lexicon.cache_clear()
    yield
    monkeypatch.undo()
    lexicon.lexicon.cache_clear()


def booked(office: Office, line: str) -> int:
    """What stands for a team after a line of its captain, in fen; 9,000元 were reported before."""
    captain = office.captain("李敏", "昭通市第一中学")
    captain.say("累计9000元 120人次")
    captain.say(line)
    return office.team("昭通市第一中学").amount_fen


def test_a_word_that_nobody_taught_is_asked_about(office: Office) -> None:
    assert booked(office, f"{WORD}9300元，130人次") == 900_000


@pytest.mark.usefixtures("taught")
def test_a_word_of_a_total_books_it(office: Office) -> None:
    assert booked(office, f"老师好，{WORD}9300元，130人次") == 930_000


@pytest.mark.usefixtures("taught")
def test_a_word_that_tells_of_others_keeps_their_figure_out(office: Office) -> None:
    assert booked(office, f"{DENIED}累计9500元") == 900_000
