"""A person's last act: kept with her for 48 hours, erasably, so that she can undo it while nothing was built on it."""

from storage.keys import OPERATION_SECONDS
from storage.ledger import Plan
from storage.models.fact import Fact


class Undoable(Fact):
    """An act on a team: which team, of which kind, the version it led to, and what it had changed from.

    Of a decision on figures that waited (`passed`, `returned`), or on a difference from the platform (`adopted`,
    `kept`), `before` names the `matter`.
    """

    kind: str
    code: str
    version: int
    before: dict[str, str]


def remember(plan: Plan, act: Fact) -> None:
    """Add to a plan that this is what its author did last."""
    key = plan.keys.last_act(plan.campaign, plan.author.person)
    plan.effect("SET", key, act.model_dump_json(), "EX", OPERATION_SECONDS)


def forget(plan: Plan) -> None:
    """Add to a plan that its author's last act is undone."""
    plan.effect("DEL", plan.keys.last_act(plan.campaign, plan.author.person))
