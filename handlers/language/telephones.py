"""Numbers by which a person is reached or known: the first telephone of a line is read, and all of them leave it."""

import re

from handlers.language.late import pattern
from handlers.language.text import normalise
from handlers.language.wordlists import limited

GAP = "\x1f"
"""Stands, as often as it needs to, where something was taken out of a line: what is left stays in its place."""
_SPOKEN = pattern(
    r"(?:[一幺][三四五六七八九]|[零〇][零〇一二三四五六七八九幺]{1,3})[零〇一二三四五六七八九幺]{7,9}(?![零〇一二三四五六七八九幺中小幼院校厂])"
)
_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_MAIL = pattern(r"(?<![\w.+-])[\w.+-]++@[\w.-]+", re.ASCII)
_MOBILE = pattern(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9](?:[-. ]?\d){9})(?!\d)")
_LANDLINE = pattern(r"(?<!\d)(\(?0\d{2,3}\)?[- ]?\d{7,8})(?:(?:-|,? ?转|,? ?分机)[: ]?(\d{1,6}))?(?!\d)")
_OTHERS = pattern(
    r"(?:微信|v信|vx|wx|weixin|qq)号?(?:[:是为 ]*)[a-z\d][\w-]{4,}"
    r"|(?<!\d)\d(?:[-. ]?[\d*]){6,}x?(?!\d)",
    re.IGNORECASE | re.ASCII,
)
"""An account, or any run of seven digits and more: a local telephone, an identity card, a masked number."""


def take_telephone(line: str) -> tuple[str, str]:
    """The first telephone of a normalised line, a mobile before a landline, and the line with gaps for such numbers."""
    line = _SPOKEN.sub(lambda run: run[0].translate(_DIGITS), _MAIL.sub(_gap, line))
    mobile, landline = _MOBILE.search(line), _LANDLINE.search(line)
    phone = ""
    if mobile:
        phone = re.sub(r"\D", "", mobile[1])
    elif landline:
        phone = re.sub(r"[() ]", "", landline[1]) + (f"转{landline[2]}" if landline[2] else "")
    for number in (_MOBILE, _LANDLINE, _OTHERS):
        line = number.sub(_gap, line)
    return phone, line


def _gap(number: re.Match[str]) -> str:
    return GAP * len(number[0])


def holds_number(text: str) -> bool:
    """Whether such a number stands in a text."""
    line = normalise(text)
    return take_telephone(line)[1] != line


_CALLING = pattern(
    "|".join(limited("language/calling", kind) for kind in ("ahead", "asking", "number", "captain")) + "|[?。,、: ]"
)
_NUMBER = pattern(limited("language/calling", "number"))
_CAPTAINS_NUMBER = pattern(
    rf"(?:{limited('language/calling', 'captain')}).{{0,4}}(?:{limited('language/calling', 'number')})"
)


def asks_for_a_captains_number(line: str) -> bool:
    """Whether a normalised line of a coordinator's is about the telephone of some captain."""
    return _CAPTAINS_NUMBER.search(line) is not None


def asks_for_a_number(line: str) -> bool:
    """Whether a normalised line speaks of somebody's number."""
    return _NUMBER.search(line) is not None


def without_words_of_calling(line: str) -> str:
    """What a normalised wish for somebody's telephone is about: `永善县人民医院队长电话` is about the hospital."""
    return _CALLING.sub("", line)
