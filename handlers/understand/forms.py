"""A registration as a form: labels and their values, and what stands apart from the unit in brackets and behind dashes.

Brackets have one written form, `(…)`. What belongs to the name stays with it (第一中学(北校区), 财政局(国资委)); a
person, a contact, a region stands apart.
"""

import re
from functools import partial

from handlers.language.non_answers import names_nothing
from handlers.language.persons import FILLER, UNIT_END, named_in
from handlers.language.places import SEPARATORS, region_of_token
from handlers.language.telephones import GAP
from handlers.language.wordlists import limited
from storage.campaign_schema import Campaign

any_word = partial(limited, "understand/registering")
"""An expression for any word of a class of registrations."""
LABELS = {slot: any_word(f"label {slot}") for slot in ("unit", "team", "project", "captain", "region", "phone")}
_ANY_LABEL = "|".join(f"(?P<{slot}>{labels})" for slot, labels in LABELS.items())
_LABELLED = re.compile(rf"(?:^|(?<=[\s,、;。|])|(?<={GAP}))(?:\d[.、]\s*)?(?:{_ANY_LABEL}) ?(?:{any_word('says')}) *")
_LABEL_ALONE = re.compile("|".join(LABELS.values()))
CONTACT = rf"(?:{LABELS['captain']}|{LABELS['phone']}|{any_word('contact')})"
"""A word by which a contact is announced, and which is no part of a unit's name."""
_CONTACT = re.compile(CONTACT, re.IGNORECASE)
_WRITTEN = str.maketrans("【】〔〕[]{}", "()()()()")
_IN_RUN = rf"[^\s,、。;:|/!(){GAP}]"
_BRACKET = re.compile(rf"(?<!{_IN_RUN})(?P<before>{_IN_RUN}*+)(?P<gap> ?)\((?P<inside>[^()]*+)\)")
_HALF = re.compile(r"(?P<whole>\([^()]*\))|[()]")
_RUN = re.compile(rf"{_IN_RUN}+")
_JOINT = re.compile(r"[-—–~+_=《》“”\"'「」]+")


def set_apart(campaign: Campaign, line: str) -> str:
    """A line in which persons, contacts and regions no longer hang on the unit by a bracket or a dash."""
    opened = _BRACKET.sub(lambda bracket: _opened(campaign, bracket), line.translate(_WRITTEN))
    whole = _HALF.sub(lambda bracket: bracket["whole"] or GAP, opened)
    return _RUN.sub(lambda run: _unjoined(campaign, run[0]), whole)


def take_labelled(line: str) -> tuple[dict[str, str], str]:
    """Labelled values (`单位：…`), each up to the next label or separator, and the line without them.

    A unit's stays in the line as well: beside it may stand what is no part of it.
    """
    marks = list(_LABELLED.finditer(line))
    slots: dict[str, str] = {}
    kept = [line[: marks[0].start()]] if marks else [line]
    for index, mark in enumerate(marks):
        following = marks[index + 1] if index + 1 < len(marks) else None
        stretch = line[mark.end() : following.start() if following else len(line)]
        value, rest = re.match(rf"([^\n,;。、|{GAP}]*)(.*)", stretch, re.DOTALL).groups()  # type: ignore[union-attr]  # always matches
        if mark.lastgroup in ("captain", "region") and " " in value.strip() and not following:
            value, _, spare = value.strip().partition(" ")
            rest = f" {spare}{rest}"
        slots.setdefault(mark.lastgroup or "", value.strip())
        kept.append(stretch if mark.lastgroup == "unit" else rest)
    return slots, GAP.join(kept)


def _opened(campaign: Campaign, bracket: re.Match[str]) -> str:
    """A bracket as it is where its content is the unit's; a label of a form, or its content alone, where it is not."""
    before, inside = bracket["before"], bracket["inside"].strip(" ")
    if _LABEL_ALONE.fullmatch(inside):
        labels = _RUN.match(bracket.string, bracket.end())
        return f"{before}{GAP}{inside}:" if labels else f"{before}{GAP}"
    if names_nothing(before) and not bracket.string[: bracket.start()].endswith(")"):
        return f"{inside}{GAP}"
    if GAP in inside or _CONTACT.search(inside) or named_in(campaign, before):
        return f"{before}{GAP}{inside}{GAP}"
    words = SEPARATORS.split(inside)
    apart = [word for word in words if _stands_apart(campaign, word)]
    kept = " ".join(word for word in words if word not in apart)
    gap = "" if UNIT_END.search(before) else bracket["gap"]
    unit = f"{before}{gap}({kept})" if kept else before
    return GAP.join((unit, *apart, "")) if apart else unit


def _stands_apart(campaign: Campaign, word: str) -> bool:
    return bool(FILLER.match(word) or region_of_token(campaign, word) or named_in(campaign, word))


def _unjoined(campaign: Campaign, run: str) -> str:
    """A run of characters taken apart at its dashes and quotes where a person stands between them."""
    pieces = _JOINT.split(run)
    return GAP.join(pieces) if any(named_in(campaign, piece) for piece in pieces) else run
