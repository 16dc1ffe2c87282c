"""总览: her region at a glance: tiles, its places, how the day went by the hour, her last act and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Submission, Told, perform, said, told_before
from bot.web.console.shown import scope_name
from handlers import tasks, texts
from handlers.acts import deliveries, raises
from handlers.acts.undoing import called, undo
from handlers.bulletins.edition import Edition
from handlers.bulletins.text import render_bulletin
from handlers.messages import UserError
from handlers.pictures import newest_poster, seen_by_all
from handlers.posters.drawing import can_draw
from storage.casework import sees
from storage.desks import Desk as Waits
from storage.glances import together
from storage.last_acts import Undoable
from storage.occurrences import between

AHEAD = timedelta(days=30)
"""How far the next push is looked for."""
WIDTH, HEIGHT = 720, 160
"""Of the curve, in its own units."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What came in by the hour, as points of a line, and what the highest of them stands for (fen)."""

    points: Sequence[tuple[int, float, float, int]]
    most_fen: int

    @property
    def line(self) -> str:
        return " ".join(f"{x:.1f},{y:.1f}" for _, x, y, _ in self.points)


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>", strict_slashes=False)
    def overview() -> ResponseReturnValue:
        desk = at_desk()
        glances, cid, scopes = desk.store.glances, desk.campaign.id, desk.scopes
        found = glances.of(cid, [*scopes, *_places(desk)], desk.today)
        return render_template(
            "console/overview.html",
            desk=desk,
            told=told_before(),
            where="、".join(map(scope_name, scopes)),
            whole=together(found[: len(scopes)]),
            places=found[len(scopes) :],
            targets=desk.store.targets.all(desk.campaign),
            waiting=_waiting(desk),
            next_push=next_push(desk),
            curve=curve_of(glances.hours(cid, scopes, desk.today)),
            tasks=_tasks(desk),
            last=last_act(desk),
            poster=_poster(desk),
        )

    @pages.get("/console/<campaign_id>/bulletin")
    def bulletin() -> ResponseReturnValue:
        """The bulletin of the moment, to be copied."""
        desk = at_desk()
        text = render_bulletin(Edition(desk.campaign, desk.store.snapshots.of_now(desk.campaign, desk.now)))
        poster = newest_poster(desk.store, desk.campaign)
        return render_template("console/bulletin.html", desk=desk, text=text, poster=poster)

    @pages.post("/console/<campaign_id>/undo")
    def undo_last() -> ResponseReturnValue:
        """Her own last act, if it is still the one that she was shown."""

        def act(submission: Submission) -> Told:
            actor = submission.actor("undo")
            if actor.store.ledger.outcome(actor.campaign.id, actor.author.op_id):
                return Told(texts.console.undone_before())
            last = actor.store.team_acts.last(actor.campaign.id, actor.author.person)
            if last is None or last.model_dump_json() != said("last"):
                raise UserError(texts.console.another_act_since())
            return Told(undo(actor, last))

        return perform(act, url_for("console.overview"), overview)


def _places(desk: Desk) -> list[str]:
    """The places listed below: those of the first level, else her own, and what lies in them."""
    if desk.sees_all:
        return [f"region:{each.id}" for each in desk.campaign.regions if each.parent is None]
    return [f"region:{each.id}" for each in desk.regions]


def _waiting(desk: Desk) -> int:
    """How much waits for her decision, whatever it is."""
    actor, campaign, found = desk.looking(), desk.campaign, waits_for(desk, 0, 0)
    cases = sum(sees(campaign, desk.membership, case) for case in found.cases)
    raised = sum(raises.sees(actor, asked) for asked in found.raises)
    uncertain = len(deliveries.waiting(actor, found.uncertain))
    return found.pending + found.figures.of + found.differences.of + cases + raised + uncertain


def waits_for(desk: Desk, figures: int, differences: int) -> Waits:
    """All that waits in her regions; of the figures and of the differences so many, the first ones."""
    return desk.store.desks.look(desk.campaign.id, desk.scopes, figures, differences)


def last_act(desk: Desk, of_team: str = "") -> tuple[str, str] | None:
    """Her last act that may be undone (of one team, by its code): what it was, and all of it, by which it is named."""
    last = desk.store.team_acts.last(desk.campaign.id, desk.person)
    if last is None or (of_team and not (isinstance(last, Undoable) and last.code == of_team)):
        return None
    return called(desk.looking(), last), last.model_dump_json()


def _tasks(desk: Desk) -> list[str]:
    """Where items are counted: how many of each task stand in her regions."""
    if desk.campaign.progress != "items":
        return []
    return tasks.rows(desk.campaign, desk.store.tasks.counts(desk.campaign.id), desk.regions)


def _poster(desk: Desk) -> str:
    """Where the newest bulletin's picture is, where there is one that everybody may see; else ''."""
    campaign = desk.campaign
    if not (can_draw() and seen_by_all(campaign) and desk.store.snapshots.newest(campaign.id)):
        return ""
    return url_for("posters.newest", campaign_id=campaign.id)


def next_push(desk: Desk) -> tuple[datetime, str] | None:
    """When the next of the campaign's plan goes out, of those that are not switched off, and what it is."""
    campaign = desk.campaign
    if campaign.closed:
        return None
    off = desk.store.push_switches.off(campaign.id)
    on = [push for push in campaign.pushes if push.id not in off]
    coming = ((moment, push) for push in on for moment in between(campaign, push, desk.now, desk.now + AHEAD))
    first = min(coming, key=lambda each: each[0], default=None)
    return first and (first[0], texts.push_plan.name_of(first[1]))


def curve_of(hours: Sequence[tuple[int, int]]) -> Curve | None:
    """None for a day on which nothing came in yet."""
    most = max((fen for _, fen in hours), default=0)
    if most <= 0:
        return None
    points = [(hour, WIDTH * (hour + 1) / 24, HEIGHT * (1 - max(0, fen) / most), fen) for hour, fen in hours]
    return Curve(points, most)
