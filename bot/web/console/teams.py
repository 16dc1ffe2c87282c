"""队伍: the teams of her region, by state and page, searched by name, and what is done to several at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import submitted, told_before
from handlers.language.names import unit_key
from handlers.language.text import squash
from handlers.rosters import without_team
from storage.ledger import Changed, NotAllowed
from storage.models.people import Card
from storage.models.teams import Team
from storage.roster import RosterUnit
from storage.team_lists import Listed
from storage.team_lists import Row as Place

PAGE = 50
"""Rows of a page, and of what is done at once."""
SHORTEST_SEARCH, FOUND_AT_MOST = 2, 50
STATES: dict[str, Listed] = {
    "all": "listed",
    "silent": "silent",
    "pending": "pending",
    "unclaimed": "unclaimed",
    "short": "short",
    "disabled": "disabled",
}
"""The states of the filter, as addresses name them."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of teams: `start` (0: the first) and `of` for now; the places beside which the pages around it lie.

    `more`: others are called so, too, and are not looked for.
    """

    teams: Sequence[Team]
    start: int
    of: int
    before: str = ""
    after: str = ""
    more: bool = False


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/teams")
    def teams() -> ResponseReturnValue:
        desk = at_desk()
        code = _code_asked(request.args.get("q", ""))
        found = _of_hers(desk, desk.store.teams.many(desk.campaign.id, [code] if code else []))
        return redirect(url_for("console.team", code=found[0].code), 303) if found else list_page(desk, {})

    @pages.get("/console/<campaign_id>/teams/unteamed")
    def unteamed() -> ResponseReturnValue:
        """The units of the roster that have no team."""
        desk = at_desk()
        scope, start = desk.scope_asked(), max(0, request.args.get("start", 0, int))
        units: list[RosterUnit] = []
        if desk.store.roster.exists(desk.campaign.id):
            units = without_team(desk.store, desk.campaign, [scope])
        shown = units[start : start + PAGE]
        return render_template(
            "console/unteamed.html", desk=desk, scope=scope, units=shown, start=start, of=len(units), page=PAGE
        )

    @pages.post("/console/<campaign_id>/teams/cards")
    def cards() -> ResponseReturnValue:
        """The names and telephones of a page's captains; that they were shown is written down first."""
        submission = submitted()
        desk, found = submission.desk, _of_hers(submission.desk, _ticked(submission.desk))
        actor = submission.actor("cards")
        try:
            shown = desk.store.disclosures.cards_of_list(desk.campaign, actor.author, desk.membership, found)
        except (NotAllowed, Changed):
            abort(404)
        return list_page(desk, shown)


def list_page(desk: Desk, cards: dict[str, list[Card]]) -> str:
    scope = desk.scope_asked()
    state = request.args.get("state", "all")
    if state not in STATES:
        abort(404)
    query = request.args.get("q", "").strip()
    rows = _found(desk, scope, query) if query else _rows(desk, scope, STATES[state])
    return render_template(
        "console/teams.html",
        desk=desk,
        told=told_before(),
        scope=scope,
        state=state,
        query=query,
        rows=rows,
        cards=cards,
        threshold=desk.campaign.policy.threshold,
        listed_here=list_address(beside=request.args.get("beside", ""), back=request.args.get("back", "")),
    )


def _rows(desk: Desk, scope: str, which: Listed) -> Rows:
    if which == "silent" and not desk.campaign.silence.list:
        return Rows((), 0, 0)
    beside, back = _place(request.args.get("beside", "")), "back" in request.args
    found = desk.store.team_lists.stretch(desk.campaign.id, which, scope, desk.today, PAGE, beside, back=back)
    teams = desk.store.teams.many(desk.campaign.id, found.codes)
    first, last = (f"{row.score}-{row.number}" for row in (found.rows[0], found.rows[-1])) if found.rows else ("", "")
    more = found.start + len(found.rows) < found.of
    return Rows(teams, found.start, found.of, first if found.start else "", last if more else "")


def _place(text: str) -> Place | None:
    score, _, number = text.partition("-")
    return Place(int(score), number) if score.isdecimal() and number.isdecimal() and len(number) == 6 else None


def _found(desk: Desk, scope: str, query: str) -> Rows:
    """By a part of the unit's name wherever she looks, its whole name first."""
    campaign, teams = desk.campaign, desk.store.teams
    whole = unit_key(campaign, query)
    parts = [part for part in (squash(whole), squash(query)) if len(part) >= SHORTEST_SEARCH]
    if not parts:
        return Rows((), 0, 0)
    within = scope.partition(":")[2]
    regions = [each.id for each in desk.regions if not within or within in campaign.region_path(each.id)]
    keys = desk.store.unit_names.holding(campaign.id, regions, parts, FOUND_AT_MOST + 1)
    shown = sorted({whole, *keys[:FOUND_AT_MOST]}, key=lambda key: (key != whole, len(key)))
    named = teams.named_many(campaign.id, shown)
    found = [team for key in shown for team in named.get(key, ()) if team.region in regions]
    return Rows(found, 0, len(found), more=len(keys) > FOUND_AT_MOST)


def _code_asked(query: str) -> str:
    code = query.strip().lstrip("#＃")
    return code.zfill(4) if code.isdecimal() and len(code) <= 9 else ""


def _of_hers(desk: Desk, teams: Sequence[Team]) -> list[Team]:
    return [team for team in teams if desk.reaches(team.region)]


def _ticked(desk: Desk) -> list[Team]:
    return desk.store.teams.many(desk.campaign.id, request.form.getlist("code")[:PAGE])


def list_address(**besides: str) -> str:
    """This list again, as it is filtered."""
    kept = {name: request.args.get(name, "") for name in ("region", "state", "q")} | besides
    return f"{url_for('console.teams')}?{urlencode({name: value for name, value in kept.items() if value})}".rstrip("?")
