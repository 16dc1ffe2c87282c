"""更正, 代报, 改名, 合并 of several teams: filled in row by row, looked at on the same page, done where she says yes.

Each row is the act of one team, by the function that its word calls; a row that is left empty is let be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import (
    ROWS_AT_MOST,
    Asked,
    Filled,
    Submission,
    Told,
    each_row,
    perform,
    submitted,
    told_before,
    why_not,
)
from bot.web.console.several import row_of, team_of_hers
from bot.web.console.team_acts import merge, rename, show_merger, show_rename
from bot.web.console.team_figures import CHANNELS, TeamAct, correct, report, show_correction, show_report
from bot.web.console.teams import list_address
from handlers import texts
from handlers.acts.actor import Actor
from handlers.messages import UserError
from storage.ledger import Frozen
from storage.models.teams import Channel, Team


@dataclass(frozen=True, slots=True)
class RowAct:
    """An act that takes figures or a name for each team. `wants`: the field without which a row is let be."""

    wants: str
    shows: Callable[[Actor, Team, Filled], Asked]
    does: TeamAct


ROW_ACTS: Mapping[str, RowAct] = {
    "correct": RowAct("amount", show_correction, correct),
    "report": RowAct("amount", show_report, report),
    "rename": RowAct("unit", show_rename, rename),
    "merge": RowAct("into", show_merger, merge),
}
"""By the words that they are, too."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a team, of a correction one of its channels. `asked`: what it would do; `problem`: why it cannot."""

    team: Team
    channel: Channel | None = None
    asked: Asked | None = None
    problem: str = ""

    @property
    def filled(self) -> Filled:
        return Filled(f":{self.team.code}{f'-{self.channel}' if self.channel else ''}")


def add_to(pages: Blueprint) -> None:
    @pages.post("/console/<campaign_id>/teams/several/<word>")
    def fill_in(word: str) -> ResponseReturnValue:
        """The rows to fill in, and what is filled in as it would be done; nothing is written."""
        _known(word)
        submission = submitted()
        lines = [_looked_at(submission.actor("look"), word, line) for line in _lines(submission.desk, word)]
        return _page(submission.desk, word, lines)

    @pages.post("/console/<campaign_id>/teams/several/<word>/do")
    def do_row_by_row(word: str) -> ResponseReturnValue:
        desk, act = at_desk(), _known(word)

        def do(submission: Submission) -> Told:
            agreed = [line for line in _lines(desk, word) if line.filled.agreed]
            if not agreed:
                raise UserError(texts.console.nothing_agreed())
            return each_row(
                agreed,
                lambda number, line: row_of(
                    submission.actor(word, number), line.team.code, line.filled, _as_shown(act)
                ),
            )

        return perform(do, list_address(), lambda: _page(desk, word, list(_lines(desk, word))))


def _known(word: str) -> RowAct:
    return ROW_ACTS.get(word) or abort(404)


def _lines(desk: Desk, word: str) -> Iterator[Line]:
    """A row for each team of hers that is ticked; of a correction for each of its channels on which a total stands."""
    for code in dict.fromkeys(request.form.getlist("code")[:ROWS_AT_MOST]):
        if team := team_of_hers(desk, code):
            if word != "correct":
                yield Line(team)
                continue
            channels = [each for each in CHANNELS if team.total(each).report]
            yield from (Line(team, each) for each in channels)
            if not channels:
                yield Line(team, problem=texts.reports.nothing_reported(team))


def _looked_at(actor: Actor, word: str, line: Line) -> Line:
    act = ROW_ACTS[word]
    said = line.filled.said(act.wants)
    if line.problem or not said or (word == "rename" and said == line.team.unit):
        return line
    try:
        return Line(line.team, line.channel, act.shows(actor, line.team, line.filled))
    except (UserError, Frozen) as error:
        return Line(line.team, line.channel, problem=why_not(error))


def _as_shown(act: RowAct) -> TeamAct:
    """The act, where it still is what she said yes to; or what this operation did if it was done already."""

    def do(actor: Actor, team: Team, filled: Filled) -> str:
        if not actor.store.ledger.outcome(actor.campaign.id, actor.author.op_id):
            choices = act.shows(actor, team, filled).choices
            if filled.agreed not in {stands_for for stands_for, _ in choices}:
                raise UserError(texts.console.not_as_shown())
        return act.does(actor, team, filled)

    return do


def _page(desk: Desk, word: str, lines: Sequence[Line]) -> str:
    return render_template(
        "console/row_by_row.html",
        desk=desk,
        told=told_before(),
        word=word,
        title=texts.console.yes_to(word),
        lines=lines,
        codes=list(dict.fromkeys(line.team.code for line in lines)),
        back=list_address(),
        lookable=any(line.asked for line in lines),
    )
