"""Notifications that a change causes: built by the handler, written in the same step as the change."""

from datetime import datetime, timedelta

from handlers import texts
from storage.campaign_schema import Campaign
from storage.models.pushes import Notification

LASTS = timedelta(days=2)
OPERATORS = "operators"
"""The name of the group robot, among those of the settings, that speaks to whoever runs the installation."""


def notification(notice_id: str, campaign: Campaign, job: str, person: str, text: str, now: datetime) -> Notification:
    """A notice to one person, due at once and worth telling for two days. It was not asked for: quiet hours hold it."""
    return Notification(
        id=notice_id,
        campaign=campaign.id,
        job=job,
        person=person,
        text=texts.wording.marked(text) if campaign.practice else text,
        created_at=now,
        due_at=now,
        expires_at=now + LASTS,
    )


def to_robot(notice_id: str, campaign: Campaign, job: str, robot: str, text: str, now: datetime) -> Notification:
    """The same to a group robot, by its name; quiet hours do not hold robots."""
    notice = notification(notice_id, campaign, job, "", text, now)
    return notice.model_copy(update={"robot": robot, "asked": True})
