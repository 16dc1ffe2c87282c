"""The unit among the pieces of a registration: put together where blanks took it apart, with nothing of it lost.

`镇雄县 第二 中学` is one name, `彝良县 人民 医院` another; `昭通市第一中学 北校区` is a unit with its part. What stands
beside a whole unit and is known as nothing else is handed back, to be asked about. Taken off a name are the words
around it: `兹有…申请组队`, `为响应号召…`, `…局全体职工`, `咱村是…`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from handlers.language.names import is_ending, is_short_for, unit_key
from handlers.language.non_answers import names_nothing
from handlers.language.offices import OFFICES
from handlers.language.persons import FILLER, NO_NAME, named_in
from handlers.language.places import area_stem, is_area, places_called, region_at_start, region_said, regions_within
from handlers.language.text import squash
from handlers.language.units import ends_like_a_unit
from handlers.language.wordlists import forms, words
from handlers.understand.pieces import Piece, announces, is_any, is_label, text_of
from handlers.understand.tokens import Token
from storage.campaign_schema import Campaign

LEAST = 2
"""Characters of a name."""
_PLANS = ("behind", "also", "command")


def name_in(campaign: Campaign, piece: Piece) -> str:
    """The name in a piece: its text without what leads into it, and without what its people are, want or do."""
    tokens = _without_wishes(_without_leads(piece.tokens))
    return text_of(_from_its_place(campaign, tokens))


def _without_leads(tokens: Sequence[Token]) -> Sequence[Token]:
    """`咱村是…`, `她单位的全称叫…`: who speaks and of what kind her unit is; `我们`, `兹有`."""
    start = _spoken(tokens)
    start = start if _is_long(tokens[start:]) else 0
    while tokens[start : start + 1] and is_any(tokens[start], "ahead", "command") and _is_long(tokens[start + 1 :]):
        start += 1
    return tokens[start:]


def _spoken(tokens: Sequence[Token]) -> int:
    """How many tokens at the head only say who speaks; 0 where they are no such sentence."""
    at = next((n for n, token in enumerate(tokens) if not token.has("stumbles")), len(tokens))
    if not (tokens[at:] and tokens[at].has("speaker")):
        return 0
    at += 1
    at += bool(tokens[at:]) and tokens[at].has("generic")
    return at + 1 if tokens[at:] and is_any(tokens[at], "is called", "ahead") else 0


def _is_long(tokens: Sequence[Token]) -> bool:
    return len(text_of(tokens)) >= LEAST


def _without_wishes(tokens: Sequence[Token]) -> Sequence[Token]:
    """`…中学也想报名`, `…局申请组队`, `…小学组队的申请`, `…医院的`."""
    joins = next((n for n, token in enumerate(tokens) if n and token.has("takes part") and n + 1 < len(tokens)), 0)
    end = joins or len(tokens)
    while end and (shorter := _without_one(tokens, end)) < end:
        end = shorter
    return tokens[:end]


def _without_one(tokens: Sequence[Token], end: int) -> int:
    """Where the tokens end without the last thing that is said behind a name."""
    last = tokens[end - 1]
    told = last.has("is") and end > 1 and announces(tokens[end - 2])
    if told or is_any(last, "trail", "particle", "acts", *_PLANS) or announces(last):
        return end - 1
    bare = end
    while bare and tokens[bare - 1].has("behind after"):
        bare -= 1
    return bare - 1 if 0 < bare < end and is_any(tokens[bare - 1], *_PLANS) else end


def _from_its_place(campaign: Campaign, tokens: Sequence[Token]) -> Sequence[Token]:
    """A name from the place on that it begins with, where what is ahead of that leads into it: `应上级号召鲁甸县…`."""
    place = next((n for n, t in enumerate(tokens) if n and t.name in ("region", "area") and len(t.text) > LEAST), 0)
    leads = any(token.has("before a place") for token in tokens[:place])
    first = place and tokens[0].has("first before a place")
    return tokens[place:] if leads or first or (place and tokens[place - 1].has("last before a place")) else tokens


_PARTS = words("language/unit_words", "part")
_LONGEST_PART = 18
_LEVELS = tuple(forms("".join(words("understand/registering", "level"))))
"""What a unit below may be named after, a blank apart: `角奎街道 发界社区 老年协会`."""
_JOINTS = frozenset(forms("".join(words("understand/registering", "joint"))))
_ENDINGS_ALONE = frozenset(words("language/unit_words", "generic"))
_LABELS_TOO = frozenset(words("language/unit_words", "filler"))
_NOBODY = frozenset(words("language/unit_words", "nobody")) - {"我"}
_NAME_LIKE = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Found:
    """The unit; what reads like a name beside it (`left`), and both in the order in which they stand (`whole`).

    `persons`: what stands alone and reads like a person's name, though it may be a hamlet's.
    """

    unit: str
    left: str = ""
    whole: str = ""
    persons: tuple[str, ...] = ()


@dataclass(slots=True)
class _Names:
    """The names a line holds, as they are put together: whole units, names without an ending, endings alone."""

    units: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    nobodies: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    place: str = ""

    def goes_on(self) -> bool:
        """Whether the last name said is a unit's, and the next piece may be its part."""
        return bool(self.units) and not self.begun and not self.place and self.order[-1] == self.units[-1]

    def lengthen(self, word: str) -> None:
        self.units[-1] = self.order[-1] = _together([self.units[-1], word])

    def close(self) -> None:
        """What was begun and found no ending is a name of its own."""
        name = _together(self.begun)
        if _NAME_LIKE.search(name):
            self.loose.append(name)
            self.order.append(name)
        self.begun, self.place = [], ""

    def end(self, campaign: Campaign, word: str) -> None:
        """A piece that ends like a unit: with what was begun ahead of it, and the place where the name lacks one."""
        if self.begun and (word.startswith(campaign.area) or region_at_start(campaign, word)):
            self.close()
        name = _together([*self.begun, word])
        area = is_area(campaign, self.place)
        if self.place and (area or self.begun) and not _placed(campaign, name):
            name = self.place + name
        self.begun, self.place = [], ""
        self.order.append(name)
        (self.endings if is_ending(name) else self.units).append(name)


def unit_among(campaign: Campaign, pieces: Sequence[Piece], *, labelled: str, named_captain: bool) -> Found:
    """The one unit that the pieces name. `labelled`: what stands behind `单位：`, which is preferred."""
    names = _Names()
    for piece, following in zip_longest(pieces, pieces[1:]):
        _take(campaign, names, piece, following)
    names.close()
    units = _fullest(campaign, names.units)
    persons = names.persons if named_captain or labelled else []
    several = units or names.loose or names.endings or persons or names.nobodies
    meant = [name for name in several if squash(name) in squash(labelled)] if labelled else several
    meant = meant if len(meant) == 1 else several
    if len(meant) != 1:
        return Found(labelled, "、".join(several))
    said_in_full = [name for name in names.units if name not in units]
    left = [name for name in names.order if name not in (meant[0], *said_in_full, *_LABELS_TOO)]
    others = tuple(person for person in names.persons if person != meant[0])
    return Found(meant[0], "、".join(left), _together(names.order) if left else "", others)


def _fullest(campaign: Campaign, units: list[str]) -> list[str]:
    """Units without those that another of them says in full: `乡村振兴局，是昭通市乡村振兴局`."""
    once = list({unit_key(campaign, unit): unit for unit in sorted(units, key=len)}.values())
    return [u for u in once if not any(u != other and _says_in_full(campaign, other, u) for other in once)]


def _says_in_full(campaign: Campaign, full: str, short: str) -> bool:
    return 2 < len(short) < len(full) and is_short_for(campaign, short, full)


def _take(campaign: Campaign, names: _Names, piece: Piece, following: Piece | None) -> None:
    if not piece.glued:
        names.close()
    typed = piece.text
    if region_said(campaign, typed) or places_called(campaign, typed) or is_area(campaign, typed):
        names.close()
        names.place = typed
        return
    word = name_in(campaign, piece)
    alone = squash(word) in _ENDINGS_ALONE
    before_ending = following is not None and following.glued and following.text in _ENDINGS_ALONE
    if named_in(campaign, typed) and not before_ending:
        names.close()
        names.persons.append(word)
    elif alone and piece.glued and names.goes_on():
        names.lengthen(word)
    elif alone and (word == typed or names.begun or names.place):
        names.end(campaign, word)
    elif typed in _NOBODY:
        names.nobodies.append(typed)
    elif word in _JOINTS and names.begun and following and following.glued:
        names.begun.append(word)
    elif _is_no_name(campaign, piece, word):
        names.close()
    elif piece.glued and names.goes_on() and _is_part(word):
        names.lengthen(word)
    elif word.endswith(_LEVELS) and following and following.glued and _ends(following.text):
        names.begun.append(word)
    elif _ends(word):
        names.end(campaign, word)
    else:
        names.begun.append(word)


def _ends(word: str) -> bool:
    return ends_like_a_unit(word.removesuffix("."))


def _is_part(word: str) -> bool:
    return word.endswith(_PARTS) and word.isalnum() and len(word) <= _LONGEST_PART


def _is_no_name(campaign: Campaign, piece: Piece, word: str) -> bool:
    """Whether a piece is courtesy, a plan or a place; `word`: the piece without what leads into it."""
    if not word or NO_NAME.search(word) or FILLER.match(piece.text) or is_area(campaign, word):
        return True
    if piece.tokens[0].has("surname") or all(map(is_label, piece.tokens)) or piece.tokens[-1].has("opening"):
        return True
    return word not in OFFICES and (names_nothing(word) or names_nothing(piece.text))


def _together(pieces: Sequence[str]) -> str:
    """Pieces as one name; between Latin words the blank stays."""
    name = ""
    for piece in pieces:
        apart = name[-1:].isascii() and piece[:1].isascii() and name
        name += f" {piece}" if apart else piece
    return name


def _placed(campaign: Campaign, name: str) -> bool:
    """Whether a name says itself where its unit is."""
    return area_stem(campaign) in name or bool(regions_within(campaign, name))
