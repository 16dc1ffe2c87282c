"""A figure that was made to look so is refused with the campaign's rule, and the coordinators have a case of it."""

from handlers import texts
from handlers.incidents import open_quietly
from handlers.messages import Context, UserError
from handlers.understand.readings import Claims
from storage.models.teams import Team

RULE = "refuse-farming"
"""The entry that every rulebook has (`campaigns/_common`)."""


def refuse_farming(ctx: Context, team: Team, claims: Claims) -> None:
    """Raises `UserError` where her report says how its figure was made; a case is opened, nothing is booked."""
    if not claims.farmed:
        return
    open_quietly(ctx, team.region, ctx.message.text.strip())
    campaign = ctx.campaign
    rule = next((rule for rule in campaign.rulebook if rule.id == RULE), None)
    contact = campaign.contact(rule.contact) if rule and rule.contact else None
    raise UserError(texts.reports.farmed(campaign, texts.rules.rule_answer(rule, contact) if rule else ""))
