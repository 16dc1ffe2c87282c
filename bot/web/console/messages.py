"""消息: what was pushed by which channel and what became of it; a notice and a reminder of her own, looked at first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.web.console.desk import Desk, at_desk
from bot.web.console.forms import Asked, Submission, agreed, perform, said, told_before
from bot.web.console.overview import waits_for
from handlers import texts
from handlers.acts import announcements as acts
from handlers.acts import deliveries
from handlers.acts.actor import Actor
from scheduler.jobs import JOBS
from storage.announcements import Told
from storage.boards import ALL

LOOKED_AT = 200
"""How many of the newest pushes are summed up."""


@dataclass(slots=True)
class Sending:
    """The copies of one push: how many went by which channel, and what became of them."""

    job: str
    due_at: datetime
    channels: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)


def add_to(pages: Blueprint) -> None:
    @pages.get("/console/<campaign_id>/messages")
    def messages() -> ResponseReturnValue:
        desk = at_desk()
        return render_template(
            "console/messages.html",
            desk=desk,
            told=told_before(),
            sendings=_sendings(desk),
            uncertain=deliveries.waiting(desk.looking(), waits_for(desk, 0, 0).uncertain),
            job_name=texts.deliveries.job_name,
            push_named=texts.deliveries.push_line,
            most=acts.NOTICE_LETTERS,
            channel_names={**texts.pushes.CHANNELS, "mailbox": "信箱"},
        )

    @pages.post("/console/<campaign_id>/messages/notice")
    def notice() -> ResponseReturnValue:
        """Her own words to the captains of her region, after a look at whom they reach."""
        words = texts.announcing.as_shown(said("words"))

        def act(submission: Submission) -> str:
            actor, reach, scopes = submission.actor("notice"), submission.desk.door.site.reach, _scopes(submission.desk)
            if (told := _done(actor)) is None:
                if agreed() != words:
                    shown = acts.notice_preview(actor, reach, scopes, "listed", words)
                    raise Asked(shown, (words, texts.console.send_it()))
                told = acts.announce(actor, reach, scopes, "listed", words)
            return texts.announcing.notified(told)

        return perform(act, url_for("console.messages"), messages)

    @pages.post("/console/<campaign_id>/messages/remind")
    def remind() -> ResponseReturnValue:
        """The captains of the teams not heard of today are asked for a word."""

        def act(submission: Submission) -> str:
            actor, reach, scopes = submission.actor("remind"), submission.desk.door.site.reach, _scopes(submission.desk)
            if (told := _done(actor)) is None:
                day = submission.desk.today.isoformat()
                if agreed() != day:
                    shown = acts.reminder_preview(actor, reach, scopes)
                    raise Asked(shown, (day, texts.console.send_it()))
                told = acts.remind(actor, reach, scopes)
            return texts.announcing.reminded(told)

        return perform(act, url_for("console.messages"), messages)


def _done(actor: Actor) -> Told | None:
    return actor.store.announcements.done(actor.campaign.id, actor.author.op_id)


def _scopes(desk: Desk) -> list[str]:
    """The place that she chose, or all that is hers."""
    region = said("region")
    if region and any(each.id == region for each in desk.regions):
        return [f"region:{region}"]
    return desk.scopes


def _sendings(desk: Desk) -> Sequence[Sending]:
    """The newest pushes, copies of one together. What is not of the plan is told to whoever sees the whole campaign."""
    found: dict[tuple[str, datetime], Sending] = {}
    for delivery in desk.store.outbox.list(desk.campaign.id, limit=LOOKED_AT):
        push = delivery.notification
        if push.job in JOBS or ALL in desk.scopes:
            minute = push.due_at.replace(second=0, microsecond=0)
            sending = found.setdefault((push.job, minute), Sending(push.job, minute))
            sending.states[texts.deliveries.STATUS_NAMES[delivery.status]] += 1
            if delivery.channel:
                sending.channels[delivery.channel] += 1
    return list(found.values())
