"""What somebody asks how to do: `怎么报进度`, `在哪里改`, or only greets."""

from typing import cast

from handlers.language.late import pattern
from handlers.language.text import squash
from handlers.language.wordlists import forms, rows
from handlers.language.words import Intent

_ROWS = tuple((form, kind) for word, kind in rows("wishes/how_to") for form in forms(word))
_GREETINGS = frozenset(word for word, kind in _ROWS if kind == "greeting")
_DONE = pattern(r"(?:捐|筹|收|进)了$|(?:进度|数据|金额|数字).{0,4}(?:报|填)")
"""What tells of figures without a word of reporting."""


def greets(text: str) -> bool:
    return squash(text) in _GREETINGS


def tells_of_a_picture(text: str) -> bool:
    """Whether figures are said to stand on a picture: `截图发你了`."""
    return any(word in squash(text) for word, kind in _ROWS if kind == "picture")


def asks_what_next(text: str) -> bool:
    """Whether what there is to do now is asked for, and not the next page: `然后呢`, `接下来要干什么`."""
    return any(word in squash(text) for word, kind in _ROWS if kind == "next")


def is_done_elsewhere(text: str) -> bool:
    """Whether it is registered, looked up or issued at the platform or an office."""
    return any(word in squash(text) for word, kind in _ROWS if kind == "elsewhere")


def asked_how(text: str) -> Intent | None:
    """What it is that is asked how to do, the most precise first; None for no one thing."""
    said = squash(text)
    wants = (kind for word, kind in _ROWS if kind not in ("elsewhere", "greeting", "next", "picture") and word in said)
    return cast(Intent, next(wants, "report" if _DONE.search(said) else None))
