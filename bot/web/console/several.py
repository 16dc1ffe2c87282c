"""What is done to several teams at once: one write for each that is ticked, what came of each, and the way back."""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Asked, Filled, Row, Submission, Told, agreed, each_row, kept_of, perform, said
from bot.web.console.shown import scope_name
from bot.web.console.team_acts import move
from bot.web.console.team_figures import CHANNELS, TeamAct, take_back_report
from bot.web.console.teams import list_address, list_page
from handlers import texts
from handlers.acts import announcements
from handlers.acts import teams as acts
from handlers.acts.actor import Actor
from handlers.acts.undoing import undo
from handlers.messages import UserError
from storage.last_acts import Undoable
from storage.models.teams import Team
from storage.team_acts import Acted


def add_to(pages: Blueprint) -> None:
    @pages.post("/console/<campaign_id>/teams/act")
    def act_on_several() -> ResponseReturnValue:
        """The same to each of those that are ticked."""
        desk, word = at_desk(), said("word")
        if word not in _ACTS:
            abort(404)

        def act(submission: Submission) -> Told:
            codes = request.form.getlist("code")
            if not codes:
                raise UserError(texts.console.nothing_ticked())
            if word in _TAKES_A_YES and not agreed():
                raise Asked(texts.console.ask_several(word, len(codes)), ("yes", texts.console.yes_to(word)))
            return each_row(codes, lambda line, code: row_of(submission.actor(word, line), code, Filled(), _ACTS[word]))

        return perform(act, list_address(), lambda: list_page(desk, {}))

    @pages.post("/console/<campaign_id>/teams/undo")
    def undo_several() -> ResponseReturnValue:
        """All that one form of hers did, row by row, wherever nothing has been built on it."""
        desk, key = at_desk(), said("of")

        def act(submission: Submission) -> Told:
            done = kept_of(desk, key)
            backs = [row for row in done.rows if row.back] if done else []
            if not backs:
                raise UserError(texts.console.nothing_to_undo())
            if agreed() != key:
                raise Asked(texts.console.ask_undo_several(len(backs)), (key, texts.console.undo_several()))
            newest_first = backs[::-1]
            return each_row(newest_first, lambda line, row: _undone(submission.actor("undo", line), row))

        return perform(act, list_address(), lambda: list_page(desk, {}))


def row_of(actor: Actor, code: str, filled: Filled, act: TeamAct) -> Row:
    """One team of a bulk act: done, or why not. A team that is not hers is as if there were none."""
    team = team_of_hers(at_desk(), code)
    if team is None:
        return Row(f"#{code}", texts.acts.no_such_team(code), good=False)
    name = texts.naming.team_name(team)
    try:
        text = act(actor, team, filled)
    except UserError as error:
        return Row(name, error.text, good=False)
    return Row(name, texts.console.in_a_row(text), good=True, back=_way_back(actor, team))


def team_of_hers(desk: Desk, code: str) -> Team | None:
    found = desk.store.teams.many(desk.campaign.id, [code])
    return found[0] if found and desk.reaches(found[0].region) else None


def _way_back(actor: Actor, before: Team) -> str:
    """By what the act just made is undone: the act as it is remembered, or the report that it wrote."""
    store, cid = actor.store, actor.campaign.id
    last = store.team_acts.last(cid, actor.author.person)
    if isinstance(last, Undoable) and _is_of(last, before):
        return last.model_dump_json()
    after = store.teams.get(cid, before.code)
    new = {after.total(each).report for each in CHANNELS} - {before.total(each).report for each in CHANNELS} - {""}
    hers = [report for report in store.reports.many(cid, sorted(new)) if report.by == actor.author.person]
    return f"{before.code} {hers[0].id}" if hers else ""


def _is_of(act: Undoable, before: Team) -> bool:
    """Whether an act is the next after a team's version, by which it was changed or went on as another."""
    if act.kind == "team.merged":
        source = Team.model_validate_json(act.before["source"])
        return (source.code, source.version) == (before.code, before.version)
    return (act.code, act.version) == (before.code, before.version + 1)


def _undone(actor: Actor, row: Row) -> Row:
    """One row taken back, or why not."""
    if actor.store.ledger.outcome(actor.campaign.id, actor.author.op_id):
        return Row(row.name, texts.console.undone_before(), good=True)
    try:
        told = undo(actor, Undoable.model_validate_json(row.back)) if row.back[0] == "{" else _taken_back(actor, row)
    except UserError as error:
        return Row(row.name, error.text, good=False)
    return Row(row.name, texts.console.in_a_row(told), good=True)


def _taken_back(actor: Actor, row: Row) -> str:
    code, report = row.back.split()
    team = actor.store.teams.get(actor.campaign.id, code)
    actor.require_unfrozen()
    if report not in (team.online.report, team.offline.report):
        raise UserError(texts.acts.changed_meanwhile(team, actor.last_change(team)))
    return take_back_report(actor, team, actor.store.reports.many(actor.campaign.id, [report])[0])


def _done_or(act: Callable[[Actor, Team, Filled], Acted], tell: Callable[[Acted], str]) -> TeamAct:
    """The act, or what this operation did if it was done already."""
    return lambda actor, team, filled: tell(actor.done() or act(actor, team, filled))


def _remind(actor: Actor, team: Team, _: Filled) -> str:
    told = actor.store.announcements.done(actor.campaign.id, actor.author.op_id)
    return texts.announcing.reminded_one(told or announcements.remind_team(actor, at_desk().door.site.reach, team))


_ACTS: Mapping[str, TeamAct] = {
    "remind": _remind,
    "pass": _done_or(
        lambda actor, team, _: acts.decide(actor, team, "active", ""), lambda _: texts.console.is_let_in()
    ),
    "move": _done_or(move, lambda done: texts.console.place_changed(scope_name(f"region:{done.after.region}"))),
    "disable": _done_or(
        lambda actor, team, filled: acts.disable(actor, team, filled.said("reason")),
        lambda _: texts.console.is_disabled(),
    ),
    "enable": _done_or(lambda actor, team, _: acts.enable(actor, team), lambda _: texts.console.is_enabled()),
    "code": _done_or(
        lambda actor, team, _: acts.make_code(actor, team, "another"),
        lambda done: texts.console.claim_code(done.after.claim_code),
    ),
}
"""What is done to several alike, each by the function that its word calls."""
_TAKES_A_YES = ("disable", "move", "remind")
