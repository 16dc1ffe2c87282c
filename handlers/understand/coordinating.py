"""What only somebody with a role says: an act on a case or on a team, a list of teams, a table, a captain's number.

Said in a sentence (`0012 驳回 名称不规范`, `把D3转给绥江县`, `有几件舆情`) it is a production of `data/decisions.tsv`.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, cast

from handlers.language.persons import is_person
from handlers.language.telephones import asks_for_a_captains_number, asks_for_a_number, without_words_of_calling
from handlers.language.text import normalise, squash
from handlers.language.units import ends_like_a_unit
from handlers.language.wordlists import forms, limited, rows
from handlers.language.words import Intent
from handlers.understand.correcting import teams_named
from handlers.understand.ear import Ear
from handlers.understand.heads import Found
from handlers.understand.readings import Ask
from handlers.wishes.books import asks_for_a_book, asks_for_a_chain
from handlers.wishes.slots import is_a_matter
from handlers.wishes.teams import asks_for_a_list

LONGEST = 120
"""Characters of the longest line in which an act on a team is looked for."""
_CALLED = f"(?:{limited('understand/decisions', 'called')})?"
_PARTS = {
    "CODE": r"(?P<code># ?\d{1,9}|0\d{3,8}|[dD] ?\d{1,6})(?!\d)",
    "CASE": r"(?P<code>[dD] ?\d{1,6})(?!\d)",
    "TEAM": r"(?P<code># ?\d{1,9}|\d{4,9})(?!\d)" + _CALLED,
    "OTHER": r"(?P<rest># ?\d{1,9}|\d{4,9})(?!\d)" + _CALLED,
    "UNIT": r"(?P<code>[^\d ,:。]{2,30}?)",
    "REASON": r"[,:。! ]*(?P<rest>.*)",
    "REST": r"(?P<rest>.*)",
    "WHOM": r"(?P<rest>\D+)",
}
_MARKS = " ,，、:：;；。.!！"
_COMMANDS = {form: row[2] for row in rows("understand/decisions") if row[1] == "team act" for form in forms(row[0])}


class TeamAct(NamedTuple):
    """The word of the bot that is meant, the code or name of the team, and what else would stand behind the word."""

    word: str
    team: str
    rest: str

    @property
    def coded(self) -> bool:
        return self.team[-1].isdigit()


def act_on_a_team(line: str) -> TeamAct | None:
    """What a normalised line does to a team beside whose code or name it stands."""
    if len(line) > LONGEST or not any(verb in line for verb in _COMMANDS):
        return None
    said = _matched("on a team", line)
    if said is None and (renamed := _matched("renamed", line)) and ends_like_a_unit(renamed["rest"].strip(_MARKS)):
        said = renamed
    if said is None or re.search(
        rf"(?:{limited('understand/decisions', 'done already')})$", line[: said.start("verb")]
    ):
        return None
    return TeamAct(_COMMANDS[said["verb"]], said["code"], said.groupdict().get("rest", "").strip(_MARKS))


def _matched(of: str, line: str) -> re.Match[str] | None:
    """The first production of a kind that a line is."""
    return next(filter(None, (_pattern(production).fullmatch(line) for production, _ in _productions(of))), None)


def verdict_behind(want: str, line: str) -> str:
    """What would stand behind the word of a verdict; '' where a normalised line is not one production."""
    said = _wanted(f"to {want}", line)
    return (said and said.behind) or ""


def _wanted(of: str, line: str) -> Ask | None:
    """What is wanted by a line that is a production of a kind, with what would stand behind the word for it."""
    for production, want in _productions(of):
        if found := _pattern(production).fullmatch(line):
            return Ask(cast(Intent, want), " ".join(filter(None, found.groupdict().values())) or None)
    return None


@cache
def _productions(of: str) -> Sequence[tuple[str, str]]:
    """The productions of a kind, each with what is wanted by it."""
    return [(said, "".join(want)) for said, kind, *want in rows("understand/decisions") if kind == of]


@cache
def _pattern(production: str) -> re.Pattern[str]:
    return re.compile("".join(map(_part, production.split())) + r"[\W_]*")


def _part(part: str) -> str:
    if part in _PARTS:
        return _PARTS[part]
    group, _, kind = part.rpartition("=")
    words = limited("understand/decisions", kind.rstrip("?*").replace("_", " "))
    if part.endswith("*"):
        return f"(?:{words}|[:, ])*+"
    return f"(?P<{group}>{words})" if group else f"(?:{words}){'?' if part.endswith('?') else ''}"


def of_whoever_coordinates(text: str, ear: Ear) -> Ask | None:
    """What only somebody with a role says: an act on a case, a list of teams, a table, a captain's number."""
    line = normalise(text)
    if is_a_matter(line):
        return Ask("matter")
    if not ear.coordinates:
        return None
    if said := _wanted("asked for", squash(text)) or _wanted("act", line):
        return said
    if asks_for_a_book(ear.campaign, text):
        return Ask("book")
    if asks_for_a_chain(ear.campaign, text):
        return Ask("chain_text")
    if asks_for_a_list(ear.campaign, text):
        return Ask("regions")
    return Ask("contact") if calls_a_captain(line, ear) else None


def around_a_code(line: str, ear: Ear) -> Found | None:
    """A word that stands behind the code or the name of the team that it is about: `0012停用`, `把0002并入0001`.

    A name is that of one of her own, or a unit's in full from who coordinates; what is wanted as a table is none.
    """
    act = act_on_a_team(line) if ear.heads else None
    head = ear.heads.get(act.word) if act else None
    if act is None or head is None or (not act.coded and asks_for_a_book(ear.campaign, line)):
        return None
    hers = () if act.coded else teams_named(act.team, ear)
    if not act.coded and len(hers) != 1 and not (ear.coordinates and ends_like_a_unit(act.team)):
        return None
    return Found(act.word, head, f"{hers[0] if len(hers) == 1 else act.team} {act.rest}".strip())


def calls_a_captain(line: str, ear: Ear) -> bool:
    """Whether a coordinator asks for the number of a unit's captain (`查一下永善县人民医院队长的手机号`) or of somebody
    (`王芳的电话`)."""
    whose = without_words_of_calling(line)
    by_name = asks_for_a_number(line) and is_person(ear.campaign, whose)
    return by_name or (asks_for_a_captains_number(line) and ends_like_a_unit(whose))
