"""How Chinese characters sound, folded the way southern typing and voice input confuse them."""

import os
from functools import lru_cache

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
"""Characters are read one by one: the tables of phrases would take 45 MiB and are never asked. The one table of
characters is kept once, for it is never changed."""
_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@lru_cache(maxsize=8192)
def readings(char: str) -> frozenset[str]:
    """Every folded syllable a character can be read as; a character without a reading sounds like itself."""
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(fold(syllable) for syllable in found[0]) if found else frozenset({char})


@lru_cache(maxsize=8192)
def syllable(char: str) -> str:
    """The folded syllable a character is mostly read as. The first call loads the pronunciation tables."""
    from pypinyin import lazy_pinyin

    return fold(lazy_pinyin(char)[0])


def sounds_alike(one: str, other: str) -> bool:
    """Whether two texts of equal length differ only in characters that sound the same, at most a third."""
    if len(one) != len(other):
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(differing) > max(1, len(one) // 3):
        return False
    return all(not a.isdigit() and not b.isdigit() and readings(a) & readings(b) for a, b in differing)


@lru_cache(maxsize=2048)
def fold(syllable: str) -> str:
    """A syllable without what southern speech and voice input confuse (zh/z, ng/n, l/n)."""
    for long, short in _FOLDS:
        if syllable.startswith(long):
            syllable = short + syllable[len(long) :]
    for long, short in _NASALS:
        if syllable.endswith(long):
            syllable = syllable[: -len(long)] + short
    return "l" + syllable[1:] if syllable.startswith("n") else syllable
