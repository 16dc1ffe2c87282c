"""What is said in place of an answer: `请稍等`, `还没想好`, `我问一下领导`. A line that such words cover is no name."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, cast

from handlers.language.text import squash
from handlers.language.unit_spelling import cleaned, simplified
from handlers.language.wordlists import rows, words

NonAnswer = Literal["wait", "ask", "undecided", "same", "alone", "lookup", "done", "talk"]
Slot = Literal["unit", "region", "project", "captain"]

_WORDS: dict[str, str] = {}
for _row in rows("language/non_answers"):
    _WORDS.setdefault(_row[0], _row[1])
_OWN = dict.fromkeys(words("language/unit_words", "own"), "talk")
_COURTESIES = _WORDS | _OWN | dict.fromkeys(words("language/unit_words", "filler"), "talk")
_UNITS = _OWN | dict.fromkeys(
    (*words("language/unit_words", "generic"), *words("language/unit_words", "generic team")), "talk"
)
"""Words for units in general, and what may stand around them; not one more, for 档案局 is a unit."""
_LONGEST = max(map(len, (*_COURTESIES, *_UNITS)))
_LONGEST_ANSWER = 40
_SAYS_MOST = ("ask", "wait", "same", "alone", "lookup", "undecided", "done")
"""Of several classes in one line the first decides: `等我问一下领导` is about asking."""
_SLOTS: dict[Slot, tuple[str, ...]] = {
    "unit": ("单位", "名称", "名字", "全称", "学校", "名"),
    "region": ("县区", "区县", "地区", "县"),
    "project": ("项目",),
    "captain": ("队长", "负责人", "联系人", "电话"),
}


@lru_cache(maxsize=1024)
def non_answer(text: str) -> NonAnswer | None:
    """What a line says in place of an answer; None for a line that holds any other word, which may be a name."""
    classes = covered(squash(simplified(cleaned(text))))
    if not classes or "change" in classes:
        return None
    return cast(NonAnswer, next((kind for kind in _SAYS_MOST if kind in classes), "talk"))


def to_be_changed(text: str) -> Slot | None:
    """The step that a line wants to take again without saying how (`换个项目`, `单位写错了`), else None."""
    bare = squash(simplified(cleaned(text)))
    if "change" not in covered(bare):
        return None
    return next((slot for slot, names in _SLOTS.items() if any(name in bare for name in names)), None)


def names_nothing(text: str) -> bool:
    """Whether a piece of a line holds nothing but words of courtesy and of units in general: `给我们医院`."""
    bare = squash(text)
    return not bare or bool(_covered(bare, _COURTESIES) or _covered(bare, _UNITS))


def covered(bare: str) -> frozenset[str]:
    """The classes of the words that cover a line without signs, fewest words first; empty where none do."""
    return _covered(bare, _WORDS)


def _covered(bare: str, lexicon: Mapping[str, str]) -> frozenset[str]:
    if len(bare) > _LONGEST_ANSWER:
        return frozenset()
    best: list[tuple[str, ...] | None] = [(), *[None] * len(bare)]
    for end in range(1, len(bare) + 1):
        for start in range(max(0, end - _LONGEST), end):
            kind, before = lexicon.get(bare[start:end]), best[start]
            if kind and before is not None and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                best[end] = (*before, kind)
    return frozenset(best[-1] or ())
