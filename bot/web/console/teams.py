"""队伍: the teams of her region, by state and page, searched by name, and what is done to several at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Asked, Row, Submission, Told, agreed, each_row, perform, said, submitted, told_before
from bot.web.console.shown import scope_name
from handlers import texts
from handlers.acts import announcements
from handlers.acts import teams as acts
from handlers.acts.actor import Actor
from handlers.language.names import unit_key
from handlers.language.text import squash
from handlers.messages import UserError
from handlers.rosters import without_team
from storage.boards import ALL
from storage.ledger import Changed, NotAllowed
from storage.models import Card, Team
from storage.roster import RosterUnit
from storage.team_acts import Acted
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
    """A page of teams: `start` (0: the first) and `of` for now; the places beside which the pages around it lie."""

    teams: Sequence[Team]
    start: int
    of: int
    before: str = ""
    after: str = ""


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/teams")
    def teams() -> ResponseReturnValue:
        desk = at_desk()
        code = _code_asked(request.args.get("q", ""))
        found = _of_hers(desk, desk.store.teams.many(desk.campaign.id, [code] if code else []))
        return redirect(url_for("console.team", code=found[0].code), 303) if found else _page(desk, {})

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
        return _page(desk, shown)

    @pages.post("/console/<campaign_id>/teams/act")
    def act_on_several() -> ResponseReturnValue:
        """One write for each team that is ticked, and what came of each."""
        desk, word = at_desk(), said("word")
        if word not in _ACTS:
            abort(404)

        def act(submission: Submission) -> Told:
            if not request.form.getlist("code"):
                raise UserError(texts.console.nothing_ticked())
            if word in _TAKES_A_YES and not agreed():
                count = len(request.form.getlist("code"))
                raise Asked(texts.console.ask_several(word, count), ("yes", texts.console.yes_to(word)))

            def one(line: int, code: str) -> Row:
                return _row(submission, word, line, code)

            return each_row(request.form.getlist("code"), one)

        return perform(act, _list_address(), lambda: _page(desk, {}))


def _page(desk: Desk, cards: dict[str, list[Card]]) -> str:
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
        listed_here=_list_address(beside=request.args.get("beside", ""), back=request.args.get("back", "")),
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
    """By the unit's whole name wherever she reaches, else by a part of it inside one region."""
    campaign, teams = desk.campaign, desk.store.teams
    wanted = {squash(query), squash(unit_key(campaign, query))} - {""}
    exact = _of_hers(desk, teams.named(campaign.id, unit_key(campaign, query)))
    if exact or scope == ALL or len(squash(query)) < SHORTEST_SEARCH:
        return Rows(exact, 0, len(exact))
    within = scope.partition(":")[2]
    regions = [each.id for each in campaign.regions if within in campaign.region_path(each.id)]
    keys = [
        key
        for region in regions
        for key in teams.units_in(campaign.id, region)
        if any(words in key for words in wanted)
    ]
    named = teams.named_many(campaign.id, keys[:FOUND_AT_MOST])
    found = [team for key in keys[:FOUND_AT_MOST] for team in named.get(key, [])]
    return Rows(_of_hers(desk, found), 0, max(len(found), len(keys)))


def _code_asked(query: str) -> str:
    code = query.strip().lstrip("#＃")
    return code.zfill(4) if code.isdecimal() and len(code) <= 9 else ""


def _of_hers(desk: Desk, teams: Sequence[Team]) -> list[Team]:
    return [team for team in teams if desk.reaches(team.region)]


def _ticked(desk: Desk) -> list[Team]:
    return desk.store.teams.many(desk.campaign.id, request.form.getlist("code")[:PAGE])


def _list_address(**besides: str) -> str:
    """This list again, as it is filtered."""
    kept = {name: request.args.get(name, "") for name in ("region", "state", "q")} | besides
    return f"{url_for('console.teams')}?{urlencode({name: value for name, value in kept.items() if value})}".rstrip("?")


def _row(submission: Submission, word: str, line: int, code: str) -> Row:
    """One team of a bulk act: done, or why not. A team that is not hers is as if there were none."""
    desk = submission.desk
    found = _of_hers(desk, desk.store.teams.many(desk.campaign.id, [code]))
    if not found:
        return Row(f"#{code}", texts.acts.no_such_team(code), good=False)
    name = texts.naming.team_name(found[0])
    try:
        return Row(name, _ACTS[word](submission.actor(word, line), found[0]), good=True)
    except UserError as error:
        return Row(name, error.text, good=False)


def _done_or(act: Callable[[Actor, Team], Acted], tell: Callable[[Acted], str]) -> Callable[[Actor, Team], str]:
    """The act, or what this operation did if it was done already."""
    return lambda actor, team: tell(actor.done() or act(actor, team))


def _remind(actor: Actor, team: Team) -> str:
    told = actor.store.announcements.done(actor.campaign.id, actor.author.op_id)
    return texts.announcing.reminded_one(told or announcements.remind_team(actor, at_desk().door.site.reach, team))


def _move(actor: Actor, team: Team) -> Acted:
    region = next((each for each in actor.campaign.regions if each.id == said("to")), None)
    if region is None:
        raise UserError(texts.console.choose_a_place())
    return acts.move(actor, team, region, said("reason"))


_ACTS: dict[str, Callable[[Actor, Team], str]] = {
    "remind": _remind,
    "move": _done_or(_move, lambda done: texts.console.place_changed(scope_name(f"region:{done.after.region}"))),
    "disable": _done_or(
        lambda actor, team: acts.disable(actor, team, said("reason")), lambda done: texts.console.is_disabled()
    ),
    "enable": _done_or(acts.enable, lambda done: texts.console.is_enabled()),
    "code": _done_or(
        lambda actor, team: acts.make_code(actor, team, "another"),
        lambda done: texts.console.claim_code(done.after.claim_code),
    ),
}
"""What may be done to several, each by the function that its word calls."""
_TAKES_A_YES = ("disable", "move", "remind")
