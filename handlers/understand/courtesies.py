"""A word beneath its courtesies: `请帮我注销一下` is 注销, `给我看看待审` is 待审. The courtesies are data."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from handlers.language.text import is_question, squash, without_greeting
from handlers.language.wordlists import forms, rows
from handlers.language.words import WORDS

LONGEST = 60
"""Characters of the longest line in which a word is looked for beneath courtesies."""


class Beneath(NamedTuple):
    """A line without the courtesies ahead of it, and without those on either side; `looking`: she asks to be shown."""

    headless: str
    bare: str
    looking: bool


def beneath(line: str) -> Iterator[Beneath]:
    """What a line may be beneath its courtesies: first as a wish for something done, then for something shown."""
    if len(line) > LONGEST:
        return
    spoken = without_greeting(line)
    for looking in (False, True):
        for headless in _without_heads(spoken, _courtesies("head", looking)):
            yield Beneath(headless, _without_tails(headless, _courtesies("tail", looking)), looking)


def asks_for_more(line: str) -> bool:
    """Whether a line asks for the next page, and nothing else."""
    return any(WORDS.get(squash(said.bare)) == "more" for said in beneath(line))


def asks_beneath(line: str) -> bool:
    """Whether a line asks something; `能不能帮我注销？` and `我要组队可以吗` are wishes in the form of a question."""
    return is_question(line) and all(is_question(said.bare) for said in beneath(line) if not said.looking)


@cache
def _courtesies(where: str, looking: bool) -> tuple[str, ...]:
    """The courtesies of one side, longest first."""
    told = [
        form
        for word, side, wish in rows("understand/courtesies")
        if side == where and (looking or wish == "any")
        for form in forms(word)
    ]
    return tuple(sorted(told, key=len, reverse=True))


def _without_heads(line: str, words: tuple[str, ...]) -> Iterator[str]:
    """The line, and what is left of it with one courtesy after the other taken off: `我` of 我的队伍 is none."""
    yield line
    while line:
        taken = next((word for word in words if line.startswith(word)), "" if line[0].isalnum() else line[0])
        if not taken:
            break
        line = line[len(taken) :]
        yield line


def _without_tails(line: str, words: tuple[str, ...]) -> str:
    while line:
        taken = next((word for word in words if line.endswith(word)), "" if line[-1].isalnum() else line[-1])
        if not taken:
            break
        line = line[: -len(taken)]
    return line
