"""The noun a question asks about: what stands beside its interrogative (`食堂在哪里`, `要几个志愿者`).

An entry that has none of these nouns, neither written nor heard, is about something else, however alike the rest is.
"""

import re
from functools import lru_cache

from handlers.language.late import pattern
from handlers.language.text import is_question, squash
from handlers.language.wordlists import any_of, forms, rows, words
from handlers.rulebook.phrasing import GENERIC, plain
from storage.campaign_document import Rule

LONGEST = 4
_HAN = pattern("[一-鿿]{2,}")
GENERIC_CHARACTERS = frozenset(GENERIC)
_NUMERALS = frozenset("零一二两三四五六七八九十百千万")


@lru_cache(maxsize=2048)
def nouns_asked_about(text: str) -> tuple[str, ...]:
    """The runs of two to four characters before the interrogatives of a question in plain form, else behind them."""
    interrogative, between = _expressions()
    found = list[str]()
    for asked in interrogative.finditer(text):
        before = [run for run in between.split(text[: asked.start()]) if run]
        after = [run for run in between.split(text[asked.end() :]) if run]
        beside = [run[-LONGEST:] for run in before[-1:]] + [run[:LONGEST] for run in after[:1]]
        found += [run for run in beside if _HAN.fullmatch(run) and not _NUMERALS & set(run)][:1]
    return tuple(found)


def asks_of_a_thing(rule: Rule, said: str) -> bool:
    """Whether words ask of a thing that they name as an entry does."""
    return is_question(said) and names_thing_of(rule, said)


def names_thing_of(rule: Rule, question: str) -> bool:
    """Whether a question names a thing as an entry does: a run of LONGEST characters that says something."""
    said = plain(question)
    runs = (said[at : at + LONGEST] for at in range(len(said) - LONGEST + 1))
    told = "，".join(map(plain, (*rule.questions, rule.answer)))
    return any(not GENERIC_CHARACTERS & set(run) and run in told for run in runs)


@lru_cache(maxsize=1)
def _expressions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = {label: any_of(said.split()) for label, said in rows("rulebook/interrogatives")}
    return re.compile(words["interrogative"]), re.compile(f"{words['interrogative']}|{words['between']}")


def asks_when_it_begins(said: str) -> bool:
    """Whether a question asks when the day begins and names nothing besides: `明天几点开始`."""
    line = squash(said)
    return all(_OPENING[kind].search(line) for kind in ("when", "begins")) and not _ANY_OF_OPENING.sub("", line)


def _of_opening(*kinds: str) -> re.Pattern[str]:
    return re.compile(
        any_of(form for kind in kinds for word in words("rulebook/opening", kind) for form in forms(word))
    )


_OPENING = {kind: _of_opening(kind) for kind in ("when", "begins")}
_ANY_OF_OPENING = _of_opening("day", "when", "begins", "beside")
