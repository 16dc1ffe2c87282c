"""Words of the bot at the head of a message: which one stands there, and what behind it.

A word is one only alone, ahead of a mark, or where what follows parses as its arguments (design §5, "Words");
courtesies may stand around it: `请帮我注销一下` is 注销, `给我看看待审` is 待审. The words themselves are the router's
and come with the ear; the courtesies are data. What is no word may have meant one, by its sound or by its look.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from handlers.language.sound import sounds_alike
from handlers.language.text import fold, is_question, squash, without_greeting
from handlers.language.wordlists import forms, rows
from handlers.language.words import WORDS
from handlers.wishes.slots import SEPARATORS

LONGEST_SPOKEN = 60
"""Characters of the longest line in which a word is looked for beneath courtesies."""


class Beneath(NamedTuple):
    """A line without the courtesies ahead of it, and without those on either side; `looking`: she asks to be shown."""

    headless: str
    bare: str
    looking: bool


def beneath(line: str) -> Iterator[Beneath]:
    """What a line may be beneath its courtesies: first as a wish for something done, then for something shown."""
    if len(line) > LONGEST_SPOKEN:
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


LONGEST, LONGEST_OF_A_REPORT = 12, 5
"""Characters of the longest word, and of the longest that begins a report."""


@dataclass(frozen=True, slots=True)
class Head:
    """`accepts` decides whether a remainder that follows without a separator belongs to the word. `aside`: it writes
    nothing, and may be said in the middle of a dialogue. `want`: what it writes; '' for anything else."""

    aside: bool
    accepts: Callable[[str], bool]
    want: str = ""


Heads = Mapping[str, Head]
"""Every word, folded."""


class Found(NamedTuple):
    """The word, folded, and what stands behind it."""

    word: str
    head: Head
    behind: str


def head_of(line: str, heads: Heads) -> Found | None:
    """The word at the head of a normalised line: as it stands, or beneath its courtesies.

    What asks, or asks to be shown something, is only a word that shows.
    """
    if found := _plain(line, heads):
        return found
    if not heads or WORDS.get(fold(line)) == "confirm":
        return None
    for headless, bare, looking in beneath(line):
        alone = _plain(bare, heads)
        found = alone if alone and not alone.behind else _plain(headless, heads)
        if found and (found.head.aside or not (looking or asks_beneath(line))):
            return found
    return None


def begins_a_report(line: str, heads: Heads) -> bool:
    """Whether a normalised line begins with a word of reporting."""
    ends = range(1, min(len(line), LONGEST_OF_A_REPORT + 1))
    return any((head := heads.get(fold(line[:end]))) is not None and head.want == "report" for end in ends)


def _plain(line: str, heads: Heads) -> Found | None:
    """The longest word alone, separated, or accepting the rest."""
    for end in range(min(len(line), LONGEST) if heads else 0, 0, -1):
        word = fold(line[:end])
        head = heads.get(word)
        if head is None or not line[end - 1].isalnum():
            continue
        rest = line[end:]
        behind = rest.lstrip(SEPARATORS).strip()
        if not behind or rest[0] in SEPARATORS or head.accepts(behind):
            return Found(word, head, behind)
    return None


LONGEST_WORD = 6
"""Characters of the longest word that is looked for by its sound."""
LONGEST_BEGINNING = 8
"""Characters of a message that are compared with a word by its look."""
LIKELY, OFFERED = 60, 3
"""How alike (of 100) a word looks that is offered, and how many are."""


def sounding_alike(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """The words that a message is but for characters of the same sound; none where it is long, or a word itself."""
    said = squash(text)
    if not 2 <= len(said) <= LONGEST_WORD or said in WORDS:
        return ()
    return tuple(word for word in words if sounds_alike(said, word))


def nearest(text: str, words: Sequence[str]) -> list[str]:
    """The words that a message begins with in their sound, else the few that look most like its beginning."""
    said = squash(text)
    if near := [word for word in words if sounds_alike(said[: len(word)], word)]:
        return near
    alike = process.extract(said[:LONGEST_BEGINNING], words, scorer=fuzz.ratio, limit=OFFERED, score_cutoff=LIKELY)
    return [word for word, _, _ in alike]
