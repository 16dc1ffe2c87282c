"""The unit among the pieces of a registration: put together where blanks took it apart, with nothing of it lost.

`镇雄县 第二 中学` is one name, `彝良县 人民 医院` another; `昭通市第一中学 北校区` is a unit with its part. What stands
beside a whole unit and is known as nothing else is handed back, to be asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from handlers.language.names import is_ending, is_short_for, unit_key
from handlers.language.non_answers import names_nothing
from handlers.language.offices import OFFICES
from handlers.language.persons import FILLER, NO_NAME, named_in
from handlers.language.places import (
    area_stem,
    is_area,
    places_called,
    region_at_start,
    region_said,
    regions_within,
)
from handlers.language.telephones import GAP
from handlers.language.text import squash, without_ending
from handlers.language.wordlists import any_of, forms, words
from handlers.understand.forms import CONTACT, any_word
from storage.campaign_schema import Campaign

BETWEEN = re.compile(rf"((?:[\s,、。;:|!{GAP}]|/(?![A-Za-z](?![A-Za-z]))|(?<![A-Za-z])/)+)")
"""What parts two pieces; the sign between two letters does not: A/B小学."""
_ENDINGS = any_of((*words("language/unit_words", "ending"), *words("language/unit_words", "late ending")))
_ENDS = re.compile(rf"(?:{_ENDINGS})(?:\([^()]*\))?\.?$", re.I)
_PART = re.compile(rf"^(?:\w{{0,12}})(?:{any_of(words('language/unit_words', 'part'))})$")
_AHEAD = re.compile(rf"^(?>{any_of(words('language/unit_words', 'ahead'))})++[,，]?(?=.{{2}})")
_WISHES = tuple(sorted(words("language/unit_words", "behind"), key=len, reverse=True))
_AFTER_A_WISH = words("language/unit_words", "behind after")
_TAKES_PART = re.compile(rf"(?<=.)(?:也|{any_word('wants')})*+(?:{any_word('takes part')}).+$")
_PARTICLE = re.compile(rf"(?:{any_word('particle')})$")
_PAPER = re.compile(rf"(?:{any_word('paper')})$")
_SPEAKS = re.compile(
    rf"^(?:{any_word('stumbles')})*+(?:{any_word('speaker')})(?:{any_of(words('language/unit_words', 'generic'))})?"
    rf"(?:{any_word('is called')})(?=..)"
)
"""`咱村是…`, `她单位是…`: who speaks, and of what kind her unit is."""
_TRAIL = re.compile(rf"的?(?>(?:{any_word('acts')})?{CONTACT}(?:{any_word('is')})?|{any_word('trail')}){{1,6}}$")
"""What officialese puts behind a unit: `…小学全体教职工`, `关于…小学组队的申请`; and what is left of a contact."""
_WRAPPED = re.compile(r"^\(([^()]+)\)$")
_BEFORE_A_PLACE = re.compile(
    rf"{any_word('before a place')}|^(?:{any_word('first before a place')})|(?:{any_word('last before a place')})$"
)
"""Words that stand before the place a unit's name begins with, and are no part of the name."""
_ENDINGS_ALONE = frozenset(words("language/unit_words", "generic"))
_LEVEL = re.compile(rf"(?:{any_word('level')})$")
"""What a unit below may be named after, a blank apart: `角奎街道 发界社区 老年协会`."""
_LABELS_TOO = frozenset(words("language/unit_words", "filler"))
_JOINTS = frozenset(forms("".join(words("understand/registering", "joint"))))
_NOBODY = frozenset(words("language/unit_words", "nobody")) - {"我"}
_NAME_LIKE = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line between two signs. `glued`: nothing but a blank stands ahead of it."""

    text: str
    glued: bool


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
        return Found(_TRAIL.sub("", labelled), "、".join(several))
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
    if region_said(campaign, piece.text) or places_called(campaign, piece.text) or is_area(campaign, piece.text):
        names.close()
        names.place = piece.text
        return
    word = _without_lead(campaign, piece.text)
    before_ending = following is not None and following.glued and following.text in _ENDINGS_ALONE
    if named_in(campaign, piece.text) and not before_ending:
        names.close()
        names.persons.append(word)
    elif squash(word) in _ENDINGS_ALONE and piece.glued and names.goes_on():
        names.lengthen(word)
    elif squash(word) in _ENDINGS_ALONE and (word == piece.text or names.begun or names.place):
        names.end(campaign, word)
    elif piece.text in _NOBODY:
        names.nobodies.append(piece.text)
    elif word in _JOINTS and names.begun and following and following.glued:
        names.begun.append(word)
    elif _is_no_name(campaign, piece.text, word):
        names.close()
    elif piece.glued and names.goes_on() and _PART.match(word):
        names.lengthen(word)
    elif _LEVEL.search(word) and following and following.glued and _ENDS.search(following.text):
        names.begun.append(word)
    elif _ENDS.search(word):
        names.end(campaign, word)
    else:
        names.begun.append(word)


def _is_no_name(campaign: Campaign, typed: str, word: str) -> bool:
    """Whether a piece is courtesy, a plan or a place; `word`: the piece without what leads into it."""
    if NO_NAME.search(word) or FILLER.match(typed) or is_area(campaign, word):
        return True
    return word not in OFFICES and (names_nothing(word) or names_nothing(typed))


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


def _without_lead(campaign: Campaign, token: str) -> str:
    """A token without the words around a unit's name: `兹有…申请组队`, `为响应号召…`, `我校(…)`."""
    bare = _TRAIL.sub("", _without_wish(_TRAIL.sub("", _AHEAD.sub("", _SPEAKS.sub("", token)))))
    bare = _WRAPPED.sub(r"\1", bare)
    places = [campaign.area, *(name for region in campaign.regions for name in (region.name, *region.aliases))]
    starts = [at for name in places if len(name) > 2 and (at := bare.find(name)) > 0]
    ahead = bare[: min(starts)] if starts else ""
    if starts and (_BEFORE_A_PLACE.search(ahead) or (ahead.endswith("(") and names_nothing(ahead))):
        name = bare[min(starts) :]
        return name.removesuffix(")") if "(" not in name else name
    return bare


def _without_wish(name: str) -> str:
    """A name without what its people want to do: `…中学也想报名`, `…局申请组队`, `…医院的`."""
    name = _TAKES_PART.sub("", name)
    while True:
        bare = without_ending(name, _AFTER_A_WISH, _never)
        shorter = without_ending(bare, _WISHES, _never)
        if shorter in ("", bare):
            return _PARTICLE.sub("", name if _PAPER.search(name) else name.removesuffix("报")) or name
        name = shorter.removesuffix("的").removesuffix("也") or shorter


def _never(_sign: str) -> bool:
    return False
