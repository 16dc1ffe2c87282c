"""A team's own pictures, for who may see its card: the card itself, and a certificate of thanks for its unit.

Neither ranks, compares or says what is missing: they are forwarded, and stand for what came together.
"""

from datetime import datetime

from handlers import texts
from handlers.posters.drawing import draw, drawable
from handlers.posters.parts import Code, Stat, foot, stats, total
from handlers.posters.themes import THEMES, ThemeName
from handlers.texts.figures import format_amount
from handlers.texts.naming import day_name, minute_name
from storage.campaign_schema import Campaign
from storage.models.teams import Team

NAME = 40
"""Characters of a unit's name that stand on its own picture."""


def team_card(campaign: Campaign, team: Team, now: datetime, theme: ThemeName, code: Code | None) -> bytes:
    """A team's total, whether it is past the threshold, and thanks. Raises `CannotDraw`."""
    say, local = texts.posters, campaign.local(now)
    threshold = campaign.threshold_for(team.project)
    past = threshold is not None and threshold.reached(team.amount_of(threshold.channels))
    today = Stat("今日新增", format_amount(team.today_fen(local.date())), "元")
    return draw(
        "card.html",
        THEMES[theme],
        until=say.until(minute_name(local)),
        label=f"#{team.code}",
        title=drawable(texts.wording.echo(team.unit, NAME)),
        host=f"{say.title(campaign)} · {campaign.project(team.project).name}",
        total=total(say.total_word(), team.amount_fen),
        stats=stats([today, *_gifts(team)]),
        thanks=say.card_thanks(),
        lines=[say.past_threshold(threshold)] if threshold and past else [],
        foot=foot(campaign, code),
    )


def certificate(campaign: Campaign, team: Team, now: datetime, theme: ThemeName) -> bytes:
    """Thanks to the unit of a team. Raises `CannotDraw`."""
    say, day = texts.posters, campaign.local(now).date()
    came_together = [Stat("合计", format_amount(team.amount_fen), "元"), *_gifts(team)] if team.amount_fen else []
    return draw(
        "certificate.html",
        THEMES[theme],
        name=say.certificate_name(),
        unit=drawable(texts.wording.echo(team.unit, NAME)),
        said=say.certificate_says(campaign),
        stats=stats(came_together),
        closing=say.certificate_closes(),
        by=say.title(campaign),
        on=f"{day.year}年{day_name(day)}",
        about=say.certificate_about(),
    )


def _gifts(team: Team) -> list[Stat]:
    """Its 人次, where anybody told one."""
    return [Stat("捐赠", f"{team.donations:,}", "人次")] if team.donations else []
