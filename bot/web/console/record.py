"""操作记录: who of which office did what in her region, the newest first, as the ledger has it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from handlers import texts
from storage.ledger import Entry
from storage.ledger_kinds import DECISIONS
from storage.models.people import Membership
from storage.models.teams import Team

PAGE, LOOKED_AT = 50, 500
"""Lines of a page, and how many entries are looked at for it: in a great campaign few are an office's."""
_ID = re.compile(r"\d{1,15}-\d{1,10}")


@dataclass(frozen=True, slots=True)
class Line:
    """`what` may be '' where the word says it all."""

    entry: Entry
    team: Team | None
    word: str
    what: str
    who: str


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/record")
    def record() -> ResponseReturnValue:
        desk, before = at_desk(), request.args.get("before", "")
        if before and not _ID.fullmatch(before):
            abort(404)
        entries = desk.store.ledger.newest(desk.campaign.id, LOOKED_AT, before or "+")
        lines = list(islice(_lines(desk, entries), PAGE + 1))
        following = ""
        if len(lines) > PAGE:
            following = lines[PAGE - 1].entry.id
        elif len(entries) == LOOKED_AT:
            following = entries[-1].id
        return render_template("console/record.html", desk=desk, told=None, lines=lines[:PAGE], following=following)


def _lines(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """The acts among them that she may know of; teams are read as many at a time as a page has lines."""
    offices = desk.store.people.offices(desk.campaign.id)
    acts = [entry for entry in entries if _is_an_offices(entry, offices)]
    for start in range(0, len(acts), PAGE):
        some = acts[start : start + PAGE]
        codes = dict.fromkeys(entry.team for entry in some if entry.team)
        teams = {team.code: team for team in desk.store.teams.many(desk.campaign.id, codes)}
        names = desk.store.roles.names(desk.campaign.id, [entry.by for entry in some])
        for entry in some:
            team = teams.get(entry.team)
            if _is_hers(desk, entry, team):
                yield _line(desk, entry, team, offices, names)


def _is_an_offices(entry: Entry, offices: Mapping[str, Membership]) -> bool:
    return "office" in entry.values or entry.kind in DECISIONS or (not entry.team and entry.by in offices)


def _is_hers(desk: Desk, entry: Entry, team: Team | None) -> bool:
    """What was done to a team of her region; what is no team's, to whoever sees the whole campaign, or did it."""
    if team is not None:
        return desk.reaches(team.region)
    return desk.sees_all or entry.by == desk.person


def _line(
    desk: Desk, entry: Entry, team: Team | None, offices: Mapping[str, Membership], names: Mapping[str, str]
) -> Line:
    word, name = texts.books.entry_name(entry), names.get(entry.by, "")
    if team is not None and "office" in entry.values:
        told = texts.team_histories.history_parts(desk.campaign, team, entry, names)
        return Line(entry, team, word, told.what, told.who)
    grants = offices[entry.by].grants if entry.by in offices else ()
    reaching = offices[entry.by].grant_over(desk.campaign.region_path(team.region)) if grants and team else None
    grant = reaching or next(iter(grants), None)
    who = texts.naming.colleague_name(desk.campaign, grant, name) if grant else texts.console.the_system()
    return Line(entry, team, word, "", who)
