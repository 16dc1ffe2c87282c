"""What is published: the campaign file as it holds, and its plan of pushes, each as it would go out at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Submission, perform, said, told_before
from bot.web.console.overview import AHEAD
from handlers import texts
from handlers.acts import push_plan as acts
from handlers.messages import UserError
from scheduler.bulletins import occurrence_on, preview
from scheduler.jobs import JOBS
from storage.campaign_settings import Push
from storage.campaign_times import as_written
from storage.occurrences import between

COMING = 5
"""How many of the next times of a push are told."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A push of the plan, its next times, and whether it is switched `off`."""

    push: Push
    coming: Sequence[datetime]
    off: bool


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/plan")
    def plan() -> ResponseReturnValue:
        desk = at_desk()
        off = desk.store.push_switches.off(desk.campaign.id)
        planned = [Planned(push, _coming(desk, push), push.id in off) for push in desk.campaign.pushes]
        return render_template(
            "console/plan.html",
            desk=desk,
            told=told_before(),
            planned=planned,
            job_name=texts.deliveries.job_name,
            as_written=as_written,
        )

    @pages.post("/console/<campaign_id>/plan/<push_id>/switch")
    def switch(push_id: str) -> ResponseReturnValue:
        """On or off, by whoever organizes the whole campaign; the same act as the word 推送."""

        def act(submission: Submission) -> str:
            actor, on = submission.actor("switch"), said("to") == "on"
            found = next((each for each in actor.campaign.pushes if each.id == push_id), None)
            if found is None:
                raise UserError(texts.push_plan.no_such_push(push_id, actor.campaign))
            acts.switch(actor, found, on)
            return texts.push_plan.switched(texts.push_plan.called(actor.campaign, push_id), on)

        return perform(act, url_for("console.plan"), plan)

    @pages.get("/console/<campaign_id>/plan/<push_id>")
    def push(push_id: str) -> ResponseReturnValue:
        """What it would say now, and to how many; nothing is queued. For whoever sees the whole campaign."""
        desk = at_desk()
        found = next((each for each in desk.campaign.pushes if each.id == push_id and each.job in JOBS), None)
        if found is None or not desk.sees_all:
            abort(404)
        at = occurrence_on(desk.campaign, found, None, desk.now)
        foretold = preview(desk.store, desk.campaign, found, at, desk.now)
        robots = [recipient.robot for recipient in foretold.recipients if recipient.robot]
        return render_template(
            "console/push.html",
            desk=desk,
            told=None,
            push=found,
            text=foretold.text,
            persons=len(foretold.recipients) - len(robots),
            robots=robots,
            posted=[(texts.push_plan.FORMS[form], content) for form, content in foretold.posted.items()],
            job_name=texts.deliveries.job_name,
        )

    @pages.get("/console/<campaign_id>/file")
    def file() -> ResponseReturnValue:
        desk = at_desk()
        current = desk.store.campaigns.published()[desk.campaign.id]
        return render_template("console/file.html", desk=desk, told=None, current=current)


def _coming(desk: Desk, push: Push) -> list[datetime]:
    if desk.campaign.closed:
        return []
    return list(between(desk.campaign, push, desk.now, desk.now + AHEAD))[:COMING]
