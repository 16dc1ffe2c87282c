"""How Chinese characters sound, folded the way southern typing and voice input confuse them."""

from functools import lru_cache

_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@lru_cache(maxsize=8192)
def readings(char: str) -> frozenset[str]:
    """Every folded syllable a character can be read as; a character without a reading sounds like itself."""
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(_fold(syllable) for syllable in found[0]) if found else frozenset({char})


def sounds_alike(one: str, other: str) -> bool:
    """Whether two texts of equal length differ only in characters that sound the same, at most a third."""
    if len(one) != len(other):
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(differing) > max(1, len(one) // 3):
        return False
    return all(not a.isdigit() and not b.isdigit() and readings(a) & readings(b) for a, b in differing)


def _fold(syllable: str) -> str:
    for long, short in _FOLDS:
        if syllable.startswith(long):
            syllable = short + syllable[len(long) :]
    for long, short in _NASALS:
        if syllable.endswith(long):
            syllable = syllable[: -len(long)] + short
    return "l" + syllable[1:] if syllable.startswith("n") else syllable
